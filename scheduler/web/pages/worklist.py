"""Today: who comes, which windows close, what has no record, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.entries.entry import Calendar, Kind
from scheduler.patient.events import VisitDone
from scheduler.said import Value, said
from scheduler.store.values import Subject
from scheduler.views.chart.naming import names_of
from scheduler.views.coordinator.worklist import Worklist, worklist, worklists_together
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.whole_site.by_patient import OfPatient, Page, by_patient, once_each, page_of
from scheduler.web.doing.deeds import Deed, deeds_on, visit_named
from scheduler.web.doing.undoing import REASONS, just_recorded
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import MINE, GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record
from scheduler.web.guards.server import Server
from scheduler.web.pages.files.steps import is_to_be_set_up
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Form, list_as_file

router = APIRouter(route_class=GuardedRoute)

PATIENCE = 0.7
"""Seconds of computing before a page is shown with what there is so far. It asks again by itself for the rest."""

AT_ONCE = 20
"""Patients of each list on one page, unless all are asked for: the page says how many there are."""

LINES_AT_ONCE = 60
"""Lines on one page of a list that is in the order of time."""

OF_EACH = 3
"""Lines of one patient in a list, unless all are asked for, or this patient alone."""

BY_TIME = ("today", "due")
"""Lists whose order is the day's: a patient may come in several places of them."""

NO_LIMIT = 1_000_000

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the lists is to be seen: one arm, one kind, the patients whose number has these letters, one list alone.

    ``whose`` is MINE for the patients about whom the person recorded something.
    """

    arm: str
    subject: str
    list: str
    kind: str = ""
    whose: str = ""

    def shows(self, line: WorklistLine, calendars: Mapping[str, Calendar]) -> bool:
        """True for a line that is to be seen. What is of no kind, such as a decision, is seen whatever kind is asked for."""
        if self.subject.casefold() not in line.subject.casefold():
            return False
        if self.arm not in ("", calendars[line.subject].arm or ""):
            return False
        return not self.kind or kind_of(line, calendars) in (None, self.kind)

    def address(self, name: str = "", number: int = 1, subject: str | None = None) -> str:
        """The page of a list, of the same arm and patients."""
        asked = {
            "list": name,
            "arm": self.arm,
            "subject": self.subject if subject is None else subject,
            "kind": self.kind,
            "whose": self.whose,
        }
        if number > 1:
            asked["page"] = str(number)
        return f"/?{urlencode({key: value for key, value in asked.items() if value})}"


KINDS = tuple(each.value for each in Kind if each not in (Kind.DIARY, Kind.PERIOD, Kind.CYCLE))
"""What a patient comes or is called for."""


def kind_of(line: WorklistLine, calendars: Mapping[str, Calendar]) -> str | None:
    """What sort of thing the entry of a line is; None for a line without one."""
    entry = visit_named(calendars[line.subject], line.entry or "")
    return None if entry is None else entry.kind.value


def work_of(visit: Visit, seconds: float, subjects: Iterable[Subject] | None = None) -> Work:
    """The worklist of these patients, of all that the person may see without any, as far as it can be had in that time."""
    server = visit.server
    study = server.patients.study()
    wanted = visit.subjects() if subjects is None else subjects
    shown, missing = server.patients.some(wanted, seconds, worklists(server))
    days = {zone: server.clock.today(zone) for zone in {each.site.zone for each in shown} | {_zone(visit)}}
    parts = (worklist_of_one(server.patients, each, days[each.site.zone]) for each in shown)
    together = worklists_together(parts, study.newest.study, days[_zone(visit)])
    return Work(together, tuple(shown), len(shown), missing)


def worklists(server: Server) -> Following:
    """The worklist of each patient, on the day that it is where the patient comes."""

    def work(each: Shown) -> object:
        return worklist_of_one(server.patients, each, server.clock.today(each.site.zone))

    return Following(lambda each: ("worklist", server.clock.today(each.site.zone)), work)


def worklist_of_one(patients: Patients, shown: Shown, day: date) -> Worklist:
    """That of one patient on that day, worked out once."""
    return patients.once(shown, ("worklist", day), lambda: worklist((shown.patient,), day))


def _zone(visit: Visit) -> str:
    sites = visit.server.patients.study().sites
    mine = [site for site in sites if visit.who.account.may_see(site.name)]
    return (mine or list(sites))[0].zone if sites else "UTC"


@router.get("/")
def today(visit: Visiting) -> Response:
    """The page."""
    query = visit.request.query_params
    asked = Asked(*(query.get(name, "").strip()[:60] for name in ("arm", "subject", "list", "kind", "whose")))
    work = work_of(visit, PATIENCE, visit.mine() if asked.whose == MINE else None)
    calendars = {each.subject.subject: each.patient.calendar for each in work.shown}
    whole = {name: tuple(line for line in lines if asked.shows(line, calendars)) for name, lines in work.list.lists}
    lists = dict(whole, decisions=once_each(whole["decisions"], lambda line: str(line.to_do)))
    lists["today"] = tuple(line for line in whole["due"] if line.date == work.list.on)
    lists["due"] = tuple(line for line in whole["due"] if line.date != work.list.on)
    most = NO_LIMIT if "all" in query else AT_ONCE
    of_each = NO_LIMIT if "all" in query or asked.subject else OF_EACH
    number = whole_number(query.get("page", "")) or 1
    role = visit.who.account.role

    def deeds(line: WorklistLine) -> tuple[Deed, ...]:
        row = (line.date, line.window)
        return deeds_on(calendars[line.subject], line.entry or "", role, work.list.on, "/", row)

    by_number = {each.subject.subject: each for each in work.shown}

    def called(line: WorklistLine) -> Value | None:
        """What people call the entry of a line."""
        of = by_number[line.subject]
        names = visit.server.patients.once(of, "names", lambda: names_of(of.patient))
        return names.get(line.entry or "")

    return visit.page(
        "worklist.html",
        called=called,
        kind_of=lambda line: kind_of(line, calendars),
        kinds=KINDS,
        deeds=deeds,
        unsaved=visit.server.store.unsaved_forms(visit.who.account.id, visit.server.clock.now()),
        recorded=just_recorded(visit),
        undo_reasons=REASONS,
        pages={name: _page(name, lists[name], of_each, number, most) for name in lists},
        asked=asked,
        arms=sorted({each.arm for each in calendars.values() if each.arm is not None}),
        may_record=may_record(role, VisitDone.kind),
        may_record_all=TABLE[("GET", "/today/done")].allows(role),
        work=work,
        on=work.list.on,
        lists=lists,
        names=[each for each in LISTS if asked.list in ("", each[0])],
        tally=LISTS,
        to_set_up=is_to_be_set_up(visit),
        refresh=work.missing or None,
    )


def _page(
    name: str, lines: tuple[WorklistLine, ...], of_each: int, number: int, most: int
) -> Page[OfPatient[WorklistLine]]:
    if name in BY_TIME:
        return page_of([OfPatient(line.subject, (line,), 0) for line in lines], number, max(most, LINES_AT_ONCE))
    return page_of(by_patient(lines, of_each), number, most)


@router.get("/worklist.{form}")
def download(visit: Visiting, form: Form) -> Response:
    """The whole list as a file. It waits until all patients are in it: a list that leaves one out is worse than none."""
    work = work_of(visit, FOR_A_FILE)
    if work.missing:
        raise not_ready()
    return list_as_file(form, f"worklist-{work.list.on}", work.list.table())
