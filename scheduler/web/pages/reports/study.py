"""The study in figures: enrolment against its plan, where patients stand, why treatment ended, deviations, what waits, levels.

Each figure leads to its list.
"""

from __future__ import annotations

import time

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from scheduler.calendar.entries.deviation import Deviation
from scheduler.exports.pages.enrolment import enrolment_picture
from scheduler.said import MONTH, Day
from scheduler.views.whole_site.figures import StudyFigures, figures_of
from scheduler.views.whole_site.figures_of_work import decisions_waiting, deviations_by_month, levels_by_cycle
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.deviations import deviations_of_each, deviations_of_one
from scheduler.web.pages.reports.whose import Whose, asked, whose
from scheduler.web.pages.worklist import PATIENCE, worklist_of_one, worklists

router = APIRouter(route_class=GuardedRoute)


@router.get("/study")
def page(visit: Visiting) -> Response:
    """The page. It shows what is worked out already, and asks for the rest by itself."""
    end = time.monotonic() + PATIENCE
    found = whose(visit, asked(visit), PATIENCE, worklists(visit.server))
    patients = [(each.patient, found.today(each)) for each in found.shown]
    figures, planned = figures_of(patients), visit.server.forecasts.planned()
    deviations, without = _deviations(visit, found, end)
    work = [(each, worklist_of_one(visit.server.patients, each, found.today(each))) for each in found.shown]
    overdue = [(each.subject.subject, len(lists.overdue)) for each, lists in work if lists.overdue]
    return visit.page(
        "study_figures.html",
        found=found,
        figures=figures,
        planned=planned,
        picture=_picture(visit, figures, planned) if figures.months else None,
        deviations=deviations_by_month(deviations),
        without=without,
        waiting=decisions_waiting(patients),
        overdue=sorted(overdue, key=lambda each: (-each[1], each[0])),
        levels=levels_by_cycle([each.patient for each in found.shown]),
        month=lambda first: Day(first, MONTH),
        refresh=found.missing or without or None,
    )


def _picture(visit: Visit, figures: StudyFigures, planned: dict[str, int]) -> Markup:
    arms = [
        (arm, [month.by_arm[place] for month in figures.months], planned.get(arm))
        for place, arm in enumerate(figures.randomised_to)
    ]
    return enrolment_picture([month.first for month in figures.months], arms, visit.language)


def _deviations(visit: Visit, found: Whose, end: float) -> tuple[list[Deviation], int]:
    """Those of the patients whose deviations are worked out, or can be in that time, and of how many they are not."""
    patients, subjects = visit.server.patients, [each.subject for each in found.shown]
    told, without = patients.some(subjects, end - time.monotonic(), deviations_of_each(visit.server))
    return [each for shown in told for each in deviations_of_one(patients, shown, found.today(shown))], without
