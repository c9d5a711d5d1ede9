"""Patients: the list, one with the calendar, why an entry stands where it stands, and what was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from scheduler.bundling.extra import missing_extra
from scheduler.bundling.shape import FewestTrips, tell_bundle
from scheduler.calendar.engine.proposals.on_a_day import calendar_on, hangs_on_the_day
from scheduler.calendar.entries.entry import Calendar as Computed
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling import explanation
from scheduler.calendar.telling.explain import explain
from scheduler.exports.json import calendar_as_json
from scheduler.patient.events import dump_event
from scheduler.store.values import Record
from scheduler.views.reasons import reasons_of
from scheduler.views.shapes.calendar import Calendar, tell_calendar
from scheduler.views.shapes.change import tell_changes
from scheduler.views.shapes.proposal import tell_option, tell_proposal
from scheduler.web.api.answers import answer, has_already, known, tag_of_all, today_of, unchanged
from scheduler.web.api.paging import AfterSubject, LimitSubjects, patients_paged
from scheduler.web.api.problems import one_wrong
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.calendar import Consequence, Explanation, OpenProposal, Proposals, Sentence
from scheduler.web.api.shapes.subjects import History, RecordedEvent, Subject, Subjects
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.pages.subjects import SubjectRow, row_of
from scheduler.web.patients import Shown
from scheduler.web.problems import Problem, not_ready
from scheduler.web.recording.fewest_trips import FARTHEST, WEEKS, fewest_trips
from scheduler.web.showing.downloads import PATIENCE
from scheduler.web.showing.subject_view import Proposed, Told, history_of, proposals_of
from scheduler.written import IsoDate

router = router_for("subjects")

_LONGEST = timedelta(days=3653)

Until = Annotated[
    IsoDate | None,
    Query(description="The last day; without it, the protocol's own horizon.", examples=["2026-06-30"]),
]


@router.get("/subjects", response_model=Subjects)
def subjects(
    visit: Visiting,
    q: Annotated[str, Query(description="Only numbers that hold these letters.", max_length=60)] = "",
    after: AfterSubject = "",
    limit: LimitSubjects = None,
) -> Response:
    """All patients that this account may see, with what a coordinator asks first of each; with ``limit`` page by page."""
    today = today_of(visit)
    tag = tag_of_all(visit, "subjects", q, today, after, limit)
    if has_already(visit.request, tag):
        return unchanged(tag)
    wanted = q.strip().casefold()
    mine = [each for each in visit.subjects() if wanted in each.subject.casefold()]
    page = patients_paged(mine, after, limit)
    rows = tuple(_row(visit, each) for each in all_of(visit, page.items))
    told = Subjects(study=visit.server.patients.study().newest.study, on=today, subjects=rows)
    return page.with_link(visit, answer(told, tag=tag))


def all_of(visit: Visit, mine: Any) -> list[Shown]:
    """These patients, computed. Raises Problem while it takes too long: a list that leaves one out is worse than none."""
    shown, missing = visit.server.patients.some(mine, PATIENCE)
    if missing:
        raise not_ready()
    return shown


def _row(visit: Visit, shown: Shown) -> SubjectRow:
    today = visit.server.clock.today(shown.site.zone)
    return visit.server.patients.once(shown, ("row", today), lambda: row_of(shown, today))


@router.get("/subjects/{subject}", response_model=Subject)
def one(visit: Visiting, subject: str) -> Response:
    """One patient with the calendar. Its ETag says which log was seen: send it as If-Match when you record."""
    found = known(visit, subject)
    shown, by_day = found.shown, hangs_on_the_day(found.shown.patient.calendar)
    if has_already(visit.request, found.tag) and not by_day:
        return unchanged(found.tag)
    own = _by_orders_so_far(visit, shown, shown.patient.calendar)
    day = visit.server.clock.today(shown.site.zone) if by_day else None
    told = visit.server.patients.once(shown, ("calendar as told", day), lambda: tell_calendar(own, reasons_of(own)))
    one = Subject.taken_from(shown.subject, zone=shown.site.zone, events=shown.log.length, calendar=told)
    return answer(one, tag=found.tag)


@router.get("/subjects/{subject}/calendar", response_model=Calendar)
def calendar(visit: Visiting, subject: str, until: Until = None) -> Response:
    """The calendar alone, byte for byte what ``scheduler show --format json`` writes."""
    found = known(visit, subject)
    shown = found.shown
    own = shown.patient.calendar
    if has_already(visit.request, found.tag) and not hangs_on_the_day(own):
        return unchanged(found.tag)
    if until is not None:
        last = not_too_far(until, visit.server.clock.today(shown.site.zone))
        own = calendar_of(shown.version, shown.site, shown.log, subject=shown.subject.subject, until=last)
    own = _by_orders_so_far(visit, shown, own)
    text = calendar_as_json(own, reasons_of(own))
    return Response(text.encode("utf-8"), headers={"ETag": f'"{found.tag}"'}, media_type="application/json")


def _by_orders_so_far(visit: Visit, shown: Shown, calendar: Computed) -> Computed:
    """The calendar as the log has it; an order whose day is still to come does not bear on the doses before it."""
    return calendar_on(calendar, None, orders_by=visit.server.clock.today(shown.site.zone))


def not_too_far(day: date, today: date) -> date:
    """A day up to which something is computed. Raises Problem for one more than ten years away."""
    if day > today + _LONGEST:
        raise one_wrong("too-far", f"{day} is too far away", "ask for ten years at most")
    return day


@router.get("/subjects/{subject}/explain", response_model=Explanation)
def why(
    visit: Visiting,
    subject: str,
    entry: Annotated[
        str, Query(description="The id of an entry or a proposal.", max_length=200, examples=["toripalimab.2"])
    ],
) -> Response:
    """Why an entry stands where it stands: what set its date, its dose and its status, each with its source."""
    found = known(visit, subject)
    shown = found.shown
    told = explain(_by_orders_so_far(visit, shown, shown.patient.calendar), entry, shown.version, shown.log)
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    return answer(
        Explanation.taken_from(told, lines=_sentences(told.lines), looked_at=_sentences(told.looked_at)), tag=found.tag
    )


def _sentences(told: Iterable[explanation.Told]) -> tuple[Sentence, ...]:
    return tuple(Sentence.taken_from(each) for each in told)


@router.get("/subjects/{subject}/events", response_model=History)
def events(visit: Visiting, subject: str) -> Response:
    """Everything that was recorded about the patient, who recorded it when, and what corrects what."""
    found = known(visit, subject)
    if has_already(visit.request, found.tag):
        return unchanged(found.tag)
    shown = found.shown
    records = {each.event: each for each in visit.server.store.records(subject=shown.subject.subject)}
    history = visit.server.patients.once(shown, "history", lambda: history_of(shown))
    recorded = tuple(_recorded(told, records.get(told.number)) for told in reversed(history))
    return answer(History(subject=shown.subject.subject, events=recorded), tag=found.tag)


def _recorded(told: Told, record: Record | None) -> RecordedEvent:
    return RecordedEvent.taken_from(
        told,
        event=dump_event(told.event),
        words=str(told.words),
        record=record.number if record else None,
        recorded=record.at if record else None,
        who=record.who.name if record else None,
        role=record.who.role if record else None,
        reason=record.reason if record else None,
        signed=record.signed if record else None,
    )


@router.get("/subjects/{subject}/fewest-trips", response_model=FewestTrips)
def trips(
    visit: Visiting,
    subject: str,
    until: Annotated[
        IsoDate | None, Query(description="The last day; without it, twelve weeks from today.", examples=["2026-08-13"])
    ] = None,
) -> Response:
    """Dates inside their windows with which the patient comes as seldom as possible, each with its reason.

    Nothing is recorded. To accept it, send its ``events`` to be recorded, all in one request.
    """
    shown = known(visit, subject).shown
    today = visit.server.clock.today(shown.site.zone)
    last = until or today + WEEKS
    if not today < last <= today + FARTHEST:
        raise one_wrong(
            "wrong-last-day", f"{last} cannot be the last day", "ask for a day within half a year from today"
        )
    missing = missing_extra()
    if missing is not None:
        raise Problem(501, missing.code, missing.message, missing.hint or "")
    return answer(tell_bundle(fewest_trips(visit, shown, last)))


@router.get("/subjects/{subject}/proposals", response_model=Proposals)
def proposals(visit: Visiting, subject: str) -> Response:
    """What the protocol's dose rules propose today, and what each option would change. A person decides."""
    shown = known(visit, subject).shown
    today = visit.server.clock.today(shown.site.zone)
    found = visit.server.patients.once(shown, ("proposals", today), lambda: proposals_of(shown, today))
    return answer(Proposals(proposals=tuple(_proposed(each) for each in found)))


def _proposed(proposed: Proposed) -> OpenProposal:
    options = tuple(
        Consequence.taken_from(tell_option(each.option), changes=tell_changes(each.changes))
        for each in proposed.choices
    )
    return OpenProposal.taken_from(
        tell_proposal(proposed.proposal), options=options, because=tuple(map(str, proposed.because.items))
    )
