"""The audit trail: who did what, when and why, and whether all of it is still there."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from scheduler.store.values import Record
from scheduler.store.verifying import verify
from scheduler.views.shapes.finding import tell_findings
from scheduler.web.api.answers import answer
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.study import Audit, AuditRecord, Verified
from scheduler.web.audit_trail import fits, seen_by
from scheduler.web.guards.requests import Visiting
from scheduler.web.problems import not_allowed

router = router_for("audit")

_FURTHEST = 2**53 - 1


@router.get("/audit", response_model=Audit)
def audit(
    visit: Visiting,
    subject: Annotated[str, Query(description="Only what is about this patient.", max_length=60)] = "",
    who: Annotated[str, Query(description="Only what people did whose name holds these letters.", max_length=60)] = "",
    kind: Annotated[str, Query(description="Only kinds that hold these letters.", max_length=60)] = "",
    after: Annotated[int, Query(description="Only records after this number.", ge=0, le=_FURTHEST)] = 0,
    limit: Annotated[int, Query(description="How many records at most.", ge=1, le=1000)] = 200,
) -> Response:
    """The records that this account may see, oldest first. With ``after`` what was recorded since the last look."""
    head = visit.server.store.head()
    # No patient's number holds what cannot be printed, and not every database can be asked for it.
    records = visit.server.store.records(after=after, subject=subject or None) if subject.isprintable() else iter(())
    found = list(islice((each for each in seen_by(visit, records) if fits(each, who, kind)), limit))
    more = found[-1].number if len(found) == limit else None
    return answer(Audit(head=str(head), records=tuple(_told(each) for each in found), next=more))


@router.get("/audit/verify", response_model=Verified)
def whole(visit: Visiting) -> Response:
    """Read the whole log and all that it cites: was anything changed, taken away, moved or slipped in?"""
    if visit.who.account.sites is not None:
        raise not_allowed()
    found = verify(visit.server.store)
    findings = tell_findings(found.findings)
    return answer(Verified(sound=not findings, head=str(found.head), findings=findings))


def _told(record: Record) -> AuditRecord:
    return AuditRecord.taken_from(record, who=record.who.name, role=record.who.role)
