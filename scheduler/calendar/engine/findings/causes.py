"""Treatment that ended for a cause which nobody recorded: a death, a pregnancy, a loss, an adverse event, a progression.

A reason is words: what follows from a death or a pregnancy, and the report that is due, hang on the record of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.patient.events import (
    AdverseEvent,
    Discontinued,
    EndOfTreatment,
    Event,
    LostToFollowUp,
    Pregnancy,
    Progressed,
    Response,
)
from scheduler.vocabulary import END_REASONS, adverse_event_number, is_progression, says_only_other

NOT_RECORDED, NO_WORDS = "cause-not-recorded", "other-without-words"

_RECORDED_AS = {
    "death": "record 'died' with its date",
    "pregnancy": "record 'pregnancy' with its date",
    "lost to follow-up": "record 'lost to follow-up' with the day of the last attempt",
    "adverse event": "record 'adverse event' with its term and grade",
    "progression": "record 'progressed' with the day of the assessment that showed it",
}
_PROGRESSIVE = ("PD", "iCPD")


def findings_of_causes(course: Course) -> Iterator[Finding]:
    """A warning for each end whose cause is not on record, and for each that says "other" and no more."""
    for fact in course.of(Discontinued, EndOfTreatment):
        event = fact.event
        if event.reason is None:
            continue
        which = f"{event.treatment} was discontinued" if isinstance(event, Discontinued) else "treatment ended"
        if says_only_other(event.reason):
            message = f"{which} on {event.on} for 'other', and nothing says what"
            yield Finding(NO_WORDS, Severity.WARNING, message, "write 'other: ...' with the words", events=fact.numbers)
        cause = _not_recorded(course, event, event.reason)
        if cause is not None:
            what, hint = cause
            message = f"{which} on {event.on} for {what}, and none is recorded"
            yield Finding(NOT_RECORDED, Severity.WARNING, message, hint, events=fact.numbers)


def _not_recorded(course: Course, event: Event, reason: str) -> tuple[str, str] | None:
    """What the reason names and nobody recorded, and how it is recorded."""
    number = adverse_event_number(reason)
    if number is not None:
        known = [each.event.ae for each in course.of(AdverseEvent) if isinstance(each.event, AdverseEvent)]
        hint = f"record 'adverse event' with ae: {number}, its term and its grade"
        if known:
            hint += f"; recorded so far: {', '.join(map(str, sorted(set(known))))}"
        return None if number in known else (f"adverse event {number}", hint)
    name = END_REASONS.named(reason)
    # An end of all treatment for progression is told with what progression asks.
    if name is None or name not in _RECORDED_AS or (is_progression(reason) and isinstance(event, EndOfTreatment)):
        return None
    return None if _is_recorded(course, name) else (_said(name), _RECORDED_AS[name])


def _said(name: str) -> str:
    return {"lost to follow-up": "a loss to follow-up", "adverse event": "an adverse event"}.get(name, f"a {name}")


def _is_recorded(course: Course, name: str) -> bool:
    match name:
        case "death":
            return course.death is not None
        case "pregnancy":
            return any(isinstance(each.event, Pregnancy) and each.event.whose == "subject" for each in course.facts)
        case "lost to follow-up":
            return bool(course.of(LostToFollowUp))
        case "adverse event":
            return bool(course.of(AdverseEvent))
    assessed = [getattr(each.event, "assessment", None) for each in course.of(Response)]
    return bool(course.of(Progressed)) or any(each in _PROGRESSIVE for each in assessed)
