"""The protocol: what is done when in each arm, what it leaves open, what is to say about it, and its text with its lines."""

from __future__ import annotations

from enum import StrEnum
from importlib.metadata import version as installed

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.exports.pages.lists import table_as_html
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.exports.tables.xlsx import tables_as_xlsx
from scheduler.exports.told import table_in
from scheduler.folder.exchanging.usdm import usdm_as_json
from scheduler.folder.printing.printed import printed_activities
from scheduler.languages import Language
from scheduler.protocol.plan.study import StudyVersion
from scheduler.standards.design.m11 import m11_tables, on_paper
from scheduler.standards.design.planned import designs_of
from scheduler.standards.fhir.bundle import bundle_of
from scheduler.standards.fhir.json_text import as_json
from scheduler.standards.fhir.protocol import protocol_resources
from scheduler.standards.fhir.resource import Origin
from scheduler.standards.odm.study import odm_of
from scheduler.standards.usdm_out.study import usdm_of
from scheduler.views.coordinator.schedule_of_activities import schedule_of_activities
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.problems import not_found
from scheduler.web.showing.addresses_of_fhir import address_on
from scheduler.web.showing.downloads import as_file, sheet_as_file

router = APIRouter(route_class=GuardedRoute)


class Shape(StrEnum):
    """In which form the schedule of activities is written in M11's shape."""

    HTML = "html"
    XLSX = "xlsx"
    PDF = "pdf"


@router.get("/protocol")
def protocol(visit: Visiting, version: str | None = None) -> Response:
    """The newest version, or the one that is asked for."""
    study, chosen = visit.server.patients.study(), _chosen(visit, version)
    text = next(each.text for each in study.source.protocols if each.digest == chosen.digest)
    return visit.page(
        "protocol.html",
        version=chosen,
        versions=study.versions,
        tables=tuple((plan, schedule_of_activities(plan)) for plan in chosen.arms.values()),
        assumptions=tuple((each, chosen.assumption_lines.get(each.id, ())) for each in chosen.assumptions.values()),
        findings=tuple(each for each in study.findings if each.place is None or each.place.file == chosen.file),
        lines=text.splitlines(),
        sites=tuple(each for each in study.sites if visit.who.account.may_see(each.name)),
    )


@router.get("/protocol/activities.pdf")
def sheet(
    visit: Visiting, arm: str = "", version: str | None = None, language: Language = Language.ENGLISH
) -> Response:
    """The schedule of activities of one arm on paper, with the assumptions that it rests on."""
    chosen = _chosen(visit, version)
    if arm not in chosen.arms:
        raise not_found()
    return sheet_as_file(
        f"activities-{chosen.version}-{arm}-{language.of_staff}",
        lambda: printed_activities(chosen, arm, language.of_staff.value),
    )


@router.get("/protocol/fhir.json")
def definitions(visit: Visiting, version: str | None = None) -> Response:
    """One version as a FHIR bundle: the study, a plan definition for each arm, and the activities."""
    chosen = _chosen(visit, version)
    origin = Origin(address_on(visit), chosen.study)
    bundle = bundle_of("protocol", protocol_resources(chosen, origin), origin)
    return as_file(as_json(bundle).encode(), f"{chosen.study}-{chosen.version}-fhir", "json")


@router.get("/protocol/usdm.json")
def design(visit: Visiting, version: str | None = None) -> Response:
    """One version as USDM 4.0, with its text."""
    chosen = _chosen(visit, version)
    sources = visit.server.patients.study().source.protocols
    text = next(each.text for each in sources if each.digest == chosen.digest)
    content = usdm_as_json(usdm_of(chosen, text, installed("scheduler")))
    return as_file(content.encode(), f"{chosen.study}-{chosen.version}-usdm", "json")


@router.get("/protocol/odm.xml")
def timings(visit: Visiting, version: str | None = None) -> Response:
    """One version as ODM 2.0: arms, epochs, planned visits and their timings, for those who build the data capture."""
    chosen = _chosen(visit, version)
    text = odm_of(chosen, visit.server.clock.now(), installed("scheduler"))
    return as_file(text.encode(), f"{chosen.study}-{chosen.version}-odm", "xml")


@router.get("/protocol/m11.{form}")
def template(
    visit: Visiting, form: Shape, arm: str = "", version: str | None = None, language: Language = Language.ENGLISH
) -> Response:
    """The schedule of activities of one arm in the shape of ICH M11's template."""
    chosen = _chosen(visit, version)
    design = next((each for each in designs_of(chosen) if each.plan.arm == arm), None)
    if design is None:
        raise not_found()
    tables = m11_tables(design)
    schedule, notes = (table_in(table, language.of_staff) for table in tables)
    name = f"m11-{chosen.version}-{arm}"
    if form is Shape.PDF:
        return sheet_as_file(name, lambda: tables_as_pdf(*on_paper(schedule), notes, language=language.of_staff))
    if form is Shape.XLSX:
        return as_file(tables_as_xlsx(schedule, notes), name, "xlsx")
    return as_file(table_as_html(*tables, language=language.of_staff).encode(), name, "html")


def _chosen(visit: Visit, version: str | None) -> StudyVersion:
    """The version of that name, the newest without a name. Raises Problem when there is none."""
    study = visit.server.patients.study()
    chosen = next((each for each in study.versions if each.version == version), None) if version else study.newest
    if chosen is None:
        raise not_found()
    return chosen
