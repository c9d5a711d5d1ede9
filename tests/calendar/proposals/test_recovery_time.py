"""A resume at the same level after a recovery in time, and one level lower after a later one. Days counted by hand.

The finding is on Monday 9 March 2026 (event 3): 28 days from it are Monday 6 April, the last day in time.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import asked, codes
from tests.dosing.story import told

ROW = "hold until grade 0, then resume at the same level if recovered within 28 days, else 1 level lower"
VERSION = parse_protocol(
    f"""
study: OTHER
version: "1.0"
title: An infusion that may harm the lung
arms: {{all: Everybody}}
study days: first dose is Day 1
sources: {{label: The label}}
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous dose}}
    give: intravenously
    levels: 54, 44, 32 mg
rules:
  lung:
    for: drug
    on: Pneumonitis
    rows:
      - "grade 1: {ROW} (label)"
      - "grade 2-4: discontinue (label)"
  floor:
    for: drug
    rows:
      - "no lower level is left: discontinue (label)"
""",
    name="protocol.yaml",
)[0]
BEGUN = """2026-02-27 randomised, arm: all
2026-03-02 given, treatment: drug, n: 1
2026-03-09 adverse event, ae: 1, term: pneumonitis, grade: 1
"""
DECIDED = f'{BEGUN}2026-03-09 decided, proposal: lung.1.3, action: "{ROW}", by: Dr Example\n'
HELD = BEGUN + "2026-03-09 held, treatment: drug, reason: AE 1\n"


def calendar(story: str) -> Calendar:
    return calendar_of(VERSION, EVERY_DAY, told(story), until=date(2026, 6, 30))


def proposal(story: str) -> Proposal:
    return next(each for each in calendar(story).proposals if each.id == "lung.1.3")


def recovered(day: str, resumed: str, more: str = "") -> str:
    return f"2026-{day} resolved, ae: 1\n2026-{resumed} resumed, treatment: drug, by: Dr Example{more}\n"


def next_dose(story: str) -> str:
    found = calendar(story).by_id["drug.2"]
    return f"{found.date:%m-%d} {found.dose} at level {found.dose.level if found.dose else None}"


@pytest.mark.parametrize(
    ("rest", "dose"),
    [
        (recovered("04-06", "04-06"), "04-06 54 mg at level 0"),  # the 28th day
        (recovered("04-06", "04-20"), "04-20 54 mg at level 0"),  # recovered in time, resumed later
        (recovered("04-07", "04-07"), "04-07 44 mg at level -1"),  # the 29th day
        ("2026-04-06 resumed, treatment: drug\n", "04-06 54 mg at level 0"),  # nobody said that it has recovered
        ("2026-04-07 resumed, treatment: drug\n", "04-07 44 mg at level -1"),
        (recovered("04-20", "04-20", ", level: 0, dose: 54 mg"), "04-20 54 mg at level 0"),  # an order says another
        (recovered("04-01", "04-06", ", level: -2, dose: 32 mg"), "04-06 32 mg at level -2"),
    ],
)
def test_the_level_follows_the_day_of_recovery(rest: str, dose: str) -> None:
    assert next_dose(DECIDED + rest) == dose


def test_what_came_back_recovered_on_the_last_day() -> None:
    back = "2026-03-20 resolved, ae: 1\n2026-04-01 regraded, ae: 1, grade: 1\n"
    assert next_dose(DECIDED + back + "2026-04-10 resolved, ae: 1\n2026-04-10 resumed, treatment: drug\n") == (
        "04-10 44 mg at level -1"
    )


def test_while_it_is_held_the_proposal_says_at_which_level_dosing_goes_on() -> None:
    assert proposal(DECIDED).resume_waits_for == (
        "pneumonitis is grade 1, a resume asks for grade 0",
        "dosing goes on at the same level if it has recovered by 2026-04-06, 1 level lower if it recovers later",
    )
    waiting = [each for each in calendar(DECIDED).entries if each.timeline == "drug" and each.n > 1]
    assert [each.dose for each in waiting] == []


def test_the_dose_says_what_it_rests_on() -> None:
    story = DECIDED + recovered("04-07", "04-07")  # events 5 and 6
    found = explain(calendar(story), "drug.2", VERSION, told(story))
    said = [each.source for each in found.lines]
    assert {"event 3", "event 4", "event 5", "event 6"} <= set(said)


@pytest.mark.parametrize(
    ("rest", "state"),
    [
        (recovered("04-06", "04-20"), State.AS_PROPOSED),
        (recovered("04-07", "04-07"), State.OPEN),  # without a level, which is no answer
        (recovered("04-07", "04-07", ", level: 0, dose: 54 mg"), State.OTHERWISE),
        (
            recovered("04-07", "04-07") + "2026-04-08 dose changed, treatment: drug, level: -1, dose: 44 mg\n",
            State.AS_PROPOSED,
        ),
        (recovered("04-07", "04-07", ", level: -1, dose: 44 mg"), State.AS_PROPOSED),
    ],
)
def test_an_order_is_judged_by_how_long_it_took(rest: str, state: State) -> None:
    assert proposal(HELD + rest).state is state


def test_a_slow_recovery_from_an_ordered_hold_lets_no_full_dose_pass_in_silence() -> None:
    """Held by an order, resumed on the 29th day without a level: the doses wait, and the warning says what the protocol has."""
    found = calendar(HELD + recovered("04-07", "04-07"))
    assert found.by_id["drug.2"].flags == (Flag.AWAITING_DECISION,)
    (warning,) = found.findings
    assert str(warning) == (
        "warning: 2026-04-07: drug was resumed at a higher level than the protocol has: it had recovered on 2026-04-07, so "
        "dosing goes on 1 level lower [lung.1.3] (record 'dose changed' with level: -1, or correct the resume; else say why in "
        "the record) [resumed-too-high]"
    )
    lowered = calendar(
        HELD + recovered("04-07", "04-07") + "2026-04-08 dose changed, treatment: drug, level: -1, dose: 44 mg\n"
    )
    assert lowered.findings == ()
    assert lowered.by_id["drug.2"].flags == ()


def test_a_resume_above_what_was_decided_is_told() -> None:
    story = DECIDED + recovered("04-07", "04-07", ", level: 0, dose: 54 mg")
    assert [each.code for each in calendar(story).findings] == ["resumed-too-high"]
    in_time = DECIDED + recovered("04-06", "04-07", ", level: 0, dose: 54 mg")
    assert calendar(in_time).findings == ()


@pytest.mark.parametrize(
    ("day", "goes_on"),
    [
        ("04-06", "it has recovered by 2026-04-06: dosing goes on at the same level"),
        ("04-07", "it has recovered by 2026-04-07: dosing goes on 1 level lower"),
    ],
)
def test_once_it_has_recovered_the_hold_says_which_outcome_it_is(day: str, goes_on: str) -> None:
    story = DECIDED + f"2026-{day} resolved, ae: 1\n"
    assert proposal(story).resume_waits_for == (goes_on,)
    patient = patient_of(VERSION, EVERY_DAY, told(story), subject="S-001")
    assert any(goes_on in str(line.to_do) for line in worklist([patient], date(2026, 4, 8)).decisions)


def test_at_the_lowest_level_a_late_recovery_is_told() -> None:
    lowest = BEGUN.replace("2026-03-09", "2026-03-05 dose changed, treatment: drug, level: -2, dose: 32 mg\n2026-03-09")
    story = lowest + f'2026-03-09 decided, proposal: lung.1.4, action: "{ROW}", by: Dr Example\n'
    codes = [each.code for each in calendar(story + recovered("04-07", "04-07")).findings]
    assert codes == ["no-level-left"]
    assert [each.code for each in calendar(story + recovered("04-06", "04-07")).findings] == []
    assert next_dose(story + recovered("04-07", "04-07")) == "04-07 32 mg at level -2"


COUNTS = "hold until at least 1 G/L, then resume at the same level if recovered within 7 days, else 1 level lower"
BLOOD = parse_protocol(
    f"""
