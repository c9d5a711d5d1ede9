"""What one day asks the patient to attend: a visit is what falls on one day, whatever timelines it comes from.

Fractions of one day are hours apart, so the second of them is a visit of its own, and all else of the day goes with the first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TypeAlias

from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status
from scheduler.views.days.stretches import visits_of

LEADING = (
    Kind.INFUSION,
    Kind.ORAL,
    Kind.INJECTION,
    Kind.FRACTION,
    Kind.VISIT,
    Kind.SCAN,
    Kind.LABORATORY,
    Kind.CONTACT,
    Kind.DIARY,
)
"""Whose UID the day's event carries: the first of these that falls on the day; within a kind by timeline and number."""


Standing: TypeAlias = frozenset[tuple[date, str, bool]]
"""What a calendar has on its days, by day and entry, and whether it takes place."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which one of how many visits of a day it is, for fractions that are at least so many hours apart."""

    number: int
    of: int
    hours: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """One visit on a day (a civil date at the site): what takes place and what was to take place and does not.

    ``turn`` is None where the day has no other visit with a fraction. ``beside`` is the highest number of an event that an
    entry of the day's other visits cites: whether a visit is the first or the second of two hangs on all of them.
    """

    day: date
    parts: tuple[Entry, ...]
    dropped: tuple[Entry, ...]
    turn: Turn | None = None
    beside: int = 0

    @property
    def leading(self) -> Entry:
        """The entry that gives the visit its identity. While anything takes place, one that does."""
        return self.parts[0] if self.parts else self.dropped[0]

    @property
    def latest(self) -> int:
        """The highest number of an event that any of the day's entries cites."""
        return max(self.beside, *(entry.because.latest for entry in (*self.parts, *self.dropped)))

    @property
    def time(self) -> time | None:
        """The earliest booked time of what takes place (of what was dropped, where nothing does), local at the site."""
        return min((at for entry in self.parts or self.dropped if (at := time_of(entry)) is not None), default=None)


def needs_patient(entry: Entry) -> bool:
    """True when the entry asks the patient to come or to answer; a cycle of tablets, when its first day is a visit."""
    if entry.kind in (Kind.PERIOD, Kind.CYCLE, Kind.DIARY):
        return False
    return entry.kind is not Kind.ORAL or bool(entry.activities) or entry.resource is not None


def takes_place(entry: Entry) -> bool:
    """False when the entry is cancelled, was not done, or is on hold. A cycle that is on hold had its first day."""
    return _takes_place(entry, entry.status)


def attendances(calendar: Calendar, wanted: Callable[[Entry], bool] = needs_patient) -> tuple[Attendance, ...]:
    """The visits at which something wanted takes place, or was to, in order: one a day, or one for each fraction of the day."""
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in _visits(calendar):
        if entry.date is not None and wanted(entry):
            by_day[entry.date].append(entry)
    found: list[Attendance] = []
    for day in sorted(by_day):
        visits = [_attendance(day, entries) for entries in _by_fraction(by_day[day], calendar.hours_apart)]
        found += visits if len(visits) == 1 else _in_turn(visits, calendar.hours_apart)
    return tuple(found)


def _attendance(day: date, entries: list[Entry]) -> Attendance:
    entries = sorted(entries, key=_leading_first)
    parts = tuple(entry for entry in entries if takes_place(entry))
    dropped = tuple(entry for entry in entries if not takes_place(entry))
    return Attendance(day, parts, dropped)


def _by_fraction(entries: list[Entry], hours_apart: Mapping[str, int]) -> list[list[Entry]]:
    """The entries of a day by visits: the first has all but the second and later fractions of one treatment."""
    visits: list[list[Entry]] = [[]]
    before: Counter[str] = Counter()
    for entry in sorted(entries, key=_leading_first):
        number = 0
        if entry.timeline in hours_apart:
            number = before[entry.timeline]
            before[entry.timeline] += 1
        visits += [[] for _ in range(number + 1 - len(visits))]
        visits[number].append(entry)
    return visits


def _in_turn(visits: list[Attendance], hours_apart: Mapping[str, int]) -> Iterator[Attendance]:
    """The visits of a day, each with its place among those that have a fraction to come for."""
    latest = max(each.latest for each in visits)
    hours = [[hours_apart[part.timeline] for part in each.parts if part.timeline in hours_apart] for each in visits]
    of = sum(1 for each in hours if each)
    number = 0
    for visit, apart in zip(visits, hours, strict=True):
        number += 1 if apart else 0
        turn = Turn(number, of, max(apart)) if apart and of > 1 else None
        yield replace(visit, turn=turn, beside=latest)


def days_left(states: Iterable[Calendar]) -> dict[date, int]:
    """The days that lost something (it moved, was dropped or vanished), and the number of the last event that did it.

    ``states`` are the calendars of one subject after each event, oldest first. A day that loses a part changes, though
    the parts that stay know nothing of it: without this, a subscriber would go on seeing the part. For one new event,
    pass the calendars before and after it and add the answer to what was known.
    """
    left: dict[date, int] = {}
    stood: Standing = frozenset()
    for state in states:
        stands = standing(state)
        left.update((day, state.log_length) for day in days_lost(stood, stands))
        stood = stands
    return left


def standing(calendar: Calendar) -> Standing:
    """All that a calendar has on its days, so that nothing else of it need be kept to say what a later one lost."""
    return frozenset(
        (visit.date, visit.id, _takes_place(visit, _status_of_its_day(visit)))
        for entry in calendar.entries
        if entry.kind not in (Kind.PERIOD, Kind.CYCLE)
        for visit in (visits_of(entry) if entry.runs else (entry,))
        if visit.date is not None
    )


def days_lost(before: Standing, now: Standing) -> frozenset[date]:
    """The days of which something no longer stands as it stood before."""
    return frozenset(day for day, _, _ in before - now)


def time_of(entry: Entry) -> time | None:
    """The booked time of day, local at the site."""
    if entry.time is None:
        return None
    hour, minute = entry.time.split(":")[:2]
    return time(int(hour), int(minute))


def _takes_place(entry: Entry, status: Status) -> bool:
    if status is Status.HELD:
        return entry.kind is Kind.ORAL
    return status is Status.PLANNED or status is Status.DONE


def _visits(calendar: Calendar) -> Iterator[Entry]:
    for entry in calendar.entries:
        yield from (with_tablets_of_its_day(visit) for visit in visits_of(entry))


def with_tablets_of_its_day(entry: Entry) -> Entry:
    """The first day of a cycle with what is said of that day's tablets.

    Their dose may wait for a decision, or has changed; where another cycle was started before it, the day is cancelled.
    """
    if not entry.runs or entry.runs[0].first_date != entry.date:
        return entry
    tablets = entry.runs[0]
    latest = max(entry.because.latest, tablets.because.latest)
    flags = tuple(dict.fromkeys((*entry.flags, *tablets.flags)))
    because = entry.because._replace(latest=latest)
    return entry._replace(status=_status_of_its_day(entry), flags=flags, because=because)


def _status_of_its_day(entry: Entry) -> Status:
    tablets = entry.runs[0] if entry.runs else None
    if tablets is not None and tablets.status is Status.CANCELLED and tablets.first_date == entry.date:
        return Status.CANCELLED
    return entry.status


def _leading_first(entry: Entry) -> tuple[int, str, int, str]:
    return (LEADING.index(entry.kind), entry.timeline, entry.n, entry.id)
