"""Exposure over all patients: what each received of each drug beside what was planned, and what the pill counts say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.exposure.exposure_lines import Exposure, ExposureTotal
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.patient.supply import Accountability
from scheduler.said import Code, said, text_of
from scheduler.views.looking_back.exposure import beside_intensity, in_tenths, table_of_exposure
from scheduler.views.pharmacy.pill_counts import pill_counts
from scheduler.views.table import Cell, Table, without_zeros
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.guards.server import Server
from scheduler.web.pages.reports.whose import asked, study_of, whose, whose_file
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Following, Patients, Shown
from scheduler.web.showing.downloads import Report, imprint_of, report_as_file

router = APIRouter(route_class=GuardedRoute)


@dataclass(frozen=True, slots=True)
class Received:
    """What one patient received up to today, with the pill counts."""

    subject: str
    arm: str | None
    exposure: Exposure
    counts: tuple[Accountability, ...]

    def rows(self) -> tuple[tuple[ExposureTotal, str | None], ...]:
        """The sums of each drug, each with what the pill counts of its treatment say against the days."""
        return tuple((total, self._beside(total)) for total in self.exposure.totals)

    def _beside(self, total: ExposureTotal) -> str | None:
        return beside_intensity(count for count in self.counts if count.treatment == total.treatment)

    def table(self) -> Table:
        """Every cycle, dose and sum."""
        return table_of_exposure(self.exposure, self.counts)


@router.get("/reports/exposure")
def page(visit: Visiting) -> Response:
    """The page: the sums. It shows what is worked out already, and asks for the rest by itself."""
    question = asked(visit)
    found = whose(visit, question, PATIENCE, _received(visit.server))
    told = [_of_one(visit.server.patients, each, found.today(each)) for each in found.shown]
    return visit.page(
        "report_exposure.html",
        asked=question,
        found=found,
        told=told,
        missing=found.missing,
        tenths=in_tenths,
        plain=without_zeros,
        refresh=found.missing or None,
    )


@router.get("/reports/exposure.{form}")
def download(visit: Visiting, form: Report) -> Response:
    """Every cycle and dose of every patient as a file."""
    question = asked(visit)
    found = whose_file(visit, question)
    patients = visit.server.patients
    told = [_of_one(patients, each, found.today(each)) for each in found.shown]
    return report_as_file(visit, form, "exposure", imprint_of(visit, found.shown), _together(study_of(visit), told))


def _received(server: Server) -> Following:
    """The exposure of each patient, up to the day that it is where the patient comes."""

    def work(each: Shown) -> object:
        return _of_one(server.patients, each, server.clock.today(each.site.zone))

    return Following(lambda each: ("exposure", server.clock.today(each.site.zone)), work)


def _of_one(patients: Patients, one: Shown, today: date) -> Received:
    def make() -> Received:
        number = one.subject.subject
        received = exposure_of(one.version, one.site, one.log, today, subject=number)
        counts = pill_counts(one.version, one.site, one.log, today)
        return Received(number, one.patient.calendar.arm, received, counts)

    return patients.once(one, ("exposure", today), make)


def _together(study: str, told: Iterable[Received]) -> Table:
    tables = [(each.subject, each.arm, each.table()) for each in told]
    columns = ("subject", "arm", *(tables[0][2].columns if tables else ()))
    rows: list[tuple[Cell, ...]] = [(subject, arm, *row) for subject, arm, table in tables for row in table.rows]
    return Table(text_of(said("{study} exposure", study=Code(study))), columns, tuple(rows))
