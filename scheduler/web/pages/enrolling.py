"""Taking a patient into the study, with what is known on that day: consent, screening, randomisation, the first dose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Event, parse_event
from scheduler.patient.log import Log
from scheduler.source import Data
from scheduler.store.recording import checked, record_events
from scheduler.store.values import Act, Enrolment
from scheduler.web.guard import GuardedRoute, Visit, Visiting
from scheduler.web.rendering import address
from scheduler.web.request_log import tell

router = APIRouter(route_class=GuardedRoute)

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_DATES = ("consented", "screened", "randomised", "first dose planned")


@router.get("/enrol")
def ask(visit: Visiting) -> Response:
    """The form."""
    return _page(visit, {})


@router.post("/enrol")
def enrol(visit: Visiting) -> Response:
    """The patient is in the study, with the events that were given; or nothing is recorded, and all that is wrong is said."""
    server, form = visit.server, visit.form
    study = server.patients.study()
    findings = list(_findings(visit, form))
    digest = study.newest.digest
    events: list[Event] = []
    try:
        events = [parse_event(record) for record in _records(form)]
        checked(study, digest, Log(), events)
    except (InvalidText, Refused) as error:
        findings += error.findings
    if findings:
        return _page(visit, form, findings)
    subject = form["subject"].strip()
    act = Act(visit.who.who, server.clock.now())
    try:
        server.store.enrol(Enrolment(subject, form["site"], digest), act)
        if events:
            record_events(server.store, study, subject, events, seen=0, act=act)
    except Refused as error:
        return _page(visit, form, error.findings)
    tell("enrolled")
    return RedirectResponse(address("subjects", subject), 303)


def _findings(visit: Visit, form: Mapping[str, str]) -> Iterator[Finding]:
    number = form.get("subject", "").strip()
    if not _NUMBER.fullmatch(number):
        hint = "letters, digits, hyphens and points, at most 40, such as EXP-007; never a name or initials"
        yield Finding("bad-subject", Severity.ERROR, "this is no number of a subject", hint)
    elif visit.server.store.subject(number) is not None:
        yield Finding("subject-there", Severity.ERROR, f"there is a patient {number} already", "give the next number")
    if form.get("site", "") not in sites_of(visit):
        yield Finding("no-site", Severity.ERROR, "the site is missing", "choose where the patient comes")
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


def sites_of(visit: Visit) -> list[str]:
    """The sites whose patients this person may see."""
    return [site.name for site in visit.server.patients.study().sites if visit.who.account.may_see(site.name)]


def _page(visit: Visit, form: Mapping[str, str], findings: list[Finding] | tuple[Finding, ...] = ()) -> Response:
    study = visit.server.patients.study()
    sites = sites_of(visit)
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
