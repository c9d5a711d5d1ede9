"""A file that was tried, recorded in the study's database: all of it or nothing, with what tells the file from every other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.rows.grid import Grid
from scheduler.folder.rows.trying import OfPatient, Standing, Trial
from scheduler.said import Quoted, said
from scheduler.source.node import Data
from scheduler.store.checked_recording import Follows, Joins, record_file
from scheduler.store.interface import Store
from scheduler.store.study import Study
from scheduler.store.values import Act, Enrolment, Kind, Once, Record, Subject


def standing_of(store: Store, study: Study, subject: Subject) -> Standing:
    """That patient as rows find the patient."""
    log = store.log(subject.subject)
    return Standing(study.version(subject.protocol), study.site_of(subject, log), log, subject.enrolled_at)


@dataclass(frozen=True, slots=True)
class Before:
    """When a file was imported, and by whom."""

    at: datetime
    who: str


def imported_before(store: Store, sha256: str) -> Before | None:
    """When the very same file was imported, None where it never was."""
    for record in store.records():
        if record.kind == Kind.FILE_IMPORTED and json.loads(record.body).get("sha256") == sha256:
            return Before(record.at, record.who.name)
    return None


def refuse_again(store: Store, grid: Grid) -> None:
    """Raises InvalidText for a file that was imported already: every event would stand twice."""
    before = imported_before(store, grid.sha256)
    if before is None:
        return
    what = said("this very file was imported on {day} by {who}", day=before.at.date(), who=Quoted(before.who))
    hint = said("what is wrong in it is corrected record by record; what is new goes into a file of its own")
    place = Place(grid.file, 1, 1)
    raise InvalidText([Finding.of("imported-before", Severity.ERROR, what, hint, place)])


def record_trial(store: Store, study: Study, trial: Trial, act: Act, *, once: Once | None = None) -> tuple[Record, ...]:
    """Record every row, all in one act, and give the records, that of the file first.

    Raises ValueError where a row is asked or refused, Conflict where somebody recorded something meanwhile, Refused,
    RecordedAlready, StoreUnavailable.
    """
    if not trial.accepts:
        raise ValueError("a row is asked or refused")
    joining = [
        Joins(Enrolment(each.subject, each.site, study.newest.digest), each.events)
        for each in trial.patients
        if each.site is not None
    ]
    parts = [Follows(each.subject, each.events, each.seen) for each in trial.patients if each.site is None]
    return record_file(store, study, _as_told(trial), joining, parts, act=_of_file(trial, act), once=once)


def _as_told(trial: Trial) -> dict[str, Data]:
    """What the audit trail keeps of a file: never its name, in which a patient's may stand."""
    numbers: list[Data] = [each.subject for each in trial.patients]
    return {
        "sha256": trial.sha256,
        "rows": len(trial.rows),
        "events": trial.events,
        "enrolled": _count(trial.patients),
        "subjects": numbers,
    }


def _count(patients: Iterable[OfPatient]) -> int:
    return sum(each.site is not None for each in patients)


def _of_file(trial: Trial, act: Act) -> Act:
    """Each record says where it came from, beside its own reason."""
    reason = act.reason or f"from a file, SHA-256 {trial.sha256}"
    return Act(act.who, act.at, reason, act.signed)
