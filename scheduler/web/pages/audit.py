"""The audit trail: who recorded what when and why, newest first, to look at and to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.store.values import Record
from scheduler.views.table import Table
from scheduler.web.audit_trail import fits, seen_by
from scheduler.web.downloads import Form, list_as_file
from scheduler.web.guard import GuardedRoute, Visiting

router = APIRouter(route_class=GuardedRoute)

_AT_ONCE = 200
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
        asked={"subject": subject[:60], "who": who[:60], "kind": kind[:60]},
    )


@router.get("/audit.{form}")
def download(visit: Visiting, form: Form, subject: str = "", who: str = "", kind: str = "") -> Response:
    """All of the trail that this person may see, as a file."""
    records = visit.server.store.records(subject=subject or None)
    rows = tuple(_cells(each) for each in seen_by(visit, records) if fits(each, who, kind))
    table = Table(f"Audit trail to record {visit.server.store.head()}", COLUMNS, rows)
    return list_as_file(form, f"audit-{visit.server.store.head().number}", table)


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
