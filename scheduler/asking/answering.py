"""The reason that lets an asked event stand: orders take it as ``override``, facts as ``confirmed``."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.asking.question import Question, Strength
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.patient.events.kind import Authority

_ORDERS = (Authority.ORDER, Authority.SIGNED_ORDER)


def body_of(event: Event) -> Event | None:
    """What an event says about the patient: of a correction, the event that it puts in place; of a strike, nothing."""
    if isinstance(event, Corrected):
        return event.with_
    return None if isinstance(event, Struck) else event


def answer_of(event: Event) -> str | None:
    """The field that takes the reason; None for a strike, which is about no event of the patient."""
    body = body_of(event)
    if body is None:
        return None
    return "override" if body.kind.authority in _ORDERS else "confirmed"


def reason_of(event: Event) -> str | None:
    """The reason that an event gives in that field."""
    body, field = body_of(event), answer_of(event)
    return None if body is None or field is None else getattr(body, field)


def with_reason(event: Event, reason: str | None) -> Event:
    """The same event with that reason, or with none. What no reason helps stays as it is."""
    body, field = body_of(event), answer_of(event)
    if body is None or field is None:
        return event
    changed = body.model_copy(update={field: reason})
    return event.model_copy(update={"with_": changed}) if isinstance(event, Corrected) else changed


def as_if_answered(events: Sequence[Event], questions: Sequence[Question], reason: str = "asked") -> tuple[Event, ...]:
    """The events as they would stand with reasons, for a preview of what they would change. Nothing records these."""
    asked = {each.index for each in questions if each.strength is Strength.ASKED and each.is_open}
    return tuple(with_reason(event, reason) if index in asked else event for index, event in enumerate(events))
