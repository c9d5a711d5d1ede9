"""A dose that nobody has recorded when an order comes is given, if at all, by that order: on every list, from its day on.

Infusions of 54 mg, 21 days apart: on Monday 2 March 2026, on the 23rd, on 13 April. Tablets of 120 mg on days 1-21 of 28.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.dosing.story import calendar as seed
from tests.dosing.story import told
from tests.laws.walks import study
from tests.seed import VERSION as VERSION_OF_SEED

VERSION = parse_protocol(
    """
study: OTHER
version: "1.0"
title: An infusion in levels
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days after the previous dose}
    give: intravenously
    levels: 54, 44, 32 mg
""",
    name="protocol.yaml",
)[0]
BEGUN = """2026-02-27 randomised, arm: all
2026-03-02 given, treatment: drug, n: 1
"""
LOWERED = BEGUN + "2026-03-24 dose changed, treatment: drug, level: -1, dose: 44 mg\n"  # event 3


def calendar(story: str) -> Calendar:
    return calendar_of(VERSION, EVERY_DAY, told(story), until=date(2026, 6, 30))


def dose(story: str, n: int = 2) -> str:
    found = calendar(story).by_id[f"drug.{n}"]
    return f"{found.date:%m-%d} {found.dose} {found.status}"


def test_an_infusion_that_is_overdue_when_the_dose_is_lowered() -> None:
    found = calendar(LOWERED).by_id["drug.2"]
    assert (found.date, str(found.dose)) == (date(2026, 3, 23), "44 mg")
    assert Event(3) in found.because.set_by
    assert found.because.latest == 3


@pytest.mark.parametrize(
    ("recorded", "dose_2"),
    [
        ("2026-03-23 given, treatment: drug, n: 2", "03-23 54 mg done"),  # it had been given in time, at its own level
        ("2026-03-25 given, treatment: drug, n: 2", "03-25 44 mg done"),
        ("2026-03-25 not done, entry: drug.2, reason: ill", "03-23 None not done"),
        ("2026-03-26 dose changed, treatment: drug, level: -2, dose: 32 mg", "03-23 32 mg planned"),
    ],
)
def test_what_is_recorded_afterwards(recorded: str, dose_2: str) -> None:
    assert dose(f"{LOWERED}{recorded}\n") == dose_2


def test_one_that_a_later_dose_has_passed_can_only_have_been_given_before() -> None:
    """Dose 3 on 13 April, dose 2 without a record, lowered on the 20th: whoever gave dose 2 gave 54 mg."""
    story = f"{BEGUN}2026-04-13 given, treatment: drug, n: 3, confirmed: so it was\n"
    story += "2026-04-20 dose changed, treatment: drug, level: -1, dose: 44 mg\n"
    assert (dose(story), dose(story, 4)) == ("03-23 54 mg planned", "05-04 44 mg planned")


def test_one_without_a_record_when_the_treatment_ended() -> None:
    """Ended on 30 March: it was given before, by the order of the 24th at the latest; that of 1 April came too late."""
    ended = LOWERED + "2026-03-30 discontinued, treatment: drug, reason: progression\n"
    late = BEGUN + "2026-03-22 discontinued, treatment: drug, reason: tired\n"
    assert dose(ended) == "03-23 44 mg planned"
    assert "drug.2" not in {entry.id for entry in calendar(late).entries if entry.status.value == "planned"}


CONTROL = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
"""
REDUCED = "2026-04-01 dose changed, treatment: regorafenib, level: -1, dose: 80 mg\n"


def tablets(story: str, cycle: int) -> list[str]:
    found = seed(story, "2026-06-30").by_id[f"regorafenib.{cycle}"]
    return [f"{run.first_day}-{run.last_day} {run.doses[0] if run.doses else ''} {run.status}" for run in found.runs]


def test_a_cycle_of_tablets_that_nobody_started_is_lowered_whole() -> None:
    """Cycle 2 is due on 30 March; lowered on 1 April, its day 3."""
    assert tablets(CONTROL + REDUCED, 2) == ["1-21 80 mg planned"]


