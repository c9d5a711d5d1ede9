"""How many cycles the investigator chose, where the protocol leaves it open: a number that it does not offer plans too few."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.findings import Finding, Severity
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.events import Attribute
from scheduler.said import ONE_OF, Code, Quoted, listed, said


def not_a_choice(ev: Evaluation) -> Iterator[Finding]:
    """The last record of such a number is none of those that the protocol offers."""
    for line in ev.plan.timelines.values():
        for limit in line.counts:
            if not limit.choice:
                continue
            name = limit.chosen_as(line.name)
            key = attribute_key(name)
            told = [fact for fact in ev.course.of(Attribute) if attribute_key(cast(Attribute, fact.event).name) == key]
            if not told or cast(Attribute, told[-1].event).value in [Decimal(number) for number in limit.choice]:
                continue
            value = cast(Attribute, told[-1].event).value
            offered = listed(*(Code(str(number)) for number in limit.choice), how=ONE_OF)
            message = said(
                "{name} is recorded as {value}: the protocol offers {numbers}",
                name=Quoted(name),
                value=Quoted(str(value)),
                numbers=offered,
            )
            hint = said("record the number that was chosen, or correct event {number}", number=told[-1].number)
            yield Finding.of("not-a-choice", Severity.WARNING, message, hint, events=told[-1].numbers)
