"""Who may record an event about a patient, and what the signature under it means."""

from __future__ import annotations

from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.said import Said, said
from scheduler.web.guards.roles import may_record, needs_signature
from scheduler.web.patients import Shown
from scheduler.web.problems import not_allowed, not_found
from scheduler.web.recording.event_entry import what_it_is_about
from scheduler.web.showing.subject_view import history_of


def standing(shown: Shown, number: int) -> Event | None:
    """The event of that number as it stands; None when it is not in force, or says nothing itself."""
    told = next((each for each in history_of(shown) if each.number == number), None)
    if told is None or not told.can_be_changed:
        return None
    return told.event.with_ if isinstance(told.event, Corrected) else told.event


def refuse_to_others(role: str, shown: Shown, event: Event) -> None:
    """Raises Problem when that role may not record it: of a correction or strike, neither what it says nor what it is about."""
    if what_decides(shown, event) is None:
        raise not_found()
    if not may_stand(role, shown, event):
        raise not_allowed()


def may_stand(role: str, shown: Shown, event: Event) -> bool:
    """True where that role may record it, such as with a reason that overrides the protocol."""
    decisive = what_decides(shown, event)
    return decisive is not None and all(may_record(role, *what_it_is_about(each)) for each in decisive)


def meaning_of(shown: Shown, event: Event) -> Said | None:
    """What a signature under this event means; None where none is needed."""
    if not any(needs_signature(*what_it_is_about(each)) for each in what_decides(shown, event) or ()):
        return None
    told = standing(shown, event.number) if isinstance(event, Struck) else None
    what = what_happened(told or event)
    if isinstance(event, Struck):
        return said("withdraws: {what}", what=what)
    return said("corrects: {what}" if isinstance(event, Corrected) else "orders: {what}", what=what)


def signature_on(shown: Shown, event: Event) -> str | None:
    """The same as it is recorded: in English, whatever the language of the person who signs."""
    meaning = meaning_of(shown, event)
    return None if meaning is None else str(meaning)[:500]


def what_decides(shown: Shown, event: Event) -> tuple[Event, ...] | None:
    """What decides who may: the event, and the one that it corrects or strikes, as that stands; None when it does not."""
    if not isinstance(event, Struck | Corrected):
        return (event,)
    told = standing(shown, event.number)
    if told is None:
        return None
    return (told,) if isinstance(event, Struck) else (event, told)
