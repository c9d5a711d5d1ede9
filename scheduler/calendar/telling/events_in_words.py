"""What an event of the log says, as a sentence for staff. Words that people wrote are quoted here, and nowhere shorter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from scheduler.calendar.telling.dates_in_words import days_in_words, in_words
from scheduler.patient import events as ev


def event_in_words(number: int, event: ev.Event, others: Iterable[ev.Event] = ()) -> str:
    """The number, the day, what happened, why, and who said so.

    "Event 3, Monday 25 May 2026: regorafenib is held, for the reason "AE 1", by Dr Example."
    """
    time = f" at {event.at}" if event.at and "at" not in event.kind.sentence.names else ""
    reason = _reason(event)
    override = f', against the protocol because "{event.override}"' if event.override else ""
    by = f", by {event.by}" if event.by else ""
    return f"Event {number}, {in_words(event.on)}{time}: {what_happened(event, others)}{reason}{override}{by}."


def what_happened(event: ev.Event, others: Iterable[ev.Event] = ()) -> str:
    """The event's own sentence: "toripalimab 3 is given", "imaging.2 is booked for Monday 22 June 2026".

    ``others`` are the events of the log, for what an adverse event is called that only its number names.
    """
    terms: dict[str, object] = {}
    if isinstance(event, ev.OfAdverseEvent):
        terms["term"] = _term(event.ae, others)
    return event.kind.sentence.say(lambda name: terms[name] if name in terms else getattr(event, name), _in_words)


def _reason(event: ev.Event) -> str:
    """Why, in the words of who recorded it; the reason of a correction is not that of what it corrects."""
    if not event.reason:
        return ""
    return (
        f'; corrected because "{event.reason}"'
        if isinstance(event, ev.Corrected)
        else f', for the reason "{event.reason}"'
    )


def _term(number: int, others: Iterable[ev.Event]) -> str | None:
    found = [other.term for other in others if isinstance(other, ev.AdverseEvent) and other.ae == number]
    return found[-1] if found else None


def _in_words(value: object) -> str:
    """A value of a field, by its type."""
    match value:
        case ev.Event():
            return f"{in_words(value.on)}, {what_happened(value)}{_reason(value)}"
        case ev.Days(first, last):
            return days_in_words(first, last)
        case date():
            return in_words(value)
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case tuple():
            return " and ".join(map(_in_words, value))
        case _:
            return str(value)
