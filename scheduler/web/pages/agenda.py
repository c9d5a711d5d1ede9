"""The agenda of a site: month, week and day over all patients, by resource, with what does not fit before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.folder.printing.imprints import imprint_of_logs
from scheduler.patient.events import VisitDone
from scheduler.said import DASH, MONTH, SHORT_DAY, WEEKDAY_AND_DAY, Day, Days, Said, said
from scheduler.site.site import EVERY_DAY, Site
from scheduler.views.whole_site.agenda import ByDay, SiteAgenda, Wanted, by_day, site_agenda
from scheduler.views.whole_site.appointment import Appointment, appointments_of, resource_in_words
from scheduler.views.whole_site.load import length_in_words
from scheduler.views.whole_site.spans import Shown as Days_shown
from scheduler.views.whole_site.spans import Span, shown
from scheduler.web.doing.deeds import Deed, deeds_on
from scheduler.web.doing.undoing import REASONS, just_recorded
from scheduler.web.guards.requests import MINE, GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.problems import Problem, not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Form, list_as_file, lists_on_paper, not_too_long

router = APIRouter(route_class=GuardedRoute)

FEW = 4
"""Lines of a day of a month that are shown one by one; more are counted by kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of which site is to be shown. ``wrong`` says why what was asked for could not be used."""

    site: Site
    span: Span
    day: date
    days: Days_shown
    wanted: Wanted
    today: date
    wrong: Said | None = None

    def address(self, day: date | None = None, span: Span | None = None, path: str = "/agenda") -> str:
        """The page of another day or another span, of the same site and filters."""
        asked = {
            "view": (span or self.span).value,
            "on": str(day or self.day),
            "site": self.site.name if self.site is not EVERY_DAY else None,
            "resource": self.wanted.resource,
            "arm": self.wanted.arm,
            "whose": MINE if self.wanted.subjects is not None else None,
        }
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value is not None})}"


@dataclass(frozen=True, slots=True)
class Found:
    """The agenda, of how many patients it tells and does not tell yet, and the arms and logs of those."""

    agenda: SiteAgenda
    told: tuple[Shown, ...]
    missing: int

    @property
    def arms(self) -> list[str]:
        """The arms of the patients that it tells of."""
        return sorted({arm for each in self.told if (arm := each.patient.calendar.arm) is not None})


def asked(visit: Visit) -> Asked:
    """What was asked for; the month of today at the first of the person's sites where nothing was."""
    query = visit.request.query_params
    site = site_asked(visit, query.get("site"))
    today = visit.server.clock.today(site.zone)
    mine = frozenset(each.subject for each in visit.mine()) if query.get("whose") == MINE else None
    wanted = Wanted(query.get("resource") or None, query.get("arm") or None, mine)
    try:
        span, day = Span(query.get("view") or Span.MONTH), date.fromisoformat(query.get("on") or str(today))
        return Asked(site, span, day, shown(span, day), wanted, today)
    except (ValueError, OverflowError):
        wrong = said("Write dates as YYYY-MM-DD.")
        return Asked(site, Span.MONTH, today, shown(Span.MONTH, today), wanted, today, wrong)


def site_asked(visit: Visit, name: str | None) -> Site:
    """The site of that name, where this person may see it; else the first of the person's sites."""
    sites, mine = visit.server.patients.study().sites, visit.sites()
    seen = [site for site in sites if site.name in mine]
    return next((site for site in seen if site.name == name), seen[0] if seen else EVERY_DAY)


def agenda_of(visit: Visit, site: Site, first: date, last: date, wanted: Wanted, seconds: float) -> Found:
    """The agenda of all patients of that site, as far as it can be had in that time. Who sees a site sees all its patients."""
    patients = visit.server.patients
    study = patients.study()
    here = [each for each in visit.subjects() if each.site == site.name or not study.sites]
    told, missing = patients.some(here, seconds, Following(lambda _: "agenda", lambda each: _of_one(patients, each)))
    lines = [_of_one(patients, each) for each in told]
    on = visit.server.clock.today(site.zone)
    return Found(site_agenda(study.newest.study, site, lines, first, last, on, wanted), tuple(told), missing)


def _of_one(patients: Patients, one: Shown) -> ByDay:
    return patients.once(one, "agenda", lambda: by_day(appointments_of(one.patient.calendar, one.site)))


@router.get("/agenda")
def page(visit: Visiting) -> Response:
    """The page."""
    question = asked(visit)
    found = agenda_of(visit, question.site, question.days.first, question.days.last, question.wanted, PATIENCE)
    role = visit.who.account.role
    calendars = {each.subject.subject: each.patient.calendar for each in found.told}

    def deeds(line: Appointment) -> tuple[Deed, ...]:
        return deeds_on(calendars[line.subject], line.entry, role, question.today, question.address())

    return visit.page(
        "agenda.html",
        deeds=deeds,
        recorded=just_recorded(visit),
        undo_reasons=REASONS,
        status=422 if question.wrong else 200,
        asked=question,
        agenda=found.agenda,
        found=found,
        heading=_heading(question),
        spans=Span,
        sites=visit.sites(),
        place=resource_in_words,
        lasting=length_in_words,
        few=FEW,
        has_limits=_has_limits(question.site),
        may_record=may_record(role, VisitDone.kind),
        may_bundle=TABLE["GET", "/agenda/fewest-trips"].allows(role),
        refresh=found.missing or None,
    )


@router.get("/agenda.pdf")
def sheet(visit: Visiting) -> Response:
    """The list on paper, by day and time."""
    question, found = _for_file(visit)
    agenda = found.agenda
    table = agenda.on_paper()
    not_too_long(len(table.rows), said("Ask for a shorter period"))
    imprint = imprint_of_logs(visit.server.patients.study().newest, [each.log for each in found.told], None)
    tables = (table, agenda.misfits()) if agenda.clashes else (table,)
    return lists_on_paper(visit, _name(question), imprint, *tables)


@router.get("/agenda.{form}")
def download(visit: Visiting, form: Form) -> Response:
    """The list as a file. It waits until all patients are in it: a list that leaves one out is worse than none."""
    question, found = _for_file(visit)
    return list_as_file(form, _name(question), found.agenda.table(), *found.agenda.tables())


def _for_file(visit: Visit) -> tuple[Asked, Found]:
    question = asked(visit)
    if question.wrong is not None:
        raise Problem(422, "bad-period", said("These days cannot be used"), question.wrong)
    found = agenda_of(visit, question.site, question.days.first, question.days.last, question.wanted, FOR_A_FILE)
    if found.missing:
        raise not_ready()
    return question, found


def _name(question: Asked) -> str:
    return f"agenda-{question.days.first}-{question.days.last}"


def _heading(question: Asked) -> Day | Days:
    match question.span:
        case Span.MONTH:
            return Day(question.days.first, MONTH)
        case Span.WEEK:
            return Days(question.days.first, question.days.last, DASH, SHORT_DAY)
    return Day(question.day, WEEKDAY_AND_DAY)


def _has_limits(site: Site) -> bool:
    known = (site.capacity_of(name) for name in site.resources)
    return any(each.chairs is not None or each.patients is not None for each in known)
