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
from scheduler.said import COMMAS, Code, Said, listed, said
from scheduler.vocabulary import END_REASONS, adverse_event_number, is_progression, says_only_other

NOT_RECORDED, NO_WORDS = "cause-not-recorded", "other-without-words"

_RECORDED_AS = {
    "death": (said("a death"), said("record 'died' with its date")),
    "pregnancy": (said("a pregnancy"), said("record 'pregnancy' with its date")),
    "lost to follow-up": (
        said("a loss to follow-up"),
        said("record 'lost to follow-up' with the day of the last attempt"),
    ),
    "adverse event": (said("an adverse event"), said("record 'adverse event' with its term and grade")),
    "progression": (said("a progression"), said("record 'progressed' with the day of the assessment that showed it")),
}
_PROGRESSIVE = ("PD", "iCPD")


def findings_of_causes(course: Course) -> Iterator[Finding]:
    """A warning for each end whose cause is not on record, and for each that says "other" and no more."""
    for fact in course.of(Discontinued, EndOfTreatment):
        event = fact.event
        if event.reason is None:
            continue
        which = said("treatment ended")
        if isinstance(event, Discontinued):
            which = said("{treatment} was discontinued", treatment=Code(event.treatment))
        if says_only_other(event.reason):
            message = said("{which} on {day} for 'other', and nothing says what", which=which, day=Code(f"{event.on}"))
            yield Finding.of(
                NO_WORDS, Severity.WARNING, message, said("write 'other: ...' with the words"), events=fact.numbers
            )
        cause = _not_recorded(course, event, event.reason)
        if cause is not None:
            what, hint = cause
            message = said(
                "{which} on {day} for {what}, and none is recorded",
                which=which,
                day=Code(f"{event.on}"),
                what=what,
            )
            yield Finding.of(NOT_RECORDED, Severity.WARNING, message, hint, events=fact.numbers)


def _not_recorded(course: Course, event: Event, reason: str) -> tuple[Said, Said] | None:
    """What the reason names and nobody recorded, and how it is recorded."""
    number = adverse_event_number(reason)
    if number is not None:
        known = [each.event.ae for each in course.of(AdverseEvent) if isinstance(each.event, AdverseEvent)]
        hint = said("record 'adverse event' with ae: {number}, its term and its grade", number=number)
        if known:
            hint = said(
                "record 'adverse event' with ae: {number}, its term and its grade; recorded so far: {known}",
                number=number,
                known=listed(*sorted(set(known)), how=COMMAS),
            )
        return None if number in known else (said("adverse event {number}", number=number), hint)
    name = END_REASONS.named(reason)
    # An end of all treatment for progression is told with what progression asks.
    if name is None or name not in _RECORDED_AS or (is_progression(reason) and isinstance(event, EndOfTreatment)):
        return None
    return None if _is_recorded(course, name) else _RECORDED_AS[name]


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
