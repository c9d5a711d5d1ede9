"""The last day that a protocol's "until" allows: it ends dosing days as it ends starts, and its own day is still dosed.

Where the protocol gives a cycle that has started to its end ("progression and the end of the started cycle"), only starts end.

An event ends nothing before somebody knew of it: it counts from the later of its day and the day on which it was recorded.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.circumstances import LastDay
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.engine.moments.answering import edge_answer
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.moments.progression import (
    goes_on_beyond_progression,
    progressed_again,
    stopping_progression,
)
from scheduler.calendar.engine.moments.until_randomised import (
    lasts_until_randomisation,
    latest_randomisation,
    not_after_its_days,
)
from scheduler.calendar.entries.because import After, Event, Step
from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.protocol.plan.combined_ends import cannot_end_before
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.times.moments import Named
from scheduler.protocol.plan.times.timing import DateLimit

EVENTS_THAT_STOP = ("progression", "new anticancer therapy", "end of treatment", "death")

PROGRESSION = Named("progression")

_TREATED = (Role.TREATMENT, Role.CYCLES)


def is_event(limit: DateLimit) -> bool:
    """True for an end that an event makes on its own day, such as progression."""
    moment = limit.edge.moment
    return isinstance(moment, Named) and moment.name in EVENTS_THAT_STOP and limit.edge.span is None


def waits_for_a_dose(end: Answer) -> bool:
    """True where nobody knows an end yet because a dose is still to come, or to be decided on: without it, it might be known."""
    return end.day is None and any(isinstance(reason, After) for reason in end.reasons)


def goes_on_beyond(ev: Evaluation, limit: DateLimit) -> bool:
    """True where somebody decided to treat beyond progression, and it has not progressed again since."""
    return limit.edge.moment == PROGRESSION and goes_on_beyond_progression(ev)


def last_dosing_day(ev: Evaluation, line: Timeline) -> LastDay | None:
    """The last day of a treatment that is dosed; None where nothing known ends it."""
    if line.name not in ev.last_days:
        # While it is being looked for, nothing ends it: an end may hang on this treatment's own days.
        ev.last_days[line.name] = None
        limits = [limit for limit in limits_of(line) if not limit.finishes]
        found = [last for limit in limits if (last := _last_day(ev, line, limit)) is not None]
        ev.last_days[line.name] = min(found, key=lambda each: each.day, default=None)
    return ev.last_days[line.name]


def ends_that_wait(ev: Evaluation, line: Timeline) -> tuple[Answer, ...]:
    """The ends of a treatment that nobody knows yet because of what was recorded: without it, one might be known."""
    if line.name not in ev.ends_that_wait:
        # While they are being looked for, nothing waits: an end may hang on this treatment's own days.
        ev.ends_that_wait[line.name] = ()
        ends = (end_of_limit(ev, line, limit, line.first_number) for limit in limits_of(line) if not is_event(limit))
        ev.ends_that_wait[line.name] = tuple(
            end for end in ends if waits_for_a_dose(end) or (end.day is None and end.looked)
        )
    return ev.ends_that_wait[line.name]


def _last_day(ev: Evaluation, line: Timeline, limit: DateLimit) -> LastDay | None:
    end = not_after_its_days(ev, limit, end_of_limit(ev, line, limit, line.first_number))
    if end.day is None or not _is_settled(limit, end) or goes_on_beyond(ev, limit):
        return None
    day = known_by(ev, end) if is_event(limit) else end.day - 1 if limit.before else end.day
    steps = (Step(limit.edge.moment, end.reasons, end.counted, end.day),) if not is_event(limit) else ()
    again = limit.edge.moment == PROGRESSION and ev.course.beyond_progression is not None
    return LastDay(day, (limit.clause, *end.reasons), end.latest, steps, end.looked if again else ())


def end_of_limit(ev: Evaluation, line: Timeline, limit: DateLimit, n: int) -> Answer:
    """The day that a limit names. What ends treatment under iRECIST is not what dates progression-free survival."""
    if limit.edge.moment == PROGRESSION and limit.edge.span is None:
        again = progressed_again(ev)
        if line.role in _TREATED or again is not None:
            return again or stopping_progression(ev)
    if lasts_until_randomisation(ev, limit):
        # Where treatment has ended before it, what was handed out until then was for the days up to this one.
        return latest_randomisation(ev)
    found = edge_answer(ev, limit.edge, line, n)
    # The days of randomisation count from the first of a run-in, which it cannot end before.
    return found if n <= goes_on_up_to(ev, line, limit) else not_after_its_days(ev, limit, found)


def goes_on_up_to(ev: Evaluation, line: Timeline, limit: DateLimit) -> int:
    """The last number of a timeline that its own end hangs on: it is the plan's, and is looked for once."""
    known = ev.goes_on_up_to[line.name]
    found = known.get(limit)
    return found if found is not None else known.keep(limit, cannot_end_before(ev.plan, line, limit))


def _is_settled(limit: DateLimit, end: Answer) -> bool:
    """A date stands; an event has to have been recorded."""
    return not is_event(limit) or end.actual


def known_by(ev: Evaluation, end: Answer) -> Day:
    """The later of an event's day and the day on which it was recorded."""
    assert end.day is not None
    numbers = {reason.number for reason in end.reasons if isinstance(reason, Event)}
    return max(end.day, *(_recorded_on(fact) for fact in ev.course.facts if fact.number in numbers), end.day)


def _recorded_on(fact: Fact) -> Day:
    recorded = fact.event.recorded
    return fact.day if recorded is None else max(fact.day, recorded.date().toordinal())


def cycle_to_finish(ev: Evaluation, line: Timeline, n: int, limit: DateLimit) -> Placement | None:
    """The cycle on whose days something is given, where the protocol gives a cycle that has started to its end.

    None where each day is judged by itself: that is so in all other protocols, and of what is a cycle itself.
    """
    if not limit.finishes or line.follows is None:
        return None
    cycle = ev.place(ev.plan.timelines[line.follows.timeline], n)
    return cycle if cycle.day is not None else None


def stops_starts_on(ev: Evaluation, line: Timeline, limit: DateLimit, end: Answer) -> Day:
    """The last day on which something may still start: a treatment until somebody knew of the event, a visit up to it."""
    assert end.day is not None
    return known_by(ev, end) if line.role in _TREATED and is_event(limit) else end.day
