"""Rules that time makes fire: a medicine given for too long above a dose, too long without a dose."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import cast

from scheduler.dates import add_span
from scheduler.patient.dose_rules.facts.daily_totals import Clock, clocks_of, reads_medicine
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events.observations import OfMedicine
from scheduler.protocol.plan.rules import MedicineFor, Rule, SinceLastDose
from scheduler.said import Amount, Quoted, said, said_of, text_of


def medicine_readings(history: History, rule: Rule, asked: MedicineFor) -> Iterator[tuple[Reading, bool]]:
    """Of each stretch of days with a daily total above the dose: did it last longer than it may? The last day is in time.

    A record with which no such stretch began is read as well: without another it might have been the first.
    """
    facts = [fact for fact in history.medicines if reads_medicine(asked, cast(OfMedicine, fact.event).name)]
    clocks = {clock.began.number: clock for clock in clocks_of(facts, asked)}
    for fact in facts:
        clock = clocks.get(fact.number)
        last = add_span(fact.day, asked.longer_than)
        looked = (fact, *(each for each in facts if each is not fact and each.day <= last))
        if clock is None:
            yield Reading(rule, fact, last + 1, looked), False
        else:
            yield Reading(rule, fact, last + 1, looked, _assumed(clock), clock=clock), clock.runs_out


def _assumed(clock: Clock) -> tuple[str, ...]:
    """What nobody recorded of the days that made it run out, each record once."""
    asked = clock.asked
    read_as = said("counted as taken")
    if asked.above is not None:
        read_as = said("read as above {most}", most=Amount(asked.above, str(asked.unit)))
    unknown = (part for total in clock.totals if total.known <= (asked.above or 0) for part in total.unknown)
    told = (
        said(
            "{medicine}: {unknown}, {read_as}",
            medicine=Quoted(part.event.name),
            unknown=said_of(part.what_is_unknown),
            read_as=read_as,
        )
        for part in unknown
    )
    return tuple(map(text_of, dict.fromkeys(told)))


def since_last_dose(history: History, rule: Rule, asked: SinceLastDose) -> Iterator[Reading]:
    """Of each dose: was the next one given before the time was over? The last day is in time."""
    doses = history.course.doses.get(rule.treatment, [])
    days = [dose.day for dose in doses]
    for dose, day, following in zip_longest(doses, days, days[1:]):
        last = add_span(day, asked.longer_than)
        if following is None or following > last:
            yield Reading(rule, dose, last + 1, (dose,))
