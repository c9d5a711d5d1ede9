"""What a person has to look at when a patient was moved to another version: approval at the site, consent, who may move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.findings import Finding, Severity
from scheduler.patient.events import Consented
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.version import Moving


def findings_of_moves(ev: Evaluation) -> Iterator[Finding]:
    """A move before the site's approval, without the consent that the version asks for, or of patients who were to stay."""
    plans = (*(earlier.plan for earlier in ev.plan.earlier[1:]), ev.plan)
    for earlier, newer in zip(ev.plan.earlier, plans, strict=True):
        day = date.fromordinal(earlier.until)
        for code, message, hint in _faults(ev, newer, day):
            yield Finding(code, Severity.WARNING, message, hint, None, None, earlier.moved)


def _faults(ev: Evaluation, newer: Plan, moved: date) -> Iterator[tuple[str, str, str]]:
    version, approved = newer.version, ev.site.approved.get(newer.version)
    if ev.site.approved and approved is None:
        yield (
            "version-not-approved",
            f"the site has not approved version {version}",
            "record the approval in the site's file",
        )
    elif approved is not None and moved < approved:
        message = f"the patient moved to version {version} before the site's approval on {approved}"
        yield "moved-before-approval", message, "correct one of the dates"
    says = newer.amendment
    if says is None:
        return
    if says.patients is Moving.STAY:
        yield "moved-but-stays", f"version {version} says that patients under way stay as they are", "strike the move"
    if says.consent_again and not _consented_again(ev, moved):
        message = f"version {version} asks for a new consent, and none is recorded before the move"
        yield "no-new-consent", message, "record 'consented' with its date"


def _consented_again(ev: Evaluation, moved: date) -> bool:
    """A consent after the first dose, or after randomisation where nothing was given yet, and up to the day of the move."""
    began = ev.course.first_dose or ev.course.dates.get("randomisation")
    after = began.event.on if began is not None else date.min
    return any(after < fact.event.on <= moved for fact in ev.course.of(Consented))
