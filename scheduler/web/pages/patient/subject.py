"""One patient: what waits, who comes next, the picture, the dates with their reasons, and what was recorded."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.telling.explain import explain
from scheduler.exports.json import calendar_as_json
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.folder.printing.closed import closed_days
from scheduler.views.looking_back.background import background_of
from scheduler.views.reasons import reasons_of
from scheduler.views.table_of_dates import table_of_dates
from scheduler.web.doing.deeds import deeds_on
from scheduler.web.doing.undoing import REASONS, just_recorded
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import TABLE, may_record
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found
from scheduler.web.recording.event_entry import what_it_is_about
from scheduler.web.showing.downloads import Form, as_file, list_as_file
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import calendar_parts, history_of, proposals_of, sheets_around

router = APIRouter(route_class=GuardedRoute)

_LATEST = 6


@router.get("/subjects/{subject}")
def page(visit: Visiting, subject: str) -> Response:
    """The page of one patient."""
    shown = visit.shown(subject)
    today = visit.server.clock.today(shown.site.zone)
    patients = visit.server.patients
    role, own = visit.who.account.role, address("subjects", subject)
    history = patients.once(shown, "history", lambda: history_of(shown))
    language = visit.language
    parts = patients.once(shown, ("parts", today, language), lambda: calendar_parts(shown, today, language))
    return visit.page(
        "subject.html",
        shown=shown,
        calendar=shown.patient.calendar,
        today=today,
        diary_until=today + timedelta(weeks=4),
        study_day=shown.patient.calendar.study_day(today),
        proposals=patients.once(shown, ("proposals", today), lambda: proposals_of(shown, today)),
        parts=parts,
        sheets=sheets_around(parts.lines, today),
        background=background_of(shown.patient),
        history=history[:_LATEST],
        may_record=may(visit, "GET", "/subjects/{subject}/record"),
        may_record_sheet=may(visit, "GET", "/subjects/{subject}/sheet"),
        may_decide=may(visit, "GET", "/subjects/{subject}/decide/{proposal}"),
        saved=visit.request.query_params.get("saved", "")[:12],
        recorded=just_recorded(visit, subject),
        undo_reasons=REASONS,
        deeds=lambda entry: deeds_on(shown.patient.calendar, entry, role, today, own),
    )


@router.get("/subjects/{subject}/history")
def history(visit: Visiting, subject: str) -> Response:
    """Everything that was recorded about the patient, who recorded it when, and what it corrects."""
    shown = visit.shown(subject)
    numbers = {
        record.event: record for record in visit.server.store.records(subject=subject) if record.event is not None
    }
    return visit.page(
        "history.html",
        shown=shown,
        history=visit.server.patients.once(shown, "history", lambda: history_of(shown)),
        records=numbers,
        may_change=lambda told: (
            told.can_be_changed and may_record(visit.who.account.role, *what_it_is_about(told.event))
        ),
        may_record=may(visit, "GET", "/subjects/{subject}/correct/{number}"),
    )


@router.get("/subjects/{subject}/explain")
def why(visit: Visiting, subject: str, entry: str) -> Response:
    """Why an entry stands where it stands. Raises UnknownEntry for one that the calendar does not have."""
    shown = visit.shown(subject)
    told = explain(shown.patient.calendar, entry, shown.version, shown.log)
    return visit.page("explain.html", shown=shown, told=told, where=lambda source: _where(shown, source))


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
    own = shown.patient.calendar
    say = reasons_of(own)
    name = f"{subject}-event-{shown.log.length}"
    if form in ("csv", "xlsx"):
        return list_as_file(Form(form), name, table_of_dates(own, say))
    if form == "json":
        return as_file(calendar_as_json(own, say).encode("utf-8"), name, "json")
    if form == "html":
        today = visit.server.clock.today(shown.site.zone)
        text = calendar_as_html(own, say, closed_days(shown.site), today, months=True)
        return as_file(text.encode("utf-8"), name, "html")
    raise not_found()


def may(visit: Visit, method: str, path: str) -> bool:
    """True when this person may use that route: what pages offer is what the table of roles allows."""
    return TABLE[(method, path)].allows(visit.who.account.role)
