"""The retelling is right about the worked cases, and agrees with the stories wherever it can tell them."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.laws.examples import one_in
from tests.oracle.diary import CANCELLED, NO_RECORD, PENDING, Told
from tests.oracle.story import Story, day_range, spell_out, stories

TREATMENTS_AND_SCANS = ("regorafenib.", "toripalimab.", "radiotherapy.", "imaging.")


def by_file(story: Story) -> str:
    return f"{story.path.parent.name}/{story.path.stem}"


def expected_dates(story: Story) -> dict[str, tuple[date, str]]:
    """Every date of a worked case, with the dose where tablets are taken."""
    dates: dict[str, tuple[date, str]] = {}
    for entry, expected in story.expect.items():
        if isinstance(expected, str):
            dates[entry] = (date.fromisoformat(expected), "")
        elif "dates" in expected:
            dates.update((name, (day, what)) for name, day, what in spell_out(entry, expected))
        elif "date" in expected:
            dates[entry] = (date.fromisoformat(expected["date"]), "")
    return dates


def stands(told: Told) -> bool:
    return told.date is not None and told.says not in (CANCELLED, NO_RECORD)


@pytest.mark.parametrize("story", stories("worked"), ids=by_file)
def test_worked_case_has_exactly_these_dates(story: Story) -> None:
    expected = expected_dates(story)
    follow_up = tuple(name for name in expected if not name.startswith(TREATMENTS_AND_SCANS))
    told = {
        name: (line.date, line.says if name.startswith("regorafenib") else "")
        for name, line in story.told().items()
        if stands(line) and name != "imaging.0" and name.startswith((*TREATMENTS_AND_SCANS, *follow_up))
    }
    assert told == expected


def as_told(line: Told, keys: set[str], *, beside_the_plan: bool) -> dict[str, Any]:
    """The same keys as the story asks for. A paper diary has no flags, and crosses out what is cancelled without a date."""
    taken = "done" if beside_the_plan else "planned"
    known: dict[str, Any] = {
        "date": str(line.date),
        "ideal": str(line.ideal),
        "window": f"{line.window[0]}..{line.window[1]}" if line.window else "none",
        "pending": str(line.says == PENDING).lower(),
        "status": taken if line.says == NO_RECORD or line.says.endswith("mg") else line.says,
        "dose": line.says,
    }
    return {key: known[key] for key in keys}


@pytest.mark.parametrize("story", one_in(3, stories()), ids=by_file)
def test_story_is_told_alike(story: Story) -> None:
    told = story.told()
    for entry, expected in story.expect.items():
        if entry == "absent":
            assert {name for name in expected if name in told} == set()
        elif entry == "findings":
            continue  # a paper diary has none
        elif isinstance(expected, dict) and expected.get("status") == "cancelled":
            assert entry not in told or told[entry].says == CANCELLED, entry
        elif isinstance(expected, str):
            assert str(told[entry].date) == expected, entry
        elif "dates" in expected:
            for name, day, what in spell_out(entry, expected):
                assert (told[name].date, told[name].says) == (day, what), name
        else:
            keys = set(expected) - {"flags"}
            assert as_told(told[entry], keys, beside_the_plan=".unplanned." in entry) == {
                key: expected[key] for key in keys
            }, entry


@pytest.mark.parametrize("story", stories(), ids=by_file)
def test_story_opens_with_its_sentence(story: Story) -> None:
    assert story.sentence.startswith("# ")
    assert story.sentence.endswith(".")
    assert story.text["name"] == story.path.stem
    assert (story.path.parent / story.text["protocol"]).parts[-3:] == ("examples", "rego-tori-rt", "protocol.yaml")
    for expected in story.expect.values():
        if isinstance(expected, dict) and "window" in expected:
            assert day_range(expected["window"])


RETELLING = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))


@pytest.mark.parametrize("path", RETELLING, ids=lambda path: path.name)
def test_no_code_is_shared_with_the_engine(path: Path) -> None:
    names = [
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    assert [name for name in names if name.partition(".")[0] == "scheduler"] == []
