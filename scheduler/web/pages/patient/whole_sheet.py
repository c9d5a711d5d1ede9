"""Recording a whole sheet: one form with all its time points, one look at what would change, one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.entries.dose_sheet import DoseSheet
from scheduler.errors import Conflict, Refused
from scheduler.findings import Finding
from scheduler.said import Said, said
from scheduler.store.checked_recording import record_events
from scheduler.store.values import Act, Record
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.recording.preview import preview
from scheduler.web.recording.whole_sheet import FIELDS, EnteredSheet, read_whole_sheet
from scheduler.web.request_log import tell
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import event_in_names

router = APIRouter(route_class=GuardedRoute)

_MEANWHILE = said(
    "Somebody recorded something meanwhile. Nothing of yours is lost, and nothing is recorded yet: look at it again."
)


@router.get("/subjects/{subject}/sheet")
def form(visit: Visiting, subject: str, of: str) -> Response:
    """The form of one sheet, with what was recorded of it already."""
    shown = visit.shown(subject)
    return _form(visit, shown, _sheet(shown, of), {})


@router.post("/subjects/{subject}/sheet/preview")
def look(visit: Visiting, subject: str) -> Response:
    """What would change with all that was typed. Nothing is recorded."""
    shown = visit.shown(subject)
    sheet = _sheet(shown, visit.form.get("of", ""))
    entered = _entered(visit, shown, sheet)
    if "edit" in visit.form or entered.is_wrong:
        return _form(visit, shown, sheet, visit.form, status=422 if entered.is_wrong else 200)
    return _preview(visit, shown, sheet, entered)


@router.post("/subjects/{subject}/sheet/record")
def record(visit: Visiting, subject: str) -> Response:
    """Record all of it, or nothing."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit, visit.shown(subject), sent))


def _record(visit: Visit, shown: Shown, sent: Sent | None) -> Response:
    sheet = _sheet(shown, visit.form.get("of", ""))
    entered = _entered(visit, shown, sheet)
    if entered.is_wrong:
        return _form(visit, shown, sheet, visit.form, status=422)
    seen, confirm = whole_number(visit.form.get("seen")), visit.form.get("confirm") or None
    if seen is None or not entered.events:
        return _preview(visit, shown, sheet, entered)
    if shown.log.length != seen:
        return _preview(visit, shown, sheet, entered, _MEANWHILE, 409)
    asking = preview(visit, shown, entered.events).asking
    if not asking.lets_pass(confirm):
        another = asking.is_of_another_list(confirm)
        return _preview(visit, shown, sheet, entered, ASKED_ANEW if another else SAY_WHY, 409 if another else 422)

    def done(records: Sequence[Record]) -> Answer:
        return redirect(f"{address('subjects', shown.subject.subject)}?saved={records[-1].event}")

    server = visit.server
    act = Act(visit.who.who, server.clock.now(), None, None)
    study, subject = server.patients.study(), shown.subject.subject
    try:
        records = record_events(server.store, study, subject, entered.events, seen=seen, act=act, once=kept(sent, done))
    except Conflict:
        return _preview(visit, visit.shown(subject), sheet, entered, _MEANWHILE, 409)
    except Refused as error:
        return _form(visit, shown, sheet, visit.form, error.findings, 422)
    tell("recorded", kind=f"{len(records)} of a sheet")
    return done(records).as_response()


def _form(
    visit: Visit,
    shown: Shown,
    sheet: DoseSheet,
    typed: object,
    refused: Sequence[Finding] = (),
    status: int = 200,
) -> Response:
    entered = _entered(visit, shown, sheet)
    rows = {row.number: row for row in entered.rows}
    visits, number = [], 0
    for of_visit in sheet.visits:
        count = len(of_visit.samples)
        visits.append((of_visit, [rows[number + index + 1] for index in range(count)]))
        number += count
    return visit.page(
        "sheet.html",
        status=status,
        shown=shown,
        sheet=sheet,
        visits=visits,
        open=any(row.recorded is None for row in entered.rows),
        refused=tuple(refused),
        wrong=said("One row cannot be read.") if entered.is_wrong and typed else None,
    )


def _preview(
    visit: Visit, shown: Shown, sheet: DoseSheet, entered: EnteredSheet, wrong: Said | None = None, status: int = 200
) -> Response:
    if not entered.events:
        return _form(visit, shown, sheet, {}, (), 422)
    found = preview(visit, shown, entered.events)
    if found.refused:
        return _form(visit, shown, sheet, visit.form, found.refused, 422)
    asked = {each.index for each in found.asking.asked}
    told = [
        (number, event, event_in_names(shown, event, found.names), index in asked)
        for index, (number, event) in enumerate(zip(entered.numbers, entered.events, strict=True))
    ]
    fields = [f"{name}_{number}" for number in entered.numbers for name in FIELDS]
    typed = {f"confirmed_{number}" for number, _, _, is_asked in told if is_asked}
    return visit.page(
        "sheet_preview.html",
        status=status,
        shown=shown,
        sheet=sheet,
        told=told,
        found=found,
        said=visit.form,
        hidden=[(name, visit.form[name]) for name in fields if visit.form.get(name) and name not in typed],
        seen=shown.log.length,
        wrong=wrong,
    )


def _sheet(shown: Shown, name: str) -> DoseSheet:
    """The sheet of that name on the patient's calendar."""
    found = next((each for each in shown.patient.calendar.sheets if each.id == name), None)
    if found is None:
        raise not_found()
    return found


def _entered(visit: Visit, shown: Shown, sheet: DoseSheet) -> EnteredSheet:
    return read_whole_sheet(sheet, visit.form, visit.server.clock.today(shown.site.zone))
