"""The audit trail: who recorded what when and why, newest first, to look at and to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.folder.printing.audit_trail import table_of_records
from scheduler.patient.events import FACTS, Corrected, Struck
from scheduler.said import COMMAS, SEMICOLONS, Code, Said, Text, joined, listed, said, text_of
from scheduler.store.values import Kind, Record
from scheduler.views.imprint import Imprint, last_recorded
from scheduler.views.table import Table
from scheduler.web.audit_trail import fits, seen_by, sees_everything
from scheduler.web.guards.at_provider.accounts import NOTES as OF_THE_PROVIDER
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.signing_in import NOTES
from scheduler.web.prints import PRINTED
from scheduler.web.showing.downloads import Form, language_of, list_as_file, not_too_long, sheet_as_file

router = APIRouter(route_class=GuardedRoute)

_AT_ONCE = 200
KINDS = (*FACTS, Corrected.kind.word, Struck.kind.word, *Kind, PRINTED, *NOTES, *OF_THE_PROVIDER)
"""What a record can be, as the filter offers it; other words are taken too."""
COLUMNS = (
    "number",
    "recorded at",
    "who",
    "role",
    "subject",
    "event",
    "kind",
    "day",
    "what",
    "reason",
    "signed",
    "hash",
)


@router.get("/audit")
def audit(visit: Visiting, subject: str = "", who: str = "", kind: str = "", before: int = 0) -> Response:
    """A page of the trail, narrowed by subject, person or kind."""
    head = visit.server.store.head()
    end = before if 0 < before <= head.number else head.number + 1
    if subject:
        window: Iterable[Record] = (each for each in visit.server.store.records(subject=subject) if each.number < end)
        start = 1
    else:
        start = max(1, end - _AT_ONCE)
        window = _until(visit.server.store.records(after=start - 1), end)
    found = [each for each in seen_by(visit, window) if fits(each, who, kind)]
    return visit.page(
        "audit.html",
        records=tuple(reversed(found)),
        head=head,
        older=start if start > 1 else None,
        kinds=KINDS,
        asked={"subject": subject[:60], "who": who[:60], "kind": kind[:60]},
    )


@router.get("/audit.pdf")
def sheet(visit: Visiting, subject: str = "", who: str = "", kind: str = "") -> Response:
    """The same on paper. It says up to which record it goes, and what of the trail it leaves out."""
    store, version = visit.server.store, visit.server.patients.study().newest
    head = store.head()
    records = _until(store.records(subject=subject or None), head.number + 1)
    found = [each for each in seen_by(visit, records) if fits(each, who, kind)]
    not_too_long(len(found), said("Narrow it by subject, person or kind"))
    recorded = last_recorded(each.at for each in _until(store.records(after=head.number - 1), head.number + 1))
    imprint = Imprint(version.study, version.version, head.number, recorded, head=head.hash)
    title = joined((text_of(said("Audit trail")), *_narrowed(visit, subject, who, kind)), SEMICOLONS)
    return sheet_as_file(
        f"audit-{head.number}",
        lambda: tables_as_pdf(table_of_records(found, title), imprint=imprint, language=language_of(visit)),
    )


@router.get("/audit.{form}")
def download(visit: Visiting, form: Form, subject: str = "", who: str = "", kind: str = "") -> Response:
    """All of the trail that this person may see, as a file."""
    records = visit.server.store.records(subject=subject or None)
    rows = tuple(_cells(each) for each in seen_by(visit, records) if fits(each, who, kind))
    table = Table(f"Audit trail to record {visit.server.store.head()}", COLUMNS, rows)
    return list_as_file(form, f"audit-{visit.server.store.head().number}", table)


def _narrowed(visit: Visit, subject: str, who: str, kind: str) -> Iterator[Text]:
    """Why a sheet of the trail does not have all of its records."""
    account = visit.who.account
    if subject:
        yield text_of(said("subject {subject}", subject=Code(subject)))
    if who:
        yield text_of(said("who has '{who}' in the name", who=Code(who)))
    if kind:
        yield text_of(said("kinds with '{kind}'", kind=Code(kind)))
    if not sees_everything(account):
        role = Said(account.role, (), None, "role")
        sites = listed(*map(Code, sorted(account.sites or ())), how=COMMAS)
        where = said("all sites") if account.sites is None else sites if account.sites else said("no site")
        yield text_of(said("seen as {role} of {where}", role=role, where=where))


def _until(records: Iterable[Record], end: int) -> Iterator[Record]:
    for each in records:
        if each.number >= end:
            return
        yield each


def _cells(record: Record) -> tuple[int | str | None, ...]:
    return (
        record.number,
        record.at.isoformat(timespec="milliseconds"),
        record.who.name,
        record.who.role,
        record.subject,
        record.event,
        record.kind,
        record.on.isoformat() if record.on else None,
        record.body,
        record.reason,
        record.signed,
        record.hash,
    )
