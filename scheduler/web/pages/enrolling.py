"""Taking a patient into the study, with what is known on that day: consent, screening, randomisation, the first dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Event, parse_event
from scheduler.source.node import Data
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.recording.enrolment import take_in, what_contradicts, what_is_wrong
from scheduler.web.recording.once import Sent, kept, once, redirect, sent_by_form
from scheduler.web.showing.rendering import address

router = APIRouter(route_class=GuardedRoute)

_DATES = ("consented", "screened", "randomised", "first dose planned")


@router.get("/enrol")
def ask(visit: Visiting) -> Response:
    """The form."""
    return _page(visit, {})


@router.post("/enrol")
def enrol(visit: Visiting) -> Response:
    """The patient is in the study, with the events that were given; or nothing is recorded, and all that is wrong is said."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _enrol(visit, visit.form, sent))


def _enrol(visit: Visit, form: Mapping[str, str], sent: Sent | None) -> Response:
    subject, site = form.get("subject", "").strip(), form.get("site", "")
    findings = [*what_is_wrong(visit, subject, site), *_findings(form)]
    events: list[Event] = []
    done = redirect(address("subjects", subject))
    try:
        events = [parse_event(record) for record in _records(form)]
        findings += what_contradicts(visit, events)
    except InvalidText as error:
        findings += error.findings
    if findings:
        return _page(visit, form, findings)
    try:
        take_in(visit, subject, site, events, kept(sent, lambda _: done))
    except Refused as error:
        return _page(visit, form, error.findings)
    return done.as_response()


def _findings(form: Mapping[str, str]) -> Iterator[Finding]:
    if bool(form.get("randomised")) != bool(form.get("arm")):
        message = "randomisation needs both its date and its arm"
        yield Finding("half-randomised", Severity.ERROR, message, "give both, or neither and record it later")


def _records(form: Mapping[str, str]) -> Iterator[dict[str, Data]]:
    for kind in _DATES:
        day = form.get(kind.replace(" ", "_"), "").strip()
        if not day or (kind == "randomised" and not form.get("arm")):
            continue
        if kind == "first dose planned":
            yield {"on": form.get("randomised") or day, "event": kind, "to": day}
        elif kind == "randomised":
            yield {"on": day, "event": kind, "arm": form["arm"]}
        else:
            yield {"on": day, "event": kind}


def _page(visit: Visit, form: Mapping[str, str], findings: list[Finding] | tuple[Finding, ...] = ()) -> Response:
    study = visit.server.patients.study()
    sites = visit.sites()
    zone = next((site.zone for site in study.sites if site.name in sites), "UTC")
    return visit.page(
        "enrol.html",
        status=422 if findings else 200,
        form=form,
        findings=findings,
        sites=sites,
        arms=tuple(study.newest.arms.items()),
        version=study.newest.version,
        today=visit.server.clock.today(zone),
    )
