"""Whether a timeline goes on without an end, as far as anybody knows today."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.branches import is_left_out
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line, recorded_end
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.progression import goes_on_beyond_progression, progression
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import EndOf, HasHad, LastDose, Moment, Named
from scheduler.protocol.plan.times.timing import DateLimit


def is_open_ended(ev: Evaluation, line: Timeline, asked: tuple[str, ...] = ()) -> bool:
    """True when nothing sets an end to a timeline, nor to the one that it follows. What is given every day is one long cycle.

    "Until progression" sets none before the progression is known: nobody could say which dose will be the last. ``asked`` are
    the timelines whose ends are being looked for.
    """
    asked = (*asked, line.name)
    comes_once = line.then is None and not line.pieces
    if (comes_once and not line.every_day) or line.counts:
        return False
    if line.only_if is not None and is_left_out(ev, line):
        return False
    if any(_is_known(ev, limit.edge.moment, asked) for limit in _limits(line)):
        return False
    if line.follows is None:
        return True
    every = any(part.selection.every is not None for part in line.follows.parts)
    return every and is_open_ended(ev, ev.plan.timelines[line.follows.timeline], asked)


def limits_of(line: Timeline) -> tuple[DateLimit, ...]:
    """Every date and event that ends a timeline."""
    alone = line.timing(line.first_number) if line.single else None
    timing = line.then or (line.pieces[0] if len(line.pieces) == 1 else alone)
    own = timing.until if timing is not None and len(line.pieces) < 2 else ()
    return tuple(dict.fromkeys((*line.limits_by_date, *own)))


def _limits(line: Timeline) -> tuple[DateLimit, ...]:
    alone = line.timing(line.first_number) if line.every_day and line.single else None
    timing = line.then or (line.pieces[0] if len(line.pieces) == 1 else alone)
    return (*line.limits_by_date, *(timing.until if timing is not None else ()))


def _is_known(ev: Evaluation, moment: Moment, asked: tuple[str, ...]) -> bool:
    """True where a limit has a day, recorded or projected. What was decided to go on beyond progression has none in it."""
    if isinstance(moment, EndOf | LastDose):
        name = moment.timeline
        if name is None:
            return recorded_end(ev.course) is not None
        return name not in asked and not is_open_ended(ev, ev.plan.timelines[name], asked)
    if isinstance(moment, HasHad):
        # Of a treatment that was ended before nobody knows how many it would have had.
        stopped = end_of_treatment_line(ev.course, moment.timeline) is not None
        return not stopped or ev.course.highest.get(moment.timeline, 0) >= moment.most
    if not isinstance(moment, Named) or moment.name == "first dose":
        return True
    if moment.name == "end of treatment":
        return recorded_end(ev.course) is not None
    if moment.name == "progression":
        return not goes_on_beyond_progression(ev) and progression(ev).day is not None
    return moment.name in ev.course.dates or moment.name in ev.plan.dates
