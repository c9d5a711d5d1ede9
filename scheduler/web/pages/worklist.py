"""Today: who comes, which windows close, what has no record, and what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.said import said
from scheduler.views.coordinator.worklist import Worklist, worklist, worklists_together
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.web.doing.deeds import Deed, deeds_on
from scheduler.web.doing.undoing import REASONS, just_recorded
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE
from scheduler.web.patients import Patients, Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Form, list_as_file

router = APIRouter(route_class=GuardedRoute)

PATIENCE = 0.7
"""Seconds of computing before a page is shown with what there is so far. It asks again by itself for the rest."""

AT_ONCE = 100
"""Lines of each list on one page, unless all are asked for: the page says how many there are."""

LISTS = (
    ("decisions", said("Waits for a decision"), said("Nothing waits for a decision.")),
    ("overdue", said("Overdue: nothing recorded"), said("Nothing is overdue.")),
    ("today", said("Today"), said("Nobody is due today.")),
    ("closing", said("Windows that close within a week"), said("No window closes within a week.")),
    ("due", said("In the next seven days"), said("Nobody is due in the next seven days.")),
)


@dataclass(frozen=True, slots=True)
class Work:
    """What is on the page: the list, and of how many patients it tells and does not tell yet."""

    list: Worklist
    shown: tuple[Shown, ...]
    told: int
    missing: int


def work_of(visit: Visit, seconds: float) -> Work:
    """The worklist of all patients that the person may see, as far as it can be had in that time."""
    server = visit.server
    study = server.patients.study()
    shown, missing = server.patients.some(visit.subjects(), seconds)
    days = {zone: server.clock.today(zone) for zone in {each.site.zone for each in shown} | {_zone(visit)}}
    parts = (_of_one(server.patients, each, days[each.site.zone]) for each in shown)
    together = worklists_together(parts, study.newest.study, days[_zone(visit)])
    return Work(together, tuple(shown), len(shown), missing)


def _of_one(patients: Patients, shown: Shown, day: date) -> Worklist:
    return patients.once(shown, ("worklist", day), lambda: worklist((shown.patient,), day))


def _zone(visit: Visit) -> str:
    sites = visit.server.patients.study().sites
    mine = [site for site in sites if visit.who.account.may_see(site.name)]
    return (mine or list(sites))[0].zone if sites else "UTC"


@router.get("/")
def today(visit: Visiting) -> Response:
    """The page."""
    work = work_of(visit, PATIENCE)
    lists = dict(work.list.lists)
    lists["today"] = tuple(line for line in work.list.due if line.date == work.list.on)
    lists["due"] = tuple(line for line in work.list.due if line.date != work.list.on)
    calendars = {each.subject.subject: each.patient.calendar for each in work.shown}
    role = visit.who.account.role

    def deeds(line: WorklistLine) -> tuple[Deed, ...]:
        row = (line.date, line.window)
        return deeds_on(calendars[line.subject], line.entry or "", role, work.list.on, "/", row)

    return visit.page(
        "worklist.html",
        deeds=deeds,
        unsaved=visit.server.store.unsaved_forms(visit.who.account.id, visit.server.clock.now()),
        recorded=just_recorded(visit),
        undo_reasons=REASONS,
        most=None if "all" in visit.request.query_params else AT_ONCE,
        may_record=TABLE[("GET", "/subjects/{subject}/record")].allows(role),
        may_record_all=TABLE[("GET", "/today/done")].allows(role),
        work=work,
        on=work.list.on,
        lists=lists,
        names=LISTS,
        refresh=work.missing or None,
    )


@router.get("/worklist.{form}")
def download(visit: Visiting, form: Form) -> Response:
    """The whole list as a file. It waits until all patients are in it: a list that leaves one out is worse than none."""
    work = work_of(visit, FOR_A_FILE)
    if work.missing:
        raise not_ready()
    return list_as_file(form, f"worklist-{work.list.on}", work.list.table())
