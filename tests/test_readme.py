"""The README can be followed: every command in it runs, every command of the program is in it, and every link leads somewhere."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from scheduler.forecasting.expecting.parse import parse_rates
from scheduler.stock.parse import parse_stock
from scheduler.stock.products import stocked_in
from tests.cli.test_help import COMMANDS
from tests.cli.typed import typed
from tests.laws.examples import one_in
from tests.seed import VERSION
from tests.standards.usdm_files import study

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
INDENTED = re.findall(r"^    (\S.*)$", README, re.MULTILINE)
TYPED = [line.partition("  #")[0] for line in INDENTED if line.startswith("scheduler ")]
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the README's commands need, as the folder where they are typed."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    sponsors = study("DOSE: fixed P1D", "WEEK_2: after P2W of DOSE, window P3D P3D")
    (tmp_path / "sponsor.json").write_text(json.dumps(sponsors), "utf-8")
    (tmp_path / "datasets").mkdir()
    columns = [{"name": name} for name in ("STUDYID", "USUBJID", "ARMCD")]
    person = {"name": "DM", "columns": columns, "rows": [["CDISCPILOT01", "CDISCPILOT01-1", "Pbo"]]}
    (tmp_path / "datasets" / "dm.json").write_text(json.dumps(person), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


MADE_EARLIER = {
    "study.db": ("import-study", "examples/rego-tori-rt", "study.db", "--as-recorded"),
    "backup.db": ("backup", "study.db", "backup.db"),
    "many": ("cohort", "expand", "examples/rego-tori-rt", "--out", "many", "--only", "calendars"),
}
"""Files and folders that one command of the README makes and later ones need, with the command, in this order."""


@pytest.fixture(scope="module")
def made_earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each file that later commands need, as it is when it has just been made."""
    folder = tmp_path_factory.mktemp("made-earlier")
    shutil.copytree(ROOT / "examples", folder / "examples")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        assert [typed(*command).code for command in MADE_EARLIER.values()] == [0, 0, 0]
    return folder


@pytest.mark.parametrize("line", one_in(3, TYPED))
def test_every_command_runs(line: str, here: Path, made_earlier: Path):
    words = shlex.split(line)
    of_database = MADE_EARLIER.keys() & {part for word in words for part in word.split("#")}
    for name, command in MADE_EARLIER.items() if of_database else ():
        if tuple(words[1:3]) == command[:2]:
            break
        copy = shutil.copytree if (made_earlier / name).is_dir() else shutil.copyfile
        copy(made_earlier / name, here / name)
    if ">" in words:
        assert Path(words[-1]).parent.is_dir()
        words = words[: words.index(">")]
    answer = typed(*words[1:])
    assert (answer.code, bool(answer.out or answer.err)) == (0, True), answer.err


@pytest.mark.slow
def test_the_two_set_up_commands_are_the_ones_that_were_promised(here: Path):
    assert "pip install uv && uv run scheduler demo" in INDENTED
    assert "uv run pytest" in INDENTED
    assert typed("demo").code == 0
    assert (here / "demo" / "index.html").is_file()


def test_every_command_of_the_program_is_in_the_readme():
    shown = {shlex.split(line)[1] for line in TYPED} | {"demo"}
    assert sorted(shown - {"--help"}) == COMMANDS


def test_the_python_in_it_runs(here: Path, capsys: pytest.CaptureFixture[str]):
    assert len(PYTHON) == 1
    exec(compile(PYTHON[0], "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("2026-03-02\n")


def test_every_name_of_the_package_is_there_and_documented():
    import scheduler

    documented = set(re.findall(r"[A-Za-z_]+", scheduler.__doc__ or ""))
    values = {"Calendar", "Case", "Log", "Site", "StudyFolder", "StudyVersion", "EVERY_DAY"}
    assert [name for name in dir(scheduler) if getattr(scheduler, name) is None] == []
    assert sorted(set(dir(scheduler)) - documented - values) == []


def test_tools_of_the_development_part_are_installed_by_the_test_command():
    group = " ".join(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["test"]
    )
    tools = {line.split()[2] for line in INDENTED if line.startswith("uv run ")} - {"scheduler", "python"}
    names = {"lint-imports": "import-linter"}
    assert [tool for tool in sorted(tools) if names.get(tool, tool) not in group] == []


def test_the_protocol_in_it_is_the_examples_and_its_stock_and_rates_are_of_the_seed_study():
    shown = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    protocols = [path.read_text("utf-8").splitlines() for path in (ROOT / "examples").rglob("protocol.yaml")]
    whole = [block for block in shown if any(set(block.splitlines()) <= set(protocol) for protocol in protocols)]
    stock, bodies = [block for block in shown if block not in whole]
    log = parse_stock(stock, name="stock.yaml", sites=("Shanghai",), stocked=stocked_in([VERSION]))
    assert [record.event.event for record in log.records] == ["received", "counted"]
    rates = f"seed: 1\nsources: {{B1: ours}}\n{bodies}"
    assert len(parse_rates(rates, name="rates.yaml", versions=[VERSION], sites=()).body_sizes) == 2


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
    folders = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_a_stranger_finds_where_each_thing_is_decided():
    table = README[README.index("Each file is one idea") : README.index("The larger folders are rooms")]
    told = [line for line in table.splitlines() if line.startswith("| ") and "`scheduler/" in line]
    assert len(told) == 7
    for line in told:
        files = [(ROOT / path).read_text("utf-8") for path in re.findall(r"`(scheduler/[^`]+)`", line)]
        names = re.findall(r"`(\w+)` (?:in|and)\b", line)
        defined = [
            name for name in names if any(re.search(rf"^ *(def |class )?{name}\b", text, re.M) for text in files)
        ]
        assert defined == names, line