def test_days_of_a_started_cycle_are_presumed_taken_at_their_own_dose() -> None:
    started = "2026-03-30 cycle started, treatment: regorafenib, cycle: 2\n"
    assert tablets(CONTROL + started + REDUCED, 2) == [
        "1-1 120 mg done",
        "2-2 120 mg planned",
        "3-21 80 mg planned",
    ]
    reported = "2026-04-01 taken, treatment: regorafenib, from: 2026-03-30, to: 2026-03-31\n"
    assert tablets(CONTROL + reported + REDUCED, 2)[0] == "1-1 120 mg done"


HELD_AND_LOWERED = """2026-04-08 held, treatment: regorafenib, reason: rash
2026-04-15 resumed, treatment: regorafenib, level: -1, dose: 80 mg
"""


def test_days_before_a_hold_can_only_have_been_at_the_dose_of_their_time() -> None:
    """Cycle 2 is due on 30 March; held on 8 April, its day 10, resumed lower on the 15th, its day 17."""
    assert tablets(CONTROL + HELD_AND_LOWERED, 2)[0] == "1-9 120 mg planned"
    assert tablets(CONTROL + HELD_AND_LOWERED, 2)[2] == "17-21 80 mg planned"
    before = seed(CONTROL + HELD_AND_LOWERED, "2026-06-30").by_id["regorafenib.2"].runs[0]
    assert Event(3) in before.because.looked_at


def test_who_starts_such_a_cycle_after_the_hold_takes_the_lower_dose_on_every_list() -> None:
    """80 mg is 2 tablets of 40 mg: 42 on 21 days."""
    patient = patient_of(VERSION_OF_SEED, EVERY_DAY, told(CONTROL + HELD_AND_LOWERED), subject="S-1")
    on = date(2026, 4, 16)
    lines = dispensing_list([patient], date(2026, 3, 30), date(2026, 3, 30), on=on).lines
    assert [(line.units, str(line.dose)) for line in lines] == [(42, "80")]
    overdue = [each for each in worklist([patient], on).overdue if each.entry == "regorafenib.2.1"]
    assert [str(each.to_do) for each in overdue] == [
        "record it as done or not done; the window closed on 2026-04-02; who starts it now takes 80 mg"
    ]
    late = CONTROL + HELD_AND_LOWERED + "2026-04-16 cycle started, treatment: regorafenib, cycle: 2\n"
    assert tablets(late, 2) == ["1-1 80 mg done", "2-21 80 mg planned"]


@pytest.mark.parametrize(
    ("on", "tablets_of_cycle", "who_starts"),
    [
        ("2026-04-02", 63, ""),  # 120 mg, 3 tablets on each of 21 days: the hold and both orders are still to come
        ("2026-04-10", 63, ""),  # on hold: nobody starts
        ("2026-04-16", 42, "80 mg"),
        ("2026-04-18", 21, "40 mg"),
        ("2026-04-26", 21, "40 mg"),  # after the last of its days
    ],
)
def test_orders_written_down_ahead_bear_on_who_starts_only_from_their_day_on(
    on: str, tablets_of_cycle: int, who_starts: str
) -> None:
    """Cycle 2 of 30 March, nobody recorded it; resumed at 80 mg on 15 April, lowered to 40 mg on the 18th."""
    lower = "2026-04-18 dose changed, treatment: regorafenib, level: -2, dose: 40 mg\n"
    patient = patient_of(VERSION_OF_SEED, EVERY_DAY, told(CONTROL + HELD_AND_LOWERED + lower), subject="S-1")
    today = date.fromisoformat(on)
    listed = dispensing_list([patient], date(2026, 3, 30), date(2026, 3, 30), on=today)
    assert [line.units for line in (*listed.lines, *listed.apart)] == [tablets_of_cycle]
    [overdue] = [each for each in worklist([patient], today).overdue if each.entry == "regorafenib.2.1"]
    assert str(overdue.to_do).partition("; who starts it now takes ")[2] == who_starts


