"""What a log cannot say: events that contradict each other, or break an order of the protocol.

Facts are never refused for being strange. Each rule is a small function that looks at the whole chart, so the order of
recording does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.findings import Finding
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions import (
    amendments,
    decisions,
    doses,
    enrolment,
    entries,
    observations,
    orders,
    responses,
    sheets,
)

Rule = Callable[[Chart], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    amendments.amendments_point_back,
    amendments.amendments_point_at_what_stands,
    enrolment.randomised_once,
    enrolment.arm_is_in_the_protocol,
    enrolment.milestones_are_in_the_study,
    enrolment.born_once_and_before,
    enrolment.groups_are_in_the_study,
    enrolment.doses_follow_randomisation,
    enrolment.first_dose_is_planned_after_randomisation,
    enrolment.versions_are_in_the_study,
    enrolment.treatment_ends_once,
    enrolment.death_is_recorded_once,
    enrolment.nothing_happens_after_death,
    enrolment.contact_follows_loss,
    doses.treatment_is_in_the_arm,
    doses.cycles_start_and_doses_are_given,
    doses.doses_name_their_day,
    doses.units_name_their_strength,
    doses.several_are_fractions,
    doses.nothing_is_given_twice,
    doses.amounts_are_of_the_treatment,
    orders.resumes_follow_stops,
    orders.days_are_chosen_where_asked,
    orders.levels_are_on_the_ladder,
    orders.prescriptions_are_in_range,
    decisions.decisions_answer_proposals,
    decisions.proposals_are_decided_once,
    entries.entries_are_on_the_calendar,
    entries.visits_are_not_doses,
    entries.entries_are_done_once,
    observations.adverse_events_keep_their_numbers,
    observations.beyond_progression_follows_progression,
    responses.assessments_are_of_scans_that_were_done,
    sheets.samples_are_on_a_sheet,
    sheets.samples_are_taken_once,
)

REMARKS: tuple[Rule, ...] = (
    doses.numbers_follow_dates,
    doses.related_treatments_are_known,
    orders.stops_say_why,
    decisions.decisions_have_a_name,
    responses.assessed_scans_are_recorded,
    responses.confirmations_follow_an_iupd,
    responses.nothing_is_better_after_progression,
    responses.complete_responses_end_in_progression,
)
"""What stands, but that somebody should look at."""


def contradictions(chart: Chart) -> tuple[Finding, ...]:
    """All contradictions of a chart, each once."""
    return tuple(dict.fromkeys(finding for rule in RULES for finding in rule(chart)))


def remarks(chart: Chart) -> tuple[Finding, ...]:
    """What of a chart is strange enough to be looked at."""
    return tuple(dict.fromkeys(finding for rule in REMARKS for finding in rule(chart)))
