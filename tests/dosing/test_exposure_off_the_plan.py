"""Exposure of doses that the plan does not have: more than it has, of another arm, under numbers that skip; shown as they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduler.calendar.exposure.exposure_lines import ExposureTotal
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL
from tests.dosing.story import calendar, exposure, told
from tests.seed import VERSION
from tests.studies.telling import study

TWO_DOSES = study("""
study days: first dose is Day 1
treatments:
  mab:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    until: at most 2 doses
    give: 420 mg intravenously
""")
MAB = "\n".join(
    (
        "2026-02-27 randomised, arm: all",
        "2026-03-02 given, treatment: mab, n: 1",
        "2026-03-23 given, treatment: mab, n: 2",
        "2026-04-13 given, treatment: mab, n: 3",
    )
)
PRESCRIBED = "\n".join(
    (
        EXPERIMENTAL,
        "2026-03-20 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy",
        "2026-03-20 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1, unit: Gy",
    )
)


def fractions(*numbers: int) -> str:
    """Fractions by these numbers, on the working days from Monday 23 March 2026."""
    days = (23, 24, 25, 26, 27, 30)
    given = (f"2026-03-{day} given, treatment: radiotherapy, n: {n}" for day, n in zip(days, numbers, strict=False))
    return "\n".join((PRESCRIBED, *given))


def total(story: str, until: str, drug: str, version: StudyVersion = VERSION) -> ExposureTotal:
    found = exposure(story, until, version=version).total(drug)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("story", "version", "drug", "delivered", "planned", "percent"),
    [
        (MAB, TWO_DOSES, "mab", 1260, 840, 150),
        (fractions(1, 2, 3, 4, 5, 6), VERSION, "hypofractionated", 48, 40, 120),
        (fractions(1, 2, 3, 4, 5, 6), VERSION, "low-dose", 6, 5, 120),
    ],
)
def test_one_dose_more_than_the_protocol_has_is_over_a_hundred_percent(
    story: str, version: StudyVersion, drug: str, delivered: int, planned: int, percent: int
) -> None:
    found = total(story, "2026-04-20", drug, version)
    assert (found.delivered, found.planned, found.extra) == (Decimal(delivered), Decimal(planned), 1)
    assert found.relative_dose_intensity == Decimal(percent)


def test_a_cycle_more_than_the_protocol_has_is_all_extra_days() -> None:
    version = study("""
study days: first dose is Day 1
treatments:
  pill:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 1 cycle
    give: 100 mg once daily by mouth on days 1-21
""")
    story = "\n".join(
        (
            "2026-02-27 randomised, arm: all",
            "2026-03-02 cycle started, treatment: pill, cycle: 1",
            "2026-03-30 cycle started, treatment: pill, cycle: 2",
        )
    )
    found = total(story, "2026-04-19", "pill", version)
    assert (found.delivered, found.planned, found.extra) == (Decimal(4200), Decimal(2100), 21)
    assert found.relative_dose_intensity == Decimal(200)


def test_numbers_that_skip_are_planned_as_the_doses_whose_place_they_take() -> None:
    # Five fractions, the second of which was called 5: all of them are the protocol's five.
    found = total(fractions(1, 5, 6, 7, 8), "2026-03-27", "hypofractionated")
    assert (found.delivered, found.planned, found.extra) == (Decimal(40), Decimal(40), 0)
    assert found.relative_dose_intensity == Decimal(100)


def test_a_first_dose_under_a_higher_number_is_planned_as_the_first() -> None:
    # Called 2, it was dose 1: 26 days up to dose 2, on Saturday 28 March, the day after radiotherapy.
    story = "2026-02-27 randomised, arm: experimental\n2026-03-02 given, treatment: toripalimab, n: 2, confirmed: bag"
    (line,) = [each for each in exposure(story, "2026-03-20").lines if each.entry == "toripalimab.2"]
    assert (line.delivered, line.planned, line.days, line.planned_days, line.delay) == (
        Decimal(240),
        Decimal(240),
        26,
        26,
        0,
    )


OTHER_ARM = "\n".join(
    (
        CONTROL,
        "2026-03-23 given, treatment: radiotherapy, n: 1, amounts: [8 Gy hypofractionated, 1 Gy low-dose], confirmed: x",
        "2026-04-01 given, treatment: toripalimab, n: 1, amount: 240 mg, confirmed: x",
    )
)


def test_what_was_given_of_another_arm_has_its_amounts_and_is_received() -> None:
    entry = calendar(OTHER_ARM).by_id["radiotherapy.unplanned.3.1"]
    assert (entry.kind.value, [str(dose) for dose in entry.doses]) == (
        "fraction",
        ["hypofractionated 8 Gy", "low-dose 1 Gy"],
    )
    received = {
        each.drug: (each.delivered, each.planned, each.extra) for each in exposure(OTHER_ARM, "2026-04-05").totals
    }
    assert received == {
        "regorafenib": (Decimal(2520), Decimal(2520), 0),
        "hypofractionated": (Decimal(8), Decimal(0), 1),
        "low-dose": (Decimal(1), Decimal(0), 1),
        "toripalimab": (Decimal(240), Decimal(0), 1),
    }
    assert [each.drug for each in exposure(OTHER_ARM, "2026-03-31").totals][-1] == "low-dose"


def test_of_another_arms_dose_without_an_amount_none_is_told() -> None:
    story = f"{CONTROL}\n2026-04-01 given, treatment: toripalimab, n: 1, confirmed: x"
    found = total(story, "2026-04-05", "toripalimab")
    assert (found.delivered, found.extra, found.relative_dose_intensity) == (None, 1, None)
    assert calendar(story, site=EVERY_DAY).by_id["toripalimab.unplanned.3.1"].doses == ()


def test_with_a_calendar_that_somebody_made_already_the_figures_are_the_same() -> None:
    log, until = told(fractions(1, 5, 6, 7, 8)), date(2026, 3, 27)
    made = calendar_of(VERSION, EVERY_DAY, log)
    assert exposure_of(VERSION, EVERY_DAY, log, until, calendar=made) == exposure_of(VERSION, EVERY_DAY, log, until)
