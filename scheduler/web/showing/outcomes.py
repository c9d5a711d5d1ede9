"""What came out for the patients whom a person may see, each worked out once for a log."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.endpoints.arms.kaplan_meier import missing_extra, survival_curve
from scheduler.endpoints.of_study import Outcome, StudyEndPoints, at_cut_off, end_points_of_study, outcome_of
from scheduler.endpoints.patient.end_point import PatientEndPoints
from scheduler.endpoints.patient.of_patient import end_points_of
from scheduler.patient.cut_log import NO_CUT_OFF, CutOff
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.roles import COMPARERS
from scheduler.web.patients import Following, Patients, Shown


def may_compare(visit: Visit) -> bool:
    """True for who may see response and survival by arm."""
    return visit.who.account.role in COMPARERS


def end_points_shown(
    visit: Visit, shown: Iterable[Shown], *, curves: bool = False, cut_off: CutOff = NO_CUT_OFF
) -> StudyEndPoints:
    """The end points of these patients. ``curves`` asks for all that the arms are compared by: survival over time and what was
    received, which take longer. With a data cut-off, what happened after it does not count."""
    patients = visit.server.patients
    estimate = survival_curve if curves and missing_extra() is None else None
    worked_out = _with_exposure if curves else _without
    return end_points_of_study(
        patients.study().newest, [worked_out(patients, each, cut_off) for each in shown], estimate, cut_off
    )


def _with_exposure(patients: Patients, shown: Shown, cut_off: CutOff) -> Outcome | None:
    return patients.once(
        shown,
        ("outcome", cut_off),
        lambda: outcome_of(shown.version, shown.site, shown.log, shown.patient, cut_off),
    )


def end_points_by(visit: Visit, cut_off: CutOff, *, curves: bool = False) -> Following:
    """The end points of each patient at a data cut-off; ``curves`` as for `end_points_shown`."""
    patients = visit.server.patients
    if curves:
        return Following(lambda _: ("outcome", cut_off), lambda each: _with_exposure(patients, each, cut_off))
    return Following(lambda _: ("end points", cut_off), lambda each: _end_points(patients, each, cut_off))


def end_points_of_one(visit: Visit, shown: Shown) -> PatientEndPoints | None:
    """The end points of one patient so far; None while the patient is in no arm."""
    return _end_points(visit.server.patients, shown, NO_CUT_OFF)


def _without(patients: Patients, shown: Shown, cut_off: CutOff) -> Outcome | None:
    found = _end_points(patients, shown, cut_off)
    return Outcome(found) if found is not None else None


def _end_points(patients: Patients, shown: Shown, cut_off: CutOff) -> PatientEndPoints | None:
    def make() -> PatientEndPoints | None:
        log, patient = at_cut_off(shown.version, shown.site, shown.log, shown.patient, cut_off)
        return end_points_of(shown.version, shown.site, log, patient)

    return patients.once(shown, ("end points", cut_off), make)
