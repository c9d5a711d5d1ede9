"""Chains that are put link by link come out as the engine puts them question by question: entries, reasons and their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from scheduler.calendar import build
from scheduler.calendar.advice.planned_starts import how_to_start
from scheduler.calendar.build import build_calendar
from scheduler.calendar.engine.entering.made_entries import entry_within_horizon
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.protocol.plan.study import Plan
from scheduler.site.site import EVERY_DAY, Site
from tests.benchmarks.patient import log_of_length, seed_version, shanghai
from tests.laws.examples import examples
from tests.laws.walks import WRITTEN, Followed, followed
from tests.regimens.test_regimens import PROTOCOLS, by_folder, read

TWO_YEARS = [date(2026, 1, 1) + timedelta(days=number) for number in range(731)]
ALL, EVERY_WEEK = TWO_YEARS[:: 731 // examples(731)], TWO_YEARS[:: 731 // examples(104)]
"""With every example; else every fifth day, and every fifth week."""


def both_ways(calendar: Callable[[], Calendar]) -> tuple[Calendar, Calendar]:
    """In chains, and question by question."""
    with (
        patch.object(build, "place_in_chains", place),
        patch.object(build, "entry_in_chain", entry_within_horizon),
    ):
        asked = calendar()
    return calendar(), asked


def planned(plan: Plan, site: Site, start: date, milestones: tuple[str, ...]) -> Calendar:
    return build_calendar(plan, site, how_to_start(plan, milestones, start).course(plan, site, start))


def differing(plan: Plan, site: Site, days: list[date], milestones: tuple[str, ...] = ()) -> list[date]:
    """The days on which a patient could start and would have another calendar."""
    found = []
    for day in days:
        chained, asked = both_ways(lambda day=day: planned(plan, site, day, milestones))  # type: ignore[misc]
        if chained != asked:
            found.append(day)
    return found


@pytest.mark.parametrize("days", [TWO_YEARS[::67], pytest.param(ALL, marks=pytest.mark.slow)], ids=("some", "all"))
@pytest.mark.parametrize("arm", ["experimental", "control"])
def test_whenever_a_patient_of_the_seed_study_starts(arm: str, days: list[date]):
    assert differing(seed_version().arms[arm], shanghai(), days) == []


@pytest.mark.parametrize(
    "days", [TWO_YEARS[100::400], pytest.param(EVERY_WEEK, marks=pytest.mark.slow)], ids=("some", "every week")
)
@pytest.mark.parametrize("path", PROTOCOLS, ids=by_folder)
def test_whenever_a_patient_of_a_regimen_starts(path: Path, days: list[date]):
    version, _ = read(path)
    site = EVERY_DAY.with_days(frozenset(day for day in TWO_YEARS if day.day in (1, 2, 3)))
    for plan in version.arms.values():
        assert differing(plan, site, days, version.milestones) == []


@settings(max_examples=examples(40))
@given(followed(WRITTEN))
def test_whatever_happened(patient: Followed):
    chained, asked = both_ways(
        lambda: calendar_of(patient.version, patient.site, patient.log, subject="S-001", until=patient.today)
    )
    assert chained == asked
    chained, asked = both_ways(lambda: calendar_of(patient.version, patient.site, patient.log))
    assert chained == asked


@pytest.mark.parametrize("length", [1, 2, 3, 15, 30, 60])
def test_however_much_is_recorded(length: int):
    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, length)
    chained, asked = both_ways(lambda: calendar_of(version, site, log))
    assert chained == asked


def test_doses_and_scans_of_the_seed_study_are_chains():
    """Else all that is above would compare the engine with itself."""
    made: dict[str, int] = {}
    keep = Evaluation.keep

    def count(ev: Evaluation, placement: object) -> object:
        found = keep(ev, placement)  # type: ignore[arg-type]
        made[found.line.name] = made.get(found.line.name, 0) + 1
        return found

    version, site = seed_version(), shanghai()
    log = log_of_length(version, site, 3)
    with patch.object(Evaluation, "keep", count):
        calendar_of(version, site, log)
    # Two years have 27 cycles, of which 3 to 27 are links, 35 doses (3 to 35), 5 fractions (2 to 5) and 13 scans. The first
    # link of each is asked for, the others are put with it; cycle 28 too, which shows that the horizon is reached. Scan 14 is
    # asked for, because the scans end 2 years after randomisation.
    assert made == {"regorafenib": 25, "toripalimab": 32, "radiotherapy": 3, "imaging": 12}
