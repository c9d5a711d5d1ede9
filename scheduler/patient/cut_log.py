"""A log cut to some of its facts: what the protocol alone would have given this patient, and what was ordered.

Both are logs like any other, so that the engine itself says what the calendar would have been. Events keep their numbers. What
was corrected stands as corrected, and what was struck is gone.
"""

from __future__ import annotations

from datetime import date

from scheduler.patient.events import (
    Attribute,
    Consented,
    Event,
    FirstDosePlanned,
    Given,
    NotTaken,
    Prescribed,
    Randomised,
    Screened,
    Taken,
)
from scheduler.patient.log import Fact, Log, Record, in_force
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import Plan

BEFORE_TREATMENT: tuple[type[Event], ...] = (Consented, Screened, Randomised, FirstDosePlanned)

OF_THE_BODY: tuple[type[Event], ...] = (Attribute, Prescribed)
"""What the protocol itself asks for before an amount can be told: body weight, and the dose per fraction of a lesion."""


def as_planned(log: Log, plan: Plan | None = None) -> Log:
    """Consent, randomisation and the first dose alone: what is left is what the protocol had meant for this patient.

    Attributes stay, because a dose per m2 of a patient who gains weight is the protocol's dose and no change of it. Of the
    prescriptions of a course the first stays.
    """
    course = replay(log, plan)
    first = course.first_dose
    started = first.numbers if first is not None else ()
    kept: list[Fact] = []
    prescribed: set[tuple[str, str]] = set()
    for fact in in_force(log):
        if isinstance(fact.event, Prescribed):
            what = (fact.event.treatment, fact.event.course or fact.event.treatment)
            if what not in prescribed:
                prescribed.add(what)
                kept.append(fact)
        elif fact.numbers == started and isinstance(fact.event, Taken):
            # Tablets that were reported are no start of a cycle; the protocol meant it for the first of their days.
            planned = FirstDosePlanned(on=fact.event.from_, to=date.fromordinal(course.first_day or fact.day))
            kept.append(Fact(planned, fact.numbers))
        elif isinstance(fact.event, (*BEFORE_TREATMENT, *OF_THE_BODY)) or fact.numbers == started:
            kept.append(fact)
    return _log(kept)


def as_of(log: Log, last: date) -> Log:
    """The log at a data cut-off: without what happened, was corrected or was struck after that day.

    An event whose day a correction puts after the last day is gone too. When something was typed in does not matter.
    """
    cut = Log(tuple(record for record in log.records if record.event.on <= last))
    return _log([fact for fact in in_force(cut) if fact.event.on <= last])


def as_ordered(log: Log) -> Log:
    """The log without the amounts that were taken or given: each day then has the dose that was in force."""
    kept: list[Fact] = []
    for fact in in_force(log):
        if isinstance(fact.event, Taken | NotTaken):
            continue
        if isinstance(fact.event, Given) and fact.event.is_stated:
            kept.append(Fact(fact.event.model_copy(update={"amount": None, "amounts": ()}), fact.numbers))
        else:
            kept.append(fact)
    return _log(kept)


def _log(facts: list[Fact]) -> Log:
    return Log(tuple(Record(fact.number, fact.event) for fact in sorted(facts, key=lambda fact: fact.number)))
