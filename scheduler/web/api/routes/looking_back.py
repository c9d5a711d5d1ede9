"""Looking back: deviations, exposure, tumour response, adverse events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.tumour.tumour_response import tumour_response_of
from scheduler.views.looking_back.adverse_events import adverse_event_list
from scheduler.views.looking_back.deviations import ledger_of
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.shapes.adverse_events import AdverseEvents, tell_adverse_events
from scheduler.views.shapes.deviations import Deviations, tell_deviations
from scheduler.views.shapes.exposure import Exposure, tell_exposure
from scheduler.views.shapes.response import TumourResponse, tell_response
from scheduler.web.api.answers import answer, has_already, known, tag_of_all, unchanged
from scheduler.web.api.paging import AfterSubject, LimitSubjects, patients_paged
from scheduler.web.api.routes.subjects import all_of, not_too_far
from scheduler.web.api.rules import router_for
from scheduler.web.guards.requests import Visiting
from scheduler.web.patients import Shown
from scheduler.written import IsoDate

router = router_for("looking back")

On = Annotated[
    IsoDate | None,
    Query(description="Also what should have been done before this day and has no record.", examples=["2026-05-21"]),
]


@router.get("/deviations", response_model=Deviations)
def deviations(visit: Visiting, on: On = None, after: AfterSubject = "", limit: LimitSubjects = None) -> Response:
    """What was done otherwise than the protocol says, of all patients that this account may see; with ``limit`` page by page."""
    tag = tag_of_all(visit, "deviations", on, after, limit)
    if has_already(visit.request, tag):
        return unchanged(tag)
    patients, page = visit.server.patients, patients_paged(visit.subjects(), after, limit)
    found = [
        (
            each.subject.subject,
            patients.once(each, ("deviations", on), lambda each=each: _deviations(each, on)),  # type: ignore[misc]
        )
        for each in all_of(visit, page.items)
    ]
    told = tell_deviations(ledger_of(patients.study().newest.study, found, on))
    return page.with_link(visit, answer(told, tag=tag))


@router.get("/subjects/{subject}/deviations", response_model=Deviations)
def deviations_of_one(visit: Visiting, subject: str, on: On = None) -> Response:
    """What was done otherwise than the protocol says, of one patient."""
    found = known(visit, subject)
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    one = [(found.shown.subject.subject, _deviations(found.shown, on))]
    return answer(tell_deviations(ledger_of(found.shown.version.study, one, on)), tag=found.tag)


def _deviations(shown: Shown, on: date | None) -> tuple[Deviation, ...]:
    return deviations_of(shown.version, shown.site, shown.log, subject=shown.subject.subject, on=on)


@router.get("/subjects/{subject}/exposure", response_model=Exposure)
def exposure(
    visit: Visiting,
    subject: str,
    until: Annotated[IsoDate, Query(description="The last day that counts.", examples=["2026-05-21"])],
) -> Response:
    """What the patient received beside what was planned: doses, relative dose intensity, delays, reductions, pill counts."""
    found = known(visit, subject)
    last = not_too_far(until, visit.server.clock.today(found.shown.site.zone))
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    shown = found.shown
    received = exposure_of(shown.version, shown.site, shown.log, last, subject=shown.subject.subject)
    counts = pill_counts(shown.version, shown.site, shown.log, last)
    return answer(tell_exposure(received, counts), tag=found.tag)


@router.get("/subjects/{subject}/response", response_model=TumourResponse)
def response(visit: Visiting, subject: str) -> Response:
    """Best response, its duration and progression by RECIST 1.1 and iRECIST, and every assessment."""
    found = known(visit, subject)
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    shown = found.shown
    told = tumour_response_of(shown.version, shown.site, shown.log, subject=shown.subject.subject)
    return answer(tell_response(told), tag=found.tag)


@router.get("/adverse-events", response_model=AdverseEvents)
def adverse_events(visit: Visiting, after: AfterSubject = "", limit: LimitSubjects = None) -> Response:
    """The adverse events of all patients by worst grade, inside and outside the time in which the study collects them.

    With ``limit`` page by page: the counts are then of the patients of the page.
    """
    tag = tag_of_all(visit, "adverse events", after, limit)
    if has_already(visit.request, tag):
        return unchanged(tag)
    page = patients_paged(visit.subjects(), after, limit)
    patients = [each.patient for each in all_of(visit, page.items)]
    found = adverse_event_list(visit.server.patients.study().newest.study, patients)
    return page.with_link(visit, answer(tell_adverse_events(found), tag=tag))
