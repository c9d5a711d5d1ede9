"""Fewest trips of several patients: planned together, and all of it booked in one transaction or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from scheduler.bundling.extra import missing_extra
from scheduler.bundling.shape import tell_bundle
from scheduler.findings import Finding, Severity
from scheduler.patient.events.fields import Text
from scheduler.store.checked_recording import NUMBER, Follows, record_together
from scheduler.store.values import Act, Record
from scheduler.web.api.answers import answer
from scheduler.web.api.bodies import BodyOf, Key, said_in
from scheduler.web.api.problems import Told, as_bytes, moved_on, not_understood
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.trips import BookedOf, BookedTogether, TripsTogether
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.pages.trips.several_patients import (
    MOST,
    Question,
    mistake_in,
    proposal_for,
    question_of,
    told_of,
)
from scheduler.web.problems import Problem, not_found
from scheduler.web.recording.asking import asked_about
from scheduler.web.recording.once import Answer, Sent, kept, once, sent_by_program
from scheduler.web.request_log import tell
from scheduler.written import IsoDate, Written

router = router_for("lists")

Number = Annotated[str, Field(max_length=40, pattern=f"^{NUMBER}$")]
Length = Annotated[int, Field(ge=0, le=2**53 - 1)]


class TripsAccepted(Written):
    """A proposal for several patients that is accepted whole, by what GET /api/agenda/fewest-trips told of it."""

    site: Annotated[Text | None, Field(examples=["Shanghai"])] = None
    """The site; null in a study without sites."""
    until: Annotated[IsoDate, Field(examples=["2026-08-13"])]
    """The last day whose trips count."""
    logs: Annotated[dict[Number, Length], Field(min_length=1, max_length=MOST, examples=[{"EXP-003": 12}])]
    """How many events the log of each patient who was chosen had."""
    confirm: Annotated[str, Field(max_length=64, pattern="^[0-9a-f]{64}$", examples=["9f86d081884c7d65" * 4])]
    """The digest of the appointments that were looked at."""


@router.get("/agenda/fewest-trips", response_model=TripsTogether)
def look(
    visit: Visiting,
    subject: Annotated[
        list[str],
        Query(
            description="Whom to plan for: the numbers of patients of the site who have a trip in this time.",
            min_length=1,
            max_length=MOST,
            examples=[["EXP-003", "EXP-004"]],
        ),
    ],
    site: Annotated[str | None, Query(description="The site; the first that you may see without it.")] = None,
    until: Annotated[
        IsoDate | None,
        Query(description="The last day; without it, the Sunday of the week of tomorrow.", examples=["2026-08-13"]),
    ] = None,
) -> Response:
    """Dates inside their windows with which patients of a site come as seldom as possible, planned together.

    Nobody else of the site moves: their visits take room where it is limited. Nothing is recorded. To accept it whole, send
    ``site``, ``until``, ``logs`` and ``confirm`` as they stand here to POST /api/agenda/fewest-trips.
    """
    question = _question(visit, site, until.isoformat() if until is not None else "", subject)
    found = proposal_for(visit, question)
    return answer(
        TripsTogether(
            site=question.site_name,
            logs={each.subject.subject: each.log.length for each in question.chosen},
            confirm=told_of(found) if any(plan.events for plan in found.patients) else None,
            plan=tell_bundle(found),
        )
    )


@router.post("/agenda/fewest-trips", status_code=201, response_model=BookedTogether)
def book(visit: Visiting, body: Annotated[TripsAccepted, Depends(BodyOf(TripsAccepted))], key: Key = None) -> Response:
    """Book a proposal for several patients that was looked at: all of it, or nothing."""
    sent = sent_by_program(visit, key, said_in(body))
    return once(visit, sent, lambda: _book(visit, body, sent))


def _book(visit: Visit, body: TripsAccepted, sent: Sent | None) -> Response:
    question = _question(visit, body.site, body.until.isoformat(), body.logs)
    for each in question.chosen:
        if body.logs[each.subject.subject] != each.log.length:
            raise moved_on(409, each.log.length)
    found = proposal_for(visit, question)
    plans = [(shown, plan) for shown, plan in zip(question.chosen, found.patients, strict=True) if plan.events]
    if not plans or told_of(found) != body.confirm:
        text = (
            "Nothing was recorded. Another plan is proposed now than what 'confirm' is the digest of: look at it again."
        )
        raise Told(409, "another-plan", "Another plan is proposed", text)
    for shown, plan in plans:
        asking = asked_about(visit, shown, plan.events)
        if not asking.lets_pass(None):
            text = (
                f"Nothing was recorded. Send the appointments of {shown.subject.subject} to be recorded by themselves, with the "
                "reason in the field that 'answer' names, and plan for the others without this one."
            )
            raise Told(409, "asked", "Something is asked first", text, asking=asking)

    def told(records: Sequence[Record]) -> Answer:
        return Answer(201, as_bytes(BookedTogether(booked=tuple(_booked(records)))).decode())

    server = visit.server
    parts = [Follows(shown.subject.subject, plan.events, shown.log.length) for shown, plan in plans]
    act = Act(visit.who.who, server.clock.now(), None, None)
    records = record_together(server.store, server.patients.study(), parts, act=act, once=kept(sent, told))
    tell("recorded", kind=f"{len(records)} of a plan")
    return told(records).as_response()


def _booked(records: Sequence[Record]) -> Iterator[BookedOf]:
    for subject in dict.fromkeys(record.subject for record in records if record.subject is not None):
        numbers = [record.event for record in records if record.subject == subject and record.event is not None]
        yield BookedOf(subject=subject, numbers=tuple(numbers), events=max(numbers))


def _question(visit: Visit, site: str | None, until: str, names: Iterable[str]) -> Question:
    """What is asked. Raises Problem for what cannot be planned, with everything that is wrong."""
    named = tuple(dict.fromkeys(names))
    question = question_of(visit, site, None, until, named)
    if site is not None and question.site_name != site:
        raise not_found()
    findings = tuple(_findings(question, named))
    if findings:
        raise not_understood(findings)
    missing = missing_extra()
    if missing is not None:
        raise Problem(501, missing.code, missing.message, missing.hint or "")
    return question


def _findings(question: Question, names: Sequence[str]) -> Iterator[Finding]:
    if question.until is None:
        message = "that day cannot be the last one"
        yield Finding("wrong-last-day", Severity.ERROR, message, "ask for a day within half a year from today")
        return
    there = {each.subject.subject for each in question.there}
    for name in names:
        if name not in there:
            message = f"'{name}' has no trip planned in this time, or is not a patient of this site"
            yield Finding("not-there", Severity.ERROR, message, "leave the number out")
    mistake = mistake_in(replace(question, gone=False))
    if mistake is not None:
        yield Finding("too-many", Severity.ERROR, f"{len(question.chosen)} patients are too many", str(mistake))
