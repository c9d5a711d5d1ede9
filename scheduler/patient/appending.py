"""Taking events into a log, and refusing those that contradict it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.errors import Refused
from scheduler.findings import Finding, Place, Severity, sort_findings
from scheduler.patient.chart import chart_of
from scheduler.patient.contradictions.of_chart import contradictions, remarks
from scheduler.patient.dose_rules.so_far.decided import choice_of
from scheduler.patient.events import Decided, Event
from scheduler.patient.log import Fact, Log, log_of
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.patient.words import words_of
from scheduler.protocol.plan.study import StudyVersion


def append(version: StudyVersion, log: Log, event: Event, *, versions: Iterable[StudyVersion] = ()) -> Log:
    """The log with one event more. Raises Refused, with the findings, when that contradicts the log.

    ``version`` is the protocol version that the patient starts under, ``versions`` are the others of the study. A log that
    contradicts itself already still takes what puts it right: only new contradictions count.
    """
    others = tuple(versions)
    wrong = [finding for finding in words_of(event, log) if finding.severity is Severity.ERROR]
    if wrong:
        raise Refused(wrong)
    longer = log.append_unchecked(event)
    contradicted = contradictions(chart_of(longer, version, others))
    if contradicted:
        before = set(contradictions(chart_of(log, version, others)))
        contradicted = tuple(finding for finding in contradicted if finding not in before)
    if contradicted:
        raise Refused(contradicted)
    return longer


def spelled_out(version: StudyVersion, log: Log, event: Event) -> Event:
    """The event as it should be kept: a decision names its option by its words, because numbers change with dose levels.

    Anything else, and a decision that names no option, is as it was.
    """
    if not isinstance(event, Decided):
        return event
    longer = log.append_unchecked(event)
    course = replay(longer)
    plan = plan_for(version, course)
    choice = choice_of(plan, course, Fact(event, (longer.length,))) if plan is not None else None
    return event.model_copy(update={"action": choice.action.words}) if choice is not None else event


def build_log(
    version: StudyVersion,
    events: Iterable[Event],
    *,
    places: Sequence[Place] = (),
    versions: Iterable[StudyVersion] = (),
) -> Log:
    """The log of these events, numbered from 1. Raises Refused with all contradictions at once.

    ``places`` says where in a text each event stands; a finding has the place of the last event that it is about.
    """
    log = log_of(events)
    found = contradictions(chart_of(log, version, versions))
    if found:
        raise Refused(_placed(finding, places) for finding in found)
    return log


def review(
    version: StudyVersion, log: Log, *, places: Sequence[Place] = (), versions: Iterable[StudyVersion] = ()
) -> tuple[Finding, ...]:
    """All that is to say about a log: contradictions as errors, and as warnings what is strange but stands."""
    chart = chart_of(log, version, versions)
    return sort_findings(_placed(finding, places) for finding in (*contradictions(chart), *remarks(chart)))


def _placed(finding: Finding, places: Sequence[Place]) -> Finding:
    last = max(finding.events, default=0)
    return replace(finding, place=places[last - 1]) if 0 < last <= len(places) else finding
