"""Fractions that began before their earliest day: those left await a decision, and what should have preceded them was missed.

The program does not go on by itself: it would plan fractions through days of tablets. A delay or a booking of the next fraction
is the decision, and from then on the course goes on.
"""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE
from scheduler.calendar.engine.moments.answering import move, nominal
from scheduler.calendar.engine.moments.waits import wait_answer
from scheduler.calendar.entries.because import Count, Reason, Unknown
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.course import EntryFacts
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.moments import Edge, StartOf
from scheduler.said import Code, said


def waits_for_a_decision(
    ev: Evaluation, placement: BeingPlaced, facts: EntryFacts, bearing: Bearing
) -> tuple[Reason, ...]:
    """What a fraction waits for after ones that were given too early; empty where it waits for nobody."""
    line, n = placement.line, placement.n
    if line.kind != "fraction" or n <= line.first_number or not bearing.starts:
        return ()
    if facts.done is not None or facts.booked is not None or facts.delayed is not None:
        return ()
    before = ev.place(line, n - 1)
    if before.standing is not DONE:
        return ()
    later = [fact for _, number, fact in bearing.starts if number > n]
    if later:
        # The course went on: without these, this one would wait.
        placement.looked += ev.events(*later)
        placement.reach(latest_of(*later))
        return ()
    earliest = earliest_day(ev, line)
    if earliest.day is None or any(day >= earliest.day for day, _, _ in bearing.starts):
        return ()
    given = tuple(fact for _, _, fact in bearing.starts)
    placement.looked += earliest.reasons
    placement.reach(max(earliest.latest, *(fact.numbers[-1] for fact in given)))
    if bearing.stop is None or bearing.stop.is_absence:
        # Who has ended the treatment has decided.
        placement.findings += (_asked(line, n, given),)
    what = said("whether and when {what} goes on: it began before its earliest day", what=Code(line.name))
    return (*ev.events(*given), Unknown(what))


def earliest_day(ev: Evaluation, line: Timeline) -> Answer:
    """The first day on which a course may begin: by its rule and all that it waits for, as far as it is known."""
    n = line.first_number
    timing = line.timing(n)
    if timing is None:
        return Answer(None, ())
    found = nominal(ev, line, timing, n)
    waits = [wait_answer(ev, edge, line, n) for edge in timing.not_before]
    days = [each.day for each in (found, *waits) if each.day is not None]
    reasons = tuple(reason for each in (found, *waits) for reason in (*each.reasons, *each.looked))
    return Answer(max(days, default=None), reasons, (), max(each.latest for each in (found, *waits)))


def began_with_another(ev: Evaluation, edge: Edge, line: Timeline, ceiling: Answer) -> Answer | None:
    """The ceiling by the first dose that was given, where another was given before the one that the ceiling is about.

    A course that began with its second fraction had to be preceded as one that began with the first. None where nothing was
    given earlier than the ceiling has it.
    """
    moment = edge.moment
    if not isinstance(moment, StartOf) or not isinstance(moment.which, int):
        return None
    facts = ev.course.doses.get(moment.timeline)
    if not facts:
        return None
    first = min(facts, key=lambda fact: fact.order)
    day = move(ev, first.day, edge.span, edge.sign) if edge.span is not None else first.day
    if ceiling.day is not None and ceiling.day <= day:
        return None
    counted = Count(first.day, edge.span, edge.sign) if edge.span is not None else None
    reasons: tuple[Reason, ...] = (ev.after(first.event.entries[0]), *ev.events(first))
    looked = (*ceiling.reasons, *ceiling.looked)
    return Answer(day, reasons, looked, max(ceiling.latest, latest_of(first)), True, None, False, counted)


def miss_what_had_to_precede(ev: Evaluation, placement: BeingPlaced, ceiling: Answer, given: Day | None) -> bool:
    """Say that something was missed: what it had to precede took place before its first day; True where it is so."""
    first = placement.first
    if not ceiling.actual or ceiling.day is None or first is None or given is None or ceiling.day >= first:
        return False
    facts = ev.course.about(placement.id)
    if facts.booked is not None or facts.done is not None:
        return False
    placement.standing, placement.day = NOT_DONE, given
    placement.set_by += ceiling.reasons
    message = said(
        "{entry} was missed: what it has to precede took place before it could be done", entry=Code(placement.id)
    )
    hint = said("record when it was done, or 'not done' with the reason")
    placement.findings += (Finding.of("missed-before", Severity.WARNING, message, hint, entry=placement.id),)
    return True


def _asked(line: Timeline, n: int, given: tuple[Fact, ...]) -> Finding:
    numbers = tuple(number for fact in given for number in fact.numbers)
    message = said(
        "{treatment} began before its earliest day: {treatment}.{n} and those after it await a decision",
        treatment=Code(line.name),
        n=n,
    )
    hint = said(
        "the investigator decides: record 'delayed' with the day of {treatment}.{n}, or 'discontinued'",
        treatment=Code(line.name),
        n=n,
    )
    return Finding.of("began-too-early", Severity.WARNING, message, hint, None, f"{line.name}.{n}", numbers)
