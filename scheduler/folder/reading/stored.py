"""A study and its patients from a database, the same values that a folder's files give."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from scheduler.asking import AskedFirst, ask, questions_open
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, sort_findings
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.kept import Where, told
from scheduler.folder.reading.stock import Came, handing_out, stock_of_records
from scheduler.patient.appending import review
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.stock.asking.handing_out import HandingOut
from scheduler.store.checked_recording import record_events
from scheduler.store.interface import Store
from scheduler.store.keeping.clock import refuse_wrong_clock
from scheduler.store.opening import open_store
from scheduler.store.study import Study, study_of
from scheduler.store.values import Act, Subject


@contextlib.contextmanager
def opened(where: Where) -> Iterator[Store]:
    """The store there, for as long as it is needed. Raises StoreUnavailable when there is none."""
    store = open_store(where, make=False)
    try:
        yield store
    finally:
        store.close()


def stored_study(where: Where) -> StudyFolder:
    """The study in that database with all its patients. Raises InvalidText, StoreUnavailable."""
    with opened(where) as store:
        study = study_in(store, where)
        logs = store.logs()
        cases = tuple(case_of(study, each, logs.get(each.subject, Log()), where) for each in store.subjects())
        stock = stock_of_records(store.stock_records())
    findings = sort_findings((*study.findings, *(finding for case in cases for finding in case.findings)))
    return StudyFolder(Path(told(where)), study.versions, study.sites[0], cases, findings, study.source.feed_key, stock)


def stored_case(where: Where, subject: str) -> Case | None:
    """One patient in that database, None when there is none of that number. Raises InvalidText, StoreUnavailable."""
    with opened(where) as store:
        study = study_in(store, where)
        known = store.subject(subject)
        if known is None:
            return None
        case = case_of(study, known, store.log(subject), where)
    return replace(case, findings=sort_findings((*study.findings, *case.findings)))


def append_in_store(
    where: Where, subject: str, events: Sequence[Event], act: Act, *, asked_on: date | None = None
) -> Case:
    """Record events of a patient in that database, and give the patient with them.

    Raises Refused when one contradicts the log, Conflict when somebody else recorded something in the same moment,
    UnknownSubject, StoreUnavailable. With ``asked_on``, the civil date of today at the site, they are asked about first:
    then AskedFirst is raised for what is refused, or asked and not answered.
    """
    with opened(where) as store:
        study = study_in(store, where)
        log = store.log(subject)
        known = store.subject(subject)
        if known is not None and asked_on is not None:
            version, site = study.version(known.protocol), study.site_of(known, log)
            questions = ask(version, site, log, events, today=asked_on)
            stock = handing_out_of_store(store, study)
            questions += stock.ask(subject, known.enrolled_at, log, events, today=asked_on)
            if questions_open(questions):
                raise AskedFirst(questions, log)
        refuse_wrong_clock(store, act.at)
        record_events(store, study, subject, events, seen=log.length, act=act)
        known = store.subject(subject)
        assert known is not None, "what was recorded about is there"
        return case_of(study, known, store.log(subject), where)


def handing_out_of_store(store: Store, study: Study) -> HandingOut:
    """What asks the stock of the sites before something is handed out."""

    def patients() -> Iterator[Came]:
        logs = store.logs()
        for each in store.subjects():
            yield each.subject, each.enrolled_at, logs.get(each.subject, Log())

    return handing_out(study.versions, lambda: stock_of_records(store.stock_records()), patients)


def study_in(store: Store, where: Where) -> Study:
    """The study of that store. Raises InvalidText when there is none, or its texts cannot be read any more."""
    source = store.study()
    if source is None or not source.sites or not source.protocols:
        hint = "put one in: scheduler import-study FOLDER DATABASE"
        message = f"there is no study in {told(where)}"
        raise InvalidText([Finding("no-study", Severity.ERROR, message, hint, Place(told(where), 1, 1))])
    return study_of(source)


def case_of(study: Study, subject: Subject, log: Log, where: Where) -> Case:
    """A patient as a calendar needs one. ``findings`` has what is to say about the log; a place's line is the event's number."""
    version, others = study.version(subject.protocol), study.others(subject.protocol)
    places = [Place(subject.subject, number, 1) for number in range(1, log.length + 1)]
    until, name = subject.keys.get("until"), subject.keys.get("name")
    return Case(
        path=Path(told(where)) / subject.subject,
        version=version,
        site=study.site_of(subject, log),
        log=log,
        subject=subject.subject,
        name=name if isinstance(name, str) else None,
        until=date.fromisoformat(until) if isinstance(until, str) else None,
        findings=review(version, log, places=places, versions=others),
        versions=others,
        feed_key=study.source.feed_key,
        first_site=subject.enrolled_at,
    )
