"""Doses that the plan does not have: they are deviations, and they count for exposure and accountability."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scheduler import deviations_of, explain, exposure_of, parse_event, pill_counts, read_case
from scheduler.calendar.entries.deviation import Deviated
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.patient.appending import build_log
from scheduler.patient.cut_log import as_planned
from scheduler.patient.events import FirstDosePlanned
from scheduler.patient.log import Log
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.seed import VERSION, shanghai

STORIES = Path(__file__).parents[1] / "scenarios" / "reality"


def told(name: str, until: date | None = None) -> list[tuple[Deviated, str | None, str]]:
    case = read_case(STORIES / f"{name}.yaml")
    found = deviations_of(case.version, case.site, case.log, on=until)
    return [(each.kind, each.entry, str(each.what)) for each in found]


def log_of(*events: Mapping[str, Any]) -> Log:
    return build_log(VERSION, [parse_event(dict(event)) for event in events])


def test_tablets_on_off_days_are_one_deviation_and_count_as_delivered():
    case = read_case(STORIES / "tablets-on-off-days.yaml")
    what = "regorafenib taken on 4 days without a planned dose"
    assert told("tablets-on-off-days") == [(Deviated.NOT_PLANNED, "regorafenib.unplanned.3.1-4", what)]
    total = exposure_of(case.version, case.site, case.log, date(2026, 3, 31)).total("regorafenib")
    assert total is not None
    assert (total.delivered, total.planned, total.extra, total.not_taken) == (Decimal(3000), Decimal(2520), 4, 0)
    assert total.relative_dose_intensity == Decimal(100) * 3000 / 2520


def test_tablets_through_radiotherapy_are_delivered():
    case = read_case(STORIES / "tablets-through-radiotherapy.yaml")
    total = exposure_of(case.version, case.site, case.log, date(2026, 3, 29)).total("regorafenib")
    assert total is not None
    assert (total.delivered, total.extra) == (Decimal(2080), 5)
    assert (Deviated.NOT_PLANNED, "regorafenib.unplanned.4.1-5") in {
        each[:2] for each in told("tablets-through-radiotherapy")
    }


def three_missed_and_three_extra() -> Log:
    return log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-02", "event": "dispensed", "treatment": "regorafenib", "cycle": 1, "quantity": 84},
        {
            "on": "2026-03-30",
            "event": "not taken",
            "treatment": "regorafenib",
            "from": "2026-03-10",
            "to": "2026-03-12",
        },
        {"on": "2026-03-30", "event": "taken", "treatment": "regorafenib", "from": "2026-03-23", "to": "2026-03-25"},
        {"on": "2026-03-30", "event": "returned", "treatment": "regorafenib", "cycle": 1, "quantity": 21},
        {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 2},
    )


def test_three_missed_and_three_extra_days_are_not_a_hundred_percent():
    log = three_missed_and_three_extra()
    total = exposure_of(VERSION, shanghai(), log, date(2026, 3, 29)).total("regorafenib")
    assert total is not None
    assert (total.delivered, total.planned, total.not_taken, total.extra) == (Decimal(2520), Decimal(2520), 3, 3)
    assert total.relative_dose_intensity == Decimal(100) * 18 / 21
    [count, *_] = pill_counts(VERSION, shanghai(), log, date(2026, 3, 30))
    assert (count.taken, count.missing, count.expected, count.extra) == (63, 0, 63, 9)
    assert count.compliance == Decimal(100) * 54 / 63


def test_a_double_dose_is_an_overdose():
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-09", "event": "taken", "treatment": "regorafenib", "amount": "240 mg"}
        | {"from": "2026-03-05", "to": "2026-03-06"},
    )
    findings = calendar_of(VERSION, shanghai(), log).findings
    assert [(each.code, each.entry) for each in findings if each.code == "overdose"] == [("overdose", "regorafenib.1")]
    total = exposure_of(VERSION, shanghai(), log, date(2026, 3, 15)).total("regorafenib")
    assert total is not None
    assert (total.delivered, total.double) == (Decimal(14 * 120 + 2 * 120), 2)


def test_an_overdose_is_told_of_its_own_days_and_of_the_cycle():
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-09", "event": "taken", "treatment": "regorafenib", "amount": "240 mg"}
        | {"from": "2026-03-05", "to": "2026-03-05"},
    )
    calendar = calendar_of(VERSION, shanghai(), log)

    def warned(asked: str) -> bool:
        told_of_it = explain(calendar, asked, VERSION, log).lines
        return any("at least twice the dose that was due" in line.sentence for line in told_of_it)

    # Day 1 is Monday 2 March, so Thursday 5 March is day 4.
    asked = ("regorafenib.1", *(f"regorafenib.1.{day}" for day in (1, 3, 4, 5, 21)))
    assert [each for each in asked if warned(each)] == ["regorafenib.1", "regorafenib.1.4"]


def test_fractions_too_early_break_three_sentences():
    found = [each for each in told("fractions-weeks-too-early") if each[0] is Deviated.TOO_EARLY]
    assert [each[1] for each in found] == ["radiotherapy.1", "radiotherapy.1", "radiotherapy.2"]
    assert "earliest day by the protocol, 2026-03-23" in found[0][2]
    assert "while regorafenib was taken" in found[1][2]
    assert "earliest day by the protocol, 2026-03-05" in found[2][2]


def test_a_number_that_skips_is_a_deviation():
    found = [each for each in told("a-number-that-skips") if each[0] is Deviated.NUMBER_SKIPPED]
    expected = (Deviated.NUMBER_SKIPPED, "toripalimab.5", "recorded as number 5; numbers 2 to 4 are not used")
    assert found == [expected]


def test_after_a_failed_attempt_a_number_too_high_leaves_all_fractions_that_are_left():
    """Day 22 is Tuesday 29 September 2026: fraction 1. On the 30th the linac is down; 1 to 7 October are closed.

    On Thursday 8 October the second fraction is given, and recorded as number 5. Nothing was given on 30 September, so numbers
    2 to 4 are unused and three are left: Friday 9, Saturday 10 (a make-up working day) and Monday 12 October. Cycle 2 is next.
    """
    log = log_of(
        {"on": "2026-09-07", "event": "randomised", "arm": "experimental"},
        {"on": "2026-09-08", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-09-08", "event": "given", "treatment": "toripalimab", "n": 1},
        {"on": "2026-09-29", "event": "given", "treatment": "radiotherapy", "n": 1},
        {"on": "2026-09-30", "event": "not done", "entry": "radiotherapy.2", "reason": "linac down"},
        {
            "on": "2026-10-08",
            "event": "given",
            "treatment": "radiotherapy",
            "n": 5,
            "confirmed": "from the linac's record",
        },
    )
    calendar = calendar_of(VERSION, shanghai(), log)
    fractions = {each.n: each.date for each in calendar.entries if each.timeline == "radiotherapy" and each.date}
    days = {1: (9, 29), 5: (10, 8), 6: (10, 9), 7: (10, 10), 8: (10, 12)}
    assert fractions == {n: date(2026, *day) for n, day in days.items()}
    assert (calendar.by_id["regorafenib.2"].date, calendar.by_id["toripalimab.2"].date) == (date(2026, 10, 13),) * 2


def test_what_was_given_stays_given_and_is_a_wrong_dose():
    case = read_case(STORIES / "what-was-given-stays-given.yaml")
    assert told("what-was-given-stays-given") == [
        (Deviated.WRONG_DOSE, "mab.1", "570 mg; in force was 354 mg"),
        (Deviated.WRONG_DOSE, "mab.2", "570 mg; in force was 354 mg"),
    ]
    total = exposure_of(case.version, case.site, case.log, date(2026, 4, 13)).total("mab")
    assert total is not None
    assert (total.delivered, total.planned) == (Decimal(1140), Decimal(708))
    patient = patient_of(case.version, case.site, case.log, subject="S-1")
    asked = [str(line.title) for line in worklist([patient], date(2026, 4, 13)).decisions]
    assert asked == ["mab.1: 570 mg or 354 mg given?", "mab.2: 570 mg or 354 mg given?"]


def after_the_end(**event: Any) -> Log:
    return log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1},
        {"on": "2026-03-10", "event": "discontinued", "treatment": "regorafenib", "reason": "AE 1"},
        {"on": "2026-03-10", "event": "discontinued", "treatment": "toripalimab", "reason": "AE 1"},
        event,
    )


def test_tablets_after_the_end_are_not_during_a_hold():
    log = after_the_end(
        on="2026-03-16", event="taken", treatment="regorafenib", **{"from": "2026-03-12", "to": "2026-03-13"}
    )
    [found] = [each for each in deviations_of(VERSION, shanghai(), log) if each.timeline == "regorafenib"]
    assert (found.kind, found.entry) == (Deviated.AFTER_END, "regorafenib.1.11-12")


def test_an_infusion_after_the_end_is_a_deviation_and_the_last_dose():
    log = after_the_end(on="2026-03-23", event="given", treatment="toripalimab", n=2)
    found = [each for each in deviations_of(VERSION, shanghai(), log) if each.kind is Deviated.AFTER_END]
    assert [(each.entry, str(each.what)) for each in found] == [("toripalimab.2", "given after toripalimab had ended")]


def test_an_infusion_of_the_other_arm_stands_where_it_is_confirmed():
    events: list[dict[str, Any]] = [
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-30", "event": "end of treatment", "reason": "progression"},
        {"on": "2026-04-01", "event": "given", "treatment": "toripalimab", "n": 1, "amount": "240 mg"},
    ]
    with pytest.raises(Refused):
        log_of(*events)
    log = log_of(*events[:-1], events[-1] | {"confirmed": "read from the bag"})
    calendar = calendar_of(VERSION, shanghai(), log)
    entry = calendar.entry("toripalimab.unplanned.4.1")
    assert entry is not None
    assert (str(entry.dose), entry.date, [str(flag) for flag in entry.flags]) == (
        "240 mg",
        date(2026, 4, 1),
        ["not planned"],
    )
    safety = calendar.entry("safety-30.1")
    assert safety is not None
    assert safety.ideal == date(2026, 5, 1)
    found = [each for each in deviations_of(VERSION, shanghai(), log) if each.entry == "toripalimab.unplanned.4.1"]
    assert [str(each.what) for each in found] == ["toripalimab was given, which this arm does not have"]


def test_tablets_before_cycle_one_are_the_first_dose():
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-04", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-04", "event": "taken", "treatment": "regorafenib", "from": "2026-03-02", "to": "2026-03-03"},
    )
    calendar = calendar_of(VERSION, shanghai(), log)
    assert calendar.first_dose == date(2026, 3, 2)
    assert calendar.study_day(date(2026, 3, 4)) == 3
    entry = calendar.entry("regorafenib.unplanned.3")
    assert entry is not None
    assert [(run.first_date, run.last_date) for run in entry.runs] == [(date(2026, 3, 2), date(2026, 3, 3))]


def test_what_was_taken_on_an_off_day_counts_with_the_amount_that_was_reported():
    # Two days of 80 mg, where the plan has 120 mg a day: 160 mg were delivered.
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "control"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {
            "on": "2026-03-26",
            "event": "taken",
            "treatment": "regorafenib",
            "from": "2026-03-24",
            "to": "2026-03-25",
            "amount": "80 mg",
        },
    )
    (extra,) = (each for each in exposure_of(VERSION, shanghai(), log, date(2026, 3, 26)).lines if each.extra)
    assert (extra.delivered, extra.extra) == (Decimal(160), 2)
    entry = calendar_of(VERSION, shanghai(), log).by_id["regorafenib.unplanned.3"]
    assert [str(dose) for run in entry.runs for dose in run.doses] == ["80 mg"]


def test_of_tablets_without_a_start_the_plan_begins_with_the_first_day_that_was_reported():
    taken = {"event": "taken", "treatment": "regorafenib", "from": "2026-03-02", "to": "2026-03-04"}
    log = log_of({"on": "2026-02-27", "event": "randomised", "arm": "control"}, {"on": "2026-03-05", **taken})
    planned = as_planned(log, VERSION.arms["control"]).records[-1].event
    assert planned == FirstDosePlanned(on=date(2026, 3, 2), to=date(2026, 3, 2))


OUT_OF_ORDER: dict[str, tuple[tuple[dict[str, Any], dict[str, Any]], dict[str, date]]] = {
    # Fraction 3 on Tuesday 24 March and fraction 2 on the 25th: the fourth on the 26th, the fifth on the 27th.
    "fractions": (
        (
            {"on": "2026-03-24", "event": "given", "treatment": "radiotherapy", "n": 3},
            {"on": "2026-03-25", "event": "given", "treatment": "radiotherapy", "n": 2},
        ),
        {"radiotherapy.4": date(2026, 3, 26), "radiotherapy.5": date(2026, 3, 27), "regorafenib.2": date(2026, 3, 30)},
    ),
    # Infusion 3 on 30 March and infusion 2 on 20 April: the fourth is 21 days after that, on 11 May.
    "infusions": (
        (
            {"on": "2026-03-30", "event": "given", "treatment": "toripalimab", "n": 3},
            {"on": "2026-04-20", "event": "given", "treatment": "toripalimab", "n": 2},
        ),
        {"toripalimab.4": date(2026, 5, 11), "toripalimab.5": date(2026, 6, 1)},
    ),
    # Cycle 3 on 30 March and cycle 2 on 27 April: the fourth is 28 days after that, and takes none of its tablets twice.
    "cycles": (
        (
            {"on": "2026-03-30", "event": "cycle started", "treatment": "regorafenib", "cycle": 3},
            {"on": "2026-04-27", "event": "cycle started", "treatment": "regorafenib", "cycle": 2},
        ),
        {"regorafenib.4": date(2026, 5, 25), "regorafenib.5": date(2026, 6, 22)},
    ),
}


@pytest.mark.parametrize("case", OUT_OF_ORDER)
def test_after_numbers_out_of_order_the_next_counts_from_what_was_given_last(case: str):
    events, days = OUT_OF_ORDER[case]
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
        {"on": "2026-03-02", "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1},
        *([{"on": "2026-03-23", "event": "given", "treatment": "radiotherapy", "n": 1}] if case == "fractions" else []),
        *events,
    )
    calendar = calendar_of(VERSION, shanghai(), log, until=date(2026, 7, 1))
    assert {name: calendar.by_id[name].date for name in days} == days
    # The interval is that between the two as they were given, and no number of days below 0.
    kinds = {each.kind for each in deviations_of(VERSION, shanghai(), log)}
    assert Deviated.INTERVAL_TOO_SHORT not in kinds


def test_an_interval_is_measured_from_what_was_given_before_whatever_it_was_called():
    # Numbers 4 and then 3, 15 days apart.
    log = log_of(
        {"on": "2026-02-27", "event": "randomised", "arm": "experimental"},
        {"on": "2026-03-02", "event": "given", "treatment": "toripalimab", "n": 1},
        {"on": "2026-03-30", "event": "given", "treatment": "toripalimab", "n": 4},
        {"on": "2026-04-14", "event": "given", "treatment": "toripalimab", "n": 3},
    )
    found = [each for each in deviations_of(VERSION, shanghai(), log) if each.kind is Deviated.INTERVAL_TOO_SHORT]
    assert [(each.entry, str(each.what)) for each in found] == [
        ("toripalimab.3", "15 days after toripalimab.4, at least 18 are asked for")
    ]
