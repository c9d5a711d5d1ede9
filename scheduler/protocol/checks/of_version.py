"""What can only be judged on the whole protocol: circles, gaps in numbers, windows, days, doses, what never happens.

Each check is a function from a compiled version to findings, one to a question; a file holds those of one theme.
"""

from __future__ import annotations

from scheduler.findings import Finding
from scheduler.protocol.checks.activities import (
    check_activities_have_a_visit,
    check_activity_numbers,
    check_visits_have_activities,
)
from scheduler.protocol.checks.before_randomisation import check_before_randomisation
from scheduler.protocol.checks.dosing.as_needed import check_as_needed
from scheduler.protocol.checks.dosing.bands import check_bands
from scheduler.protocol.checks.dosing.calculations import (
    check_calculated_units,
    check_formula_has_its_dose,
    check_rounding_has_its_product,
    check_weight_is_used,
)
from scheduler.protocol.checks.dosing.doses import (
    check_amounts,
    check_days_said,
    check_every_other_day,
    check_frequency_of_fractions,
    check_levels,
    check_routes,
    check_same_day,
    check_times_a_week,
)
from scheduler.protocol.checks.dosing.fractions import check_fractions_made_up, check_fractions_of_a_day
from scheduler.protocol.checks.dosing.infusion_times import check_infusion_times
from scheduler.protocol.checks.dosing.products import (
    check_form_and_route,
    check_forms,
    check_products,
    check_roundings_can_be_made,
    check_units,
)
from scheduler.protocol.checks.dosing.restarts import check_long_holds, check_restart_order, check_restarts
from scheduler.protocol.checks.dosing.which_cycles import check_cycles_have_a_dose, check_days_named_once
from scheduler.protocol.checks.goes_on import check_goes_on
from scheduler.protocol.checks.names import check_lengths, check_names_told
from scheduler.protocol.checks.places import check_places, check_tablets_at_home
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.checks.rules.conflicts import check_impossible_rules, check_rule_pairs
from scheduler.protocol.checks.rules.episodes import check_episodes_end
from scheduler.protocol.checks.rules.facts import (
    check_floor,
    check_grades_exist,
    check_limits_agree,
    check_rule_levels,
    check_rule_units,
)
from scheduler.protocol.checks.rules.gaps import check_rule_gaps
from scheduler.protocol.checks.synopsis import check_synopsis
from scheduler.protocol.checks.times.circles import check_circles
from scheduler.protocol.checks.times.cycles import (
    check_cycles_have_drugs,
    check_ends_with_another,
    check_held_with,
    check_last_day_of_cycles,
)
from scheduler.protocol.checks.times.days import check_cycle_days_named, check_dosing_days, check_every_day
from scheduler.protocol.checks.times.ends_in_a_cycle import check_ends_in_a_cycle
from scheduler.protocol.checks.times.followers import check_several_days_followed
from scheduler.protocol.checks.times.grids import check_first_dose_day, check_pieces_have_dates
from scheduler.protocol.checks.times.hours import (
    check_hours_at_home,
    check_later_days_of_sheets,
    check_windows_of_sheets,
)
from scheduler.protocol.checks.times.numbers import (
    check_arms_have_something,
    check_beginnings,
    check_counts,
    check_doses_that_never_come,
    check_ends,
    check_first_doses,
    check_gaps,
    check_somebody_has_it,
)
from scheduler.protocol.checks.times.washout import check_clear_days, check_last_days
from scheduler.protocol.checks.times.windows import check_order_of_windows, check_overlaps, check_unit_of_windows
from scheduler.protocol.checks.trial_visits import check_trial_visits
from scheduler.protocol.checks.without_effect import (
    check_before_consent,
    check_held_days,
    check_if_closed,
    check_prompts_of_a_diary,
    check_ranges_are_not_worked_out,
)
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.source.node import Node

CHECKS = (
    check_circles,
    check_gaps,
    check_beginnings,
    check_counts,
    check_doses_that_never_come,
    check_ends,
    check_first_doses,
    check_first_dose_day,
    check_pieces_have_dates,
    check_before_randomisation,
    check_somebody_has_it,
    check_arms_have_something,
    check_overlaps,
    check_order_of_windows,
    check_unit_of_windows,
    check_dosing_days,
    check_every_day,
    check_cycle_days_named,
    check_several_days_followed,
    check_cycles_have_drugs,
    check_held_with,
    check_last_day_of_cycles,
    check_ends_with_another,
    check_amounts,
    check_levels,
    check_long_holds,
    check_restarts,
    check_restart_order,
    check_goes_on,
    check_routes,
    check_days_said,
    check_infusion_times,
    check_as_needed,
    check_every_other_day,
    check_times_a_week,
    check_frequency_of_fractions,
    check_fractions_of_a_day,
    check_fractions_made_up,
    check_hours_at_home,
    check_windows_of_sheets,
    check_later_days_of_sheets,
    check_same_day,
    check_cycles_have_a_dose,
    check_days_named_once,
    check_units,
    check_roundings_can_be_made,
    check_products,
    check_forms,
    check_form_and_route,
    check_calculated_units,
    check_rounding_has_its_product,
    check_formula_has_its_dose,
    check_held_days,
    check_if_closed,
    check_before_consent,
    check_prompts_of_a_diary,
    check_ranges_are_not_worked_out,
    check_weight_is_used,
    check_bands,
    check_clear_days,
    check_last_days,
    check_ends_in_a_cycle,
    check_activities_have_a_visit,
    check_activity_numbers,
    check_visits_have_activities,
    check_places,
    check_trial_visits,
    check_synopsis,
    check_tablets_at_home,
    check_names_told,
    check_lengths,
    check_grades_exist,
    check_rule_levels,
    check_floor,
    check_rule_units,
    check_limits_agree,
    check_impossible_rules,
    check_rule_pairs,
    check_rule_gaps,
    check_episodes_end,
)


def check_version(version: StudyVersion, text: ProtocolText, node: Node) -> list[Finding]:
    """Every finding about a compiled protocol; what holds in several arms is said once."""
    protocol = Protocol(version, text, node)
    return list(dict.fromkeys(finding for check in CHECKS for finding in check(protocol)))
