"""A study as a folder: ``protocol*.yaml`` for its versions, ``site.yaml``, and a case file for each patient in ``patients/``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.folder.reading.case import PATIENTS, try_case
from scheduler.folder.reading.contents import Case, StudyFolder
from scheduler.folder.reading.files import name_of
from scheduler.folder.reading.kept import Where, database_of
from scheduler.folder.reading.shelf import Shelf
from scheduler.patient.places import check_places_of
from scheduler.patient.versions import oldest_first

if TYPE_CHECKING:
    from scheduler.protocol.plan.study import StudyVersion
    from scheduler.stock.log import StockLog

__all__ = ["StudyFolder", "read_folder", "read_study", "try_study"]


def read_study(where: Where) -> StudyFolder:
    """The study in that folder or database. A folder's own database counts, where there is one, and not the case files.

    Raises InvalidText with all findings at once, StoreUnavailable.
    """
    database = database_of(where)
    if database is None:
        return read_folder(Path(where))
    from scheduler.folder.reading.stored import stored_study

    return stored_study(database)


def read_folder(folder: Path) -> StudyFolder:
    """The study in that folder's files. Raises InvalidText with the findings of all its files at once.

    One patient's file with errors refuses all: a list that silently leaves a patient out is worse than none.
    """
    shelf = Shelf()
    study = try_study(folder, shelf)
    if study is None or has_errors(shelf.findings):
        raise InvalidText(shelf.findings)
    return replace(study, findings=sort_findings(shelf.findings))


def try_study(folder: Path, shelf: Shelf) -> StudyFolder | None:
    """The study in that folder, or None when it cannot be used; the shelf has the findings."""
    if not folder.is_dir():
        hint = "a study is a folder with protocol.yaml, site.yaml and patients/"
        shelf.findings += _no_study("no-such-folder", f"there is no folder {name_of(folder)}", hint, folder).findings
        return None
    versions = [shelf.protocol(path) for path in sorted(folder.glob("protocol*.yaml"))]
    if not versions:
        message = f"there is no protocol in {name_of(folder)}"
        shelf.findings += _no_study("no-protocol", message, "write protocol.yaml", folder).findings
    site = shelf.site(folder / "site.yaml")
    cases = [(path, try_case(path, shelf)) for path in sorted((folder / PATIENTS).glob("*.yaml"))]
    shelf.findings += _same_subject(cases)
    found = [version for version in versions if version is not None]
    if site is None or not found or len(found) < len(versions):
        return None
    shelf.findings += (finding for version in found for finding in check_places_of(version, site))
    known = tuple(_named(case) for _, case in cases if case is not None)
    sites = dict.fromkeys((site.name, *(name for case in known for name in (case.first_site, case.site.name) if name)))
    stock = _stock(folder, found, tuple(sites), shelf)
    return StudyFolder(folder, oldest_first(found), site, known, stock=stock)


def _stock(folder: Path, versions: list[StudyVersion], sites: tuple[str, ...], shelf: Shelf) -> tuple[StockLog, ...]:
    if not any(folder.glob("stock*.yaml")):
        return ()
    from scheduler.folder.reading.stock import stock_of_files

    return stock_of_files(folder, versions, sites, shelf)


def _named(case: Case) -> Case:
    """In a study each patient has a number; where the file says none, it is the file's name."""
    return case if case.subject is not None else replace(case, subject=case.path.stem)


def _same_subject(cases: Iterable[tuple[Path, Case | None]]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, case in cases:
        if case is None:
            continue
        subject = case.subject or path.stem
        if subject in first:
            message = f"the patient {subject} has a second file"
            hint = f"the first is {name_of(first[subject])}"
            yield Finding("duplicate-subject", Severity.ERROR, message, hint, Place(name_of(path), 1, 1))
        first.setdefault(subject, path)


def _no_study(code: str, message: str, hint: str | None, folder: Path) -> InvalidText:
    return InvalidText([Finding(code, Severity.ERROR, message, hint, Place(name_of(folder), 1, 1))])
