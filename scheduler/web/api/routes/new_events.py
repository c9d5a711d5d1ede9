"""Recording: what would change, and then the event itself, never over what somebody else recorded meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from pydantic import AfterValidator, Field
from starlette.responses import Response

from scheduler.findings import Finding, Severity
from scheduler.patient.events import AnyEvent, Event, Struck, parse_event
from scheduler.patient.events.fields import Text
from scheduler.store.checked_recording import NUMBER, record_events
from scheduler.store.values import Act, Record
from scheduler.views.shapes.change import tell_changes
from scheduler.views.shapes.finding import tell_findings
from scheduler.views.shapes.question import tell_questions
from scheduler.web.api.answers import Known, answer, in_header, known, seen_length, tag_of
from scheduler.web.api.bodies import BodyOf, Key, said_in
from scheduler.web.api.problems import (
    as_bytes,
    asked_first,
    one_wrong,
    refused,
    refused_when_asked,
    wrong_password,
)
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.calendar import Preview
from scheduler.web.api.shapes.subjects import Recorded
from scheduler.web.guards.requests import Visit, Visiting
from scheduler.web.guards.roles import may_record, needs_signature
from scheduler.web.patients import Shown
from scheduler.web.problems import Problem, not_allowed, not_found
from scheduler.web.recording.asking import Asking, asked_about, asked_at_enrolment
from scheduler.web.recording.authority import refuse_to_others, signature_on, what_decides
from scheduler.web.recording.enrolment import take_in, what_is_wrong
from scheduler.web.recording.event_entry import what_it_is_about
from scheduler.web.recording.once import Answer, Sent, kept, once, sent_by_program
from scheduler.web.recording.preview import preview
from scheduler.web.request_log import tell
from scheduler.web.showing.rendering import address
from scheduler.web.showing.subject_view import proposals_of
from scheduler.written import IsoDate, Written, fault

router = router_for("recording")

_HELD = {"on": "2026-05-21", "event": "held", "treatment": "regorafenib", "reason": "AE 2", "by": "Dr Example"}


def _not_nothing(events: tuple[Event, ...]) -> tuple[Event, ...]:
    if not events:
        raise fault("no-event", "there is no event", hint="write what happened")
    return events


# Not min_length, which pydantic also misses where an event is wrong.
Events = Annotated[
    tuple[AnyEvent, ...],
    Field(max_length=200, examples=[[_HELD]], json_schema_extra={"minItems": 1}),
    AfterValidator(_not_nothing),
]
Seen = Annotated[int | None, Field(ge=0, examples=[12])]
Confirm = Annotated[str | None, Field(max_length=64, pattern="^[0-9a-f]{64}$", examples=["9f86d081884c7d65" * 4])]
Password = Annotated[str | None, Field(max_length=200)]


class Happened(Written):
    """What might happen to a patient."""

    events: Events
    """The events, as a case file has them."""


class NewEvents(Happened):
    """What happened to a patient: all of it is recorded, or nothing."""

    seen: Seen = None
    """How many events the log had when it was looked at. Or send the subject's ETag as If-Match."""
    confirm: Confirm = None
    """The digest of the questions that were read, where something was asked; each has its reason in its event."""
    password: Password = None
    """The password again, where an order is signed. What is signed is sent alone."""


class Enrolled(Written):
    """A new patient, with what is known: all of it is recorded, or nothing."""

    subject: Annotated[str, Field(max_length=40, pattern=f"^{NUMBER}$", examples=["EXP-007"])]
    """The number in the study: letters, digits, hyphens and points; never a name or initials."""
    site: Annotated[Text, Field(examples=["Shanghai"])]
    """Where the patient comes."""
    events: Annotated[tuple[AnyEvent, ...], Field(max_length=200)] = ()
    """What happened so far, such as consent, screening and randomisation."""
    confirm: Confirm = None
    """The digest of the questions that were read, where something was asked; each has its reason in its event."""


