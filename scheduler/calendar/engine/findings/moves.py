"""What a person has to look at when a patient was moved to another version: approval at the site, consent, who may move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Consented
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.version import Moving
from scheduler.said import Code, Said, said


def findings_of_moves(ev: Evaluation) -> Iterator[Finding]:
    """A move before the site's approval, without the consent that the version asks for, or of patients who were to stay."""
    plans = (*(earlier.plan for earlier in ev.plan.earlier[1:]), ev.plan)
    for earlier, newer in zip(ev.plan.earlier, plans, strict=True):
        day = date.fromordinal(earlier.until)
        for code, message, hint in _faults(ev, newer, day):
            yield Finding.of(code, Severity.WARNING, message, hint, None, None, earlier.moved)


def _faults(ev: Evaluation, newer: Plan, moved: date) -> Iterator[tuple[str, Said, Said]]:
    version, approved = newer.version, ev.site.approved.get(newer.version)
    if ev.site.approved and approved is None:
        yield (
            "version-not-approved",
            said("the site has not approved version {version}", version=Code(version)),
            said("record the approval in the site's file"),
        )
    elif approved is not None and moved < approved:
        message = said(
            "the patient moved to version {version} before the site's approval on {approved}",
            version=Code(version),
            approved=Code(f"{approved}"),
        )
        yield "moved-before-approval", message, said("correct one of the dates")
    says = newer.amendment
    if says is None:
        return
    if says.patients is Moving.STAY:
        yield (
            "moved-but-stays",
            said("version {version} says that patients under way stay as they are", version=Code(version)),
            said("strike the move"),
        )
    if says.consent_again and not _consented_again(ev, moved):
        message = said(
            "version {version} asks for a new consent, and none is recorded before the move", version=Code(version)
        )
        yield "no-new-consent", message, said("record 'consented' with its date")


def _consented_again(ev: Evaluation, moved: date) -> bool:
    """A consent after the first dose, or after randomisation where nothing was given yet, and up to the day of the move."""
    began = ev.course.first_dose or ev.course.dates.get("randomisation")
    after = began.event.on if began is not None else date.min
    return any(after < fact.event.on <= moved for fact in ev.course.of(Consented))
