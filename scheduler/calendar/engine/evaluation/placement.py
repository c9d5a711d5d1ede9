"""Where one occurrence of a timeline was put, before it becomes an entry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from scheduler.calendar.entries.because import Reason, Step
from scheduler.calendar.entries.entry import Flag, InCount
from scheduler.dates import Day
from scheduler.findings import Finding
from scheduler.patient.dose_rules.firing.waited_too_long import Wait
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Said

LAST = 999_999
"""Stands for the closing occurrence of a timeline, whose id is ``{timeline}.last``."""


class Standing(Enum):
    """How an occurrence stands.

    BEYOND is after the plan's own end: there is no such entry. CANCELLED would have been, but for an event.
    """

    PLANNED = "planned"
    DONE = "done"
    NOT_DONE = "not done"
    CANCELLED = "cancelled"
    PENDING = "pending"
    BEYOND = "beyond"


# Python 3.11 looks up an enum's member slowly, and these are asked for hundreds of times in every calendar.
PLANNED, DONE, NOT_DONE = Standing.PLANNED, Standing.DONE, Standing.NOT_DONE
CANCELLED, PENDING, BEYOND = Standing.CANCELLED, Standing.PENDING, Standing.BEYOND


class HoursOver(NamedTuple):
    """Hours that something waits for: the day and the local time at which they are over."""

    day: Day
    time: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one occurrence was put: its dates, how it stands, and all reasons. Days are civil dates.

    ``nominal`` is the rule applied to its moment, ``floor`` the latest of its waits, ``day`` where it is put. ``stands`` is on
    its nominal day whatever is closed; ``undated`` was pending when the end of all treatment took it away. ``released`` is the
    day of an event that took away what this waited for. ``values_from`` is the first day whose values count for it, ``fails``
    are the values, in words, that keep it from being given, ``waited`` is what first kept it from its planned day.
    ``earliest`` is the local time of its day before which it must not be, ``clock`` are the hours that it waits for.
    ``window_days`` are the days earlier and later that a window of hours leads to, from a time that is known.
    ``judged_on`` is the day on which a recorded fact, or that nobody had recorded it, left it out.
    """

    line: Timeline
    n: int
    cycle_day: int
    id: str
    timing: Timing | None = None
    standing: Standing = PLANNED
    nominal: Day | None = None
    ideal: Day | None = None
    first: Day | None = None
    last: Day | None = None
    day: Day | None = None
    time: str | None = None
    latest: int = 0
    floor: Day | None = None
    floor_reasons: tuple[Reason, ...] = ()
    created: Day | None = None
    released: Day | None = None
    stands: bool = False
    undated: bool = False
    combined_with: Reason | None = None
    set_by: tuple[Reason, ...] = ()
    looked: tuple[Reason, ...] = ()
    flags: tuple[Flag, ...] = ()
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    in_count: InCount | None = None
    values_from: Day | None = None
    fails: tuple[Said, ...] = ()
    waited: Wait | None = None
    earliest: str | None = None
    clock: tuple[HoursOver, ...] = ()
    window_days: tuple[int, int] | None = None
    judged_on: Day | None = None

    @property
    def counts_as(self) -> int:
        """The number by which the protocol speaks of it: another than its own where doses began again."""
        return self.n if self.in_count is None else self.in_count.number

    @property
    def not_for_patient(self) -> bool:
        """True for what a recorded fact about the patient left out."""
        return self.standing is CANCELLED and Flag.NOT_FOR_PATIENT in self.flags


def entry_id(line: Timeline, n: int, cycle_day: int = 0) -> str:
    """The id of an occurrence: it is the plan's, not the date's, and survives every rescheduling."""
    if n == LAST:
        return f"{line.name}.last"
    if line.follows is not None and line.follows.has_days:
        return f"{line.name}.{n}.{cycle_day}"
    return f"{line.name}.{n}"
