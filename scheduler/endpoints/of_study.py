"""All end points of a study: of each patient, of each arm, and the rules that they are counted by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.exposure.exposure_lines import Exposure
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.endpoints.arms.by_arm import ArmEndPoints, MakeCurve, end_points_by_arm
from scheduler.endpoints.arms.kaplan_meier import Curve
from scheduler.endpoints.patient.end_point import EndPoint, PatientEndPoints
from scheduler.endpoints.patient.of_patient import end_points_of
from scheduler.endpoints.rules import UsedRule, rules_of
from scheduler.patient.cut_log import NO_CUT_OFF, CutOff, as_of
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.patients import Patient, patient_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """One patient's end points, and what they received up to the last day of their log; None where nobody asked for that."""

    end_points: PatientEndPoints
    exposure: Exposure | None = None


@dataclass(frozen=True, slots=True)
class StudyEndPoints:
    """What came out of a study so far. ``without_arm`` are the patients who are not in an arm: nothing is counted of them."""

    study: str
    patients: tuple[PatientEndPoints, ...]
    without_arm: int
    arms: tuple[ArmEndPoints, ...]
    rules: tuple[UsedRule, ...]
    cut_off: date | None = None
    """The data cut-off: what happened after it does not count; None where there is none."""
    as_recorded: date | None = None
    """The day by which what counts was recorded; None where all counts."""

    def curves(self, end_point: EndPoint, criteria: str | None) -> tuple[tuple[str, Curve], ...]:
        """Survival over time of each arm that has a patient in it; nothing where it was not estimated."""
        return tuple(
            (arm.arm, each.curve)
            for arm in self.arms
            for each in arm.survival
            if (each.end_point, each.criteria) == (end_point, criteria) and each.curve is not None
        )


def outcome_of(
    version: StudyVersion, site: Site, log: Log, patient: Patient, cut_off: CutOff = NO_CUT_OFF
) -> Outcome | None:
    """What came out for one patient, with what they received; None before randomisation to an arm.

    With a data cut-off, what happened after that day does not count.
    """
    log, patient = at_cut_off(version, site, log, patient, cut_off)
    found = end_points_of(version, site, log, patient)
    if found is None:
        return None
    last = max((record.event.on for record in log.records), default=date.min)
    return Outcome(found, exposure_of(version, site, log, last, subject=patient.subject))


def at_cut_off(version: StudyVersion, site: Site, log: Log, patient: Patient, cut_off: CutOff) -> tuple[Log, Patient]:
    """The log up to a data cut-off, and the patient by it alone; as they stand where there is none."""
    if cut_off == NO_CUT_OFF:
        return log, patient
    log = as_of(log, cut_off)
    return log, patient_of(version, site, log, subject=patient.subject)


def end_points_of_study(
    version: StudyVersion,
    outcomes: Iterable[Outcome | None],
    curve: MakeCurve | None,
    cut_off: CutOff = NO_CUT_OFF,
) -> StudyEndPoints:
    """The end points of a study, whose newest version says which arms there are; ``curve`` estimates survival, where it is.

    ``cut_off`` is the data cut-off that the outcomes were worked out for.
    """
    found = tuple(outcomes)
    known = tuple(sorted((each for each in found if each is not None), key=lambda each: each.end_points.subject))
    patients = tuple(each.end_points for each in known)
    exposures = [(each.end_points.arm, each.exposure) for each in known if each.exposure is not None]
    arms = tuple(dict.fromkeys((*version.arms, *(each.arm for each in patients))))
    return StudyEndPoints(
        version.study,
        patients,
        len(found) - len(known),
        end_points_by_arm(arms, patients, exposures, curve),
        rules_of(version, cut_off),
        cut_off.happened,
        cut_off.recorded,
    )
