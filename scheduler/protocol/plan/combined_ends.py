"""Where one treatment ends with what another has had: "venetoclax has had 12 cycles", although that one is timed on it."""

from __future__ import annotations

from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import DayOf, HasHad, LastDayOf, StartOf
from scheduler.protocol.plan.times.timing import DateLimit


def cannot_end_before(plan: Plan, line: Timeline, limit: DateLimit) -> int:
    """The last number of a timeline that its own end hangs on: up to that one it goes on; 0 where there is none."""
    had = limit.edge.moment
    if not isinstance(had, HasHad) or had.timeline not in plan.timelines:
        return 0
    other = plan.timelines[had.timeline]
    if other.follows is not None and other.follows.timeline == line.name:
        return other.follows.number_of(had.most)
    timing = other.timing(other.first_number)
    on = timing.moment if timing is not None else None
    if isinstance(on, StartOf | DayOf | LastDayOf) and on.timeline == line.name and isinstance(on.which, int):
        return on.which
    return 0
