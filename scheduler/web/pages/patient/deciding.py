"""Deciding about a proposal: its options with what each would change, chosen by an investigator, signed with the password."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.findings import Finding
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found
from scheduler.web.showing.subject_view import proposals_in_names

router = APIRouter(route_class=GuardedRoute)


@router.get("/subjects/{subject}/decide/{proposal}")
def decide(visit: Visiting, subject: str, proposal: str) -> Response:
    """The options of a proposal that is open."""
    return decision_page(visit, visit.shown(subject), proposal, {})


def decision_page(
    visit: Visit, shown: Shown, proposal: str, form: Mapping[str, str], findings: tuple[Finding, ...] = ()
) -> Response:
    """The form, with what was chosen and what is wrong with it. Raises Problem where nothing is open under that id."""
    today = visit.server.clock.today(shown.site.zone)
    found = visit.server.patients.once(shown, ("proposals in names", today), lambda: proposals_in_names(shown, today))
    proposed = next((each for each in found if each.proposal.id == proposal and each.proposal.is_open), None)
    if proposed is None:
        raise not_found()
    values = {"on": today.isoformat(), "reason": "", "today_taken": ""} | dict(form)
    return visit.page(
        "decide.html",
        status=422 if findings else 200,
        shown=shown,
        proposed=proposed,
        values=values,
        findings=findings,
        today=today,
    )
