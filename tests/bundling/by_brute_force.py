"""Every plan there is, by trying: each open day of each window, as the engine has it when all before it is booked.

It shares nothing with the search: it reads no rules, and asks the engine for the next window after every booking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from scheduler.bundling import ToPlan
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.patient.events import Booked

AHEAD = timedelta(days=63)
NO_TRIP = (Kind.PERIOD, Kind.CONTACT, Kind.DIARY, Kind.CYCLE)


@dataclass(frozen=True)
class Plan:
    """The days that a patient comes, with what is at which place, and how far all is from its ideal days."""

    dates: Mapping[str, date]
    trips: frozenset[date]
    at: frozenset[tuple[str, date]]
    distance: int


def every_plan(patient: ToPlan, on: date, until: date) -> list[Plan]:
    """All that the engine agrees with: everything inside its window, and no finding that was not there before."""
    before = patient.calendar(until + AHEAD)
    counted = [each for each in before.entries if _counts(each, on, until)]
    free = [each.id for each in sorted(counted, key=_in_turn) if _is_free(each)]
    return [
        _plan(calendar, [each.id for each in counted], free)
        for calendar in _booked(patient, free, {}, on, until)
        if _stands(before, calendar, free)
    ]


def fewest(plans: list[list[Plan]], resource: str = "", most: int = 99) -> tuple[int, int] | None:
    """The fewest trips of all patients together, with room for so many a day, and with these the least distance."""
    kept = [
        (sum(len(plan.trips) for plan in together), sum(plan.distance for plan in together))
        for together in product(*plans)
        if _has_room(together, resource, most)
    ]
    return min(kept, default=None)


def _has_room(together: tuple[Plan, ...], resource: str, most: int) -> bool:
    return all(
        count <= most
        for count in Counter(day for plan in together for place, day in plan.at if place == resource).values()
    )


def _counts(entry: Entry, on: date, until: date) -> bool:
    planned = entry.status is Status.PLANNED and entry.kind not in NO_TRIP
    return planned and entry.date is not None and on < entry.date <= until


def _is_free(entry: Entry) -> bool:
    return entry.window is not None and entry.window[0] < entry.window[1] and Flag.BOOKED not in entry.flags


def _in_turn(entry: Entry) -> tuple[bool, date, int]:
    """Treatments first: visits count from them."""
    return entry.kind in (Kind.VISIT, Kind.SCAN, Kind.LABORATORY), entry.date or date.max, entry.n


def _booked(patient: ToPlan, free: list[str], booked: dict[str, date], on: date, until: date) -> Iterator[Calendar]:
    events = tuple(Booked(event="booked", on=on, entry=name, to=to) for name, to in booked.items())
    calendar = patient.with_events(events).calendar(until + AHEAD)
    if any(getattr(calendar.entry(name), "date", None) != to for name, to in booked.items()):
        return
    if len(booked) == len(free):
        yield calendar
        return
    name = free[len(booked)]
    entry = calendar.entry(name)
    if entry is None or entry.window is None:
        return
    first, last = entry.window
    days = patient.site.open_days(entry.resource or "")
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day > on and days.is_open(day.toordinal()):
            yield from _booked(patient, free, {**booked, name: day}, on, until)


def _stands(before: Calendar, after: Calendar, free: list[str]) -> bool:
    had = Counter((finding.code, finding.entry) for finding in before.findings)
    has = Counter((finding.code, finding.entry) for finding in after.findings)
    entries = [after.entry(name) for name in free]
    inside = all(each is not None and Flag.OUT_OF_WINDOW not in each.flags for each in entries)
    return inside and not has - had and {each.id for each in after.pending} <= {each.id for each in before.pending}


def _plan(calendar: Calendar, counted: list[str], free: list[str]) -> Plan:
    entries = {name: calendar.by_id[name] for name in counted}
    dates = {name: each.date for name, each in entries.items() if each.date is not None}
    ideals = {name: entries[name].ideal for name in free}
    distance = sum(abs((dates[name] - ideal).days) for name, ideal in ideals.items() if ideal is not None)
    at = frozenset((each.resource or "", dates[name]) for name, each in entries.items())
    return Plan(dates, frozenset(dates.values()), at, distance)