study: OTHER
version: "1.0"
title: An infusion that lowers blood counts
arms: {{all: Everybody}}
study days: first dose is Day 1
sources: {{label: The label}}
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous dose}}
    give: intravenously
    levels: 54, 44, 32 mg
rules:
  counts:
    for: drug
    on: neutrophils
    rows:
      - "below 0.5 G/L: {COUNTS} (label)"
  floor:
    for: drug
    rows:
      - "no lower level is left: discontinue (label)"
""",
    name="protocol.yaml",
)[0]
LOW = f"""2026-02-27 randomised, arm: all
2026-03-02 given, treatment: drug, n: 1
2026-03-20 measured, test: neutrophils, value: 0.4, unit: G/L
2026-03-20 decided, proposal: counts.1.3, action: "{COUNTS}", by: Dr Example
"""


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({"03-24": "0.8", "03-27": "1.0"}, 0),  # the 7th day from 20 March
        ({"03-24": "0.8", "03-28": "1.0"}, -1),  # the 8th
        ({"03-24": "1.2", "03-26": "0.9", "03-28": "1.1"}, -1),  # it fell again, and the last recovery counts
        ({}, -1),  # nobody measured it before the resume on 30 March
    ],
)
def test_of_a_blood_count_the_day_of_the_value_counts(values: dict[str, str], level: int) -> None:
    measured = "".join(
        f"2026-{day} measured, test: neutrophils, value: {value}, unit: G/L\n" for day, value in values.items()
    )
    story = f"{LOW}{measured}2026-03-30 resumed, treatment: drug, by: Dr Example\n"
    found = calendar_of(BLOOD, EVERY_DAY, told(story), until=date(2026, 6, 30)).by_id["drug.2"]
    assert (found.date, found.dose.level if found.dose else None) == (date(2026, 3, 30), level)


BOWEL = parse_protocol(
    """
