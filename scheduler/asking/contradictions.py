"""What contradicts the log, and what the protocol forbids: the rules that a log is held to whenever it is read.

Some of these a reason lets stand: a dose before randomisation that happened, an order against the protocol. They are asked. What
stays forbidden with a reason is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.answering import answer_of, body_of, reason_of, with_reason
from scheduler.asking.question import Question, Strength
from scheduler.findings import Finding
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions
from scheduler.patient.events import Corrected, Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion

_ANY_REASON = "a reason"
_FIELDS = {
    "before-randomisation": "on",
    "unknown-treatment": "treatment",
    "unknown-level": "level",
    "dose-disagrees": "dose",
    "outside-range": "per_fraction",
    "unknown-entry": "entry",
    "adverse-event-twice": "ae",
    "unknown-adverse-event": "ae",
    "unknown-arm": "arm",
    "which-strength": "strength",
}
"""The field to look at, where it is not the event as a whole."""


def contradicted(version: StudyVersion, log: Log, event: Event, index: int) -> Iterator[Question]:
    """What speaks against the event, and did not speak against the log before it."""
    found = _contradictions(version, log, with_reason(event, None))
    if not found:
        return
    known = set(_contradictions(version, log, None))
    new = [finding for finding in found if finding not in known]
    firm = set(_contradictions(version, log, with_reason(event, _ANY_REASON))) if new else set()
    for finding in new:
        yield _question(finding, log, event, index, refused=finding in firm)


def _contradictions(version: StudyVersion, log: Log, event: Event | None) -> tuple[Finding, ...]:
    longer = log if event is None else log.append_unchecked(event)
    return contradictions(chart_of(longer, version, version.others))


def _question(finding: Finding, log: Log, event: Event, index: int, *, refused: bool) -> Question:
    body = body_of(event)
    field = _FIELDS.get(finding.code, "event")
    if body is None or field not in body.kind.fields:
        field = "event"
    return Question(
        Strength.REFUSED if refused else Strength.ASKED,
        finding.code,
        finding.told,
        None,
        finding.what_to_do,
        index,
        f"with.{field}" if isinstance(event, Corrected) else field,
        None if refused else answer_of(event),
        None if refused else reason_of(event),
        tuple(number for number in finding.events if number <= log.length),
    )
