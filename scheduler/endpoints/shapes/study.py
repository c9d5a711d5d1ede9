"""The end points of a study, as other programs are told them: patients and arms."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.endpoints.of_study import StudyEndPoints as Found
from scheduler.endpoints.shapes.arms import ArmEndPoints, tell_arm
from scheduler.endpoints.shapes.patients import CountingRule, PatientEndPoints, tell_patient, tell_rule
from scheduler.views.shapes.shape import CivilDate, Shape


@dataclass(frozen=True, kw_only=True)
class StudyEndPoints(Shape):
    """The end points of a study."""

    study: str
    """The study."""
    cut_off: CivilDate | None
    """The data cut-off: what happened after it does not count; null where there is none."""
    as_recorded: CivilDate | None
    """The day by which what counts was recorded; null where all counts."""
    patients: tuple[PatientEndPoints, ...]
    """Each patient."""
    without_arm: int
    """Patients who are in no arm: nothing is counted of them."""
    arms: tuple[ArmEndPoints, ...]
    """Each arm."""
    rules: tuple[CountingRule, ...]
    """How they are counted."""


def tell_end_points(found: Found) -> StudyEndPoints:
    """Everything."""
    return StudyEndPoints.taken_from(
        found,
        patients=tuple(map(tell_patient, found.patients)),
        arms=tuple(map(tell_arm, found.arms)),
        rules=tuple(map(tell_rule, found.rules)),
    )