study: OTHER
version: "1.0"
title: Tablets
arms: {all: Everybody}
study days: first dose is Day 1
sources: {label: The label}
treatments:
  drug:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: 6 cycles
    open: any day
    give: once daily by mouth on days 1-28
    levels: 50, 40, 30 mg
rules:
  bowel:
    for: drug
    on: Diarrhoea
    rows:
      - "grade 2: hold until grade 0-1, then resume 1 level lower if recovered within 7 days, else 2 levels lower (label)"
""",
    name="protocol.yaml",
)[0]


def test_tablets_go_on_lower_still_after_a_late_recovery_at_their_own_dose() -> None:
    """Held on 10 March, over on the 20th, the 10th day after: 2 levels lower, 30 mg, and not the 40 mg of a recovery in time."""
    story = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: drug, cycle: 1
2026-03-10 adverse event, ae: 1, term: Diarrhoea, grade: 2
2026-03-10 decided, proposal: bowel.1.3, action: "1", by: Dr Example
2026-03-{} resolved, ae: 1
2026-03-{} resumed, treatment: drug
"""
    found = {day: calendar_of(BOWEL, EVERY_DAY, told(story.format(day, day))) for day in ("16", "20")}
    assert {
        day: [
            (each.first_date.day, str(dose.amount), dose.level)
            for each in one.by_id["drug.1"].runs[-1:]
            for dose in each.doses
        ]
        for day, one in found.items()
    } == {"16": [(16, "40", -1)], "20": [(20, "30", -2)]}
    # The day of the recovery is cited: event 5, with the resume, event 6.
    assert all({5, 6} <= one.by_id["drug.1"].runs[-1].because.event_numbers() for one in found.values())


def test_a_lower_dose_that_is_recorded_a_day_late_is_that_of_the_dose_which_waits() -> None:
    """Resumed on 7 April without a level, lowered on the 8th: dose 2, planned for the 7th, was not given by then."""
    slow = HELD + recovered("04-07", "04-07")
    lowered = "2026-04-08 dose changed, treatment: drug, level: -1, dose: 44 mg\n"
    assert next_dose(slow + lowered) == "04-07 44 mg at level -1"
    given = slow + "2026-04-07 given, treatment: drug, n: 2, confirmed: so it was\n" + lowered
    (note,) = [each for each in calendar(given).findings if each.code == "resumed-too-high"]
    assert (str(note.severity), note.hint, note.events) == ("note", None, (3, 4, 5, 6, 8))
    assert next_dose(given) == "04-07 54 mg at level 0"


