"""What happens to the patient that is no adverse event, as rules name it: a pregnancy, an operation, another cancer therapy.

An operation that is planned has a day ahead. A dose on the last day that keeps clear of it is in time: of "less than 2 weeks
before", the day two weeks before is the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from scheduler.dates import Day, Span, add_span
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events import Event, NewAnticancerTherapy, Pregnancy, Surgery, SurgeryPlanned
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import (
    EMERGENCY,
    MAJOR,
    MINOR,
    NEW_THERAPY,
    PREGNANCY,
    SURGERY,
    BeforeSurgery,
    Rule,
)


def names_of(event: Event) -> tuple[str, ...]:
    """What rules may call it; nothing where no rule can be about it, as about a partner's pregnancy."""
    match event:
        case Pregnancy(whose="subject"):
            return (PREGNANCY,)
        case Surgery():
            size = MINOR if event.is_minor else MAJOR
            return (SURGERY, size, EMERGENCY) if event.emergency else (SURGERY, size)
        case NewAnticancerTherapy():
            return (NEW_THERAPY,)
        case _:
            return ()


def first_day_too_near(planned: SurgeryPlanned, within: Span) -> Day:
    """The first day on which less than a time is left to a planned operation."""
    return add_span(planned.day.toordinal(), within, -1) + 1


def readings_before_surgery(history: History, rule: Rule, asked: BeforeSurgery) -> Iterator[Reading]:
    """Of each planned operation: from the first day that is too near on, or from the record on where that is later.

    A minor one is left to the investigator.
    """
    for fact in history.course.of(SurgeryPlanned):
        planned = cast(SurgeryPlanned, fact.event)
        if planned.is_minor:
            continue
        first = first_day_too_near(planned, asked.within)
        yield Reading(rule, fact, max(first, fact.day), (fact,), foretold=True)


def operated_on(trigger: Fact) -> Day:
    """The day of the operation that a record is about; the record's own day for all others."""
    event = trigger.event
    return event.day.toordinal() if isinstance(event, SurgeryPlanned) else trigger.day
