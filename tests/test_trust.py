"""The page about trust: every test that it names is there, every claim names one, and every setting and command exists."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from scheduler.store.tables import metadata
from scheduler.web.settings import Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| Who |", "| Asked |"))
]
NOT_MET = "not met"


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda each: each.removeprefix("tests/"))
def test_every_test_that_is_named_is_there(file: str, name: str) -> None:
    assert name.startswith("test_")
    assert name in names_in(file)


def test_every_word_that_looks_like_a_test_is_read_as_one() -> None:
    assert len(re.findall(r"::test_", PAGE)) == len(re.findall(r"`tests/[\w/]+\.py::test_\w+`", PAGE))


def test_every_claim_names_a_test_and_what_is_not_met_names_none() -> None:
    assert len(ROWS) > 40
    for row in ROWS:
        asked, where, shown = row[:3]
        assert ("::test_" in shown) != where.startswith(NOT_MET), asked


def test_a_row_says_what_remains_where_nothing_is_met() -> None:
    asked_of = [row for row in ROWS if len(row) == 4 and row[1] == NOT_MET]
    assert len(asked_of) > 3
    assert [row[0] for row in asked_of if not row[3]] == []


UNITS = ROOT / "examples" / "operations"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here to ask")
@pytest.mark.parametrize("name", ["scheduler.service", "scheduler-drill.service", "scheduler-drill.timer"])
def test_systemd_takes_the_units_and_finds_them_careful(name: str, tmp_path: Path) -> None:
    for each in UNITS.glob("scheduler*.*"):
        text = each.read_text("utf-8").replace("/opt/scheduler/.venv/bin/scheduler", sys.executable)
        (tmp_path / each.name).write_text(text, "utf-8")
    unit = tmp_path / name
    assert _says("verify", str(unit)) == ""
    if unit.suffix == ".service":
        said = _says("security", "--offline=true", str(unit))
        exposure = re.search(rf"exposure level for {name}: ([\d.]+)", said)
        assert exposure is not None
        assert float(exposure[1]) < 3


def _says(*words: str) -> str:
    done = subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_role_of_the_server_is_given_something_of_every_table() -> None:
    """A table that is made later must not be forgotten: the server would stand still on its first write."""
    (granted,) = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    given = " ".join(re.findall(r"GRANT INSERT[A-Z, ]* ON ([^;]*?)\s+TO", granted))
    assert set(re.findall(r"\w+", given)) == set(metadata.tables)


def test_settings_that_are_named_exist() -> None:
    words = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PAGE))
    assert words
    assert words <= set(Settings.model_fields)
