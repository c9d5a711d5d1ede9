"""Patients who are expected: as many as a Poisson process brings, and each needs what the list would say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from statistics import fmean, pvariance

from scheduler.forecasting.expecting.rates import Enrolment, Rates
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.simulating.simulation import Simulated
from scheduler.forecasting.weeks import Weeks
from tests.forecasting.told import MONDAY, SITE, ahead, begun, simple, units_of, version_of

RUNS = 400


def rates(patients: str, runs: int = RUNS, **others: object) -> Rates:
    enrolment = (Enrolment(SITE.name, Decimal(patients), Fraction(7), "S"),)
    return Rates(seed=17, runs=runs, weeks=10, enrolment=enrolment, **others)  # type: ignore[arg-type]


@cache
def three_a_week() -> Simulated:
    return ahead(rates("3"), 10)


def test_mean_and_variance_are_those_of_the_closed_form() -> None:
    # Whoever begins in week v needs 42 tablets in v, v + 4 and v + 8. With 3 patients a week the need of week w is 42 times a
    # Poisson number with mean 3 x (how many of w, w - 4, w - 8 are weeks), but in week 0, which has 6 days left, 3 x 6 / 7:
    # its mean is 42 times that mean, and its variance 42 x 42 times it.
    simulated = three_a_week()
    for week in range(10):
        expected = sum(3 * (Fraction(6, 7) if each == 0 else 1) for each in (week, week - 4, week - 8) if each >= 0)
        mean, variance = 42 * float(expected), 42 * 42 * float(expected)
        units = units_of(simulated, week)
        # Four standard errors: of the mean, and of the variance of a Poisson number (its fourth moment is m + 3 m m).
        assert abs(fmean(units) - mean) < 4 * (variance / RUNS) ** 0.5, week
        error = 42 * 42 * ((float(expected) + 2 * float(expected) ** 2) / RUNS) ** 0.5
        assert abs(pvariance(units) - variance) < 4 * error, week


def test_equal_logs_share_one_calendar() -> None:
    # 10 weeks, of which the first has 6 days left: 69 days on which a patient can begin, in one arm at one site.
    simulated = three_a_week()
    assert sum(simulated.expected.values()) > 10_000
    assert simulated.calendars == 69


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, other = (ahead(rates("1", runs=5), 4) for _ in range(2))
    assert {key: tally.units for key, tally in one.tallies.items()} == {
        key: tally.units for key, tally in other.tallies.items()
    }


def test_a_study_takes_no_more_patients_than_it_may_have() -> None:
    # Two are in it; it may have 7.
    randomised = "{on: 2026-03-02, event: randomised, arm: one}"
    patients = [begun(randomised, subject=name) for name in ("P-1", "P-2")]
    simulated = ahead(rates("40", runs=30, most=7), 10, *patients)
    assert sum(simulated.expected.values()) == 30 * 5


def test_arms_get_patients_as_they_are_allocated() -> None:
    # 63 tablets in one arm, 42 in the other: of 3 to 1, 63 x 3/4 + 42 x 1/4 = 57.75 on the mean.
    version = version_of(
        """
        study: TWO
        version: "1.0"
        title: Two arms
        study days: first dose is Day 1
        dates:
          first dose: {when: 0 days after randomisation}
        arms: {high: More, low: Less, none: Nobody}
        treatments:
          drug:
            when: on first dose
            give: once daily by mouth on days 1-21
            levels: {high: 120 mg, low: 80 mg, none: 40 mg}
        products: {drug: {unit: 40 mg tablet}}
        """
    )
    simulated = ahead(rates("50", runs=200, allocation={"high": 3, "low": 1}), 2, version=version)
    units = sum(sum(units_of(simulated, week)) for week in (0, 1))
    assert abs(units / sum(simulated.expected.values()) - 57.75) < 0.5


def test_who_finds_no_open_day_in_a_week_begins_in_the_next_one() -> None:
    # Week 1 is closed, 9 to 15 March: whoever is expected in it begins in week 2 with those of week 2.
    closed = SITE.with_days(closed=[date(2026, 3, day) for day in range(9, 16)])
    rates_there = Rates(seed=17, runs=400, enrolment=(Enrolment(closed.name, Decimal(5), Fraction(7), "S"),))
    simulated = ahead(rates_there, 3, sites=[closed])
    assert units_of(simulated, 1) == []
    assert abs(fmean(units_of(simulated, 2)) - 42 * 10) < 4 * 42 * (10 / 400) ** 0.5


def test_each_site_has_its_own_patients() -> None:
    # 2 a week at one site and 6 at the other: the tablets of a week are counted where they are handed out.
    other = replace(SITE, name="Harbin")
    lines = tuple(
        Enrolment(name, Decimal(number), Fraction(7), "S") for name, number in ((SITE.name, 2), ("Harbin", 6))
    )
    simulated = ahead(Rates(seed=17, runs=400, enrolment=lines), 2, sites=[SITE, other])
    needed = {
        article.site: fmean(tally.units) / 1000 for (article, week), tally in simulated.tallies.items() if week == 1
    }
    for site, number in ((SITE.name, 2), ("Harbin", 6)):
        assert abs(needed[site] - 42 * number) < 4 * 42 * (number / 400) ** 0.5


def test_whoever_comes_goes_by_the_newest_version_whatever_its_file_is_called() -> None:
    # 63 tablets by version 1.0, 42 by version 1.1 that amends it; files are read in the order of their names.
    text = """
        study: TWICE
        version: "%s"
        title: Amended
        study days: first dose is Day 1
        %s
        dates:
          first dose: {when: 0 days after randomisation}
        arms: {one: The only arm}
        treatments:
          drug:
            when: on first dose
            give: once daily by mouth on days 1-21
            levels: %s mg
        products: {drug: {unit: 40 mg tablet}}
        """
    older = version_of(text % ("1.0", "", 120))
    newer = version_of(text % ("1.1", 'amendment: {of: "1.0", patients: may move, consent: not needed}', 80))
    rates = Rates(seed=1, runs=5, enrolment=(Enrolment(SITE.name, Decimal(9), Fraction(7), "S"),))
    for versions in ((older, newer), (newer, older)):
        found = look_ahead(versions, {SITE.name: SITE}, (), rates, Weeks(MONDAY, 2))
        assert found.totals[0].units.mean == 42 * found.patients[0].expected


def test_enrolment_has_a_first_and_a_last_day() -> None:
    # From Saturday 14 to Monday 16 March: two days of week 1 and one of week 2, with 7 a week one patient a day.
    enrolment = Enrolment(SITE.name, Decimal(7), Fraction(7), "S", date(2026, 3, 14), date(2026, 3, 16))
    simulated = ahead(Rates(seed=17, runs=500, enrolment=(enrolment,)), 4)
    assert abs(fmean(units_of(simulated, 1)) - 42 * 2) < 4 * 42 * (2 / 500) ** 0.5
    assert abs(fmean(units_of(simulated, 2)) - 42) < 4 * 42 * (1 / 500) ** 0.5
    assert (units_of(simulated, 0), units_of(simulated, 3)) == ([], [])


def test_weeks_begin_on_monday_but_the_first() -> None:
    weeks = Weeks(date(2026, 3, 5), 3)  # a Thursday
    assert [weeks.begin(week) for week in range(3)] == [date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 16)]
    assert [len(weeks.days(week)) for week in range(3)] == [4, 7, 7]
    assert weeks.last == date(2026, 3, 22)
    assert [weeks.of(day) for day in (date(2026, 3, 5), date(2026, 3, 8), date(2026, 3, 9))] == [0, 0, 1]
    assert simple().version == "1.0"
    assert MONDAY.weekday() == 0
