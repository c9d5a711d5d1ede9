"""All reports on one page, each with what it tells."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.said import said
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.showing.outcomes import may_compare

router = APIRouter(route_class=GuardedRoute)

REPORTS = (
    ("/deviations", said("Deviations"), said("What was done otherwise than the protocol says.")),
    (
        "/reports/adverse-events",
        said("Adverse events"),
        said("Inside and outside the time in which they are collected, by worst grade."),
    ),
    (
        "/reports/exposure",
        said("Exposure"),
        said("What each patient received beside what was planned, with pill counts."),
    ),
    ("/reports/lots", said("Lots"), said("What of each lot was handed out, brought back and lost.")),
)


@router.get("/reports")
def page(visit: Visiting) -> Response:
    """The page."""
    return visit.page("reports.html", reports=REPORTS, sdtm=may_compare(visit))
