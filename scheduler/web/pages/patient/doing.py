"""Doing things where one sees them: from a row to what it would change in one click, and to a day of a small calendar in two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from scheduler.calendar.entries.entry import Entry, Flag
from scheduler.errors import Conflict, Refused
from scheduler.patient.events import Booked, NotDone, Rebooked, VisitDone
from scheduler.patient.events.kind import EventKind
from scheduler.said import said
from scheduler.store.checked_recording import Follows, record_together
from scheduler.store.values import Act, Record
from scheduler.web.doing.deeds import PLAIN, form_of_dose, visit_named
from scheduler.web.doing.moving import movable
from scheduler.web.doing.undoing import REASONS, TOO_LATE, name_of, strikes_of
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.guards.roles import may_record
from scheduler.web.pages.patient.event_form import Asked, form_page, preview_page
from scheduler.web.patients import Shown
from scheduler.web.problems import Problem, not_allowed, not_found
from scheduler.web.recording.asking import asked_about
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.request_log import tell
from scheduler.web.showing.own_paths import local_path, with_query
from scheduler.web.showing.rendering import address
from scheduler.words.saying import say

router = APIRouter(route_class=GuardedRoute)


class What(StrEnum):
    """What is done with an entry."""

    DONE = "done"
    NOT_DONE = "not done"
    MOVED = "moved"


@router.get("/subjects/{subject}/do")
def do(
    visit: Visiting,
    subject: str,
    entry: str,
    what: What,
    on: str = "",
    to: str = "",
    back: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """What it would change, with the button that records it; without a day, the form that asks for it."""
    shown = visit.shown(subject)
    found = _named(shown, entry)
    today = visit.server.clock.today(shown.site.zone)
    kept_back = {"back": local_path(back, "")} if back else {}
    if what is What.DONE and found.kind not in PLAIN:
        return RedirectResponse(_form_of_dose(shown, found, entry, on or f"{today}", kept_back), 303)
    if what is What.MOVED:
        kind = _booking(found)
        form = {"event": kind.word, "entry": entry, "on": f"{today}", "to": to, **kept_back}
    else:
        kind = VisitDone.kind if what is What.DONE else NotDone.kind
        day = on or (f"{min(found.date or today, today)}" if what is What.NOT_DONE else "")
        form = {"event": kind.word, "entry": entry, "on": day, **kept_back}
    if not may_record(visit.who.account.role, kind):
        raise not_allowed()
    if what is What.DONE and not on:
        return _ask_day(visit, shown, found, entry, kept_back.get("back", ""))
    asked = Asked(shown, kind, form)
    entered = asked.entered(f"{today}")
    if entered.event is None:
        return form_page(visit, asked, entered.findings)
    return preview_page(visit, asked, entered.event)


def _named(shown: Shown, entry: str) -> Entry:
    found = visit_named(shown.patient.calendar, entry)
    if found is None:
        raise not_found()
    return found


def _form_of_dose(shown: Shown, found: Entry, entry: str, on: str, back: dict[str, str]) -> str:
    form = form_of_dose(found, on)
    query = form if form is not None else {"entry": entry}
    return f"{address('subjects', shown.subject.subject, 'record')}?{urlencode(query | back)}"


def _ask_day(visit: Visit, shown: Shown, found: Entry, entry: str, back: str) -> Response:
    today = visit.server.clock.today(shown.site.zone)
    own = address("subjects", shown.subject.subject)
    day = min(found.date or today, today)
    return visit.page(
        "do_when.html", shown=shown, of=found, entry=entry, day=day, today=today, back=back, leave=back or own
    )


@router.get("/subjects/{subject}/move")
def move(
    visit: Visiting,
    subject: str,
    entry: str,
    month: Annotated[str, Query(pattern=r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?$")] = "",
    back: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """A small calendar to choose another day from. Nothing is recorded: each day leads to what it would change."""
    shown = visit.shown(subject)
    found = _named(shown, entry)
    today = visit.server.clock.today(shown.site.zone)
    own, goes_back = address("subjects", subject), local_path(back, "")
    first = date.fromisoformat(f"{month}-01") if month else None

    def path(step: str, **query: str) -> str:
        return f"{own}/{step}?{urlencode({**query, 'entry': entry, 'back': goes_back})}"

    return visit.page(
        "move.html",
        shown=shown,
        of=found,
        entry=entry,
        found=movable(visit, shown, found, entry, first, today),
        today=today,
        leave=goes_back or own,
        day_address=lambda day: path("do", what="moved", to=f"{day}"),
        month_address=lambda day: path("move", month=f"{day:%Y-%m}"),
        form_address=path("record", event=_booking(found).word),
    )


def _booking(found: Entry) -> EventKind:
    """The event by which it gets another day: an appointment, or another one where it has one."""
    return Rebooked.kind if Flag.BOOKED in found.flags else Booked.kind


@router.post("/undo")
def undo(visit: Visiting) -> Response:
    """Strike what was just recorded, for a reason that was chosen: all events of that act, or nothing."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _undo(visit, sent))


def _undo(visit: Visit, sent: Sent | None) -> Response:
    why = REASONS.get(visit.form.get("why", ""))
    if why is None:
        raise not_found()
    # The person's own reason, in the words that were on the button.
    reason = say(why, visit.language)
    struck = strikes_of(visit, visit.form.get("recorded", ""), reason)
    for shown, events in struck:
        if not asked_about(visit, shown, events).lets_pass(None):
            raise Problem(409, "asked-first", said("It is not undone"), TOO_LATE)
    parts = [Follows(shown.subject.subject, events, shown.log.length) for shown, events in struck]
    back = local_path(visit.form.get("back"))

    def done(records: Sequence[Record]) -> Answer:
        return redirect(with_query(back, undone=name_of(records)))

    server = visit.server
    act = Act(visit.who.who, server.clock.now(), reason, None)
    try:
        records = record_together(server.store, server.patients.study(), parts, act=act, once=kept(sent, done))
    except (Conflict, Refused):
        raise Problem(409, "not-undone", said("It is not undone"), TOO_LATE) from None
    tell("undone")
    return done(records).as_response()
