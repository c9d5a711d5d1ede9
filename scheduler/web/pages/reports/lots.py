"""Dispensing accountability by lot: handed out, brought back, lost, and what is taken or still with patients."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.views.whole_site.lots import Lots, lots_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.reports.whose import Asked, Whose, asked, study_of, whose, whose_file
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.showing.downloads import Report, imprint_of, report_as_file

router = APIRouter(route_class=GuardedRoute)


@router.get("/reports/lots")
def page(visit: Visiting) -> Response:
    """The page."""
    question = asked(visit, "lot")
    found = whose(visit, question, PATIENCE)
    return visit.page(
        "report_lots.html",
        asked=question,
        found=found,
        lots=_told(visit, question, found),
        refresh=found.missing or None,
    )


@router.get("/reports/lots.{form}")
def download(visit: Visiting, form: Report) -> Response:
    """The list as a file."""
    question = asked(visit, "lot")
    found = whose_file(visit, question)
    return report_as_file(visit, form, "lots", imprint_of(visit, found.shown), _told(visit, question, found).table())


def _told(visit: Visit, question: Asked, found: Whose) -> Lots:
    everything, lot = lots_of(study_of(visit), (each.patient for each in found.shown)), question.get("lot").casefold()
    lines = (line for line in everything.lines if not lot or lot in (line.key.lot or "").casefold())
    return Lots(everything.study, tuple(lines))
