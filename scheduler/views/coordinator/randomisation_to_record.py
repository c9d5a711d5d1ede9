"""Randomisation after the first dose: asked for at its time, because all that is given afterwards waits for the arm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.calendar.engine.entering.randomisation_due import RANDOMISATION
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient

_AHEAD = timedelta(days=7)


def randomisation_to_record(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """From a week before the first day on which the protocol allows it, until it is recorded or treatment has ended."""
    for pending in patient.calendar.pending:
        window, planned = pending.window, pending.not_before
        if pending.id != RANDOMISATION or planned is None or window is None or on < window[0] - _AHEAD:
            continue
        to_do = "randomise the patient and record 'randomised' with the arm, or record what ends treatment"
        if on > window[1]:
            to_do = f"its days ended on {window[1]}: {to_do}"
        left = (window[1] - on).days
        subject = patient.calendar.subject or ""
        yield WorklistLine(subject, None, pending.title, planned, None, window, left, "pending", (), to_do)
