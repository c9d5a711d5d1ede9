"""Reading a story: a patient as text, and what is expected of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.diary import Told
from tests.oracle.retelling import retell
from tests.oracle.wall import days_from

NOT_TOLD = {
    *("a-release-never-plans-into-the-past", "a-release-without-its-planning-ct", "days-taken-and-no-start"),
    *("a-progression-ends-tablets", "a-progression-that-is-recorded-later", "treated-beyond-progression"),
    *("after-major-surgery", "surgery-is-planned", "the-last-days-tablet-was-taken", "what-was-given-stays-given"),
    *("a-progression-ends-a-long-block", "doses-begin-again-after-a-long-hold"),
    *("a-step-up-dose-that-was-missed", "a-step-up-dose-that-was-put-off"),
}
"""Not told yet: a planning CT that a release waits for, days reported without a start, and stories of other studies."""

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@dataclass(frozen=True)
class Story:
    """One file: its first line tells it in a sentence."""

    path: Path
    text: dict[str, Any]

    @property
    def sentence(self) -> str:
        return self.path.read_text("utf-8").splitlines()[0]

    @property
    def expect(self) -> dict[str, Any]:
        return dict(self.text["expect"])

    def told(self) -> dict[str, Told]:
        return retell(
            self.text["events"],
            {date.fromisoformat(day) for day in self.text.get("closed", [])},
            {date.fromisoformat(day) for day in self.text.get("open", [])},
            date.fromisoformat(self.text["until"]),
        )


def stories(*themes: str) -> list[Story]:
    """Every story of these themes, or of all; scalars stay text, so that `on` is a word."""
    # An order that is refused makes no calendar: there is nothing to retell.
    told = [story for story in _all_stories() if "refused" not in story.expect and not _is_left_out(story.path)]
    return [story for story in told if not themes or story.path.parent.name in themes]


@cache
def _all_stories() -> list[Story]:
    paths = sorted(SCENARIOS.glob("*/*.yaml"))
    return [Story(path, yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)) for path in paths]


def _is_left_out(path: Path) -> bool:
    """What comes before randomisation the paper diary does not know yet."""
    return path.stem in NOT_TOLD or path.parent.name == "screening"


def day_range(written: str) -> tuple[date, date]:
    first, _, last = written.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last)


def spell_out(entry: str, expected: dict[str, str]) -> Iterator[tuple[str, date, str]]:
    """A run of tablets, day by day: entry, date, what."""
    timeline, cycle, run = entry.split(".")
    first, _, last = run.partition("-")
    dates = list(days_from(*day_range(expected["dates"])))
    numbers = range(int(first), int(last or first) + 1)
    assert len(dates) == len(numbers), f"{entry} has {len(numbers)} days and {len(dates)} dates"
    for number, day in zip(numbers, dates, strict=True):
        yield f"{timeline}.{cycle}.{number}", day, expected["is"]
