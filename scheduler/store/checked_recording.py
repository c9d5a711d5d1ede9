"""Recording in a store: what contradicts the log is refused, exactly as in a case file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.errors import Conflict, Refused, UnknownSubject
from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.patient.appending import append, spelled_out
from scheduler.patient.chart import chart_of
from scheduler.patient.events import Corrected, Event, SiteTransferred
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.source.node import Data
from scheduler.store.interface import Store
from scheduler.store.study import Study
from scheduler.store.values import Act, Addition, Enrolment, NewSubject, Once, Part, Record


def record_events(
    store: Store,
    study: Study,
    subject: str,
    events: Sequence[Event],
    *,
    seen: int,
    act: Act,
    once: Once | None = None,
) -> tuple[Record, ...]:
    """Append events to a patient's log, all of them or none, and give their records.

    ``study`` is what `scheduler.store.study.study_of` gave for this store; ``seen`` is the length of the log that the writer
    saw. Raises Refused when an event contradicts the log or those before it, Conflict when somebody else recorded something
    in the meantime, RecordedAlready when it was this same request, UnknownSubject, StoreUnavailable.
    """
    return record_together(store, study, [Follows(subject, tuple(events), seen)], act=act, once=once)


NUMBER = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
"""How the number of a new subject is spelled."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Events that are to follow in one patient's log. ``seen`` is the length of the log that the writer saw."""

    subject: str
    events: tuple[Event, ...]
    seen: int


def record_together(
    store: Store, study: Study, parts: Sequence[Follows], *, act: Act, once: Once | None = None
) -> tuple[Record, ...]:
    """Append events to the logs of several patients, each patient once: all of them or none, in one act.

    Raises what `record_events` raises, for the first patient of whom it is true.
    """
    return store.append_together_unchecked([_part(store, study, each) for each in parts], act=act, once=once)


def _part(store: Store, study: Study, part: Follows) -> Part:
    known = store.subject(part.subject)
    if known is None:
        raise UnknownSubject(f"there is no patient {part.subject} in the study")
    log = store.log(part.subject)
    if log.length != part.seen:
        raise Conflict(part.subject, part.seen, log.length)
    _refuse_unknown_sites(study, part.events)
    additions = checked(study, known.protocol, log, _as_kept(study.version(known.protocol), log, part.events))
    return Part(part.subject, additions, part.seen)


def enrol(
    store: Store, study: Study, enrolment: Enrolment, events: Sequence[Event], *, act: Act, once: Once | None = None
) -> tuple[Record, ...]:
    """Take a patient into the study with the first events, all of it or nothing, and give the records, the enrolment first.

    Raises Refused when the number is taken or an event contradicts those before it, RecordedAlready, StoreUnavailable.
    """
    _refuse_unknown_sites(study, events)
    kept = _as_kept(study.version(enrolment.protocol), Log(), events)
    return store.enrol(enrolment, act, checked(study, enrolment.protocol, Log(), kept), once=once)


@dataclass(frozen=True, slots=True)
class Joins:
    """A patient to be taken in, with the first events."""

    enrolment: Enrolment
    events: tuple[Event, ...]


def record_file(
    store: Store,
    study: Study,
    file: Mapping[str, Data],
    joining: Sequence[Joins],
    parts: Sequence[Follows],
    *,
    act: Act,
    once: Once | None = None,
) -> tuple[Record, ...]:
    """Record what a file has of new patients and of others, all of it or nothing, in one act, and give the records.

    ``file`` says which file it was; its record comes first. Raises what `enrol` and `record_together` raise.
    """
    new = []
    for each in joining:
        _refuse_unknown_sites(study, each.events)
        kept = _as_kept(study.version(each.enrolment.protocol), Log(), each.events)
        new.append(NewSubject(each.enrolment, checked(study, each.enrolment.protocol, Log(), kept)))
    others = [_part(store, study, each) for each in parts]
    return store.import_unchecked(file, new, others, act=act, once=once)


def _as_kept(version: StudyVersion, log: Log, events: Sequence[Event]) -> tuple[Event, ...]:
    """Each event as it should be kept: a decision names its option by its words."""
    for event in events:
        log = log.append_unchecked(spelled_out(version, log, event))
    return tuple(record.event for record in log.records[len(log.records) - len(events) :])


def _refuse_unknown_sites(study: Study, events: Sequence[Event]) -> None:
    """Nobody knows the open days of a site that the study does not have."""
    said = (event.with_ if isinstance(event, Corrected) else event for event in events)
    for event in said:
        if isinstance(event, SiteTransferred) and study.site(event.site) is None:
            message = f"there is no site {event.site} in the study"
            hint = did_you_mean(event.site, (site.name for site in study.sites))
            raise Refused([Finding("unknown-site", Severity.ERROR, message, hint)])


def checked(study: Study, protocol: str, log: Log, events: Sequence[Event]) -> tuple[Addition, ...]:
    """Events that may follow in this log, each with the digest of the protocol version in force on its day.

    ``protocol`` is the digest of the version that the patient started under. Raises Refused.
    """
    version, others = study.version(protocol), study.others(protocol)
    for event in events:
        log = append(version, log, event, versions=others)
    chart = chart_of(log, version, others)

    def in_force(day: date) -> str:
        return chart.version_on(day).digest

    return tuple(Addition(event, in_force(event.on)) for event in events)
