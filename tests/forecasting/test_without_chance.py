"""The law of the forecast: where nothing is left to chance, it is the dispensing list, number by number.

It has a number more where the list has none yet: of what is handed out within a cycle that is still to begin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.study import read_study
from scheduler.folder.trying.forecasting import in_study
from scheduler.forecasting.expecting.rates import Rates
from scheduler.forecasting.look_ahead import look_ahead
from scheduler.forecasting.simulating.futures import Begun
from scheduler.forecasting.weeks import Weeks
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import NOT_SURE, dispensing_list
from scheduler.views.pharmacy.dispensing_line import LineStatus
from tests.dosing.story import told as events_of
from tests.laws.examples import one_in
from tests.regimens.test_laws import REFUSED
from tests.regimens.test_regimens import STORIES, by_story
from tests.seed import VERSION

SEED = Path(__file__).parents[2] / "examples" / "rego-tori-rt"


def list_and_forecast(
    version: StudyVersion, patients: Iterable[Begun], first: date, weeks: int
) -> tuple[dict[tuple[object, ...], list[object]], dict[tuple[object, ...], list[object]]]:
    """By week and article: sure units, units that are not sure, packs, lines without a number; of both."""
    known = tuple(patients)
    period = Weeks(first, weeks)
    listed = dispensing_list(map(as_patient, known), period.first, period.last, on=first)
    wanted: dict[tuple[object, ...], list[object]] = defaultdict(lambda: [Decimal(0), Decimal(0), 0, 0])
    for line in listed.everything:
        if line.date is None or (line.status is not LineStatus.PLANNED and line.status not in NOT_SURE):
            continue
        monday = max(first, line.date - timedelta(days=line.date.weekday()))
        cell = wanted[monday, line.treatment, line.product, line.strength]
        sure = line.status is LineStatus.PLANNED
        cell[0 if sure else 1] += Decimal(line.units or 0)  # type: ignore[operator]
        cell[2] += line.packs or 0  # type: ignore[operator]
        cell[3] += line.units is None  # type: ignore[operator]
    found = look_ahead([version], {}, known, Rates(), period)
    assert found.runs == 1
    assert found.calendars == len(known)
    told: dict[tuple[object, ...], list[object]] = {
        (each.first, each.treatment, each.product, each.strength): [
            each.units.mean - each.unsure,
            each.unsure,
            each.packs.mean if each.packs is not None else 0,
            each.unknown,
        ]
        for each in found.demand
    }
    for each in found.demand:
        # Every run is the one run, and all of it is for patients in the study.
        assert each.units.low == each.units.median == each.units.high == each.units.mean == each.in_study
        assert each.expected == 0
    return dict(wanted), told


def as_patient(begun: Begun) -> Patient:
    return patient_of(begun.version, begun.site, begun.log, subject=begun.subject)


@pytest.mark.parametrize("on", [date(2026, 3, 16), date(2026, 5, 21)])
def test_of_the_seed_study(on: date) -> None:
    study = read_study(SEED)
    wanted, told = list_and_forecast(study.version, in_study(study), on, 30)
    assert wanted != {}
    assert told == wanted


def test_of_a_patient_whose_order_lies_ahead() -> None:
    """Cycle 2 is due on Monday 30 March; 80 mg is ordered from 8 April on. 120 mg is 3 tablets of 40 mg, on 21 days 63."""
    log = events_of("""
        2026-02-27 randomised, arm: control
        2026-03-02 cycle started, treatment: regorafenib, cycle: 1
        2026-04-08 dose changed, treatment: regorafenib, level: -1, dose: 80 mg
    """)
    wanted, told = list_and_forecast(VERSION, [Begun(VERSION, EVERY_DAY, log, "P")], date(2026, 3, 25), 2)
    assert told == wanted
    assert [units[0] for (monday, *_), units in told.items() if monday == date(2026, 3, 30)] == [63]


@pytest.mark.parametrize(
    "path", one_in(12, [path for path in STORIES if path not in REFUSED and "regimens" in str(path)]), ids=by_story
)
def test_of_every_regimen(path: Path) -> None:
    case = read_case(path)
    # From the middle of what was recorded on, half a year.
    days = sorted(record.event.on for record in case.log.records)
    patient = Begun(case.version, case.site, case.log, case.subject or "P")
    wanted, told = list_and_forecast(case.version, [patient], days[len(days) // 2], 26)
    assert told.keys() == wanted.keys()
    for cell, found in told.items():
        # What is short within a cycle that nobody recorded as started has no number on the list: here it is as planned.
        (*_, unlisted), (*_, unknown) = wanted[cell], found
        assert found == wanted[cell] or unknown < unlisted, cell  # type: ignore[operator]


def test_what_is_handed_out_within_a_cycle_to_come_is_counted_as_planned() -> None:
    """850 mg once a day on days 1-28, then twice a day, in bottles of 60 for 84 days at a time, from Monday 2 March 2026.

    Days 1-84 take 28 + 2 x 56 = 140 tablets: 3 bottles, 40 left over. Day 85 is 25 May: 168 are needed, 128 short, 3 bottles,
    52 left over. Day 169 is 17 August: 168 less 52 is 116, 2 bottles.
    """
    case = read_case(SEED.parent / "regimens" / "diabetes-prevention" / "stories" / "planned.yaml")
    _, told = list_and_forecast(case.version, [Begun(case.version, case.site, case.log, "P")], date(2026, 3, 2), 26)
    assert [(monday, *found[:3]) for (monday, *_), found in told.items()] == [
        (date(2026, 3, 2), 140, 0, 3),
        (date(2026, 5, 25), 128, 0, 3),
        (date(2026, 8, 17), 116, 0, 2),
    ]
