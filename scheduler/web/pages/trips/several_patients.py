"""Fewest trips of several patients: planned together up to a week that the agenda shows, and booked together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.bundling import Bundle, PatientPlan
from scheduler.bundling.extra import missing_extra
from scheduler.bundling.telling import in_sentences, kept_in_sentences, stuck_in_sentences
from scheduler.bundling.trips import trips_of
from scheduler.calendar.entries.entry import Status
from scheduler.errors import Conflict, Refused
from scheduler.findings import Finding
from scheduler.said import SHORT_DAY, Day, Said, said
from scheduler.site.site import EVERY_DAY, Site
from scheduler.store.checked_recording import Follows, record_together
from scheduler.store.values import Act, Record, Subject
from scheduler.views.whole_site.spans import Span
from scheduler.views.whole_site.spans import shown as days_of
from scheduler.web.doing.undoing import name_of
from scheduler.web.guards.numbers import whole_number
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.pages.agenda import site_asked
from scheduler.web.pages.worklist import PATIENCE
from scheduler.web.patients import Shown
from scheduler.web.problems import not_ready
from scheduler.web.recording.asking import ASKED_ANEW, asked_about
from scheduler.web.recording.fewest_trips import (
    ANOTHER,
    WRONG_DAY,
    fewest_trips_together,
    has_limited_room,
    last_day,
    plan_told,
)
from scheduler.web.recording.once import Answer, Sent, kept, once, redirect, sent_by_form
from scheduler.web.request_log import tell
from scheduler.web.showing.downloads import PATIENCE as FOR_A_FORM
from scheduler.web.showing.not_whole_yet import not_whole_yet

router = APIRouter(route_class=GuardedRoute)

MOST, NEAR = 120, timedelta(days=14)
"""So many patients are planned together for the next days: measured, 108 take some seconds, and their plan is proven."""
MOST_FARTHER = 30
"""No more where it is looked farther ahead: the search, and who looks at what it proposes, would need too long."""
_GONE = said("Somebody who was chosen has nothing planned any more, or is at another site. Choose again.")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the site, the day whose week the agenda showed, the last day, and whom it is about.

    ``there`` are the patients of the site who have a trip in the period, ``others`` its other patients; ``until`` is None where
    the last day cannot be, and ``gone`` true where somebody is named who is not there.
    """

    site: Site
    today: date
    on: date
    typed: str
    until: date | None
    there: tuple[Shown, ...]
    others: tuple[Shown, ...]
    names: frozenset[str]
    gone: bool

    @property
    def chosen(self) -> tuple[Shown, ...]:
        """The patients who are planned for."""
        return tuple(each for each in self.there if each.subject.subject in self.names)

    @property
    def most(self) -> int:
        """How many are planned together for that long."""
        return MOST if self.until is not None and self.until <= self.today + NEAR else MOST_FARTHER

    @property
    def staying(self) -> tuple[Shown, ...]:
        """All others of the site: their visits only take room."""
        return (*(each for each in self.there if each.subject.subject not in self.names), *self.others)

    @property
    def agenda(self) -> str:
        """The week of the agenda that it began from."""
        site = {"site": self.site_name} if self.site_name is not None else {}
        return f"/agenda?{urlencode({'view': 'week', 'on': str(self.on)} | site)}"

    @property
    def site_name(self) -> str | None:
        """The site's name; None in a study without sites."""
        return self.site.name if self.site is not EVERY_DAY else None


@router.get("/agenda/fewest-trips")
def look(visit: Visiting) -> Response:
    """Who is to be planned together; where somebody is chosen, what is proposed. Nothing is recorded."""
    query = visit.request.query_params
    shown, missing = visit.server.patients.some(_here(visit, site_asked(visit, query.get("site"))), PATIENCE)
    if missing:
        return not_whole_yet(visit, said("Fewest trips of several patients"), len(shown), missing)
    question = question_of(visit, query.get("site"), query.get("on"), query.get("until", ""), query.getlist("subject"))
    return _page(visit, question)


