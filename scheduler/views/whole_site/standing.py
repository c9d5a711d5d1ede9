"""Where a patient stands on a day, in one word, for lists and counts over a whole study."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from scheduler.patient.events import EndOfTreatment, Withdrew
from scheduler.views.patients import Patient


class Standing(StrEnum):
    """Where a patient stands; the first that is true counts, from the last to the first of these."""

    NOT_RANDOMISED = "not randomised"
    RANDOMISED = "randomised, not begun"
    ON_TREATMENT = "on treatment"
    ON_HOLD = "on hold"
    ENDED = "treatment ended"
    WITHDREW = "withdrew"
    SCREEN_FAILED = "screen failed"
    DIED = "died"


def standing_on(patient: Patient, on: date) -> Standing:
    """Where the patient stands on that day, by what is recorded now.

    On hold is who has a treatment on hold, though others go on; who had a dose before being randomised is on treatment.
    """
    course, calendar = patient.course, patient.calendar
    if course.died is not None:
        return Standing.DIED
    if course.screen_failure is not None:
        return Standing.SCREEN_FAILED
    if course.of(Withdrew):
        return Standing.WITHDREW
    if course.of(EndOfTreatment):
        return Standing.ENDED
    if held_on(patient, on):
        return Standing.ON_HOLD
    if calendar.first_dose_given:
        return Standing.ON_TREATMENT
    return Standing.RANDOMISED if course.arm is not None else Standing.NOT_RANDOMISED


def held_on(patient: Patient, on: date) -> tuple[str, ...]:
    """The treatments that are on hold on that day."""
    holds = patient.calendar.holds
    held = (hold.treatment for hold in holds if hold.start <= on and (hold.over is None or hold.over > on))
    return tuple(dict.fromkeys(held))