def test_who_starts_after_a_hold_of_all_other_days_takes_what_was_ordered_since() -> None:
    """Held from 8 to 24 April, its day 26: the calendar has days 1-9 at 120 mg alone, and 80 mg holds now."""
    held = HELD_AND_LOWERED.replace("2026-04-15", "2026-04-24")
    patient = patient_of(VERSION_OF_SEED, EVERY_DAY, told(CONTROL + held), subject="S-1")
    [overdue] = [each for each in worklist([patient], date(2026, 4, 25)).overdue if each.entry == "regorafenib.2.1"]
    assert str(overdue.to_do).endswith("; who starts it now takes 80 mg")


LEFT_OUT_AT_LAST = parse_protocol(
    """
study: OTHER
version: "1.0"
title: Tablets whose lowest level leaves them out
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 28 days after the previous cycle}
    give: once daily by mouth on days 1-21
    levels: 120, 80, 0 mg
products: {drug: {unit: 40 mg tablet}}
""",
    name="protocol.yaml",
)[0]


def test_nobody_starts_after_a_hold_what_was_left_out_since() -> None:
    """Cycle 2 is due on 30 March: its days before the hold are told with 120 mg, and nothing is handed out for it any more."""
    story = "2026-02-27 randomised, arm: all\n2026-03-02 cycle started, treatment: drug, cycle: 1\n"
    story += (
        "2026-04-08 held, treatment: drug, reason: rash\n2026-04-15 resumed, treatment: drug, level: -2, dose: 0 mg\n"
    )
    patient = patient_of(LEFT_OUT_AT_LAST, EVERY_DAY, told(story), subject="S-1")
    on = date(2026, 4, 16)
    assert [str(run.doses[0]) if run.doses else "" for run in patient.calendar.by_id["drug.2"].runs] == [
        "120 mg",
        "",
        "",
    ]
    listed = dispensing_list([patient], date(2026, 3, 30), date(2026, 3, 30), on=on)
    assert [(line.status.value, str(line.note)) for line in (*listed.lines, *listed.apart)] == [
        ("cancelled", "nothing is handed out")
    ]
    [overdue] = [each for each in worklist([patient], on).overdue if each.entry == "drug.2.1"]
    assert str(overdue.to_do).endswith("; the drug is left out at its dose level now: nobody starts it")


def test_a_hold_in_the_days_off_leaves_a_cycle_that_nobody_started_whole() -> None:
    """Days 22-28 of cycle 2 are 20 to 26 April: nothing tells whether its days were before the hold, so the order counts."""
    held = """2026-04-20 held, treatment: regorafenib, reason: rash
2026-04-24 resumed, treatment: regorafenib, level: -1, dose: 80 mg
"""
    assert tablets(CONTROL + held, 2) == ["1-21 80 mg planned"]


@pytest.mark.parametrize(
    ("on", "dose_2"),
    [("2026-03-23", "54 mg"), ("2026-03-24", "44 mg"), ("2026-03-25", "44 mg"), ("2026-03-26", "32 mg")],
)
def test_an_order_whose_day_has_not_come_leaves_what_is_given_before(on: str, dose_2: str) -> None:
    """Written down ahead, for the 24th and the 26th: whoever gives dose 2 on its day, the 23rd, gives 54 mg."""
    story = LOWERED + "2026-03-26 dose changed, treatment: drug, level: -2, dose: 32 mg\n"
    found = calendar_on(calendar(story), date.fromisoformat(on)).by_id["drug.2"]
    assert str(found.dose) == dose_2


def test_a_cycle_started_before_the_day_of_an_order_is_lowered_from_that_day_on() -> None:
    before = calendar_on(seed(CONTROL + REDUCED, "2026-06-30"), date(2026, 3, 31)).by_id["regorafenib.2"]
    assert [f"{run.first_day}-{run.last_day} {run.doses[0]}" for run in before.runs] == ["1-2 120 mg", "3-21 80 mg"]
    assert Event(3) in (*before.runs[0].because.looked_at, *before.runs[0].because.set_by)


def handed_out(on: str) -> list[str]:
    patient = patient_of(VERSION_OF_SEED, EVERY_DAY, told(CONTROL + REDUCED), subject="S-1")
    lines = dispensing_list([patient], date(2026, 3, 30), date(2026, 4, 20), on=date.fromisoformat(on)).lines
    return [
        f"{line.entry} {line.work} {line.units} at {line.dose} {line.unit}"
        for line in lines
        if "regorafenib.2" in line.entry
    ]


