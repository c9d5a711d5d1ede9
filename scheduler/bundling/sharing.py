"""What shares a day: attendances that are one trip, and patients who need the same room."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from scheduler.bundling.occurrence import Occurrence
from scheduler.bundling.variables import Model, Rooms
from scheduler.dates import Day, civil_date
from scheduler.said import Code, said


@dataclass(frozen=True, slots=True)
class _Attendance:
    """One trip of an entry: its date, so many days on."""

    each: Occurrence
    offset: int
    days: frozenset[Day]


def add_trips(model: Model, known: tuple[Occurrence, ...]) -> None:
    """Each attendance is a trip, or shares the day of one that comes before it in the list.

    Nothing shares a day with two of one clock, whose days differ.
    """
    for of_patient in _attendances(model, known).values():
        model.alone += len(of_patient)
        same_day: dict[tuple[int, str], list[tuple[_Attendance, Any]]] = defaultdict(list)
        for index, one in enumerate(of_patient):
            by_clock: dict[str, list[tuple[_Attendance, Any]]] = defaultdict(list)
            for number, other in enumerate(of_patient[:index]):
                if one.days & other.days and not _is_ever_later(one.each, other.each):
                    same = _same_day(model, one, other)
                    by_clock[other.each.line.name].append((other, same))
                    same_day[number, one.each.line.name].append((one, same))
            if by_clock:
                shares = model.cp.new_bool_var(f"{one.each.key.entry} shares a day")
                ways = [same for ways in by_clock.values() for _, same in ways]
                model.cp.add_bool_or([shares.negated(), *ways])
                model.shared.append(shares)
            for ways_of_clock in by_clock.values():
                _at_most_one(model, ways_of_clock)
        for ways_of_clock in same_day.values():
            _at_most_one(model, ways_of_clock)


def _attendances(model: Model, known: tuple[Occurrence, ...]) -> dict[int, list[_Attendance]]:
    """Those of each patient, the ones whose day is certain first; of such, one for each day."""
    found: dict[int, list[_Attendance]] = defaultdict(list)
    certain: set[tuple[int, Day]] = set()
    for each in known:
        for offset in () if each.load else each.trips:
            days = frozenset(day + offset for day in model.domains[each.key])
            attendance, of_patient = _Attendance(each, offset, days), found[each.key.patient]
            if len(days) > 1:
                of_patient.append(attendance)
            elif (each.key.patient, min(days)) not in certain:
                certain.add((each.key.patient, min(days)))
                of_patient.insert(0, attendance)
    return found


def _same_day(model: Model, one: _Attendance, other: _Attendance) -> Any:
    """A literal that is only true where both are on one day."""
    same = model.cp.new_bool_var(f"{one.each.key.entry} with {other.each.key.entry}")
    there = model.dates[other.each.key] + other.offset
    model.cp.add(model.dates[one.each.key] + one.offset == there).only_enforce_if(same)
    return same


def _at_most_one(model: Model, ways: list[tuple[_Attendance, Any]]) -> None:
    """Of attendances that are never on one day, at most one is on the day of another. It is so anyhow: it is quicker said."""
    apart = all(
        not one.days & other.days or _is_ever_later(other.each, one.each) for (one, _), (other, _) in pairwise(ways)
    )
    if len(ways) > 1 and apart:
        model.cp.add_at_most_one([same for _, same in ways])


def _is_ever_later(later: Occurrence, earlier: Occurrence) -> bool:
    """True where an entry comes after one of its own clock that it is counted from, whatever moves."""
    one, other = later.key, earlier.key
    on_a_clock = later.line.name == earlier.line.name and later.nominal is not None and bool(later.nominal.parent)
    return (
        on_a_clock
        and one.patient == other.patient
        and later.entry.n > earlier.entry.n
        and later.entry.day == earlier.entry.day
    )


def add_rooms(model: Model, known: tuple[Occurrence, ...], rooms: Rooms) -> None:
    """On no day more patients than a resource has room for. A patient with three drugs on one chair takes one place."""
    for where, most in rooms.items():
        there: defaultdict[Day, dict[int, list[Occurrence]]] = defaultdict(dict)
        for each in known:
            if each.where == where:
                for day in {day + offset for offset in each.trips for day in model.domains[each.key]}:
                    there[day].setdefault(each.key.patient, []).append(each)
        for day, patients in sorted(there.items()):
            if len(patients) > most:
                comes = [_comes(model, of_patient, day) for of_patient in patients.values()]
                told = said(
                    "{resource} has room for {most} on {day}",
                    resource=Code(where.resource),
                    most=most,
                    day=civil_date(day),
                )
                model.rule(model.cp.add(sum(comes) <= most), told)


def _comes(model: Model, of_patient: list[Occurrence], day: Day) -> Any:
    """Whether a patient is there at all on a day."""
    literals = [model.is_on(each.key, day - offset) for each in of_patient for offset in each.trips]
    if any(each is True for each in literals):
        return 1
    comes = model.cp.new_bool_var("")
    for each in literals:
        if each is not False:
            model.cp.add_implication(each, comes)
    return comes
