"""CONTRIBUTING.md can be followed: its new sentence is added to a copy, and each of its commands is one that there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGES = re.findall(r"^```diff\n--- (\S+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
MEANING, READING, KIND, UNION, REPLAY = CHANGES
SENTENCE = "the day after the end of radiotherapy, not before 28 days after cycle 1"


def change(folder: Path, file: str, lines: str) -> None:
    """What the text shows: lines that stand there once, and after them the new ones."""
    there = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] == " ")
    then = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] in " +")
    before = (folder / file).read_text("utf-8")
    assert before.count(there) == 1, f"CONTRIBUTING.md shows lines that {file} does not have"
    (folder / file).write_text(before.replace(there, then), "utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the examples of the text change, and what they are tried with."""
    for folder in ("scheduler", "examples", "tests/laws", "tests/patient", "tests/protocol"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in ("pyproject.toml", "tests/conftest.py", "tests/parsed_once.py", "tests/schemas.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def run_in(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy, which keeps what it compiled for the next time."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


TRY_ALL = """
from tests.protocol.test_phrases import TIMINGS, test_timing
for sentence in TIMINGS:
    try:
        test_timing(sentence)
        print("means what it should:", sentence)
    except Exception:
        print("does not:", sentence)
"""


def read_in(folder: Path) -> tuple[int, list[str]]:
    """How many sentences are read with their meaning, and which are not."""
    told = run_in(folder, "-c", TRY_ALL).stdout
    return told.count("means what it should: "), re.findall(r"^does not: (.*)$", told, re.MULTILINE)


def test_a_sentence_is_added_to_the_language(copy: Path) -> None:
    as_it_is, _ = read_in(copy)
    change(copy, *MEANING)
    assert read_in(copy) == (as_it_is, [SENTENCE])
    change(copy, *READING)
    assert read_in(copy) == (as_it_is + 1, [])


TELL = """
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.events import parse_event
told = {"on": "2026-03-02", "event": "vomited", "treatment": "regorafenib"}
print(what_happened(parse_event(told)))
print(what_happened(parse_event(told | {"minutes": 20, "whole": True})))
"""
HOLDS = ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/patient/test_kinds_of_event.py"]


@pytest.mark.slow
def test_an_event_kind_is_added(copy: Path) -> None:
    change(copy, *KIND)
    change(copy, *UNION)
    unfinished = run_in(copy, *HOLDS)
    assert re.findall("^FAILED.*::(\\w+)", unfinished.stdout, re.MULTILINE) == [
        "test_all_that_are_listed_are_replayed_and_in_the_schema_of_case_files"
    ]
    change(copy, *REPLAY)
    finished = run_in(copy, *HOLDS)
    assert (finished.returncode, "vomited" in finished.stdout) == (0, False), finished.stdout
    assert run_in(copy, "-c", TELL).stdout.splitlines() == [
        "regorafenib was vomited",
        "regorafenib was vomited 20 minutes after it was taken, the tablets whole",
    ]
    assert run_in(copy, "-m", "tests.schemas").returncode == 0
    assert '"Vomited"' in (copy / "examples" / "case.schema.json").read_text("utf-8")


def test_its_commands_are_those_of_the_readme_and_of_ci() -> None:
    typed = [line.partition("  #")[0].strip() for line in re.findall(r"^    (uv run .+)$", TEXT, re.MULTILINE)]
    known = (ROOT / "README.md").read_text("utf-8") + (ROOT / ".ci" / "run").read_text("utf-8")
    parts = {part for line in typed for part in line.split(" && ")}
    assert {part for part in parts if part not in known} == {
        "uv run pytest tests/protocol",
        "uv run pytest tests/standards --standards DIR",
        "uv run pytest tests/patient/test_kinds_of_event.py",
        "uv run python -m tests.schemas",
        "uv run python -m tests.language",
        "uv run python -m tests.kept write /a/folder patients.json",
        "uv run python -m tests.reads",
    }


def test_every_file_it_names_is_there() -> None:
    named = set(re.findall(r"`((?:scheduler|tests|examples|\.ci)/[\w./-]+)`", TEXT)) | {file for file, _ in CHANGES}
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    assert len(named) >= 7
