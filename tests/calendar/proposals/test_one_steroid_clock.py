"""What a patient takes of steroids in a day is one sum in prednisone, with one clock, whatever each is called."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.telling.explain import explain
from scheduler.views.coordinator.proposals import table_of_proposal
from tests.calendar.proposals.patients import EXPERIMENTAL, calendar, proposal
from tests.dosing.story import told
from tests.seed import VERSION

PNEUMONITIS = """2026-02-27 randomised, arm: experimental
2026-03-02 given, treatment: toripalimab, n: 1
2026-03-20 adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]
2026-03-20 held, treatment: toripalimab, reason: AE 1, by: Dr Example
2026-03-20 medicine started, name: prednisone, dose: 40 mg
2026-05-15 medicine stopped, name: prednisone
2026-05-15 medicine started, name: methylprednisolone, dose: 32 mg
"""


def raised(steroids: str, last: str = "2026-12-31") -> list[tuple[str, str]]:
    """The proposals of the steroid clock with their days, once the log has come to a day; 2026-12-31 is after all of them."""
    story = f"{EXPERIMENTAL}{steroids.strip()}\n{last} unscheduled visit\n"
    return [
        (each.id, f"{each.raised:%m-%d}")
        for each in calendar(story, until="2026-12-31").proposals
        if each.rule == "toripalimab-limits.2"
    ]


def test_steroids_of_two_names_are_one_clock() -> None:
    """20 March and twelve weeks are 12 June; a clock of methylprednisolone alone would call on 8 August."""
    log = told(PNEUMONITIS)
    found = next(each for each in calendar(PNEUMONITIS).proposals_to_come if each.id == "toripalimab-limits.2.5")
    assert (found.raised, found.options[0].words, found.events) == (date(2026, 6, 13), "discontinue", (5, 6, 7))
    lines = [line.sentence for line in explain(calendar(PNEUMONITIS), found.id, VERSION, log).lines]
    assert [line for line in lines if line.startswith(("From ", "So "))] == [
        "From Friday 20 March 2026: prednisone 40 mg a day.",
        "From Friday 15 May 2026: methylprednisolone 32 mg a day = prednisone 40 mg a day.",
        "So prednisone or equivalent is above 10 mg a day from Friday 20 March 2026; 12 weeks are over with Friday 12 June 2026.",
    ]
    assert any("equals prednisolone 5 mg, methylprednisolone 4 mg" in line for line in lines)


def test_the_proposal_is_open_on_its_day_and_not_the_day_before() -> None:
    assert proposal(PNEUMONITIS + "2026-06-13 unscheduled visit\n", "toripalimab-limits.2.5").is_open
    assert [
        each.id
        for each in calendar(PNEUMONITIS + "2026-06-12 unscheduled visit\n").proposals
        if each.rule == "toripalimab-limits.2"
    ] == []


@pytest.mark.parametrize(
    ("dose", "above"),
    [
        ("name: prednisone, dose: 10 mg", False),
        ("name: prednisone, dose: 10.5 mg", True),
        ("name: Prednison, dose: 0.02 g/d", True),
        ("name: prednisolone, dose: 10 mg", False),
        ("name: prednisolone, dose: 11 mg", True),
        ("name: methylprednisolone, dose: 8 mg", False),
        ("name: Medrol, dose: 9 mg", True),
        ("name: dexamethasone, dose: 1.5 mg", False),
        ("name: dexamethasone, dose: 1.6 mg", True),
        ("name: hydrocortisone, dose: 40 mg", False),
        ("name: hydrocortisone, dose: 41 mg", True),
        ("name: prednisone, dose: 40 mg, route: intravenous", True),
        ("name: prednisolone, dose: 40 mg, route: ophthalmic", False),
        ("name: prednisolone, dose: 2 tablets", True),
        ("name: prednisone", True),
        ("name: betamethasone, dose: 8 mg", False),
        ("name: ibuprofen, dose: 1200 mg", False),
    ],
)
def test_what_counts_as_more_than_ten_milligrams(dose: str, above: bool) -> None:
    expected = [("toripalimab-limits.2.4", "06-09")] if above else []
    assert raised(f"2026-03-16 medicine started, {dose}") == expected


def test_the_doses_of_a_day_are_added_up() -> None:
    """5 mg of prednisone and 4 mg of methylprednisolone are 10 mg, which is not above; half a milligram more is."""
    both = "2026-03-16 medicine started, name: prednisone, dose: {} mg\n2026-03-16 medicine started, name: Medrol, dose: 4 mg"
    assert raised(both.format("5")) == []
    assert raised(both.format("5.5")) == [("toripalimab-limits.2.5", "06-09")]
    # Each 0.5 mg of dexamethasone is 3 1/3 mg of prednisone: three are 10 mg, without a rest.
    thirds = "\n".join(
        f"2026-03-16 medicine started, name: dexamethasone, dose: {dose} mg, route: {route}"
        for dose, route in (("0.5", "oral"), ("0.5", "intravenous"), ("0.5", "intramuscular"))
    )
    assert raised(thirds) == []


def test_two_routes_of_one_medicine_are_added_up_and_a_cream_is_not() -> None:
    routes = (
        "2026-03-16 medicine started, name: hydrocortisone, dose: 30 mg, route: oral\n"
        "2026-03-16 medicine started, name: hydrocortisone, dose: 20 mg, route: {}\n"
    )
    assert raised(routes.format("intravenous")) == [("toripalimab-limits.2.5", "06-09")]
    assert raised(routes.format("topical")) == []


def test_what_is_stopped_by_one_route_goes_on_by_the_other() -> None:
    """60 mg of hydrocortisone by mouth alone are above; without a route both are stopped."""
    both = """
