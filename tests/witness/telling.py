"""What a database or a folder tells: the files of a witness, made anew by whatever version runs this."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from starlette.testclient import TestClient

from scheduler.exports.json import calendar_as_json
from scheduler.folder.feeds import patient_feed, read_key, site_feed, subject_of
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.stored import case_of, study_in
from scheduler.folder.reading.study import read_folder
from scheduler.languages import Language
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.verifying import verify
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reasons import reasons_of
from scheduler.web.feeds.addresses import path_of
from tests.web.people import Person, Place, TestTime

TODAY = date(2026, 5, 21)
PERIOD = (date(2026, 5, 18), date(2026, 6, 18))
TOLD = "told.zip"
AUDIENCES = (Audience.COORDINATOR, Audience.PHARMACY)

FEEDS = {
    "exp-101": ("patient", "EXP-101", None, "neutral", "en"),
    "exp-101-full-zh": ("patient", "EXP-101", None, "full", "zh"),
    "ctl-102": ("patient", "CTL-102", None, "standard", "en"),
    "exp-103": ("patient", "EXP-103", None, "neutral", "zh"),
    "revoked": ("patient", "CTL-102", None, "neutral", "en"),
    "coordinator": ("coordinator", None, "Shanghai", "standard", "en"),
    "coordinator-beijing": ("coordinator", None, "Beijing", "full", "zh"),
    "pharmacy": ("pharmacy", None, "Shanghai", "standard", "en"),
}
"""Subscriptions by a name: audience, subject, site, detail, language."""


def token_of(name: str) -> str:
    """What stands in the address of that subscription. A real one is random; this one has to be found again."""
    return f"witness-{name}-".ljust(43, "0")


def told_by_database(where: str | Path) -> dict[str, bytes]:
    """Calendars, feeds at their private addresses, the pharmacy's list since its last print, and the audit's head."""
    store = open_store(where, make=False)
    try:
        place = Place(store, TestTime())
        return {
            f"database/{path}": text
            for path, text in (_calendars(_cases(store, where)) | _served(place) | _heads(store)).items()
        }
    finally:
        store.close()


def told_by_folder(folder: Path, exported: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, bytes]:
    """Calendars and feeds, as an export writes them over the files that were ``exported`` before."""
    study, key = read_folder(folder), read_key(folder / "feeds.key")
    told = _calendars(study.cases)
    subjects = [(case, subject_of(case)) for case in study.cases]
    for case, subject in subjects:
        for detail, language in ((Detail.NEUTRAL, Language.ENGLISH), (Detail.FULL, Language.CHINESE)):
            file = f"feeds/{case.subject}-{detail}-{language}.ics"
            before = exported.get(f"folder/{file}", b"")
            told[file] = patient_feed(case, subject, key, detail, language, TODAY, before)
    for audience in AUDIENCES:
        file = f"feeds/{audience}.ics"
        before = exported.get(f"folder/{file}", b"")
        told[file] = site_feed([each for _, each in subjects], audience, study.site, key, TODAY, before=before)
    return {f"folder/{path}": text for path, text in told.items()}


def _cases(store: Store, where: str | Path) -> tuple[Case, ...]:
    study = study_in(store, where)
    return tuple(case_of(study, each, store.log(each.subject), where) for each in store.subjects())


def _calendars(cases: tuple[Case, ...]) -> dict[str, bytes]:
    calendars = {f"calendars/{case.subject}.json": case.calendar() for case in cases}
    return {path: calendar_as_json(calendar, reasons_of(calendar)).encode() for path, calendar in calendars.items()}


def _served(place: Place) -> dict[str, bytes]:
    program = TestClient(place.app, headers={"accept-encoding": "identity"})
    feeds = {f"feeds/{name}.ics": program.get(path_of(token_of(name))).content for name in FEEDS}
    pharmacist = Person(place)
    assert pharmacist.log_in("pharmacist").status_code == 303
    first, last = PERIOD
    return feeds | {"lists/dispensing.csv": pharmacist.get(f"/pharmacy.csv?from={first}&to={last}").content}


def _heads(store: Store) -> dict[str, bytes]:
    verified = verify(store)
    told = {"head": str(verified.head), "findings": [str(finding) for finding in verified.findings]}
    return {"heads.json": (json.dumps(told, indent=1) + "\n").encode()}
