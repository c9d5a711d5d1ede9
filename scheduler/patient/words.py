"""What is to say about the words and numbers of one event before it is recorded: refused, asked, or said.

An error is refused: it cannot be. A warning is asked: it can be, and is likely a slip. A note is said: a listed synonym was read
as what it stands for. All of it is about the event alone and the log before it; a log that exists is never judged by this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from scheduler.findings import Finding, Severity
from scheduler.patient import events as ev
from scheduler.patient.log import Log, in_force
from scheduler.source.ambiguous import amount_readings, number_readings, plain_amounts, which
from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    END_REASONS,
    LABORATORY_TESTS,
    MEDICINES,
    Either,
    Impossible,
    LaboratoryTest,
    NoUnit,
    Reading,
    Synonym,
    Unknown,
    Unread,
    doubt_about,
    end_reason,
    grades_of,
    laboratory_named,
    offer,
    two_numbers_of,
)

_BASELINE = "baseline "
_DOSES = ("dose", "amount")
_MEASURE = re.compile(r"([0-9]+(?:\.[0-9]+)?) *([^\s0-9.,'’].*)?")


def words_of(event: ev.Event, log: Log) -> tuple[Finding, ...]:
    """All that is to say about the words of an event that would be recorded next in this log."""
    said = event.with_ if isinstance(event, ev.Corrected) else event
    look = _LOOKS.get(type(said))
    found = list(look(said, log)) if look is not None else []
    return (*found, *_of_amounts(said))


def _of_adverse_event(event: ev.AdverseEvent, log: Log) -> Iterator[Finding]:
    read = ADVERSE_EVENTS.look_up(event.term)
    yield from _of_word(event.term, read, ADVERSE_EVENTS.what, "unknown-term", _OTHER_EVENT)
    yield from _of_grade(event.term, event.grade)


def _of_regraded(event: ev.Regraded, log: Log) -> Iterator[Finding]:
    if event.grade == 0:
        hint = "CTCAE has no grade 0; write 'resolved'"
        yield Finding("read-as", Severity.NOTE, f"grade 0 was read as: adverse event {event.ae} is over", hint)
        return
    for fact in in_force(log):
        if isinstance(fact.event, ev.AdverseEvent) and fact.event.ae == event.ae:
            yield from _of_grade(fact.event.term, event.grade)


def _of_grade(term: str, grade: int) -> Iterator[Finding]:
    grades = grades_of(term)
    if grades is None or grade in grades:
        return
    message = f"'{term}' has no grade {grade} in CTCAE v5.0"
    hint = f"its grades are {', '.join(map(str, grades))}; a worse event has another term"
    yield Finding("no-such-grade", Severity.ERROR, message, hint)


def _of_measured(event: ev.Measured, log: Log) -> Iterator[Finding]:
    if two_numbers_of(event.test) is not None:
        yield from _of_two_numbers(event)
        return
    read = LABORATORY_TESTS.look_up(event.test)
    yield from _of_word(event.test, read, LABORATORY_TESTS.what, "unknown-test", _OWN_TEST)
    test = laboratory_named(event.test)
    # What is less than can be measured needs no unit, and no least value.
    if test is not None and (event.beyond != "<" or event.unit):
        yield from _of_value(test, event.value, event.unit)


def _of_two_numbers(event: ev.Measured) -> Iterator[Finding]:
    """A blood pressure: both numbers, the systolic one first, and each as a living person may have it."""
    if event.second is None:
        message = f"{event.test} {event.amount} has one number of two, and no rule reads it"
        yield Finding("one-number", Severity.WARNING, message, "write both, such as 165/95")
        return
    if event.second >= event.value:
        message = f"{event.test} {event.amount}: the first number is the systolic one, and is the higher"
        hint = f"{event.second:f}/{event.value:f} {event.unit}?"
        yield Finding("impossible-value", Severity.WARNING, message, hint)
        return
    for name, value in event.readings:
        test = laboratory_named(name)
        assert test is not None
        yield from _of_value(test, value, event.unit)


def _of_medicine(event: ev.MedicineStarted | ev.MedicineChanged | ev.MedicineStopped, log: Log) -> Iterator[Finding]:
    read = MEDICINES.look_up(event.name)
    if not isinstance(read, Unknown) or read.nearest:
        yield from _of_word(event.name, read, "a medicine that is listed", "unknown-medicine", _OTHER_MEDICINE)


def _of_end(event: ev.EndOfTreatment, log: Log) -> Iterator[Finding]:
    if event.reason is not None:
        yield from _of_word(event.reason, end_reason(event.reason), END_REASONS.what, "unknown-end-reason", _OTHER_END)


def _of_attribute(event: ev.Attribute, log: Log) -> Iterator[Finding]:
    test = laboratory_named(event.name.removeprefix(_BASELINE))
    if test is None or isinstance(event.value, bool):
        return
    number, unit = _measure(event.value)
    ambiguous = () if isinstance(event.value, Decimal) else amount_readings(event.value)
    if ambiguous and number is not None:
        message = f"{event.name} '{event.value}' may be {' or '.join(ambiguous)}"
        yield Finding("ambiguous-amount", Severity.WARNING, message, f"write {which(ambiguous)}")
    elif number is not None:
        yield from _of_value(test, number, unit or test.unit)
    elif not isinstance(event.value, Decimal):
        readings = plain_amounts(event.value) or number_readings(event.value)
        message = f"{event.name} '{event.value}' is no number with its unit, so no rule reads it"
        yield Finding(
            "not-a-value", Severity.WARNING, message, f"write {which(readings) or f'a number and {test.unit}'.strip()}"
        )


def _measure(value: Decimal | str) -> tuple[Decimal | None, str]:
    if isinstance(value, Decimal):
        return value, ""
    found = _MEASURE.fullmatch(value.strip())
    return (Decimal(found[1]), found[2] or "") if found is not None else (None, "")


def _of_value(test: LaboratoryTest, value: Decimal, unit: str) -> Iterator[Finding]:
    match doubt_about(test, value, unit):
        case NoUnit(written, meant):
            message = f"{test.name} {written} has no unit"
            yield Finding("no-unit", Severity.WARNING, message, _which(meant) or f"write it in {test.unit}")
        case Unread(_, own):
            message = f"{test.name} in '{unit}' cannot be read: it does not convert to {own or 'a plain number'}"
            yield Finding("unread-unit", Severity.WARNING, message, f"write it in {own}" if own else "leave it out")
        case Impossible(written, least, most, meant):
            message = f"{test.name} {written} is beyond what a living person has, {least} to {most}"
            hint = _which((written, *meant)) if meant else "look at the report again"
            yield Finding("impossible-value", Severity.WARNING, message, hint)


def _which(meant: tuple[object, ...]) -> str:
    return f"{' or '.join(map(str, meant))}?" if meant else ""


def _of_amounts(event: ev.Event) -> Iterator[Finding]:
    """A dose that one country reads as another number than the next: "1.000 mg"."""
    for field in _DOSES:
        written = getattr(event, field, None)
        readings = amount_readings(written) if isinstance(written, str) else ()
        if readings:
            message = f"'{written}' may be {' or '.join(readings)}"
            yield Finding("ambiguous-amount", Severity.WARNING, message, f"write {' or '.join(readings)}")


_OTHER_EVENT = "choose a term, or '{class} - Other, specify: {what}' with its class"
_OWN_TEST = "choose a test; rules read no other name"
_OTHER_MEDICINE = "write the generic name"
_OTHER_END = "choose a reason, or write 'other: ...'"


def _of_word(text: str, read: Reading, what: str, code: str, else_: str) -> Iterator[Finding]:
    """What is said or asked about one word."""
    match read:
        case Synonym(name, written, ours):
            by = ", a translation of our own" if ours else ""
            yield Finding("read-as", Severity.NOTE, f"'{written}' was read as {name}{by}")
        case Either(names, written):
            message = f"'{written}' was read as {' or '.join(names)}: the rules on either read it"
            yield Finding("read-as", Severity.NOTE, message, "record the one of them, where it is known")
        case Unknown(_, nearest):
            yield Finding(code, Severity.WARNING, f"'{text}' is not {what}", offer(nearest) or else_)
        case _:
            return


_LOOKS: dict[type[ev.Event], Callable[[Any, Log], Iterator[Finding]]] = {
    ev.AdverseEvent: _of_adverse_event,
    ev.Regraded: _of_regraded,
    ev.Measured: _of_measured,
    ev.MedicineStarted: _of_medicine,
    ev.MedicineChanged: _of_medicine,
    ev.MedicineStopped: _of_medicine,
    ev.EndOfTreatment: _of_end,
    ev.Attribute: _of_attribute,
}
