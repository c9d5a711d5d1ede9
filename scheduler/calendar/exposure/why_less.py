"""The events behind a late start and behind a lower dose, as the calendar's own reasons name them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.because import After, Because
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.patient.course import Course

_THAT_MOVE = ("delayed", "not done", "booked", "rebooked", "held", "resumed", "discontinued")


def events_behind_delay(calendar: Calendar, course: Course, entry: Entry, before: Entry | None) -> tuple[int, ...]:
    """The numbers of the holds, delays, failed attempts and bookings that moved the start of an entry."""
    cited = entry.because.event_numbers()
    facts = course.about(entry.id)
    numbers = {
        number
        for fact in (facts.delayed, facts.booked, *facts.attempts)
        if fact is not None
        for number in fact.numbers
        if number in cited
    }
    for hold in calendar.holds:
        over = hold.over
        since_then = before is None or before.date is None or over is None or over > before.date
        if hold.treatment == entry.timeline and since_then and entry.date is not None and hold.start <= entry.date:
            numbers |= set(hold.events) & cited
    if not numbers:
        numbers = set(_events_elsewhere(calendar, entry.because, entry.timeline, set()))
    return tuple(sorted(numbers))


def _events_elsewhere(calendar: Calendar, because: Because, timeline: str, seen: set[str]) -> Iterator[int]:
    """What moved the entries of other treatments that this one waited for."""
    for reason in (*because.set_by, *because.looked_at):
        if not isinstance(reason, After) or reason.entry in seen or reason.entry.partition(".")[0] == timeline:
            continue
        seen.add(reason.entry)
        behind = calendar.reasons.get(reason.entry)
        if behind is None:
            continue
        numbers = behind.event_numbers()
        yield from (number for number in numbers if calendar.event_kinds.get(number) in _THAT_MOVE)
        yield from _events_elsewhere(calendar, behind, timeline, seen)


def events_behind_level(course: Course, entry: Entry) -> tuple[int, ...]:
    """The numbers of the dose changes and resumes that an entry's doses rest on."""
    taken = [run for run in entry.runs if run.status in (Status.PLANNED, Status.DONE)]
    cited = set().union(*(run.because.event_numbers() for run in taken)) if taken else entry.because.event_numbers()
    changes = [change for change in course.levels.get(entry.timeline, ()) if change.level < 0]
    levels = {dose.level for run in taken for dose in run.doses} or {dose.level for dose in entry.doses}
    return tuple(
        sorted(
            number for change in changes if change.level in levels for number in change.fact.numbers if number in cited
        )
    )
