"""What is in the repository, and what never is."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"}
TOP = {"scheduler", "tests", "examples", "pyproject.toml"} | TEXTS

# Written in pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w.~-])/(work|tmp|root|home)" + "/")
FOLDER_OF_OTHERS = re.compile(r"(?<![\w-])share" + r"d/\w")
PACKAGE_INDEX = re.compile(
    "pypi" + r"\.org|python" + r"hosted\.org|registry\." + "npmjs|index" + r"[-_]url", re.IGNORECASE
)
ALL_EXAMPLES = re.compile(r"max_examples=" + r"\d")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is tracked cannot be told")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file()]


def places(paths: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Where the pattern is found in the text files, as path:line."""
    found = []
    for path in paths:
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            lines = content.decode("utf-8", "replace").splitlines()
            found += [
                f"{path}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)
            ]
    return found


def test_top_level_is_short(tracked: list[str]) -> None:
    top = {path.partition("/")[0] for path in tracked}
    assert {name for name in top if name not in TOP and not name.startswith(".")} == set()
    assert [path for path in tracked if path.startswith(".ci/")] in ([], [".ci/run"])


def test_no_lock_file_is_kept(tracked: list[str]) -> None:
    assert [path for path in tracked if path.endswith(("uv.lock", "poetry.lock", "package-lock.json"))] == []


@pytest.mark.parametrize("pattern", [MACHINE, FOLDER_OF_OTHERS, PACKAGE_INDEX])
def test_nothing_points_outside(tracked: list[str], pattern: re.Pattern[str]) -> None:
    assert places(tracked, pattern) == []


def test_code_is_finished(tracked: list[str]) -> None:
    assert places([path for path in tracked if path.startswith("scheduler/")], UNFINISHED) == []


def test_a_plain_run_tries_laws_on_few_examples(tracked: list[str]) -> None:
    laws = [path for path in tracked if path.startswith("tests/") and path != "tests/laws/examples.py"]
    assert places(laws, ALL_EXAMPLES) == [], "write max_examples=examples(number)"


def test_what_changed_begins_with_the_version_that_is_being_made() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    number, _, made = version.partition(".dev")
    assert made, f"{version} is released: raise the version, with .dev0, and begin a new part of CHANGELOG.md"
    assert headings[0] == f"{number}, unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+, \d{4}-\d\d-\d\d", heading) for heading in headings[1:])


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (MACHINE, "see /wor" + "k/main/x", "https://example.org/wor" + "k/x and ~/tm" + "p/x and ./wor" + "k/y"),
        (FOLDER_OF_OTHERS, "in share" + "d/DESIGN.md", "a share" + "d/ folder, un" + "share" + "d/x"),
        (PACKAGE_INDEX, "https://pypi" + ".org/simple", "on PyPI"),
        (ALL_EXAMPLES, "max_examples=" + "40", "max_examples=examples(40)"),
        (UNFINISHED, "# TOD" + "O: later", "todos"),
    ],
)
def test_patterns_find_what_they_look_for(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert pattern.search(bad)
    assert not pattern.search(good)
