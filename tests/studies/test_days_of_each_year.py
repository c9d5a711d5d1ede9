"""Visits at times of the calendar: on two days of each year, and grids that end on a date."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.telling.explain import explain
from scheduler.dates import day_of_years
from tests.dosing.story import told
from tests.studies.telling import calendar, dates, study

STUDY = study("""
study days: first dose is Day 1
horizon: 4 years after first dose
treatments:
  drug:
    when: on first dose
    give: 10 mg intravenously
visits:
  registry:
    when: on 1 September and 1 March of each year ±14 days from first dose until 1 June 2028
  quarterly:
    when: every 3 months ±7 days from first dose until 1 September 2026
  season:
    when: {1: 10 days after first dose, then: on 1 March of each year from first dose}
    until: 3 visits
""")


def test_on_two_days_of_each_year_from_a_day_on() -> None:
    # First dose on Monday 2 March 2026, a day after 1 March: the first is 1 September; 1 September 2028 is after the end.
    found = calendar(STUDY, "2026-03-02 given, treatment: drug, n: 1", until="2029-12-31")
    assert [str(found.by_id[f"registry.{n}"].date) for n in (1, 2, 3, 4)] == [
        "2026-09-01",
        "2027-03-01",
        "2027-09-01",
        "2028-03-01",
    ]
    assert found.entry("registry.5") is None
    assert found.by_id["registry.2"].window == (date(2027, 2, 15), date(2027, 3, 15))
    # Three months after 2 March is 2 June; 2 September is after the end.
    assert dates(found, "quarterly") == {"1": "06-02"}


def test_a_first_dose_on_the_day_itself_counts() -> None:
    found = calendar(STUDY, "2026-03-01 given, treatment: drug, n: 1", until="2027-12-31")
    assert dates(found, "registry") == {"1": "03-01", "2": "09-01", "3": "03-01", "4": "09-01"}


def test_after_a_visit_with_a_number_of_its_own() -> None:
    # Visit 2 is the first 1 March on or after 2 March 2026.
    found = calendar(STUDY, "2026-03-02 given, treatment: drug, n: 1", until="2029-12-31")
    assert [str(found.by_id[f"season.{n}"].date) for n in (1, 2, 3)] == ["2026-03-12", "2027-03-01", "2028-03-01"]


def test_a_late_visit_moves_no_other() -> None:
    story = "2026-03-02 given, treatment: drug, n: 1\n2026-09-20 visit done, entry: registry.1"
    assert str(calendar(STUDY, story, until="2029-12-31").by_id["registry.2"].date) == "2027-03-01"


def test_the_reason_is_told() -> None:
    log = told("2026-02-27 randomised, arm: all\n2026-03-02 given, treatment: drug, n: 1")
    found = calendar(STUDY, "2026-03-02 given, treatment: drug, n: 1", until="2029-12-31")
    lines = [line.sentence for line in explain(found, "registry.1", STUDY, log).lines]
    assert lines[0].endswith("on 1 September and 1 March of each year ±14 days from first dose until 1 June 2028.")
    assert "183 days after that is Tuesday 1 September 2026" in " ".join(lines)


def test_days_of_years_by_hand() -> None:
    start, days = date(2026, 3, 2).toordinal(), ((9, 1), (3, 1))
    assert [date.fromordinal(day_of_years(start, days, n)).isoformat() for n in (1, 2, 3)] == [
        "2026-09-01",
        "2027-03-01",
        "2027-09-01",
    ]