def test_the_pharmacy_hands_out_a_cycle_that_nobody_started_by_the_order() -> None:
    """80 mg is 2 tablets of 40 mg, on 21 days 42; before the day of the order 120 mg is 3, 63, and 19 days are relabelled."""
    assert handed_out("2026-04-01") == ["regorafenib.2.1 dispense 42 at 80 mg"]
    assert handed_out("2026-03-31")[0] == "regorafenib.2.1 dispense 63 at 120 mg"


def test_a_fraction_without_a_record_is_given_by_the_prescription_that_came_since() -> None:
    """Fraction 1 is due on Monday 23 March, Study Day 22; prescribed anew on the 24th."""
    story = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
2026-03-16 visit done, entry: planning-ct.1
2026-03-20 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy
2026-03-24 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 6, unit: Gy
"""
    fractions = [seed(story, "2026-06-30").by_id[f"radiotherapy.{n}"] for n in (1, 2)]
    assert [f"{each.date:%m-%d} {each.doses[0]}" for each in fractions] == [
        "03-23 hypofractionated 6 Gy",
        "03-24 hypofractionated 6 Gy",
    ]


CYCLES = parse_protocol(
    """
study: OTHER
version: "1.0"
title: Two drugs on one clock
arms: {all: Everybody}
study days: first dose is Day 1
cycles:
  chemotherapy:
    when: {1: on first dose, then: 21 days after the previous cycle}
treatments:
  one:
    when: in every cycle on day 1
    give: 100 mg intravenously on day 1
  two:
    when: in every cycle on days 1, 8
    give: intravenously
    levels: 50, 40 mg
""",
    name="protocol.yaml",
)[0]


@pytest.mark.parametrize(
    ("recorded", "day_8"),
    [
        ("", "03-09 40 mg"),  # lowered on 25 March, and nothing has followed day 8 of cycle 1
        (
            "2026-03-23 given, treatment: one, n: 2\n",
            "03-09 50 mg",
        ),  # cycle 2 has begun before: it was given before, if at all
        ("2026-03-24 given, treatment: two, n: 2, day: 1, confirmed: it was\n", "03-09 50 mg"),
    ],
)
def test_a_drug_on_a_clock(recorded: str, day_8: str) -> None:
    story = f"""2026-02-27 randomised, arm: all
2026-03-02 given, treatment: one, n: 1
2026-03-02 given, treatment: two, n: 1, day: 1
{recorded}2026-03-25 dose changed, treatment: two, level: -1, dose: 40 mg
"""
    found = calendar_of(CYCLES, EVERY_DAY, told(story), until=date(2026, 6, 30)).by_id["two.1.8"]
    assert f"{found.date:%m-%d} {found.dose}" == day_8


def test_explain_works_out_the_dose_that_the_order_has() -> None:
    """Nab-paclitaxel of 16 March, not recorded, ordered at 75 mg/m2 on the 20th: 75 x 1.84 = 138 mg."""
    log = told("""2026-02-27 randomised, arm: nab-paclitaxel
2026-02-27 attribute, name: weight, value: 70
2026-02-27 attribute, name: height, value: 175
2026-02-27 attribute, name: creatinine clearance, value: 75
2026-03-02 given, treatment: pembrolizumab, n: 1
2026-03-02 given, treatment: carboplatin, n: 1
2026-03-02 given, treatment: nab-paclitaxel, n: 1, day: 1
2026-03-20 dose changed, treatment: nab-paclitaxel, level: -1, dose: 75 mg/m2
""")
    version = study("keynote-407")
    found = calendar_of(version, EVERY_DAY, log, until=date(2026, 4, 12))
    assert f"{found.by_id['nab-paclitaxel.1.15'].dose}" == "138 mg"
    lines = str(explain(found, "nab-paclitaxel.1.15", version, log))
    assert "75 mg/m2" in lines
    assert "here it is" not in lines
    assert "184" not in lines