2026-03-16 medicine started, name: hydrocortisone, dose: 60 mg, route: oral
2026-03-16 medicine started, name: hydrocortisone, dose: 100 mg, route: intravenous
2026-03-20 medicine stopped, name: hydrocortisone"""
    assert raised(f"{both}, route: intravenous") == [("toripalimab-limits.2.5", "06-09")]
    assert raised(both) == []


def test_a_change_without_a_route_is_about_the_whole_day() -> None:
    both = """
2026-03-16 medicine started, name: hydrocortisone, dose: 60 mg, route: oral
2026-03-16 medicine started, name: hydrocortisone, dose: 100 mg, route: intravenous
2026-03-20 medicine changed, name: hydrocortisone, dose: 40 mg"""
    assert raised(both) == []
    assert raised(f"{both}, route: intravenous") == [("toripalimab-limits.2.5", "06-09")]


def test_a_cream_of_which_more_is_used_stays_a_cream() -> None:
    cream = "2026-03-16 medicine started, name: hydrocortisone, dose: 20 mg, route: topical\n"
    changed = "2026-03-18 medicine changed, name: hydrocortisone, dose: 60 mg"
    assert raised(f"{cream}{changed}") == []
    assert raised(f"{cream}{changed}, route: oral") == [("toripalimab-limits.2.5", "06-11")]


def test_the_clock_begins_on_the_first_day_above_and_not_with_the_medicine() -> None:
    """5 mg from 2 March; 40 mg from 16 March, and twelve weeks of that are over with 8 June."""
    steroids = """
2026-03-02 medicine started, name: prednisone, dose: 5 mg
2026-03-16 medicine changed, name: prednisone, dose: 40 mg
"""
    assert raised(steroids) == [("toripalimab-limits.2.5", "06-09")]


def test_a_taper_to_ten_milligrams_ends_the_clock_and_a_rise_begins_another() -> None:
    """16 March to 1 June above, then 10 mg; above again from 15 June, which twelve weeks take to 7 September."""
    steroids = """
2026-03-16 medicine started, name: prednisone, dose: 60 mg
2026-06-01 medicine changed, name: prednisone, dose: 10 mg
2026-06-15 medicine started, name: dexamethasone, dose: 0.15 mg
"""
    assert raised(steroids) == [("toripalimab-limits.2.6", "09-08")]


def test_ten_milligrams_on_the_last_day_of_twelve_weeks_are_in_time_whichever_steroid() -> None:
    steroids = """
2026-03-16 medicine started, name: prednisone, dose: 60 mg
2026-06-{day} medicine stopped, name: prednisone
2026-06-{day} medicine started, name: hydrocortisone, dose: 40 mg
"""
    assert raised(steroids.format(day="08")) == []
    assert raised(steroids.format(day="09")) == [("toripalimab-limits.2.4", "06-09")]


def test_a_day_without_any_ends_the_clock() -> None:
    steroids = """
2026-03-16 medicine started, name: prednisone, dose: 60 mg
2026-05-04 medicine stopped, name: prednisone
2026-05-05 medicine started, name: methylprednisolone, dose: 48 mg
"""
    assert raised(steroids) == [("toripalimab-limits.2.6", "07-29")]


def test_what_is_given_on_one_day_only_counts_that_day() -> None:
    """An injection on the day between closes the gap of the story above."""
    steroids = """
2026-03-16 medicine started, name: prednisone, dose: 60 mg
2026-05-04 medicine stopped, name: prednisone
2026-05-04 medicine started, name: dexamethasone, dose: 8 mg, route: intravenous
2026-05-04 medicine stopped, name: dexamethasone
2026-05-05 medicine started, name: methylprednisolone, dose: 48 mg
"""
    assert raised(steroids) == [("toripalimab-limits.2.4", "06-09")]


def test_a_dose_that_nobody_recorded_counts_as_above_and_that_is_told() -> None:
    story = EXPERIMENTAL + "2026-03-16 medicine started, name: dexamethasone\n2026-06-09 unscheduled visit\n"
    assert proposal(story, "toripalimab-limits.2.4").assumed == (
        "dexamethasone: daily dose not recorded, read as above 10 mg",
    )
    assert [finding.code for finding in calendar(story).findings if 4 in finding.events] == ["no-daily-dose"]


def test_a_steroid_without_an_equivalent_is_a_finding_until_somebody_looked_at_it() -> None:
    story = EXPERIMENTAL + "2026-03-16 medicine started, name: betamethasone, dose: 8 mg\n"
    (found,) = [each for each in calendar(story).findings if 4 in each.events]
    assert (found.code, found.severity.value) == ("no-equivalent", "warning")
    assert found.message == (
        "2026-03-16, event 4: the protocol has no equivalent of betamethasone, so it is in no daily total of prednisone"
    )
    local = story.replace("8 mg\n", "8 mg, route: topical\n")
    assert [each.code for each in calendar(local).findings if 4 in each.events] == []
    reviewed = story + "2026-03-17 reviewed, number: 4, reason: counted by hand\n"
    assert [each.severity.value for each in calendar(reviewed).findings if 4 in each.events] == ["note"]


def test_who_decides_reads_the_totals_beside_the_proposal() -> None:
    story = PNEUMONITIS + "2026-06-13 unscheduled visit\n"
    table = table_of_proposal(proposal(story, "toripalimab-limits.2.5"), told(story))
    assert table.columns == ("about", "what is known")
    assert [row[1] for row in table.rows if row[0] == "counted"][-1] == (
        "So prednisone or equivalent is above 10 mg a day from Friday 20 March 2026; 12 weeks are over with Friday 12 June 2026."
    )
