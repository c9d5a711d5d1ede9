"""The study in figures: randomised by arm over time, where the patients stand, why treatment ended. Each leads to its list."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.said import MONTH, Day
from scheduler.views.whole_site.figures import figures_of
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.pages.reports.whose import asked, whose
from scheduler.web.pages.worklist import PATIENCE

router = APIRouter(route_class=GuardedRoute)


@router.get("/study")
def page(visit: Visiting) -> Response:
    """The page."""
    found = whose(visit, asked(visit), PATIENCE)
    return visit.page(
        "study_figures.html",
        found=found,
        figures=figures_of([(each.patient, found.today(each)) for each in found.shown]),
        month=lambda first: Day(first, MONTH),
        refresh=found.missing or None,
    )
