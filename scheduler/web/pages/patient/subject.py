"""One patient's calendar: the picture, the months, the dates with their reasons, and the same as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.telling.explain import explain
from scheduler.calendar.telling.explanation import Explanation, source_in_words
from scheduler.exports.json import calendar_as_json
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.folder.printing.closed import closed_days
from scheduler.said import Code
from scheduler.views.chart.head import Tab
from scheduler.views.chart.naming import Names, finding_in_names, named, names_of
from scheduler.views.chart.near import near_and_far
from scheduler.views.reasons import reasons_of
from scheduler.views.table_of_dates import table_of_dates
from scheduler.web.doing.deeds import deeds_on
from scheduler.web.doing.undoing import REASONS, just_recorded
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visiting
from scheduler.web.pages.patient.tabs import may, of_patient
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found
from scheduler.web.showing.downloads import Form, as_file, list_as_file
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import calendar_parts, sheets_around

router = APIRouter(route_class=GuardedRoute)


@router.get("/subjects/{subject}")
def page(visit: Visiting, subject: str) -> Response:
    """The page of one patient: the picture, the months and the dates."""
    seen = of_patient(visit, subject)
    shown, today = seen.shown, seen.today
    own = address("subjects", subject)
    parts = visit.server.patients.once(
        shown, ("parts", today, visit.language), lambda: calendar_parts(shown, today, visit.language)
    )
    near, far = near_and_far(shown.patient.calendar, parts.findings, today)
    names = seen.names()
    return seen.tab(
        "subject.html",
        Tab.CALENDAR,
        diary_until=today + timedelta(weeks=4),
        parts=parts,
        findings=tuple(finding_in_names(each, names) for each in near),
        findings_ahead=tuple(finding_in_names(each, names) for each in far),
        proposals=seen.proposals(),
        names=names,
        sheets=sheets_around(parts.lines, today),
        may_record_sheet=may(visit, "GET", "/subjects/{subject}/sheet"),
        may_bundle=may(visit, "GET", "/subjects/{subject}/fewest-trips"),
        may_decide=may(visit, "GET", "/subjects/{subject}/decide/{proposal}"),
        saved=visit.request.query_params.get("saved", "")[:12],
        recorded=just_recorded(visit, subject),
        undo_reasons=REASONS,
        deeds=lambda entry: deeds_on(shown.patient.calendar, entry, visit.who.account.role, today, own),
    )


@router.get("/subjects/{subject}/explain")
def why(visit: Visiting, subject: str, entry: str) -> Response:
    """Why an entry stands where it stands. Raises UnknownEntry for one that the calendar does not have."""
    shown = visit.shown(subject)
    calendar = calendar_on(shown.patient.calendar, visit.server.clock.today(shown.site.zone))
    told, names = explain(calendar, entry, shown.version, shown.log), names_of(shown.patient)
    return visit.page(
        "explain.html",
        shown=shown,
        told=_in_names(told, names),
        title=names.get(told.entry, Code(told.entry)),
        names=names,
        where=lambda source: _where(shown, source),
        source_in_words=source_in_words,
    )


def _in_names(told: Explanation, names: Names) -> Explanation:
    """The same with the names of treatments and entries where their ids stood; its sources have the ids."""
    lines, looked_at = (
        tuple(replace(each, said=named(each.said, names)) for each in several)
        for several in (told.lines, told.looked_at)
    )
    return replace(told, answer=named(told.answer, names), lines=lines, looked_at=looked_at)


def _where(shown: Shown, source: str | None) -> str | None:
    """The page on which a source can be read: the protocol's line, the event, the other entry."""
    number, calendar = shown.subject.subject, shown.patient.calendar
    if source is None:
        return None
    if source.startswith("event "):
        return f"{address('subjects', number, 'history')}#event-{source.removeprefix('event ')}"
    file, _, line = source.rpartition(":")
    if file == shown.version.file and whole_number(line) is not None:
        return f"/protocol?version={quote(shown.version.version)}#line-{line}"
    if source in calendar.by_id:
        return f"{address('subjects', number, 'explain')}?entry={quote(source)}"
    return None


@router.get("/subjects/{subject}/calendar.{form}")
def calendar(visit: Visiting, subject: str, form: str) -> Response:
    """The patient's calendar as a file: csv, xlsx, json, or a page that can be kept and printed."""
    shown = visit.shown(subject)
    today = visit.server.clock.today(shown.site.zone)
    own = calendar_on(shown.patient.calendar, today)
    say = reasons_of(own)
    name = f"{subject}-event-{shown.log.length}"
    if form in ("csv", "xlsx"):
        return list_as_file(Form(form), name, table_of_dates(own, say))
    if form == "json":
        return as_file(calendar_as_json(own, say).encode("utf-8"), name, "json")
    if form == "html":
        names = names_of(shown.patient)
        text = calendar_as_html(
            own,
            lambda because: tuple(named(each, names) for each in say(because)),
            closed_days(shown.site),
            today,
            months=True,
            language=visit.language,
        )
        return as_file(text.encode("utf-8"), name, "html")
    raise not_found()
