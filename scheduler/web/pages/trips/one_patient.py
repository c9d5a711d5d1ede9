"""Fewest trips of one patient: what is proposed with each reason, what else would change, and one button that books it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.bundling.extra import missing_extra
from scheduler.bundling.telling import in_sentences, kept_in_sentences
from scheduler.errors import Conflict, Refused
from scheduler.findings import Finding
from scheduler.said import Said
from scheduler.store.checked_recording import record_events
from scheduler.store.values import Act, Record
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.patients import Shown
from scheduler.web.recording.asking import ASKED_ANEW, asked_about
from scheduler.web.recording.fewest_trips import ANOTHER, WEEKS, WRONG_DAY, fewest_trips, last_day, plan_told
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.request_log import tell
from scheduler.web.showing.rendering import address

router = APIRouter(route_class=GuardedRoute)


@router.get("/subjects/{subject}/fewest-trips")
def look(visit: Visiting, subject: str, until: str = "") -> Response:
    """What is proposed. Nothing is recorded."""
    return _page(visit, visit.shown(subject), until)


@router.post("/subjects/{subject}/fewest-trips")
def book(visit: Visiting, subject: str) -> Response:
    """Book the plan that was looked at, whole, or nothing of it."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _book(visit, visit.shown(subject), sent))


def _book(visit: Visit, shown: Shown, sent: Sent | None) -> Response:
    typed = visit.form.get("until", "")
    until = _last_day(visit, shown, typed)
    if until is None or missing_extra() is not None:
        return _page(visit, shown, typed)
    (plan,) = fewest_trips(visit, shown, until).patients
    seen, asked = whole_number(visit.form.get("seen")), visit.form.get("confirm")
    asking = asked_about(visit, shown, plan.events)
    if seen != shown.log.length or asked != plan_told(plan.events) or not plan.events:
        return _page(visit, shown, typed, ANOTHER, 409)
    if not asking.lets_pass(None):
        return _page(visit, shown, typed, ASKED_ANEW, 409)

    def done(records: Sequence[Record]) -> Answer:
        return redirect(f"{address('subjects', shown.subject.subject)}?saved={records[-1].event}")

    server, subject = visit.server, shown.subject.subject
    act = Act(visit.who.who, server.clock.now(), None, None)
    try:
        records = record_events(
            server.store, server.patients.study(), subject, plan.events, seen=seen, act=act, once=kept(sent, done)
        )
    except Conflict:
        return _page(visit, visit.shown(subject), typed, ANOTHER, 409)
    except Refused as error:
        return _page(visit, shown, typed, refused=error.findings, status=422)
    tell("recorded", kind=f"{len(records)} of a plan")
    return done(records).as_response()


def _page(
    visit: Visit,
    shown: Shown,
    typed: str,
    wrong: Said | None = None,
    status: int = 200,
    refused: Sequence[Finding] = (),
) -> Response:
    """The proposal; the last day alone where that cannot be, or where nothing here can search."""
    missing = missing_extra()
    until = _last_day(visit, shown, typed)
    if missing is not None or until is None:
        findings = (missing,) if missing is not None else ()
        wrong = wrong or (WRONG_DAY if missing is None else None)
        return visit.page(
            "fewest_trips.html",
            status=422 if missing is None else 200,
            shown=shown,
            until=typed,
            found=None,
            plan=None,
            wrong=wrong,
            refused=findings,
        )
    found = fewest_trips(visit, shown, until)
    (plan,) = found.patients
    return visit.page(
        "fewest_trips.html",
        status=status,
        shown=shown,
        until=until.isoformat(),
        found=found,
        plan=plan,
        sentences=tuple(in_sentences(found)),
        kept=tuple(kept_in_sentences(plan)),
        confirm=plan_told(plan.events),
        seen=shown.log.length,
        wrong=wrong,
        refused=tuple(refused),
    )


def _last_day(visit: Visit, shown: Shown, typed: str) -> date | None:
    """The last day that was asked for; twelve weeks from today where nothing was typed, None where it cannot be."""
    today = visit.server.clock.today(shown.site.zone)
    return last_day(today, typed, today + WEEKS)
