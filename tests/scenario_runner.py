"""The stories of `scenarios/`, run by the program's own `scheduler test`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scheduler.calendar.entries.entry import Calendar
from scheduler.findings import has_errors
from scheduler.folder.reading.case import case_and_review
from scheduler.folder.reading.shelf import Shelf
from scheduler.folder.trying.stories import run_story
from scheduler.views.looking_back.story import Outcome

SCENARIOS = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Story:
    """One file; its first line tells it in a sentence."""

    path: Path


@cache
def shelf() -> Shelf:
    """The seed study's protocol, read once."""
    return Shelf()


def stories() -> list[Story]:
    """Every story, by theme and name."""
    return [Story(path) for path in sorted(SCENARIOS.glob("*/*.yaml"))]


def outcome(path: Path) -> Outcome:
    """How a story came out."""
    return run_story(path, shelf())


def what_failed(path: Path) -> list[str]:
    """What a story expects and the calendar does not have, after the sentence that tells it; empty when all is as told."""
    found = outcome(path)
    wrong = [*map(str, found.findings), *map(str, found.differences)]
    return ["", found.sentence, *wrong] if wrong else []


def calendar_of_story(story: Story) -> Calendar | None:
    """The calendar that the story's events make; None where they are refused."""
    read = case_and_review(story.path, shelf())
    return None if read is None or has_errors(read[1]) else read[0].calendar()
