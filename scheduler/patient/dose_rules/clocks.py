"""Rules that time makes fire: a medicine given for too long above a dose, too long without a dose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from scheduler.dates import add_span
from scheduler.patient.dose_rules.history import History
from scheduler.patient.dose_rules.names import medicine_key
from scheduler.patient.dose_rules.reading import Reading
from scheduler.patient.events import MedicineStarted, MedicineStopped, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import MedicineFor, Rule, SinceLastDose


def medicine_readings(history: History, rule: Rule, asked: MedicineFor) -> Iterator[tuple[Reading, bool]]:
    """Of each start of the medicine: was it still given above the dose when the time was over? The last day is in time.

    A dose that nobody recorded counts as above. A dose in another unit than the rule's does too.
    """
    running: list[Fact] = []
    for fact in history.medicines.get(medicine_key(asked.name), ()):
        if isinstance(fact.event, MedicineStarted) and not running:
            running = [fact]
        elif running:
            running.append(fact)
            if isinstance(fact.event, MedicineStopped):
                yield _of_one_course(rule, asked, running)
                running = []
    if running:
        yield _of_one_course(rule, asked, running)


def _of_one_course(rule: Rule, asked: MedicineFor, facts: list[Fact]) -> tuple[Reading, bool]:
    last = add_span(facts[0].day, asked.longer_than)
    in_time = [fact for fact in facts if fact.day <= last]
    return Reading(rule, facts[0], last + 1, tuple(in_time)), _is_above(in_time[-1], asked)


def _is_above(fact: Fact, asked: MedicineFor) -> bool:
    if isinstance(fact.event, MedicineStopped):
        return False
    written = getattr(fact.event, "dose", None)
    if asked.above is None or written is None:
        return True
    amount, unit = parse_amount(written)
    per_day: Decimal = amount
    return unit.removesuffix("/d").removesuffix("/day") != (asked.unit or unit) or per_day > asked.above


def since_last_dose(history: History, rule: Rule, asked: SinceLastDose) -> Iterator[Reading]:
    """Of each dose: was the next one given before the time was over? The last day is in time."""
    doses = history.course.doses.get(rule.treatment, [])
    days = [dose.day for dose in doses]
    for dose, day, following in zip_longest(doses, days, days[1:]):
        last = add_span(day, asked.longer_than)
        if following is None or following > last:
            yield Reading(rule, dose, last + 1, (dose,))
