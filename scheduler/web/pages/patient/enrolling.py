"""Taking a patient into the study, with what is known on that day: consent, screening, randomisation, the first dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fastapi import APIRouter
from starlette.responses import Response

from scheduler.errors import InvalidText, Refused
from scheduler.findings import Finding, Severity
from scheduler.patient.events import parse_event
from scheduler.said import Said, said
from scheduler.source.node import Data
from scheduler.web.guards.requests import GuardedRoute, Visit, Visiting
from scheduler.web.recording.asking import ASKED_ANEW, SAY_WHY, Asking, asked_at_enrolment, findings_of
from scheduler.web.recording.enrolment import next_numbers, take_in, what_is_wrong
from scheduler.web.recording.once import Sent, kept, once, redirect, sent_by_form
from scheduler.web.showing.rendering import address

router = APIRouter(route_class=GuardedRoute)

_DATES = ("consented", "screened", "randomised", "first dose planned")


@router.get("/enrol")
def ask(visit: Visiting) -> Response:
    """The form. Where the patients have numbers of one series, the next of it is there already."""
    numbers = next_numbers(visit)
    return _page(visit, {"subject": numbers[0]} if len(numbers) == 1 else {})


@router.post("/enrol")
def enrol(visit: Visiting) -> Response:
    """The patient is in the study, with the events that were given; or nothing is recorded, and all that is wrong is said."""
    sent = sent_by_form(visit)
    return once(visit, sent, lambda: _enrol(visit, visit.form, sent))


def _enrol(visit: Visit, form: Mapping[str, str], sent: Sent | None) -> Response:
    subject, site = form.get("subject", "").strip(), form.get("site", "")
    findings = [*what_is_wrong(visit, subject, site), *_findings(form)]
    done = redirect(address("subjects", subject))
    try:
        events = [parse_event(record) for record in _records(form)]
    except InvalidText as error:
        return _page(visit, form, [*findings, *error.findings])
    asking, confirm = asked_at_enrolment(visit, site, events), form.get("confirm") or None
    findings += findings_of(asking.refused)
    if findings:
        return _page(visit, form, findings, asking)
    if not asking.lets_pass(confirm):
        anew = asking.is_of_another_list(confirm)
        return _page(visit, form, asking=asking, wrong=ASKED_ANEW if anew else SAY_WHY, status=409 if anew else 422)
    try:
        take_in(visit, subject, site, events, kept(sent, lambda _: done))
    except Refused as error:
        return _page(visit, form, error.findings)
    return done.as_response()


def _findings(form: Mapping[str, str]) -> Iterator[Finding]:
    if bool(form.get("randomised")) != bool(form.get("arm")):
        message = said("randomisation needs both its date and its arm")
        yield Finding.of("half-randomised", Severity.ERROR, message, said("give both, or neither and record it later"))


def _records(form: Mapping[str, str]) -> Iterator[dict[str, Data]]:
    for kind in _DATES:
        day = form.get(kind.replace(" ", "_"), "").strip()
        if not day or (kind == "randomised" and not form.get("arm")):
            continue
        why = form.get(_why(kind), "").strip()
        record: dict[str, Data] = {"on": day, "event": kind}
        if why:
            record["confirmed"] = why
        if kind == "first dose planned":
            yield record | {"on": form.get("randomised") or day, "to": day}
        elif kind == "randomised":
            yield record | {"arm": form["arm"]}
        else:
            yield record


def _why(kind: str) -> str:
    """The name of the field that asks why an event stands."""
    return f"why_{kind.replace(' ', '_')}"


def _reasons(asking: Asking | None) -> tuple[tuple[str, Said], ...]:
    """The fields that ask why, each with its words. An order that is asked about is not recorded here: it is signed."""
    asked = {each.index for each in asking.asked if each.answer == "confirmed"} if asking is not None else ()
    events = [asking.events[index] for index in sorted(asked)] if asking is not None else []
    return tuple(
        (_why(each.event), said("{what}: why?", what=Said(each.kind.label, (), None, "event"))) for each in events
    )


def _page(
    visit: Visit,
    form: Mapping[str, str],
    findings: Sequence[Finding] = (),
    asking: Asking | None = None,
    wrong: Said | None = None,
    status: int | None = None,
) -> Response:
    study = visit.server.patients.study()
    sites = visit.sites()
    zone = next((site.zone for site in study.sites if site.name in sites), "UTC")
    return visit.page(
        "enrol.html",
        status=status or (422 if findings else 200),
        wrong=wrong,
        asking=asking,
        reasons=_reasons(asking),
        unsigned=asking is not None and any(each.answer == "override" for each in asking.asked),
        form=form,
        findings=findings,
        sites=sites,
        arms=tuple(study.newest.arms.items()),
        version=study.newest.version,
        today=visit.server.clock.today(zone),
        numbers=next_numbers(visit),
    )
