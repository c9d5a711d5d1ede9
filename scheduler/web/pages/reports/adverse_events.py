"""Adverse events over all patients, inside and outside the time in which the study collects them, by worst grade."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.views.looking_back.adverse_events import GRADES, AdverseEventList, adverse_event_list
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.reports.whose import Asked, Whose, asked, study_of, whose, whose_file
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.showing.downloads import Report, imprint_of, report_as_file

router = APIRouter(route_class=GuardedRoute)

WHERE = ("inside", "outside", "not known")
AT_ONCE = 200
"""Lines on one page, unless all are asked for."""


@router.get("/reports/adverse-events")
def page(visit: Visiting) -> Response:
    """The page."""
    question = asked(visit, "period", "grade")
    found = whose(visit, question, PATIENCE)
    told = _told(visit, question, found)
    return visit.page(
        "report_adverse_events.html",
        asked=question,
        found=found,
        list=told,
        grades=GRADES,
        periods=WHERE,
        most=None if "all" in visit.request.query_params else AT_ONCE,
        refresh=found.missing or None,
    )


@router.get("/reports/adverse-events.{form}")
def download(visit: Visiting, form: Report) -> Response:
    """The list as a file, in a workbook with the counts by term."""
    question = asked(visit, "period", "grade")
    found = whose_file(visit, question)
    told, imprint = _told(visit, question, found), imprint_of(visit, found.shown)
    return report_as_file(visit, form, "adverse-events", imprint, told.table(), told.table(), told.summary())


def _told(visit: Visit, question: Asked, found: Whose) -> AdverseEventList:
    """The adverse events that are asked for: in or outside the period, and of that worst grade or a higher one."""
    everything = adverse_event_list(study_of(visit), (each.patient for each in found.shown))
    least, period = whole_number(question.get("grade")) or 0, question.get("period")
    lines = (line for line in everything.lines if line.counted >= least and period in ("", line.where))
    return AdverseEventList(everything.study, tuple(lines))
