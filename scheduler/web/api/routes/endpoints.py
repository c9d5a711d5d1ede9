"""What came out: end points of patients, and by arm for those who may compare the arms."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from scheduler.endpoints.shapes.arms import ArmsEndPoints, tell_of_arms
from scheduler.endpoints.shapes.patients import PatientsEndPoints, tell_of_patients
from scheduler.patient.cut_log import CutOff
from scheduler.web.api.answers import answer, has_already, known, tag_of_all, unchanged
from scheduler.web.api.paging import AfterSubject, LimitSubjects, patients_paged
from scheduler.web.api.routes.subjects import all_of
from scheduler.web.api.rules import router_for
from scheduler.web.guards.requests import Visiting
from scheduler.web.showing.outcomes import end_points_shown, may_compare
from scheduler.written import IsoDate

router = router_for("looking back")

Until = Annotated[
    IsoDate | None,
    Query(description="The data cut-off: what happened after it does not count.", examples=["2026-06-30"]),
]
AsRecorded = Annotated[
    IsoDate | None,
    Query(description="The snapshot: what was recorded after that day does not count (UTC).", examples=["2026-07-14"]),
]


@router.get("/endpoints", response_model=PatientsEndPoints)
def endpoints(
    visit: Visiting,
    until: Until = None,
    as_recorded: AsRecorded = None,
    after: AfterSubject = "",
    limit: LimitSubjects = None,
) -> Response:
    """Response, progression, survival and worst adverse events of all patients that this account may see, with reasons.

    With ``limit`` page by page.
    """
    tag = tag_of_all(visit, "endpoints", until, as_recorded, after, limit)
    if has_already(visit.request, tag):
        return unchanged(tag)
    page = patients_paged(visit.subjects(), after, limit)
    found = end_points_shown(visit, all_of(visit, page.items), cut_off=CutOff(until, as_recorded))
    return page.with_link(visit, answer(tell_of_patients(found, arms=may_compare(visit)), tag=tag))


@router.get("/subjects/{subject}/endpoints", response_model=PatientsEndPoints)
def endpoints_of_one(visit: Visiting, subject: str, until: Until = None, as_recorded: AsRecorded = None) -> Response:
    """The same of one patient."""
    found = known(visit, subject)
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    told = tell_of_patients(
        end_points_shown(visit, [found.shown], cut_off=CutOff(until, as_recorded)), arms=may_compare(visit)
    )
    return answer(told, tag=found.tag)


@router.get("/endpoints/arms", response_model=ArmsEndPoints)
def arms(visit: Visiting, until: Until = None, as_recorded: AsRecorded = None) -> Response:
    """Rates with exact intervals, survival over time, worst grades and dose intensity of each arm, of the patients seen here."""
    tag = tag_of_all(visit, "endpoints by arm", until, as_recorded)
    if has_already(visit.request, tag):
        return unchanged(tag)
    found = end_points_shown(visit, all_of(visit, visit.subjects()), curves=True, cut_off=CutOff(until, as_recorded))
    return answer(tell_of_arms(found), tag=tag)
