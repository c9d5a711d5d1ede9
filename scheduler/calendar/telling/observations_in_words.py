"""What was seen in the patient, as a sentence for staff: adverse events, measurements, medicines, attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.patient import events as ev


def observation_in_words(event: ev.Event, others: Iterable[ev.Event] = ()) -> str | None:
    """ "adverse event 1, Fatigue, has grade 3, related to regorafenib"; None for an event of another kind.

    ``others`` are the events of the log, for the term of an adverse event that is regraded or over.
    """
    if isinstance(event, ev.OfAdverseEvent):
        terms = {other.ae: other.term for other in others if isinstance(other, ev.AdverseEvent)}
        named = f"adverse event {event.ae}" + (f", {terms[event.ae]}," if event.ae in terms else "")
        return f"{named} now has grade {event.grade}" if isinstance(event, ev.Regraded) else f"{named} is over"
    tell = _TELL.get(type(event))
    return tell(event) if tell is not None else None


def _adverse_event(event: ev.AdverseEvent) -> str:
    onset = f", since {in_words(event.onset)}" if event.onset is not None and event.onset != event.on else ""
    serious = ", serious" if event.serious else ""
    related = f", related to {' and '.join(event.related)}" if event.related else ""
    return f"adverse event {event.ae}, {event.term}, has grade {event.grade}{onset}{serious}{related}"


def _measured(event: ev.Measured) -> str:
    limit = f", with an upper limit of {event.upper_limit:f} {event.unit}" if event.upper_limit is not None else ""
    return f"{event.test} is {event.amount}{limit.rstrip()}"


def _medicine(verb: str) -> Callable[[Any], str]:
    def tell(event: ev.MedicineStarted | ev.MedicineChanged | ev.MedicineStopped) -> str:
        dose = f", {event.dose.removesuffix('/day').removesuffix('/d')} a day" if event.dose is not None else ""
        return f"{event.name} is {verb}{dose}"

    return tell


def _attribute(event: ev.Attribute) -> str:
    if isinstance(event.value, bool):
        return f"{event.name}: {'yes' if event.value else 'no'}"
    return f"{event.name}: {event.value}"


_TELL: dict[type[ev.Event], Callable[[Any], str]] = {
    ev.AdverseEvent: _adverse_event,
    ev.Measured: _measured,
    ev.MedicineStarted: _medicine("started"),
    ev.MedicineChanged: _medicine("changed"),
    ev.MedicineStopped: _medicine("stopped"),
    ev.Attribute: _attribute,
    ev.Pregnancy: lambda _: "the patient is pregnant",
    ev.Surgery: lambda _: "the patient has an operation",
}
