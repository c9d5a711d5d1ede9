"""What is to say about the words and numbers of one event before it is recorded: refused, asked, or said.

An error is refused: it cannot be. A warning is asked: it can be, and is likely a slip. A note is said: a listed synonym was read
as what it stands for. All of it is about the event alone and the log before it; a log that exists is never judged by this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from scheduler.findings import OR, Finding, Severity
from scheduler.patient import events as ev
from scheduler.patient.log import Log, in_force
from scheduler.said import COMMAS, Code, Listed, Quoted, Said, Value, listed, said, said_of
from scheduler.source.ambiguous import amount_readings, number_readings, plain_amounts
from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    END_REASONS,
    LABORATORY_TESTS,
    MEDICINES,
    Either,
    Impossible,
    Known,
    LaboratoryTest,
    Measure,
    NoUnit,
    Reading,
    Synonym,
    Unknown,
    Unread,
    Vocabulary,
    doubt_about,
    end_reason,
    grades_of,
    laboratory_named,
    medicines_meant,
    offer_of,
    two_numbers_of,
)

_BASELINE = "baseline "
_DOSES = ("dose", "amount")
_MEASURE = re.compile(r"([0-9]+(?:\.[0-9]+)?) *([^\s0-9.,'’].*)?")


def words_of(event: ev.Event, log: Log) -> tuple[Finding, ...]:
    """All that is to say about the words of an event that would be recorded next in this log."""
    recorded = event.with_ if isinstance(event, ev.Corrected) else event
    look = _LOOKS.get(type(recorded))
    found = list(look(recorded, log)) if look is not None else []
    return (*found, *_of_amounts(recorded))


def _of_adverse_event(event: ev.AdverseEvent, log: Log) -> Iterator[Finding]:
    read = ADVERSE_EVENTS.look_up(event.term)
    yield from _of_word(event.term, read, _what(ADVERSE_EVENTS), "unknown-term", _OTHER_EVENT)
    if isinstance(read, Known | Synonym) and read.name in ADVERSE_EVENTS.others:
        message = said("'{term}' does not say what it is", term=Quoted(event.term))
        hint = said("write it behind a colon, such as {example}", example=Code(f"{read.name}: ..."))
        yield Finding.of("not-specified", Severity.WARNING, message, hint)
    yield from _of_grade(event.term, event.grade)


def _of_regraded(event: ev.Regraded, log: Log) -> Iterator[Finding]:
    if event.grade == 0:
        hint = said("CTCAE has no grade 0; write 'resolved'")
        message = said("grade 0 was read as: adverse event {number} is over", number=event.ae)
        yield Finding.of("read-as", Severity.NOTE, message, hint)
        return
    for fact in in_force(log):
        if isinstance(fact.event, ev.AdverseEvent) and fact.event.ae == event.ae:
            yield from _of_grade(fact.event.term, event.grade)


def _of_grade(term: str, grade: int) -> Iterator[Finding]:
    grades = grades_of(term)
    if grades is None or grade in grades:
        return
    message = said("'{term}' has no grade {grade} in CTCAE v5.0", term=Quoted(term), grade=grade)
    hint = said("its grades are {grades}; a worse event has another term", grades=listed(*grades, how=COMMAS))
    yield Finding.of("no-such-grade", Severity.ERROR, message, hint)


def _of_measured(event: ev.Measured, log: Log) -> Iterator[Finding]:
    if two_numbers_of(event.test) is not None:
        yield from _of_two_numbers(event)
        return
    read = LABORATORY_TESTS.look_up(event.test)
    yield from _of_word(event.test, read, _what(LABORATORY_TESTS), "unknown-test", _OWN_TEST)
    test = laboratory_named(event.test)
    # What is less than can be measured needs no unit, and no least value.
    if test is not None and (event.beyond != "<" or event.unit):
        yield from _of_value(test, event.value, event.unit)


def _of_two_numbers(event: ev.Measured) -> Iterator[Finding]:
    """A blood pressure: both numbers, the systolic one first, and each as a living person may have it."""
    if event.second is None:
        message = said(
            "{test} {amount} has one number of two, and no rule reads it",
            test=Quoted(event.test),
            amount=Code(event.amount),
        )
        yield Finding.of("one-number", Severity.WARNING, message, said("write both, such as 165/95"))
        return
    if event.second >= event.value:
        message = said(
            "{test} {amount}: the first number is the systolic one, and is the higher",
            test=Quoted(event.test),
            amount=Code(event.amount),
        )
        hint = said("{names}?", names=Code(f"{event.second:f}/{event.value:f} {event.unit}"))
        yield Finding.of("impossible-value", Severity.WARNING, message, hint)
        return
    for name, value in event.readings:
        test = laboratory_named(name)
        assert test is not None
        yield from _of_value(test, value, event.unit)


def _of_medicine(event: ev.MedicineStarted | ev.MedicineChanged | ev.MedicineStopped, log: Log) -> Iterator[Finding]:
    read = MEDICINES.look_up(event.name)
    if isinstance(read, Unknown):
        read = Unknown(event.name, medicines_meant(event.name))
    if not isinstance(read, Unknown) or read.nearest:
        yield from _of_word(event.name, read, said("a medicine that is listed"), "unknown-medicine", _OTHER_MEDICINE)


def _of_end(event: ev.EndOfTreatment, log: Log) -> Iterator[Finding]:
    if event.reason is not None:
        yield from _of_word(
            event.reason, end_reason(event.reason), _what(END_REASONS), "unknown-end-reason", _OTHER_END
        )


def _of_attribute(event: ev.Attribute, log: Log) -> Iterator[Finding]:
    test = laboratory_named(event.name.removeprefix(_BASELINE))
    if test is None or isinstance(event.value, bool):
        return
    name = LABORATORY_TESTS.known(event.name.removeprefix(_BASELINE))
    if isinstance(name, Synonym):
        yield from _of_word(
            event.name.removeprefix(_BASELINE), name, _what(LABORATORY_TESTS), "unknown-test", _OWN_TEST
        )
    number, unit = _measure(event.value)
    ambiguous = amount_readings(f"{event.value} {test.unit}" if isinstance(event.value, Decimal) else event.value)
    if ambiguous and number is not None:
        message = said(
            "{name} '{written}' may be {readings}",
            name=Quoted(event.name),
            written=Quoted(str(event.value)),
            readings=_any_of(ambiguous),
        )
        yield Finding.of("ambiguous-amount", Severity.WARNING, message, _write_one_of(ambiguous))
    elif number is not None:
        yield from _of_value(test, number, unit or test.unit)
    elif not isinstance(event.value, Decimal):
        readings = plain_amounts(event.value) or number_readings(event.value)
        message = said(
            "{name} '{written}' is no number with its unit, so no rule reads it",
            name=Quoted(event.name),
            written=Quoted(str(event.value)),
        )
        own = said("write a number and {unit}", unit=Code(test.unit) if test.unit else said("no unit"))
        yield Finding.of("not-a-value", Severity.WARNING, message, _write_one_of(readings) if readings else own)


def _measure(value: Decimal | str) -> tuple[Decimal | None, str]:
    if isinstance(value, Decimal):
        return value, ""
    found = _MEASURE.fullmatch(value.strip())
    return (Decimal(found[1]), found[2] or "") if found is not None else (None, "")


def _of_value(test: LaboratoryTest, value: Decimal, unit: str) -> Iterator[Finding]:
    match doubt_about(test, value, unit):
        case NoUnit(written, meant):
            message = said("{test} {amount} has no unit", test=Code(test.name), amount=Code(str(written)))
            hint = _which(meant) if meant else said("write it in {unit}", unit=Code(test.unit))
            yield Finding.of("no-unit", Severity.WARNING, message, hint)
        case Unread(_, own):
            message = said(
                "{test} in '{unit}' cannot be read: it does not convert to {own}",
                test=Code(test.name),
                unit=Quoted(unit),
                own=Code(own) if own else said("a plain number"),
            )
            hint = said("write it in {unit}", unit=Code(own)) if own else said("leave it out")
            yield Finding.of("unread-unit", Severity.WARNING, message, hint)
        case Impossible(written, least, most, meant):
            message = said(
                "{test} {amount} is beyond what a living person has, {least} to {most}",
                test=Code(test.name),
                amount=Code(str(written)),
                least=Code(str(least)),
                most=Code(str(most)),
            )
            hint = _which((written, *meant)) if meant else said("look at the report again")
            yield Finding.of("impossible-value", Severity.WARNING, message, hint)


def _which(meant: tuple[Measure, ...]) -> Said:
    return said("{names}?", names=_any_of(map(str, meant)))


def _any_of(readings: Iterable[str]) -> Listed:
    return listed(*map(Code, readings), how=OR)


def _write_one_of(readings: tuple[str, ...]) -> Said:
    if len(readings) > 1:
        return said("write {readings}, whichever is meant", readings=_any_of(readings))
    return said("write {readings}", readings=_any_of(readings))


def _of_amounts(event: ev.Event) -> Iterator[Finding]:
    """A dose that one country reads as another number than the next: "1.000 mg"."""
    for field in _DOSES:
        written = getattr(event, field, None)
        readings = amount_readings(written) if isinstance(written, str) else ()
        if readings:
            message = said("'{written}' may be {readings}", written=Quoted(str(written)), readings=_any_of(readings))
            hint = said("write {readings}", readings=_any_of(readings))
            yield Finding.of("ambiguous-amount", Severity.WARNING, message, hint)


_OTHER_EVENT = said(
    "choose a term, or write its class with what it is, such as {example}",
    example=Code("'Eye disorders - Other, specify: scleritis'"),
)
_OWN_TEST = said("choose a test; rules read no other name")
_OTHER_MEDICINE = said("write the generic name")
_OTHER_END = said("choose a reason, or write 'other: ...'")


def _what(known: Vocabulary) -> Value:
    return said_of(known.what)


def _of_word(text: str, read: Reading, what: Value, code: str, else_: Said) -> Iterator[Finding]:
    """What is said or asked about one word."""
    match read:
        case Synonym(name, written, ours):
            message = said("'{written}' was read as {name}", written=Quoted(written), name=Code(name))
            if ours:
                message = said(
                    "'{written}' was read as {name}, a translation of our own", written=Quoted(written), name=Code(name)
                )
            yield Finding.of("read-as", Severity.NOTE, message)
        case Either(names, written):
            message = said(
                "'{written}' was read as {names}: the rules on either read it",
                written=Quoted(written),
                names=_any_of(names),
            )
            yield Finding.of("read-as", Severity.NOTE, message, said("record the one of them, where it is known"))
        case Unknown(_, nearest):
            message = said("'{text}' is not {what}", text=Quoted(text), what=what)
            yield Finding.of(code, Severity.WARNING, message, offer_of(nearest) or else_)
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
