"""How a server comes by its study: a folder with case files becomes a database beside them, once; then the database is the study.

Without anything, the sample study is written out, so that one command shows what there is.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.contents import Case, StudyFolder
from scheduler.folder.feeds import feed_key
from scheduler.folder.files import name_of, read_text
from scheduler.folder.seed import copy_of_seed
from scheduler.folder.study import read_study
from scheduler.patient.case import parse_case
from scheduler.patient.log import Log
from scheduler.site import holiday_table, holiday_table_as_text
from scheduler.site.text import SiteText
from scheduler.source import Data, read_yaml, validate
from scheduler.store.interface import Store
from scheduler.store.opening import open_store
from scheduler.store.recording import checked
from scheduler.store.study import study_of
from scheduler.store.values import (
    Account,
    Act,
    Enrolment,
    NewSubject,
    ProtocolSource,
    SiteSource,
    StudySource,
    Who,
)
from scheduler.web.clock import Clock
from scheduler.web.passwords import Passwords, new_password
from scheduler.web.roles import Role

DATABASE = "study.db"
FOUNDER = Who("server", "scheduler serve", "server")


@dataclass(frozen=True, slots=True)
class Founded:
    """A store with a study in it. ``password`` is the first admin's, None where there was an account already."""

    store: Store
    url: str
    login: str = "admin"
    password: str | None = None
    imported: int | None = None


def database_of(study: str | None, sample: Path) -> str:
    """The database's address for what was typed: a folder, an address, or nothing, which is the sample study in ``sample``.

    An empty or new folder gets the sample study too. Raises InvalidText for a folder that holds something else.
    """
    if study is not None and "://" in study:
        return study
    folder = Path(study) if study is not None else sample
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        if folder.exists():
            folder.rmdir()
        copy_of_seed(folder)
    if not folder.is_dir() or not ((folder / DATABASE).exists() or any(folder.glob("protocol*.yaml"))):
        hint = "name a folder with protocol.yaml, site.yaml and patients/, a new folder, or a database's address"
        raise InvalidText(
            [Finding("no-study", Severity.ERROR, "there is no study", hint, Place(name_of(folder), 1, 1))]
        )
    return f"sqlite:///{(folder / DATABASE).resolve()}"


def found(url: str, clock: Clock, passwords: Callable[[], Passwords]) -> Founded:
    """The store at that address, filled from the folder around it where it holds no study, with a first account.

    Raises InvalidText with the findings of the folder's files, StoreUnavailable.
    """
    store = open_store(url)
    try:
        imported = None
        if store.study() is None:
            imported = _fill(store, url, clock)
        if store.accounts():
            return Founded(store, url, imported=imported)
        password = new_password()
        account = Account(_account_id(), "admin", "First admin", Role.ADMIN, passwords().hash(password), None)
        store.add_account(account, Act(FOUNDER, clock.now(), "the first account"))
    except BaseException:
        store.close()
        raise
    return Founded(store, url, account.login, password, imported)


def _account_id() -> str:
    return secrets.token_hex(8)


def _fill(store: Store, url: str, clock: Clock) -> int:
    folder = Path(url.removeprefix("sqlite:///")).parent
    if not url.startswith("sqlite:///") or not any(folder.glob("protocol*.yaml")):
        hint = "serve the study's folder once, or import it"
        raise InvalidText([Finding("empty-database", Severity.ERROR, "the database holds no study", hint)])
    study = read_study(folder)
    source = source_of(study)
    subjects = tuple(_subjects(study, source))
    store.make_study(source, Act(FOUNDER, clock.now(), "from the files of the study's folder"), subjects)
    return len(subjects)


def source_of(study: StudyFolder) -> StudySource:
    """The study's texts, with the public holidays as the library tells them now."""
    protocols = tuple(
        ProtocolSource(version.version, Path(version.file).name, read_text(Path(version.file)))
        for version in study.versions
    )
    site = study.path / "site.yaml"
    text = read_text(site)
    return StudySource(
        feed_key(study.path), protocols, (SiteSource(study.site.name, site.name, text, _holidays(text)),)
    )


def _holidays(text: str) -> str | None:
    region = validate(read_yaml(text, name="site.yaml"), SiteText).public_holidays
    if region is None:
        return None
    country, dash, part = region.partition("-")
    return holiday_table_as_text(holiday_table(country, part if dash else None))


def _subjects(study: StudyFolder, source: StudySource) -> Iterator[NewSubject]:
    known = study_of(source)
    for case in study.cases:
        enrolment = Enrolment(case.subject or "", study.site.name, case.version.digest, _keys(case))
        events = [record.event for record in case.log.records]
        yield NewSubject(enrolment, checked(known, case.version.digest, Log(), events))


def _keys(case: Case) -> dict[str, Data]:
    """What a case file says beside its events."""
    says = parse_case(read_text(case.path), name=name_of(case.path))
    keys: dict[str, Data] = {}
    if says.name is not None:
        keys["name"] = says.name
    if says.zone is not None:
        keys["zone"] = says.zone
    if says.until is not None:
        keys["until"] = says.until.isoformat()
    for key, days in (("closed", says.closed), ("open", says.open)):
        if days is not None:
            keys[key] = [day.isoformat() for day in days]
    return keys