class Decision(Written):
    """What an investigator decides about a proposal. The password is given again: it is a signature."""

    action: Annotated[Text, Field(examples=["hold", "1"])]
    """One of the proposal's options, by its words or its number."""
    on: Annotated[IsoDate, Field(examples=["2026-05-21"])]
    """The day of the decision, from which it takes effect."""
    reason: Text | None = None
    """Why, above all where it is not what the protocol proposes."""
    by: Text | None = None
    """Who decided, where that is somebody else than who records it."""
    today_taken: bool = False
    """The dose of that day was taken already."""
    override: Text | None = None
    """Why it stands, where it was asked about."""
    confirm: Confirm = None
    """The digest of the questions that were read, where something was asked."""
    seen: Seen = None
    """How many events the log had when it was looked at. Or send the subject's ETag as If-Match."""
    password: Annotated[str, Field(max_length=200)]
    """The password again."""


@router.post("/subjects", status_code=201, response_model=Recorded)
def enrol(visit: Visiting, body: Annotated[Enrolled, Depends(BodyOf(Enrolled))], key: Key = None) -> Response:
    """Take a patient into the study, with what is known: all of it is recorded, or nothing."""
    sent = sent_by_program(visit, key, said_in(body))
    return once(visit, sent, lambda: _enrol(visit, body, sent))


def _enrol(visit: Visit, body: Enrolled, sent: Sent | None) -> Response:
    for event in body.events:
        _refuse_signed_at_once(visit, event)
    wrong = tuple(what_is_wrong(visit, body.subject, body.site))
    asking = asked_at_enrolment(visit, body.site, body.events)
    _ask_first(asking, body.confirm, wrong)
    study = visit.server.store.of_the_study()

    def told(records: Sequence[Record]) -> Answer:
        headers = {"Location": f"/api{address('subjects', body.subject)}"}
        return _recorded(body.subject, study, records, asking, headers)

    return told(take_in(visit, body.subject, body.site, body.events, kept(sent, told))).as_response()


def _refuse_signed_at_once(visit: Visit, event: Event) -> None:
    """At enrolment nothing stands that could be corrected, and nothing is signed."""
    if isinstance(event, Struck):
        return
    about = what_it_is_about(event)
    if not may_record(visit.who.account.role, *about):
        raise not_allowed()
    if needs_signature(*about):
        raise one_wrong("sign-alone", "an order that is signed cannot come with the enrolment", "record it by itself")


@router.post("/subjects/{subject}/preview", response_model=Preview)
def look(visit: Visiting, subject: str, body: Annotated[Happened, Depends(BodyOf(Happened))]) -> Response:
    """What these events would change. Nothing is recorded."""
    one = known(visit, subject)
    signs = _may(visit, one.shown, body.events)
    found = preview(visit, one.shown, body.events)
    with suppress(Problem):  # a reason that only an investigator may give is signed
        signs = _may(visit, one.shown, found.asking.events)
    told = Preview.taken_from(
        found,
        events=one.shown.log.length,
        changes=tell_changes(found.changes),
        raised=tuple(map(str, found.raised)),
        signs=signs,
        findings=tell_findings(found.refused),
        questions=tell_questions(found.asking.questions),
        digest=found.asking.digest,
    )
    return answer(told, tag=one.tag)


@router.post("/subjects/{subject}/events", status_code=201, response_model=Recorded)
def record(
    visit: Visiting, subject: str, body: Annotated[NewEvents, Depends(BodyOf(NewEvents))], key: Key = None
) -> Response:
    """Record events, all or none. Say which log you saw; if somebody recorded something since, nothing is recorded."""
    one, sent = known(visit, subject), sent_by_program(visit, key, said_in(body))
    return once(visit, sent, lambda: _record(visit, one, body.events, body, sent))


