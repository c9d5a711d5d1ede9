"""What was done otherwise than the protocol says, of all patients: what a monitor looks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviation
from scheduler.patient.events import DeviationAssessed
from scheduler.said import Code, Value, said
from scheduler.views.chart.naming import Names, names_of
from scheduler.views.looking_back.deviations import Ledger, ledger_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import may_record
from scheduler.web.guards.server import Server
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.problems import not_ready
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FILE
from scheduler.web.showing.downloads import Report, imprint_of, report_as_file

router = APIRouter(route_class=GuardedRoute)

AT_ONCE = 200
"""Lines on one page, unless all are asked for: the page says how many there are."""


@dataclass(frozen=True, slots=True)
class Found:
    """The list of today, and of how many patients it tells and does not tell yet."""

    ledger: Ledger
    shown: tuple[Shown, ...]
    missing: int

    @property
    def told(self) -> int:
        """How many patients are in it."""
        return len(self.shown)


def ledger_on(visit: Visit, seconds: float) -> Found:
    """The deviations of all patients that the person may see, by the today of each one's site, as far as there is time."""
    server = visit.server
    shown, missing = server.patients.some(visit.subjects(), seconds, deviations_of_each(server))
    days = {zone: server.clock.today(zone) for zone in {each.site.zone for each in shown}}
    by_subject = [
        (each.subject.subject, deviations_of_one(server.patients, each, days[each.site.zone]))
        for each in sorted(shown, key=lambda each: each.subject.subject)
    ]
    on = max(days.values(), default=None)
    return Found(ledger_of(server.patients.study().newest.study, by_subject, on), tuple(shown), missing)


def deviations_of_each(server: Server) -> Following:
    """The deviations of each patient, up to the day that it is where the patient comes."""

    def work(each: Shown) -> object:
        return deviations_of_one(server.patients, each, server.clock.today(each.site.zone))

    return Following(lambda each: ("deviations", server.clock.today(each.site.zone)), work)


def deviations_of_one(patients: Patients, shown: Shown, on: date) -> tuple[Deviation, ...]:
    """Those of one patient up to that day, worked out once."""

    def make() -> tuple[Deviation, ...]:
        return deviations_of(shown.version, shown.site, shown.log, subject=shown.subject.subject, on=on)

    return patients.once(shown, ("deviations", on), make)


def _names(patients: Patients, shown: Shown) -> Names:
    return patients.once(shown, "names", lambda: names_of(shown.patient))


def called(entry: str, names: Names) -> Value:
    """What people call an entry, or days of a cycle: "Regorafenib, cycle 1, days 16-17" for regorafenib.1.16-17."""
    cycle, _, days = entry.rpartition(".")
    if entry in names or cycle not in names:
        return names.get(entry, Code(entry))
    return said("{entry}, day {days}", entry=names[cycle], days=Code(days))


@router.get("/deviations")
def page(visit: Visiting, subject: str = "", kind: str = "") -> Response:
    """The page, narrowed by subject or kind."""
    found = ledger_on(visit, PATIENCE)
    fitting = tuple(
        line
        for line in found.ledger.lines
        if subject.casefold() in line.subject.casefold() and (not kind or kind == line.deviation.kind.value)
    )
    by_subject = {each.subject.subject: each for each in found.shown}
    return visit.page(
        "deviations.html",
        lines=fitting if "all" in visit.request.query_params else fitting[:AT_ONCE],
        names_of=lambda subject: _names(visit.server.patients, by_subject[subject]),
        called=called,
        number=len(fitting),
        kinds=sorted({line.deviation.kind.value for line in found.ledger.lines}),
        asked={"subject": subject[:60], "kind": kind[:60]},
        found=found,
        may_assess=may_record(visit.who.account.role, DeviationAssessed.kind),
        refresh=found.missing or None,
    )


@router.get("/deviations.{form}")
def download(visit: Visiting, form: Report) -> Response:
    """The whole list as a file. It waits until all patients are in it: a list that leaves one out is worse than none."""
    found = ledger_on(visit, FOR_A_FILE)
    if found.missing:
        raise not_ready()
    ledger = found.ledger
    tables = (ledger.table(), ledger.counts()) if ledger.lines else (ledger.table(),)
    name = f"deviations-{ledger.on}" if ledger.on else "deviations"
    return report_as_file(visit, form, name, imprint_of(visit, found.shown), ledger.table(), *tables)
