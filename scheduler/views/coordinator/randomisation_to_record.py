"""Randomisation after the first dose: asked for at its time, because all that is given afterwards waits for the arm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.calendar.engine.entering.randomisation_due import RANDOMISATION
from scheduler.calendar.engine.findings.randomised import TO_RANDOMISE, ended, lasting_until_randomisation
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient

_AHEAD = timedelta(days=7)


def randomisation_to_record(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """From a week before the first day on which the protocol allows it, until it is recorded or treatment has ended."""
    for pending in patient.calendar.pending:
        planned = pending.not_before
        if pending.id != RANDOMISATION or planned is None or on < (pending.window or (planned,))[0] - _AHEAD:
            continue
        last = pending.window[1] if pending.window is not None else None
        to_do = "; ".join([TO_RANDOMISE, *(_what_lasts(patient, on) if on >= planned else ())])
        if last is not None and on > last:
            to_do = f"its days ended on {last}: {to_do}"
        left = (last - on).days if last is not None else None
        subject = patient.calendar.subject or ""
        yield WorklistLine(subject, None, pending.title, planned, None, pending.window, left, "pending", (), to_do)


def _what_lasts(patient: Patient, on: date) -> Iterator[str]:
    """Until when the run-in is planned. Where randomisation has no last day, as long as nobody is randomised."""
    plan = patient.plan
    due = plan.dates[RANDOMISATION].timing(1) if plan is not None and RANDOMISATION in plan.dates else None
    if plan is None or due is None or due.open_ended:
        return
    for treatment, day in lasting_until_randomisation(plan, patient.calendar.entries):
        yield ended(treatment, day) if day < on else f"{treatment} is planned to {day}"
