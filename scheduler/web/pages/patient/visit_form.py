"""A visit as one form: done or not, values, adverse events, tablets, the next appointment; one look, one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.errors import Conflict, Refused
from scheduler.findings import Finding
from scheduler.said import Said, said
from scheduler.store.checked_recording import record_events
from scheduler.store.values import Act, Record
from scheduler.web.doing.deeds import DOSES, PLAIN, visit_named
from scheduler.web.doing.undoing import recorded_path
from scheduler.web.doing.visit_form import Entered, parts_of, read_visit, shown_parts
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import FORM_TOKEN, GuardedRoute, Visit, Visiting
from scheduler.web.patients import Shown
from scheduler.web.problems import not_found
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY, asked_about
from scheduler.web.recording.authority import meaning_of, refuse_to_others
from scheduler.web.recording.change_groups import grouped
from scheduler.web.recording.event_choices import Choices
from scheduler.web.recording.once import KEY_FIELD, Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.recording.preview import preview
from scheduler.web.request_log import tell
from scheduler.web.showing.own_paths import local_path
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import event_in_names

router = APIRouter(route_class=GuardedRoute)

_NOT_SAID = frozenset({FORM_TOKEN, KEY_FIELD, "seen", "confirm", "edit"})
_MEANWHILE = said(
    "Somebody recorded something meanwhile. Nothing of yours is lost, and nothing is recorded yet: look at it again."
)
_NOT_READ = said("Something cannot be read. Nothing is recorded yet, and nothing is lost.")


@router.get("/subjects/{subject}/visit")
def ask(visit: Visiting, subject: str, entry: str) -> Response:
    """The form of one visit that has no record yet."""
    shown = visit.shown(subject)
    found = _named(shown, entry)
    today = visit.server.clock.today(shown.site.zone)
    on = min(found.date or today, today)
    first = {"on": f"{on}", "was": "done", "activity": "\n".join(found.activities)}
    return _form(visit, shown, found, {**first, **visit.request.query_params}, entry)


@router.post("/subjects/{subject}/visit/preview")
def look(visit: Visiting, subject: str) -> Response:
    """What would change with all of it. Nothing is recorded."""
    shown, found, entered = _read(visit, subject)
    if "edit" in visit.form or entered.findings:
        return _form(visit, shown, found, visit.form, visit.form.get("entry", ""), entered)
    return _preview(visit, shown, entered)


@router.post("/subjects/{subject}/visit/record")
def record(visit: Visiting, subject: str) -> Response:
    """Record all of it, or nothing."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit, subject, sent))


def _record(visit: Visit, subject: str, sent: Sent | None) -> Response:
    shown, found, entered = _read(visit, subject)
    if entered.findings:
        return _form(visit, shown, found, visit.form, visit.form.get("entry", ""), entered)
    events = [event for _, event in entered.events]
    _refuse_to_others(visit, shown, entered)
    seen, confirm = whole_number(visit.form.get("seen")), visit.form.get("confirm") or None
    if seen is None:
        return _preview(visit, shown, entered)
    if shown.log.length != seen:
        return _preview(visit, shown, entered, _MEANWHILE, 409)
    asking = asked_about(visit, shown, events)
    if not asking.lets_pass(confirm):
        anew = asking.is_of_another_list(confirm)
        return _preview(visit, shown, entered, ASKED_ANEW if anew else SAY_WHY, 409 if anew else 422)

    def done(records: Sequence[Record]) -> Answer:
        return redirect(recorded_path(visit, subject, records))

    server = visit.server
    act = Act(visit.who.who, server.clock.now(), None, None)
    try:
        records = record_events(
            server.store, server.patients.study(), subject, events, seen=seen, act=act, once=kept(sent, done)
        )
    except Conflict:
        return _preview(visit, visit.shown(subject), entered, _MEANWHILE, 409)
    except Refused as error:
        return _form(visit, shown, found, visit.form, visit.form.get("entry", ""), entered, error.findings)
    tell("recorded", kind=f"{len(records)} of a visit")
    return done(records).as_response()


def _read(visit: Visit, subject: str) -> tuple[Shown, Entry, Entered]:
    shown, name = visit.shown(subject), visit.form.get("entry", "")
    found = _named(shown, name)
    today = visit.server.clock.today(shown.site.zone)
    return shown, found, read_visit(shown, found, name, visit.form, today)


def _named(shown: Shown, name: str) -> Entry:
    """The visit of that id. Raises Problem where there is none, or it has a record already."""
    found = visit_named(shown.patient.calendar, name)
    if found is None or found.kind not in PLAIN | DOSES | {Kind.ORAL} or found.status is not Status.PLANNED:
        raise not_found()
    return found


def _refuse_to_others(visit: Visit, shown: Shown, entered: Entered) -> None:
    """Raises Problem for what the role may not record. Nothing here is signed, so nothing may need it."""
    for _, event in entered.events:
        refuse_to_others(visit.who.account.role, shown, event)
        if meaning_of(shown, event) is not None:
            raise not_found()


def _form(
    visit: Visit,
    shown: Shown,
    found: Entry,
    form: dict[str, str],
    name: str,
    entered: Entered | None = None,
    refused: Sequence[Finding] = (),
) -> Response:
    today = visit.server.clock.today(shown.site.zone)
    wrong = {} if entered is None or "edit" in form else entered.findings
    own = address("subjects", shown.subject.subject)
    choices = Choices(shown, visit.server.patients.study(), today)
    return visit.page(
        "visit_form.html",
        status=422 if wrong or refused else 200,
        shown=shown,
        of=found,
        entry=name,
        form=form,
        ticked=form.get("activity", "").splitlines(),
        is_dose=found.kind in DOSES,
        is_plain=found.kind in PLAIN,
        parts=shown_parts(parts_of(shown, found, today), choices, form, wrong),
        of_visit=[each for some in wrong.get("visit", {}).values() for each in some],
        refused=tuple(refused),
        wrong=_NOT_READ if wrong else None,
        today=today,
        leave=local_path(form.get("back"), own),
    )


def _preview(visit: Visit, shown: Shown, entered: Entered, wrong: Said | None = None, status: int = 200) -> Response:
    events = [event for _, event in entered.events]
    _refuse_to_others(visit, shown, entered)
    found = preview(visit, shown, events)
    name = visit.form.get("entry", "")
    if found.refused:
        return _form(visit, shown, _named(shown, name), visit.form, name, None, found.refused)
    asked = {each.index for each in found.asking.asked}
    told = [
        (f"{key}.confirmed", event, event_in_names(shown, event, found.names), index in asked)
        for index, (key, event) in enumerate(entered.events)
    ]
    typed = {field for field, _, _, is_asked in told if is_asked}
    return visit.page(
        "visit_form_preview.html",
        status=status,
        shown=shown,
        told=told,
        found=found,
        groups=grouped(found.changes, events, visit.server.clock.today(shown.site.zone)),
        unsigned=any(each.answer == "override" for each in found.asking.asked),
        said=visit.form,
        hidden=[
            (field, line)
            for field, text in visit.form.items()
            if field not in _NOT_SAID and field not in typed
            for line in (text.splitlines() if field == "activity" or field.endswith(".related") else [text])
            if line
        ],
        seen=shown.log.length,
        wrong=wrong,
        leave=local_path(visit.form.get("back"), address("subjects", shown.subject.subject)),
    )
