"""All end points of one patient, from the log as it stands."""

from __future__ import annotations

from scheduler.endpoints.patient.end_point import EITHER, PatientEndPoints, Worst
from scheduler.endpoints.patient.observed import (
    ADVERSE_EVENTS,
    Observed,
    counted_days,
    observed,
    reason_not_started,
)
from scheduler.endpoints.patient.progression_free import progression_free_survival
from scheduler.endpoints.patient.responded import best_overall, duration_of_response
from scheduler.endpoints.patient.survival import overall_survival
from scheduler.patient.events import ASSESSMENTS
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import COMMAS, Quoted, listed, said
from scheduler.site.site import Site
from scheduler.views.looking_back.adverse_events import adverse_event_list
from scheduler.views.patients import Patient


def end_points_of(version: StudyVersion, site: Site, log: Log, patient: Patient) -> PatientEndPoints | None:
    """What came out for this patient so far, each value with its reason; None before randomisation to an arm.

    Days are counted as protocols count them, the first and the last included. What the protocol does not say is read by the
    rules that `scheduler.endpoints.rules` prints.
    """
    known = observed(version, site, log, patient)
    if known is None:
        return None
    return PatientEndPoints(
        patient.subject,
        known.plan.arm,
        overall_survival(known),
        tuple(progression_free_survival(known, criteria) for criteria in (EITHER, *ASSESSMENTS)),
        tuple(best_overall(known, criteria) for criteria in ASSESSMENTS),
        tuple(duration_of_response(known, criteria) for criteria in ASSESSMENTS),
        worst_adverse_event(known),
    )


def worst_adverse_event(known: Observed) -> Worst:
    """The worst grade in the time of collection, as the list of adverse events has it."""
    collecting = [period for period in known.plan.periods if period.collects_adverse_events]
    if not collecting:
        return Worst(None, False, False, said("The protocol names no time in which adverse events are collected."), ())
    counted = counted_days(known, ADVERSE_EVENTS)
    if counted.first is None:
        return Worst(None, False, False, reason_not_started(counted), ())
    lines = adverse_event_list(known.version.study, [known.patient]).lines
    inside = [line for line in lines if line.inside]
    if not inside:
        return Worst(
            None,
            False,
            True,
            said("No adverse event began in the time of collection, or got worse in it than it was before it."),
            (),
        )
    grade = max(line.worst_inside or 0 for line in inside)
    worst = [line for line in inside if line.worst_inside == grade]
    terms = listed(*(Quoted(term, "en") for term in dict.fromkeys(line.course.term for line in worst)), how=COMMAS)
    return Worst(
        grade,
        any(line.course.serious for line in inside),
        True,
        said("Grade {grade}, the worst in the time of collection: {terms}.", grade=grade, terms=terms),
        tuple(sorted({number for line in worst for number in line.course.events})),
    )
