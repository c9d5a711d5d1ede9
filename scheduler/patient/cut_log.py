"""A log cut to some of its facts: what the protocol alone would have given this patient, and what was ordered.

Both are logs like any other, so that the engine itself says what the calendar would have been. Events keep their numbers. What
was corrected stands as corrected, and what was struck is gone.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

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
from scheduler.patient.log import Fact, Log, Record, amendments, in_force
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.study import Plan

BEFORE_TREATMENT: tuple[type[Event], ...] = (Consented, Screened, Randomised, FirstDosePlanned)

OF_THE_BODY: tuple[type[Event], ...] = (Attribute, Prescribed)
"""What the protocol itself asks for before an amount can be told: body weight, and the dose per fraction of a lesion."""


def as_planned(log: Log, plan: Plan | None = None) -> Log:
    """Consent, randomisation and the first dose alone: what is left is what the protocol had meant for this patient.

    Attributes stay, because a dose per m2 of a patient who gains weight is the protocol's dose and no change of it. Of the
    prescriptions of a course the first stays. The first dose counts with what was due, whatever amount was given.
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
        elif fact.numbers == started:
            kept.append(_as_due(fact))
        elif isinstance(fact.event, (*BEFORE_TREATMENT, *OF_THE_BODY)):
            kept.append(fact)
    return _log(kept)


def _as_due(fact: Fact) -> Fact:
    """What was given, without the amount that was: it counts as what was due."""
    if not isinstance(fact.event, Given) or not fact.event.is_stated:
        return fact
    return Fact(fact.event.model_copy(update={"amount": None, "amounts": ()}), fact.numbers)


class CutOff(NamedTuple):
    """What of a log counts: what happened up to a day, as it was recorded by the end of a day (in UTC); None: all of it.

    The first is the data cut-off of an analysis: what is put right afterwards about a day before it counts. The second is the
    snapshot of the data that was analysed: with both, the same figures come out however much is recorded later.
    """

    happened: date | None = None
    recorded: date | None = None


NO_CUT_OFF = CutOff()


def as_of(log: Log, cut_off: CutOff) -> Log:
    """The log at a data cut-off: without what happened after that day, by all that was recorded by the day of the snapshot.

    An event whose day a correction puts after the last day is gone too, and one that it puts before it is there.
    """
    happened, recorded = cut_off
    known = Log(tuple(each for each in log.records if recorded is None or each.event.recorded_at.date() <= recorded))
    return _log([fact for fact in in_force(known) if happened is None or fact.event.on <= happened])


def as_ordered(log: Log) -> Log:
    """The log without the amounts that were taken or given: each day then has the dose that was in force.

    A log that says no amount, and in which nothing was corrected or struck, is that log itself.
    """
    if not amendments(log) and not any(map(_says_an_amount, (record.event for record in log.records))):
        return log
    kept: list[Fact] = []
    for fact in in_force(log):
        if isinstance(fact.event, Taken | NotTaken):
            continue
        kept.append(_as_due(fact))
    return _log(kept)


def _says_an_amount(event: Event) -> bool:
    """True for a report of tablets, and for a dose whose amount somebody stated."""
    return isinstance(event, Taken | NotTaken) or (isinstance(event, Given) and event.is_stated)


def _log(facts: list[Fact]) -> Log:
    return Log(tuple(Record(fact.number, fact.event) for fact in sorted(facts, key=lambda fact: fact.number)))