def test_tablets_between_the_resume_and_the_lower_dose_are_presumed_taken() -> None:
    """Resumed on 20 March, day 19 of 28, the 10th day after; lowered on the 21st: the tablets of the 20th were of 50 mg."""
    story = """2026-02-27 randomised, arm: all
2026-03-02 cycle started, treatment: drug, cycle: 1
2026-03-10 adverse event, ae: 1, term: Diarrhoea, grade: 2
2026-03-10 held, treatment: drug, reason: AE 1
2026-03-20 resolved, ae: 1
2026-03-20 resumed, treatment: drug, level: 0, dose: 50 mg, by: Dr Example
"""
    lowered = "2026-03-{} dose changed, treatment: drug, level: -2, dose: 30 mg\n"

    def told_of(story: str) -> list[str]:
        found = calendar_of(BOWEL, EVERY_DAY, told(story)).findings
        return [f"{each.severity} {each.code}" for each in found if each.code == "resumed-too-high"]

    assert told_of(story) == ["warning resumed-too-high"]
    assert told_of(story + lowered.format("21")) == ["note resumed-too-high"]
    assert told_of(story.replace("level: 0", "override: tolerated well, level: 0")) == ["note resumed-too-high"]


def test_a_resume_above_its_row_is_asked_before_it_is_recorded() -> None:
    found = asked(
        HELD + "2026-04-07 resolved, ae: 1\n", "2026-04-07 resumed, treatment: drug", version=VERSION, site=EVERY_DAY
    )
    assert codes(found) == [("asked", "resumed-too-high", "0.level")]
    assert str(found[0].what) == (
        "2026-04-07: drug was resumed at a higher level than the protocol has: it had recovered on 2026-04-07, so dosing goes on "
        "1 level lower [lung.1.3]"
    )
    assert found[0].answer == "override"
    lower = "2026-04-07 resumed, treatment: drug, level: -1, dose: 44 mg"
    assert asked(HELD + "2026-04-07 resolved, ae: 1\n", lower, version=VERSION, site=EVERY_DAY) == ()
    in_time = HELD + "2026-04-06 resolved, ae: 1\n"
    assert asked(in_time, "2026-04-07 resumed, treatment: drug", version=VERSION, site=EVERY_DAY) == ()


def test_with_a_reason_it_stands_and_is_a_deviation() -> None:
    slow = HELD + "2026-04-07 resolved, ae: 1\n"
    order = "2026-04-07 resumed, treatment: drug, level: 0, dose: 54 mg, override: mild and gone"
    (question,) = asked(slow, order, version=VERSION, site=EVERY_DAY)
    assert question.reason == "mild and gone"
    story = f"{slow}{order}\n"
    assert [each.severity.value for each in calendar(story).findings if each.code == "resumed-too-high"] == ["note"]
    ledger = deviations_of(VERSION, EVERY_DAY, told(story))
    assert [each.kind.value for each in ledger] == ["order against the protocol"]


@pytest.mark.parametrize(("recovery", "floor"), [("04-06", []), ("04-07", ["floor.1.4: drug: discontinue (open)"])])
def test_at_the_lowest_level_a_late_recovery_proposes_the_end(recovery: str, floor: list[str]) -> None:
    """Held by an order at 32 mg, the lowest; recovered on the 28th or 29th day: nothing is one level lower, a person decides."""
    lowest = BEGUN.replace("2026-03-09", "2026-03-05 dose changed, treatment: drug, level: -2, dose: 32 mg\n2026-03-09")
    story = f"{lowest}2026-03-09 held, treatment: drug, reason: AE 1\n{recovered(recovery, '04-07')}"
    found = calendar(story)
    assert [str(each) for each in found.proposals if each.id.startswith("floor")] == floor
    waits = (Flag.AWAITING_DECISION,) if floor else ()
    assert found.by_id["drug.2"].flags == waits
    assert next_dose(story) == "04-07 32 mg at level -2"
    # Who decides on it ends the treatment, and the dose goes.
    if floor:
        ended = story + "2026-04-07 decided, proposal: floor.1.4, action: discontinue, by: Dr Example\n"
        assert calendar(ended).by_id["drug.2"].status.value == "cancelled"
