"""How a date hangs on another: the steps that the engine counted, read once more as rules for other days.

The engine says with each date from which moment it counted, and how far (`Step`). Here the same counting is done for every day
that the moment could have. What cannot be read so is left where it is, and so is what it hangs on.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.entries.because import After, Event, Step
from scheduler.calendar.entries.entry import Entry
from scheduler.dates import Day, Span, Unit, add_span
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import DayOf, DueOf, EndOf, HasHad, IdealOf, LastDayOf, StartOf
from scheduler.site.open_days import OpenDays

_OF_ONE_DATE = (StartOf, DayOf, LastDayOf, IdealOf, DueOf, EndOf, HasHad)


@dataclass(frozen=True, slots=True)
class Shift:
    """A day that is counted from another entry's date (its ideal day, where ``of_ideal``), or that no move changes.

    ``parent`` is that entry, None where nothing that could move sets the day, which is then ``base``. From the parent's date it
    is ``offset`` days to the moment, and from there ``times`` spans on. ``limit``: a ceiling that says how long after.
    """

    base: Day
    words: str = ""
    parent: str | None = None
    of_ideal: bool = False
    offset: int = 0
    span: Span | None = None
    times: int = 1
    days: OpenDays | None = None
    limit: bool = False

    def at(self, parent: Day) -> Day:
        """The day for a day of the parent."""
        moment = parent + self.offset
        if self.span is None:
            return moment
        if self.span.unit is Unit.WORKING_DAYS:
            assert self.days is not None
            return self.days.open_days_from(moment, self.span.amount * self.times)
        return add_span(moment, self.span, self.times)


class Unreadable(Exception):
    """A date hangs on another in a way that is not counted here. Never leaves this package."""


def shift_of(step: Step, plan: Plan, line: Timeline, moving: dict[str, Entry], days: OpenDays) -> Shift:
    """A step as a rule; ``moving`` are the entries whose dates may change. Raises Unreadable."""
    parents = {reason.entry for reason in step.reasons if isinstance(reason, After)} & moving.keys()
    if not parents:
        return Shift(step.day, step.ceiling)
    told = [reason for reason in step.reasons if isinstance(reason, After | Event)]
    if len(told) > 1 or not isinstance(step.moment, _OF_ONE_DATE) or _counts_unevenly(step, plan):
        raise Unreadable
    parent = moving[parents.pop()]
    of_ideal = isinstance(step.moment, IdealOf)
    base = parent.ideal if of_ideal else parent.date
    if base is None:
        raise Unreadable
    counted = step.counted
    start = counted.start if counted is not None else step.day
    return Shift(
        step.day,
        step.ceiling,
        parent.id,
        of_ideal,
        start - base.toordinal(),
        counted.span if counted is not None else None,
        counted.times if counted is not None else 1,
        days,
        limit=_is_limit(step),
    )


def _counts_unevenly(step: Step, plan: Plan) -> bool:
    """Where something else than days lies between the entry and the moment that is counted from."""
    counted = step.counted
    if counted is not None and (counted.earlier is not None or counted.clock is not None):
        return True
    if not isinstance(step.moment, DueOf):
        return False
    due = plan.timelines[step.moment.timeline]
    timings = (*due.numbered.values(), *((due.then,) if due.then is not None else ()))
    return bool(due.pieces) or any(each.span is not None and each.span.in_days is None for each in timings)


def _is_limit(step: Step) -> bool:
    """True for "not after 84 days after the previous dose": what is counted from lies before it."""
    return bool(step.ceiling) and step.counted is not None and step.counted.times > 0
