"""What came out: every patient's end points with their reasons, and for those who may compare the arms, their totals."""

from __future__ import annotations

import time
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from scheduler.endpoints.arms.by_arm import TIMES
from scheduler.endpoints.arms.exact_interval import in_percent
from scheduler.endpoints.arms.kaplan_meier import missing_extra
from scheduler.endpoints.of_study import StudyEndPoints
from scheduler.endpoints.patient.end_point import EITHER, EndPoint, in_months
from scheduler.endpoints.tables import (
    LANDMARKS,
    at_month,
    table_of_adverse_events,
    table_of_intensity,
    table_of_patients,
    table_of_rates,
    table_of_responses,
    table_of_rules,
    table_of_steps,
    table_of_survival,
    table_over_time,
)
from scheduler.endpoints.titles import title_of
from scheduler.exports.picture.survival_curves import survival_as_svg, survival_picture
from scheduler.patient.cut_log import CutOff
from scheduler.said import Value, said
from scheduler.views.imprint import Imprint
from scheduler.views.table import Table
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.problems import Problem, not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Report, as_file, imprint_of, report_as_file
from scheduler.web.showing.not_whole_yet import not_whole_yet
from scheduler.web.showing.outcomes import end_points_by, end_points_shown, may_compare
from scheduler.words.saying import say

router = APIRouter(route_class=GuardedRoute)

AT_ONCE = 100
"""Patients on one page, unless all are asked for: the page says how many there are."""

_NAMES = {f"{end_point.name.lower()}-{criteria or 'all'}": (end_point, criteria) for end_point, criteria in TIMES}
"""How an address names an end point."""


@router.get("/endpoints")
def page(visit: Visiting, subject: str = "", until: str = "", as_recorded: str = "") -> Response:
    """Every patient, narrowed by subject, at a data cut-off where one is asked for."""
    cut_off = _cut_off(until, as_recorded)
    end = time.monotonic() + PATIENCE
    shown, missing = visit.server.patients.some(visit.subjects(), PATIENCE)
    fitting = [each for each in shown if subject.casefold() in each.subject.subject.casefold()]
    some = fitting if "all" in visit.request.query_params else fitting[:AT_ONCE]
    left = end - time.monotonic()
    told, without = visit.server.patients.some((each.subject for each in some), left, end_points_by(visit, cut_off))
    return visit.page(
        "endpoints.html",
        found=end_points_shown(visit, told, cut_off=cut_off),
        number=len(fitting),
        shown=len(told),
        asked=subject[:60],
        until=until,
        as_recorded=as_recorded,
        told=len(shown) - without,
        missing=missing + without,
        may_compare=may_compare(visit),
        title_of=title_of,
        refresh=missing or without or None,
    )


@router.get("/endpoints.{form}")
def download(visit: Visiting, form: Report, until: str = "", as_recorded: str = "") -> Response:
    """Every value of every patient as a file; without the arms for who may not compare them."""
    found = _all(visit, until, as_recorded, curves=False)

    def tell(message: Value) -> str:
        return say(message, visit.language)

    table = table_of_patients(found, tell)
    if not may_compare(visit):
        at = table.columns.index("arm")
        table = Table(table.title, table.columns, tuple((*row[:at], None, *row[at + 1 :]) for row in table.rows))
    return report_as_file(visit, form, "endpoints", _imprint(visit), table, table, table_of_rules(found, tell))


def _imprint(visit: Visit) -> Imprint:
    return imprint_of(visit, visit.server.patients.some(visit.subjects(), FOR_A_FILE)[0])


@router.get("/endpoints/arms")
def by_arm(visit: Visiting, until: str = "", as_recorded: str = "") -> Response:
    """The totals of the arms, with a picture of each end point that is a time."""
    outcomes = end_points_by(visit, _cut_off(until, as_recorded), curves=True)
    shown, missing = visit.server.patients.some(visit.subjects(), PATIENCE, outcomes)
    if missing:
        return not_whole_yet(visit, said("End points by arm"), len(shown), missing)
    found = _all(visit, until, as_recorded, curves=True)
    pictures = []
    for name, which in _NAMES.items():
        title, curves = title_of(*which), found.curves(*which)
        if any(curve.steps for _, curve in curves):
            pictures.append((name, title, survival_picture(title, curves, visit.language, name)))
    return visit.page(
        "endpoints_by_arm.html",
        found=found,
        until=until,
        as_recorded=as_recorded,
        pictures=pictures,
        lacking=missing_extra(),
        title_of=title_of,
        in_percent=in_percent,
        landmarks=LANDMARKS,
        at_month=at_month,
        in_months=in_months,
    )


@router.get("/endpoints/arms.{form}")
def download_by_arm(visit: Visiting, form: Report, until: str = "", as_recorded: str = "") -> Response:
    """The totals as a workbook of all lists; as CSV survival by day."""
    found = _all(visit, until, as_recorded, curves=True)
    return report_as_file(
        visit,
        form,
        "endpoints-by-arm",
        _imprint(visit),
        table_of_steps(found),
        table_of_rates(found),
        table_of_responses(found),
        table_of_survival(found),
        table_over_time(found),
        table_of_steps(found),
        table_of_adverse_events(found),
        table_of_intensity(found),
        table_of_rules(found, lambda message: say(message, visit.language)),
    )


@router.get("/endpoints/survival.svg")
def picture(
    visit: Visiting,
    of: Annotated[str, Query(max_length=60)] = "overall_survival-all",
    until: str = "",
    as_recorded: str = "",
) -> Response:
    """One picture as a file."""
    end_point, criteria = _NAMES.get(of, (EndPoint.OVERALL_SURVIVAL, None))
    curves = _all(visit, until, as_recorded, curves=True).curves(end_point, criteria)
    drawn = survival_as_svg(title_of(end_point, criteria), curves, visit.language)
    kind = f"{end_point.value}-{criteria}" if criteria not in (None, EITHER) else end_point.value
    return as_file(drawn.encode("utf-8"), kind, "svg")


def _cut_off(until: str, as_recorded: str) -> CutOff:
    """The data cut-off that was asked for. Raises Problem for what is no day: figures at another than was asked for are wrong."""
    try:
        return CutOff(*(date.fromisoformat(typed) if typed else None for typed in (until, as_recorded)))
    except ValueError:
        raise Problem(422, "bad-day", said("This day cannot be used"), said("Write dates as YYYY-MM-DD.")) from None


def _all(visit: Visit, until: str, as_recorded: str, *, curves: bool) -> StudyEndPoints:
    """Of all patients that the person may see: totals that leave one out are worse than none."""
    cut_off = _cut_off(until, as_recorded)
    shown, missing = visit.server.patients.some(visit.subjects(), FOR_A_FILE)
    if missing:
        raise not_ready()
    return end_points_shown(visit, shown, curves=curves, cut_off=cut_off)
