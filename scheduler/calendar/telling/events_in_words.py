"""What an event of the log says, as a sentence for staff. Words that people wrote are quoted here, and nowhere shorter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from scheduler.calendar.telling.dates_in_words import days_in_words
from scheduler.patient import events as ev
from scheduler.patient.events.kind import CHOICE
from scheduler.said import Code, Quoted, Said, Text, Value, listed, said, said_as
from scheduler.source.ambiguous import without_zeros
from scheduler.vocabulary.end_reasons import end_reason_in_words

_NOTHING = Code("")
_DOSES = ("amount", "daily_dose", "dose", "strength")
"""Fields that hold a dose: 1.0 mg is told as 1 mg, because it is read as 10."""
_AND = said_as("between the members of a list", " and ")


def event_in_words(number: int, event: ev.Event, others: Iterable[ev.Event] = ()) -> Said:
    """The number, the day, what happened, why, and who said so; without a full stop, as more may follow.

    "Event 3, Monday 25 May 2026: regorafenib is held, for the reason "AE 1", by Dr Example"
    """
    has_time = event.at and "at" not in event.kind.sentence.names
    return said(
        "Event {number}, {day}{at}: {happened}{why}{against}{by}",
        number=number,
        day=event.on,
        at=said_as("part of an event", " at {time}", time=Code(event.at)) if event.at and has_time else _NOTHING,
        happened=what_happened(event, others),
        why=_reason(event),
        against=said_as("part of an event", ', against the protocol because "{why}"', why=Quoted(event.override))
        if event.override
        else _NOTHING,
        by=said_as("part of an event", ", by {who}", who=Quoted(event.by)) if event.by else _NOTHING,
    )


def what_happened(event: ev.Event, others: Iterable[ev.Event] = ()) -> Said:
    """The event's own sentence: "toripalimab 3 is given", "imaging.2 is booked for Monday 22 June 2026".

    ``others`` are the events of the log, for what an adverse event is called that only its number names.
    """
    terms: dict[str, object] = {}
    if isinstance(event, ev.OfAdverseEvent):
        terms["term"] = _term(event.ae, others)
    choices = event.kind.choices
    # What was measured is told to the last digit of the report.
    doses = () if isinstance(event, ev.Measured) else _DOSES
    return event.kind.sentence.as_said(
        lambda name: terms[name] if name in terms else getattr(event, name),
        lambda name, value: _in_words(
            without_zeros(value) if name in doses and isinstance(value, str) else value,
            choices.get(name, frozenset()),
        ),
    )


def _reason(event: ev.Event) -> Value:
    """Why, in the words of who recorded it; the reason of a correction is not that of what it corrects."""
    if not event.reason:
        return _NOTHING
    why = end_reason_in_words(event.reason) if isinstance(event, ev.EndOfTreatment) else Quoted(event.reason)
    if isinstance(event, ev.Corrected):
        return said_as("part of an event", '; corrected because "{why}"', why=why)
    return said_as("part of an event", ', for the reason "{why}"', why=why)


def _term(number: int, others: Iterable[ev.Event]) -> str | None:
    found = [other.term for other in others if isinstance(other, ev.AdverseEvent) and other.ae == number]
    return found[-1] if found else None


def _in_words(value: object, choices: frozenset[str] = frozenset()) -> Value:
    """A value of a field, by its type."""
    match value:
        case ev.Event():
            return said("{day}, {happened}{why}", day=value.on, happened=what_happened(value), why=_reason(value))
        case ev.Days(first, last):
            return days_in_words(first, last)
        case bool():
            return said("yes") if value else said("no")
        case date() | Decimal() | int():
            return value
        case tuple():
            return listed(*(_in_words(each, choices) for each in value), how=_AND)
        case Text():
            return value.said
        case str() if value in choices:
            return Said(str(value), (), None, CHOICE)
        case _:
            return Quoted(str(value))
