"""Treatment beyond progression: who reads the patient's findings learns of it, also where the plan had stopped nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.findings import Finding, Severity
from scheduler.said import Code, said


def goes_on_beyond_progression(ev: Evaluation) -> Iterator[Finding]:
    """A note with the day on which somebody decided it."""
    fact = ev.course.beyond_progression
    if fact is not None:
        message = said(
            "{day}, event {number}: treatment goes on beyond progression",
            day=Code(f"{fact.event.on}"),
            number=fact.number,
        )
        yield Finding.of("beyond-progression", Severity.NOTE, message, events=fact.numbers)
