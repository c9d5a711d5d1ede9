"""Where one treatment ends with what counts from it: "venetoclax has had 12 cycles", "allocation", 28 days after its cycle 1."""

from __future__ import annotations

from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import DayOf, HasHad, LastDayOf, Moment, Named, StartOf
from scheduler.protocol.plan.times.timing import DateLimit, Timing

_DEEPEST = 20

NONE_OF_ITS_NUMBERS = -1
"""Before a baseline, which has the number 0."""


def cannot_end_before(plan: Plan, line: Timeline, limit: DateLimit) -> int:
    """The last number of a timeline that its own end hangs on: up to that one it goes on."""
    had = limit.edge.moment
    if isinstance(had, Named) and limit.edge.sign > 0:
        return _counted_from(plan, line.name, had, 0)
    if not isinstance(had, HasHad) or had.timeline not in plan.timelines:
        return NONE_OF_ITS_NUMBERS
    other = plan.timelines[had.timeline]
    if other.follows is not None and other.follows.timeline == line.name:
        return other.follows.number_of(had.most)
    timing = other.timing(other.first_number)
    on = timing.moment if timing is not None else None
    if isinstance(on, StartOf | DayOf | LastDayOf) and on.timeline == line.name and isinstance(on.which, int):
        return on.which
    return NONE_OF_ITS_NUMBERS


def _counted_from(plan: Plan, name: str, moment: Moment, depth: int) -> int:
    """The highest number of a timeline that a planned date counts from or waits for, over visits and other dates too."""
    if depth > _DEEPEST:
        return NONE_OF_ITS_NUMBERS
    if isinstance(moment, Named):
        line = plan.dates.get(moment.name)
        return _of_timing(plan, name, line.timing(1) if line is not None else None, depth)
    if not isinstance(moment, StartOf | DayOf | LastDayOf) or not isinstance(moment.which, int):
        return NONE_OF_ITS_NUMBERS
    if moment.timeline == name:
        return moment.which
    line = plan.timelines.get(moment.timeline)
    return _of_timing(plan, name, line.timing(moment.which) if line is not None else None, depth)


def _of_timing(plan: Plan, name: str, timing: Timing | None, depth: int) -> int:
    if timing is None or timing.sign < 0:
        return NONE_OF_ITS_NUMBERS
    asked = (timing.moment, *(edge.moment for edge in timing.not_before))
    return max(_counted_from(plan, name, moment, depth + 1) for moment in asked)
