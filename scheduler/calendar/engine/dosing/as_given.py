"""Given stays given: the amount of a recorded dose follows from what stood before it in the order of recording.

A weight, a height, a level or a prescription that is entered or corrected later never rewrites it, though it be dated earlier.
Where it would be another amount now, somebody is asked which one was given; until then the first stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from scheduler.calendar.engine.dosing.dose_in_force import doses_on
from scheduler.calendar.engine.dosing.own_doses import PER
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.because import Reason, distinct
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.log import Fact
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.dosing.give import per_of
from scheduler.protocol.plan.study import Timeline
from scheduler.said import Code, Listed, listed, said, said_as

_AND = said_as("between the members of a list", " and ")


Doses = tuple[tuple[Dose, ...], tuple[Reason, ...]]


class DayOfCycle(NamedTuple):
    """A dosing day by its treatment, the cycle and the day of the cycle."""

    line: Timeline
    n: int
    cycle_day: int


def doses_as_given(ev: Evaluation, placement: Placement, cycle_day: int, day: Day, fact: Fact, entry: str) -> Doses:
    """The doses of a day that somebody recorded, as they followed when it was recorded; what was not known then is filled in."""
    return amounts_as_given(ev, DayOfCycle(placement.line, placement.n, cycle_day), day, fact, entry, placement.id)


def amounts_as_given(ev: Evaluation, of: DayOfCycle, day: Day, fact: Fact, entry: str, found_at: str) -> Doses:
    """The same for a day that no cycle has now: ``of`` is the day whose dose was taken, ``found_at`` where a question is told."""
    line, n, cycle_day = of
    now = doses_on(ev, line, n, cycle_day, day)
    late = ev.course.said_late(fact.number, day)
    if not late:
        return now
    then = doses_on(known_before(ev, fact.number), line, n, cycle_day, day)
    if then[0] == now[0]:
        return then
    if not all(map(_is_known, then[0])) or _alike(then[0], now[0]):
        # What was known then is what it rests on too: filled in because that gave no amount, or because it was the same.
        return now[0], distinct((*now[1], *then[1]))
    message = said("{entry}: {then} or {now} given?", entry=Code(entry), then=_said(then[0]), now=_said(now[0]))
    hint = said("correct the record and state the amount that was given")
    asked = Finding.of("amount-asked", Severity.WARNING, message, hint, None, found_at, late)
    if asked not in ev.findings:
        ev.findings.append(asked)
    return then


def known_before(ev: Evaluation, number: int) -> Evaluation:
    """The patient as the log told when an event was recorded. Its events are the same reasons as everywhere."""
    earlier = ev.earlier.get(number)
    if earlier is None:
        course = with_decisions(replay(ev.course.log.until(number - 1)), ev.plan)
        earlier = ev.earlier[number] = ev.at(course)
    return earlier


def _is_known(dose: Dose) -> bool:
    return dose.amount is not None and per_of(dose.unit) not in PER


def _alike(then: tuple[Dose, ...], now: tuple[Dose, ...]) -> bool:
    """True where the amounts are the same: over how long a dose is given is no amount."""
    return [replace(dose, over=None) for dose in then] == [replace(dose, over=None) for dose in now]


def _said(doses: tuple[Dose, ...]) -> Listed:
    return listed(*map(dose_in_words, doses), how=_AND)
