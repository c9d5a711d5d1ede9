"""All of today's visits were done, but those that were not: one form, one look at what would change, one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import Conflict, Refused
from scheduler.said import Said, said
from scheduler.store.checked_recording import Follows, record_together
from scheduler.store.values import Act, Record
from scheduler.web.doing.all_done import DayOf, Row, is_gone, plain_visits, ticked
from scheduler.web.doing.undoing import name_of
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.worklist import PATIENCE, work_of
from scheduler.web.problems import not_ready
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.recording.preview import Preview, preview
from scheduler.web.request_log import tell
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FORM
from scheduler.web.showing.not_whole_yet import not_whole_yet
from scheduler.web.showing.subject_view import event_in_names

router = APIRouter(route_class=GuardedRoute)

MEANWHILE = said("Somebody recorded something meanwhile. Nothing of yours is recorded yet: look at it again.")
NONE_TICKED = said("Nothing is ticked. Nothing was recorded.")
REFUSED = said("Some of it cannot be recorded. Go back, and leave it out here.")


@router.get("/today/done")
def ask(visit: Visiting) -> Response:
    """The visits of the day, all ticked. What needs an amount is listed apart, and is not among them."""
    work = work_of(visit, PATIENCE)
    if work.missing:
        return not_whole_yet(visit, said("Today's visits were done"), work.told, work.missing)
    plain, others = _today(visit)
    return _form(visit, plain, others, {row.name for row in plain})


@router.post("/today/done/preview")
def look(visit: Visiting) -> Response:
    """What would change for each patient. Nothing is recorded."""
    plain, others = _today(visit)
    if "edit" in visit.form:
        return _form(visit, plain, others, set(visit.form.get("visit", "").splitlines()))
    return _preview(visit, plain, others)


@router.post("/today/done/record")
def record(visit: Visiting) -> Response:
    """Record all that is ticked, or nothing."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _record(visit, sent))


def _record(visit: Visit, sent: Sent | None) -> Response:
    plain, others = _today(visit)
    days = ticked(plain, visit.form)
    seen = [whole_number(each.seen) for each in days]
    if is_gone(plain, visit.form) or any(
        length is not None and length != each.shown.log.length for each, length in zip(days, seen, strict=True)
    ):
        return _preview(visit, plain, others, MEANWHILE, 409)
    if not days or None in seen:
        return _preview(visit, plain, others)
    found = [(each, preview(visit, each.shown, each.events)) for each in days]
    if any(look.refused for _, look in found):
        return _preview(visit, plain, others, REFUSED, 422)
    asked = [each for each in found if not each[1].asking.lets_pass(each[0].confirm or None)]
    if asked:
        anew = any(look.asking.is_of_another_list(each.confirm or None) for each, look in asked)
        return _preview(visit, plain, others, ASKED_ANEW if anew else SAY_WHY, 409 if anew else 422)

    def done(records: Sequence[Record]) -> Answer:
        return redirect(f"/?recorded={name_of(records)}")

    server = visit.server
    act = Act(visit.who.who, server.clock.now(), None, None)
    parts = [Follows(each.shown.subject.subject, each.events, each.shown.log.length) for each in days]
    try:
        records = record_together(server.store, server.patients.study(), parts, act=act, once=kept(sent, done))
    except Conflict:
        return _preview(visit, *_today(visit), MEANWHILE, 409)
    except Refused:
        return _preview(visit, plain, others, REFUSED, 422)
    tell("recorded", kind=f"{len(records)} visits of a day")
    return done(records).as_response()


def _today(visit: Visit) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The visits of the day. Raises Problem while not all patients are computed: one that is left out would be missed."""
    work = work_of(visit, FOR_A_FORM)
    if work.missing:
        raise not_ready()
    shown = {each.subject.subject: each for each in work.shown}
    return plain_visits((line for line in work.list.due if line.date == work.list.on and line.entry), shown)


def _form(
    visit: Visit, plain: Sequence[Row], others: Sequence[Row], names: set[str], wrong: Said | None = None
) -> Response:
    return visit.page(
        "done_today.html", status=422 if wrong else 200, plain=plain, others=others, ticked=names, wrong=wrong
    )


def _preview(
    visit: Visit, plain: Sequence[Row], others: Sequence[Row], wrong: Said | None = None, status: int = 200
) -> Response:
    days = ticked(plain, visit.form)
    if not days:
        return _form(visit, plain, others, {row.name for row in plain}, wrong or NONE_TICKED)
    told = [_told(visit, each) for each in days]
    refused = any(look.refused for _, look, _ in told)
    return visit.page(
        "done_today_preview.html",
        status=422 if refused and status == 200 else status,
        told=told,
        refused=refused,
        wrong=wrong or (REFUSED if refused else None),
    )


def _told(visit: Visit, day: DayOf) -> tuple[DayOf, Preview, list[tuple[Row, Said, bool]]]:
    look = preview(visit, day.shown, day.events)
    asked = {each.index for each in look.asking.asked}
    rows = [
        (row, event_in_names(day.shown, event, look.names), index in asked)
        for index, (row, event) in enumerate(zip(day.rows, day.events, strict=True))
    ]
    return day, look, rows
