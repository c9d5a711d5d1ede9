"""Prompts of a diary that were answered: more than it has, or of what asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.events import VisitDone


def prompts_answered(candidate: Candidate) -> Iterator[Told]:
    """A number of answers that the day cannot have."""
    event = candidate.event
    if not isinstance(event, VisitDone) or event.answered is None:
        return
    entry = candidate.calendar_after.entry(event.entry)
    if entry is None:
        return
    if entry.prompts is None:
        yield Told(f"{event.entry} has no prompts that could be answered", "answered", "leave 'answered' out")
    elif event.answered > entry.prompts.asked.a_day:
        what = f"{event.answered} prompts are written as answered, and the day has {entry.prompts.asked.a_day}"
        yield Told(what, "answered", "look at the number and at the day", entry.prompts.asked.clause)