@router.post(
    "/subjects/{subject}/proposals/{proposal}/decide",
    status_code=201,
    response_model=Recorded,
)
def decide(
    visit: Visiting, subject: str, proposal: str, body: Annotated[Decision, Depends(BodyOf(Decision))], key: Key = None
) -> Response:
    """Decide about an open proposal, and sign it."""
    one, sent = known(visit, subject), sent_by_program(visit, key, said_in(body))
    return once(visit, sent, lambda: _decide(visit, one, proposal, body, sent))


def _decide(visit: Visit, one: Known, proposal: str, body: Decision, sent: Sent | None) -> Response:
    today = visit.server.clock.today(one.shown.site.zone)
    stands = visit.server.patients.once(one.shown, ("proposals", today), lambda: proposals_of(one.shown, today))
    if not any(each.proposal.id == proposal and each.proposal.is_open for each in stands):
        raise not_found()
    said = {"event": "decided", "proposal": proposal, "on": body.on.isoformat(), "action": body.action}
    more = {"reason": body.reason, "by": body.by, "today_taken": body.today_taken or None, "override": body.override}
    event = parse_event({**said, **{key: value for key, value in more.items() if value is not None}})
    return _record(visit, one, [event], body, sent)


def _record(
    visit: Visit, one: Known, events: Sequence[Event], said: NewEvents | Decision, sent: Sent | None
) -> Response:
    server, number = visit.server, one.shown.subject.subject
    signs = _may(visit, one.shown, events)
    if signs and len(events) > 1:
        raise one_wrong(
            "sign-alone", "an order that is signed is sent alone", "send the other events before or after it"
        )
    events = [_signed_by(visit, event) for event in events]
    length = seen_length(visit.request, one, said.seen)
    inside = "events" if isinstance(said, NewEvents) else None
    asking = asked_about(visit, one.shown, events)
    _ask_first(asking, said.confirm, inside=inside)
    if signs and not server.signing_in.signs(visit.who, said.password or ""):
        raise wrong_password()
    act = Act(visit.who.who, server.clock.now(), signed=signs[0] if signs else None)

    def told(records: Sequence[Record]) -> Answer:
        return _recorded(number, one.study, records, asking)

    records = record_events(
        server.store, server.patients.study(), number, events, seen=length, act=act, once=kept(sent, told)
    )
    for event in events:
        tell("recorded", kind=event.event)
    return told(records).as_response()


def _signed_by(visit: Visit, event: Event) -> Event:
    """Whose signature stands under an order is who gave it, whatever else was sent."""
    return event.model_copy(update={"by": visit.who.account.name}) if needs_signature(event.kind) else event


def _ask_first(
    asking: Asking, confirm: str | None, wrong: Sequence[Finding] = (), inside: str | None = "events"
) -> None:
    """Raises Problem for what no reason lets stand, and for what is asked and was not answered, or not seen."""
    if wrong or asking.refused:
        raise refused_when_asked(asking, wrong, inside=inside)
    if not asking.lets_pass(confirm):
        raise asked_first(asking, confirm)


def _may(visit: Visit, shown: Shown, events: Sequence[Event]) -> tuple[str, ...]:
    """What a signature under these events means. Raises Problem for what this person may not record."""
    signs = []
    for event in events:
        if what_decides(shown, event) is None:
            message = "the event that it is about is not in force, or says nothing itself"
            raise refused([Finding("not-in-force", Severity.ERROR, message, "correct or strike the latest one")])
        refuse_to_others(visit.who.account.role, shown, event)
        meaning = signature_on(shown, event)
        signs += [meaning] if meaning is not None else []
        shown = replace(shown, log=shown.log.append_unchecked(event))
    return tuple(signs)


def _recorded(
    subject: str, study: int, records: Sequence[Record], asking: Asking, headers: Mapping[str, str] | None = None
) -> Answer:
    numbers = tuple(record.event for record in records if record.event is not None)
    questions = tell_questions(asking.questions)
    told = Recorded(subject=subject, numbers=numbers, events=max(numbers, default=0), questions=questions)
    return Answer(201, as_bytes(told).decode(), {**(headers or {}), **in_header(tag_of(told.events, study))})
