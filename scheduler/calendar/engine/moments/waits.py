"""When a wait ends: "not before" a moment, also where that moment will never come."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.circumstances import broken_off_on, facts_of_breaking_off
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.engine.moments.answering import answer, edge_answer, placed
from scheduler.dates import Day
from scheduler.patient.course import Hold
from scheduler.patient.events import Held
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import DayOf, Edge, LastDayOf, StartOf

_DAYS_OF_A_CYCLE = (DayOf, LastDayOf)


def wait_answer(ev: Evaluation, edge: Edge, line: Timeline, n: int, cycle_day: int = 0) -> Answer:
    """The day that a wait ends. A day of a cycle that was broken off before it never comes, so nothing waits for it.

    The event that says so releases what waited: on its own day, never before it.
    """
    wait = edge_answer(ev, edge, line, n, cycle_day)
    moment = edge.moment
    if wait.never and isinstance(moment, (StartOf, *_DAYS_OF_A_CYCLE)):
        return _released_by_a_stop(ev, moment, line, wait)
    if wait.day is None or not isinstance(moment, _DAYS_OF_A_CYCLE):
        return wait
    reached = answer(ev, moment, n, cycle_day)
    if reached.day is None:
        return wait
    treatment = ev.plan.timelines[moment.timeline]
    stop = ev.stop(treatment)
    facts = stop.facts if stop is not None and reached.day >= stop.day else ()
    day = stop.decided if stop is not None else None
    cycle = placed(ev, moment, n)
    if not facts and isinstance(cycle, Placement) and cycle.day is not None:
        broken_off = broken_off_on(ev.holds(treatment), cycle.day, reached.day)
        facts = facts_of_breaking_off(ev.holds(treatment), cycle.day, reached.day)
        day = _known_on(broken_off) if broken_off is not None else None
    own = ev.stop(line)
    if facts and (own is None or facts[0] is not own.fact):
        return _released(ev, wait, facts, day)
    # What ends this too, such as a death or a loss, releases nothing on its own day.
    looked = [*facts, *(each for away in ev.course.away for each in away.facts)]
    if not looked:
        return wait
    return wait._replace(looked=(*wait.looked, *ev.events(*looked)), latest=max(wait.latest, latest_of(*looked)))


def _known_on(broken_off: Hold) -> Day:
    """The day on which a cycle was known to be broken off: that of the order, or of the resume after a hold that was too long."""
    too_long = isinstance(broken_off.opened.event, Held)
    return broken_off.end if too_long and broken_off.end is not None else broken_off.opened.day


def _released_by_a_stop(ev: Evaluation, moment: StartOf | DayOf | LastDayOf, line: Timeline, wait: Answer) -> Answer:
    """What will never come because its treatment was stopped releases what waits for it on the day of the stop."""
    treatment = ev.plan.timelines.get(moment.timeline)
    if treatment is None or treatment is line or treatment.role is not Role.TREATMENT:
        return wait
    stop = ev.stop(treatment)
    return wait if stop is None else _released(ev, wait, stop.facts, stop.decided)


def _released(ev: Evaluation, wait: Answer, facts: tuple[Fact, ...], day: Day | None) -> Answer:
    """Released by the first of these facts; the others were looked at."""
    fact, *others = facts
    latest = max(wait.latest, latest_of(*facts))
    day = fact.day if day is None else day
    looked = (*wait.reasons, *wait.looked, *ev.events(*others))
    return Answer(day, ev.events(fact), looked, latest, actual=True, created=day)
