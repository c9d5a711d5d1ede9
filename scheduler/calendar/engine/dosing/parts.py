"""A fraction that was given in part: the beam stopped part-way, or one course of the session was left out.

It is no full fraction. What is left of it awaits a decision: it is given later under the same number, or recorded as not done; an
end of the treatment leaves nothing to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import cast

from scheduler.calendar.engine.dosing.dose_in_force import doses_on
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Given, NotDone, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import Code, listed, said, said_as

_AND = said_as("between the members of a list", " and ")


Doses = tuple[Dose, ...]
REST_OF_A_FRACTION = "rest-of-a-fraction"
"""The code of the question about a rest, until somebody decides."""


def fate_of_the_rest(fraction: str) -> Unknown:
    """What all waits for that comes after a fraction given in part: "radiotherapy.5"."""
    return Unknown(said("what becomes of the rest of {fraction}", fraction=Code(fraction)))


def stated_doses(facts: Iterable[Fact], due: Doses) -> Doses | None:
    """What was given of each drug or course, over all sessions of one number; None where nobody stated it."""
    stated = [found for fact in facts if (found := _stated(fact, due)) is not None]
    if not stated:
        return None
    return tuple(_added(dose, [each.get(dose.of) for each in stated]) for dose in due)


def _stated(fact: Fact, due: Doses) -> dict[str | None, tuple[Decimal, str]] | None:
    event = fact.event
    if not isinstance(event, Given):
        return None
    if event.amounts:
        return {name: (amount, unit) for amount, unit, name in event.parts}
    return {due[0].of: parse_amount(event.amount)} if event.amount is not None and len(due) == 1 else None


def _added(dose: Dose, parts: Sequence[tuple[Decimal, str] | None]) -> Dose:
    """One drug or course; what is not named was not given."""
    total, unit = Decimal(0), dose.unit
    # Another amount is given over the time of its dose all the same; of one that was given in several sessions nobody said it.
    over = dose.over if len(parts) == 1 and parts[0] is not None and parts[0][0] else None
    for part in parts:
        if part is not None:
            amount = convert(part[0], part[1], unit)
            if amount is None:
                return Dose(*part, dose.level, dose.of, over=over)
            total += amount
    return Dose(total, unit, dose.level, dose.of, over=over if total != dose.amount else dose.over)


def left_of(ev: Evaluation, placement: Placement) -> Doses:
    """What a fraction that was given in part is short of, by course; empty where it was full, or nobody knows what is full."""
    if placement.line.kind != "fraction" or placement.standing is not DONE or placement.day is None:
        return ()
    facts = sessions(ev, placement)
    due, _ = doses_on(ev, placement.line, placement.n, 1, placement.day)
    given = stated_doses(facts, due)
    return () if given is None else tuple(short_of(given, due))


def short_of(given: Doses, due: Doses) -> Iterator[Dose]:
    """What is left of a fraction, by course."""
    for one, other in zip(given, due, strict=True):
        if other.amount is not None and one.amount is not None and one.amount < other.amount:
            yield Dose(other.amount - one.amount, other.unit, None, other.of)
        elif other.amount is None and one.amount == 0:
            yield Dose(None, other.unit, None, other.of)


def still_due(facts: Iterable[Fact], due: Doses) -> Doses:
    """What is left for the next session of one number, 0 of what was given in full; all of it where nobody stated an amount."""
    given = stated_doses(facts, due)
    return due if given is None else tuple(map(_less, due, given))


def _less(due: Dose, given: Dose) -> Dose:
    if due.amount is None or given.amount is None or given.unit != due.unit:
        return Dose(None, due.unit, due.level, due.of)
    return Dose(max(due.amount - given.amount, Decimal(0)), due.unit, due.level, due.of)


def sessions(ev: Evaluation, placement: Placement) -> tuple[Fact, ...]:
    """The sessions of one fraction: the first, and what was given of the rest later."""
    facts = ev.course.about(placement.id)
    given = (facts.done, *facts.rest)
    return tuple(fact for fact in given if fact is not None and isinstance(fact.event, Given))


def last_session(ev: Evaluation, placement: Placement) -> Day | None:
    """The day of the last session of a fraction, or of a dose."""
    if placement.day is None or not ev.course.about(placement.id).rest:
        return placement.day
    return max(placement.day, *(fact.day for fact in sessions(ev, placement)[1:]), placement.day)


def awaits_a_decision(ev: Evaluation, placement: Placement) -> bool:
    """True while nobody has decided what becomes of the rest of a fraction."""
    given_up = any(isinstance(fact.event, NotDone) for fact in ev.course.about(placement.id).rest)
    return (
        bool(left_of(ev, placement)) and not given_up and end_of_treatment_line(ev.course, placement.line.name) is None
    )


def findings_of_parts(ev: Evaluation, placements: Iterable[Placement]) -> Iterator[Finding]:
    """The question about each rest, until somebody decides."""
    for placement in placements:
        if placement.line.kind == "fraction" and awaits_a_decision(ev, placement):
            left = listed(*map(dose_in_words, left_of(ev, placement)), how=_AND)
            number = cast(Given, sessions(ev, placement)[0].event).n
            message = said(
                "{entry}: {left} of the fraction is left, and nobody has decided what becomes of it",
                entry=Code(placement.id),
                left=left,
            )
            hint = said(
                "record 'given' with n: {number} and the amounts once it is given, or 'not done' with the entry",
                number=number,
            )
            numbers = tuple(number for fact in sessions(ev, placement) for number in fact.numbers)
            yield Finding.of(REST_OF_A_FRACTION, Severity.WARNING, message, hint, entry=placement.id, events=numbers)