@router.post("/agenda/fewest-trips")
def book(visit: Visiting) -> Response:
    """Book the plan that was looked at, of all patients, or nothing of it."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _book(visit, sent))


def _book(visit: Visit, sent: Sent | None) -> Response:
    form = visit.form
    names = form.get("subject", "").splitlines()
    question = question_of(visit, form.get("site"), form.get("on"), form.get("until", ""), names)
    if mistake_in(question) is not None or not question.chosen or missing_extra() is not None:
        return _page(visit, question)
    found = proposal_for(visit, question)
    plans = [(shown, plan) for shown, plan in zip(question.chosen, found.patients, strict=True) if plan.events]
    seen = all(whole_number(form.get(f"seen {each.subject.subject}")) == each.log.length for each, _ in plans)
    if not plans or not seen or form.get("confirm") != told_of(found):
        return _page(visit, question, ANOTHER, 409)
    if not all(asked_about(visit, shown, plan.events).lets_pass(None) for shown, plan in plans):
        return _page(visit, question, ASKED_ANEW, 409)

    def done(records: Sequence[Record]) -> Answer:
        return redirect(f"{question.agenda}&recorded={name_of(records)}")

    server = visit.server
    act = Act(visit.who.who, server.clock.now(), None, None)
    parts = [Follows(shown.subject.subject, plan.events, shown.log.length) for shown, plan in plans]
    try:
        records = record_together(server.store, server.patients.study(), parts, act=act, once=kept(sent, done))
    except Conflict:
        return _page(visit, question_of(visit, form.get("site"), form.get("on"), question.typed, names), ANOTHER, 409)
    except Refused as error:
        return _page(visit, question, status=422, refused=error.findings)
    tell("recorded", kind=f"{len(records)} of a plan")
    return done(records).as_response()


def question_of(visit: Visit, site: str | None, on: str | None, typed: str, names: Sequence[str]) -> Question:
    """Read what was asked. Raises Problem while not all patients of the site are computed: one left out would take no room."""
    where = site_asked(visit, site)
    today = visit.server.clock.today(where.zone)
    try:
        day = date.fromisoformat(on or str(today))
        sunday = days_of(Span.WEEK, day).last
    except (ValueError, OverflowError):
        day = today
        sunday = days_of(Span.WEEK, day).last
    until = last_day(today, typed, sunday if sunday > today else days_of(Span.WEEK, today + timedelta(days=1)).last)
    found, missing = visit.server.patients.some(_here(visit, where), FOR_A_FORM)
    if missing:
        raise not_ready()
    there = tuple(each for each in found if until is not None and _comes(each, today, until))
    named = frozenset(names)
    known = {each.subject.subject for each in there}
    others = tuple(each for each in found if each.subject.subject not in known)
    return Question(where, today, day, typed, until, there, others, named & known, bool(named - known))


def _here(visit: Visit, where: Site) -> list[Subject]:
    """The patients of that site; all, in a study without sites."""
    study = visit.server.patients.study()
    return [each for each in visit.subjects() if each.site == where.name or not study.sites]


def _comes(shown: Shown, today: date, until: date) -> bool:
    """Whether a patient is to come at all after today and up to a day, as the calendar stands."""
    return any(
        each.status is Status.PLANNED and each.date is not None and today < each.date <= until and trips_of(each)
        for each in shown.patient.calendar.entries
    )


def mistake_in(question: Question) -> Said | None:
    """What stands in the way of planning for what was asked; None where nothing does."""
    if question.until is None:
        return WRONG_DAY
    if question.gone:
        return _GONE
    if len(question.chosen) <= question.most:
        return None
    if question.most == MOST:
        return said("Choose {most} patients or fewer.", most=MOST)
    return said(
        "Choose {most} patients or fewer; up to {day} it may be {more}.",
        most=MOST_FARTHER,
        day=Day(question.today + NEAR, SHORT_DAY),
        more=MOST,
    )


def proposal_for(visit: Visit, question: Question) -> Bundle:
    """The proposal for those who are chosen, at least one, where there is no mistake in what was asked."""
    assert question.until is not None
    return fewest_trips_together(visit, question.chosen, question.staying, question.until)


def told_of(found: Bundle) -> str:
    """Which plan was looked at. Patients are in the order of their numbers."""
    return plan_told([event for plan in found.patients for event in plan.events])


def _page(
    visit: Visit,
    question: Question,
    wrong: Said | None = None,
    status: int = 200,
    refused: Sequence[Finding] = (),
) -> Response:
    """Who may be chosen, and the proposal for those who are; without one where that cannot be, or nothing here can search."""
    missing, mistake = missing_extra(), mistake_in(question)
    found = None
    if missing is None and mistake is None and question.chosen:
        found = proposal_for(visit, question)
    ticked = {each.subject.subject for each in question.chosen or question.there[: question.most]}
    return visit.page(
        "fewest_trips_together.html",
        status=422 if mistake is not None and status == 200 else status,
        asked=question,
        until=question.typed if question.until is None else question.until.isoformat(),
        most=question.most,
        has_room=has_limited_room(question.site),
        ticked=ticked,
        found=found,
        sentences=tuple(in_sentences(found)) if found is not None else (),
        plans=tuple(
            (shown, plan, tuple(stuck_in_sentences(plan)), tuple(kept_in_sentences(plan)))
            for shown, plan in zip(question.chosen, found.patients, strict=True)
        )
        if found is not None
        else (),
        appointments=_appointments(found.patients) if found is not None else 0,
        confirm=told_of(found) if found is not None else "",
        wrong=wrong or mistake,
        refused=(missing,) if missing is not None else tuple(refused),
    )


def _appointments(plans: Sequence[PatientPlan]) -> int:
    return sum(len(each.events) for each in plans)
