"""Cycles as a clock that several drugs share, retold day by day: what begins a cycle, puts it off, and ends one of its drugs.

Nothing here is the program's: it knows days on a calendar, and what a nurse would say of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True)
class Drug:
    """A drug of the clock: in which cycles, counted from 1, and on which of their days."""

    name: str
    cycles: frozenset[int]
    days: tuple[int, ...]


@dataclass(frozen=True)
class Course:
    """What happened: cycles that began on another day, those put off to a day, and drugs that ended on a day."""

    first: date
    began: Mapping[int, date] = field(default_factory=dict)
    put_off: Mapping[int, date] = field(default_factory=dict)
    ended: Mapping[str, date] = field(default_factory=dict)


def starts(course: Course, length: int, number: int, closed: frozenset[date]) -> list[date]:
    """The first day of each cycle: so many days after the one before really began, put off, on the first open day from there."""
    found: list[date] = []
    for n in range(1, number + 1):
        day = course.began.get(n)
        if day is None:
            day = course.first if n == 1 else found[-1] + timedelta(days=length)
            day = max(day, course.put_off.get(n, day))
            while day in closed:
                day += timedelta(days=1)
        found.append(day)
    return found


def doses(course: Course, drug: Drug, begins: list[date]) -> list[tuple[int, int, date]]:
    """Each dose of a drug that is given or planned: cycle, day of the cycle, date; none from the day on which it ended."""
    return [
        (n, day, on)
        for n, start in enumerate(begins, 1)
        if n in drug.cycles
        for day in drug.days
        if (on := start + timedelta(days=day - 1)) < course.ended.get(drug.name, date.max)
    ]
