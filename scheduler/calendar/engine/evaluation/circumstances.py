"""What bears on every occurrence of one timeline, gathered once: its open days, holds, end and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.ended_early import Stop
from scheduler.calendar.entries.because import Reason, Step
from scheduler.calendar.entries.entry import Dose, Flag
from scheduler.dates import Day
from scheduler.patient.course import Hold, Report
from scheduler.patient.log import Fact
from scheduler.site.open_days import OpenDays


class LastDay(NamedTuple):
    """The last day that the protocol's "until" lets be dosed, what says so, the highest event number in it, and its count.

    Without what was ``looked`` at, it would be another day.
    """

    day: Day
    reasons: tuple[Reason, ...]
    latest: int
    steps: tuple[Step, ...] = ()
    looked: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """What bears on one timeline of one patient.

    ``days`` are the days on which an occurrence can be, ``cuts`` those on which dose or status of a cycle's days may change, in
    order. ``starts`` are the recorded starts of a treatment's cycles or doses in order: day, number and fact. ``alike_from`` is
    the day from which nothing more bears on dose or status, so that all dosing days are alike; None where that cannot be said.
    ``gaps`` are the numbers below the highest recorded one that were not given, where nobody said anything of one of them.
    ``out_of_order``: a number was given before a lower one. ``last_dosing_day`` finds where the protocol's "until" ends dosing
    days, once somebody asks; None where it says nothing. ``ends_that_wait`` finds ends that wait for what is to come.
    ``taken_today`` are the days whose dose had been taken before an order of that day, by the order.
    """

    days: OpenDays
    holds: list[Hold]
    stop: Stop | None
    reports: list[Report]
    cuts: tuple[Day, ...]
    starts: tuple[tuple[Day, int, Fact], ...] = ()
    alike_from: Day | None = None
    gaps: tuple[int, ...] = ()
    out_of_order: bool = False
    last_dosing_day: Callable[[], LastDay | None] | None = None
    taken_today: Mapping[Day, Fact] = field(default_factory=dict)
    ends_that_wait: Callable[[], tuple[Answer, ...]] = tuple


class Alike(NamedTuple):
    """What the dosing days of a treatment have in common once nothing more bears on them."""

    doses: tuple[Dose, ...]
    reasons: tuple[Reason, ...]
    looked: tuple[Reason, ...]
    latest: int
    flags: tuple[Flag, ...]


def day_and_number(start: tuple[Day, int, Fact]) -> tuple[Day, int]:
    """The order of recorded starts."""
    return start[:2]


def broken_off_on(holds: list[Hold], start: Day, day: Day) -> Hold | None:
    """The discontinuation before a day of a cycle that had started: the cycle stays closed, also when treatment is resumed."""
    return next(_breaking_off(holds, start, day), None)


def facts_of_breaking_off(holds: list[Hold], start: Day, day: Day) -> tuple[Fact, ...]:
    """What broke a cycle off before a day, the first first, and what took the treatment up again: the cycle stays closed."""
    found = list(_breaking_off(holds, start, day))
    return tuple(dict.fromkeys((*(hold.opened for hold in found), *(fact for hold in found for fact in hold.facts))))


def _breaking_off(holds: list[Hold], start: Day, day: Day) -> Iterator[Hold]:
    for hold in holds:
        if hold.discontinued and hold.start <= day and (hold.end is None or start < hold.end):
            yield hold


def hold_on(holds: list[Hold], day: Day) -> Hold | None:
    """The hold that a day falls into. One without an end that ends the treatment is no hold but a stop."""
    for hold in holds:
        if hold.start <= day and (day < hold.end if hold.end is not None else not hold.discontinued):
            return hold
    return None


def is_held_until_after(holds: list[Hold], day: Day, later: Day) -> bool:
    """True when a day falls into a hold, and holds that overlap or follow each other go on until after a later day."""
    hold = hold_on(holds, day)
    while hold is not None and hold.end is not None and hold.end <= later:
        hold = hold_on(holds, hold.end)
    return hold is not None
