"""What a patient received beside what was planned, in stories whose numbers were worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Status
from scheduler.calendar.exposure.exposure_lines import ExposureLine, ExposureTotal
from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.cut_log import as_ordered, as_planned
from scheduler.patient.events import Given, parse_event
from scheduler.patient.log import Log, log_of
from scheduler.site.site import EVERY_DAY
from scheduler.source.node import Data
from tests.dosing.story import exposure, told
from tests.laws.examples import examples
from tests.laws.strategies import Patient, patients
from tests.seed import VERSION, shanghai, site_with
from tests.studies.telling import study

HELD_AND_REDUCED = """
    2026-05-08 randomised, arm: control
    2026-05-11 cycle started, treatment: regorafenib, cycle: 1
    2026-05-25 held, treatment: regorafenib, reason: hand-foot reaction
    2026-06-15 resumed, treatment: regorafenib, level: -1, dose: 80 mg
    2026-06-15 cycle started, treatment: regorafenib, cycle: 2
"""

EXPERIMENTAL = """
    2026-02-27 randomised, arm: experimental
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-02 given, treatment: toripalimab, n: 1
"""


def percent(amount: Decimal | None) -> str:
    return "unknown" if amount is None else f"{amount:.1f}"


def of(drug: str, lines: tuple[ExposureLine, ...]) -> list[ExposureLine]:
    return [line for line in lines if line.drug == drug]


def total(story: str, until: str, drug: str) -> ExposureTotal:
    found = exposure(story, until).total(drug)
    assert found is not None
    return found


def test_cycle_held_then_late_then_lower() -> None:
    # Cycle 1: 14 x 120 mg in 35 days; cycle 2: 21 x 80 mg in 28 days; planned 21 x 120 mg in 28 days.
    found = exposure(HELD_AND_REDUCED, "2026-07-12")
    assert [percent(line.relative_dose_intensity) for line in found.lines] == ["53.3", "66.7"]
    whole = found.totals[0]
    assert (whole.delivered, whole.planned, whole.days, whole.planned_days) == (Decimal(3360), Decimal(5040), 63, 56)
    assert percent(whole.relative_dose_intensity) == "59.3"
    assert percent(whole.relative_total_dose) == "66.7"


def test_delay_and_reduction_name_their_events() -> None:
    first, second = exposure(HELD_AND_REDUCED, "2026-07-12").lines
    assert (first.delay, first.delayed_by, first.reduced_by, first.level) == (0, (), (), 0)
    assert (second.delay, second.delayed_by, second.reduced_by, second.level) == (7, (3, 4), (4,), -1)


def test_last_cycle_counts_whole_once_its_tablets_are_over() -> None:
    # Day 21 of cycle 2 is 5 July; the week off belongs to the cycle.
    on_day_21, on_day_28 = (exposure(HELD_AND_REDUCED, day).totals[0] for day in ("2026-07-05", "2026-07-12"))
    assert on_day_21 == on_day_28


def test_cycle_that_is_not_over_is_compared_with_as_many_planned_days() -> None:
    # Six days into the hold: 14 x 120 mg, while 20 x 120 mg had been planned by then.
    (line,) = exposure(HELD_AND_REDUCED, "2026-05-30").lines
    assert (line.delivered, line.planned, line.days, line.planned_days, line.held) == (
        Decimal(1680),
        Decimal(2400),
        20,
        20,
        6,
    )
    assert percent(line.relative_dose_intensity) == "70.0"
    assert line.running


def test_days_that_nobody_reported_are_presumed_taken_until_somebody_does() -> None:
    before = exposure(HELD_AND_REDUCED, "2026-05-20").lines[0]
    assert (before.dosed, before.presumed, before.delivered) == (10, 9, Decimal(1200))
    story = HELD_AND_REDUCED + "2026-05-20 not taken, treatment: regorafenib, from: 2026-05-16, to: 2026-05-17"
    after = exposure(story, "2026-05-20").lines[0]
    assert (after.dosed, after.presumed, after.not_taken, after.delivered) == (8, 7, 2, Decimal(960))


def test_a_cycle_that_nobody_recorded_as_started_is_not_presumed() -> None:
    # Cycle 1 is over, cycle 2 was due on 8 June: on 20 June nobody knows whether it began.
    story = """
        2026-05-08 randomised, arm: control
        2026-05-11 cycle started, treatment: regorafenib, cycle: 1
    """
    first, second = exposure(story, "2026-06-20").lines
    assert (first.delivered, first.presumed) == (Decimal(21 * 120), 20)
    assert (second.unrecorded, second.delivered, second.dosed, second.presumed) == (True, None, 0, 0)
    whole = total(story, "2026-06-20", "regorafenib")
    assert (whole.delivered, percent(whole.relative_dose_intensity)) == (Decimal(21 * 120), "100.0")


def test_a_cycle_without_a_record_between_two_others_leaves_no_sum() -> None:
    story = """
        2026-05-08 randomised, arm: control
        2026-05-11 cycle started, treatment: regorafenib, cycle: 1
        2026-07-06 cycle started, treatment: regorafenib, cycle: 3
    """
    whole = total(story, "2026-07-31", "regorafenib")
    assert (whole.given, whole.unrecorded, whole.delivered, whole.relative_dose_intensity) == (2, 1, None, None)


def test_half_of_the_tablets_is_half_of_the_dose() -> None:
    story = (
        HELD_AND_REDUCED + "2026-05-20 taken, treatment: regorafenib, from: 2026-05-16, to: 2026-05-17, amount: 40 mg"
    )
    assert exposure(story, "2026-05-20").lines[0].delivered == 8 * 120 + 2 * 40


def test_exposure_ends_with_the_treatment() -> None:
    # Stopped on day 11 of cycle 1: ten days of ten, and nothing is owed afterwards.
    story = """
        2026-05-08 randomised, arm: control
        2026-05-11 cycle started, treatment: regorafenib, cycle: 1
        2026-05-21 discontinued, treatment: regorafenib, reason: liver
    """
    whole = total(story, "2026-09-30", "regorafenib")
    assert (whole.delivered, whole.days, percent(whole.relative_dose_intensity)) == (Decimal(1200), 10, "100.0")


def test_infusion_counts_when_it_is_recorded() -> None:
    # Radiotherapy keeps dose 2 until Day 27; nobody recorded it, so that it is neither given nor missed.
    dose_1, dose_2 = of("toripalimab", exposure(EXPERIMENTAL, "2026-04-05").lines)
    assert (dose_1.delivered, dose_1.days, dose_1.planned_days) == (Decimal(240), 26, 26)
    assert (dose_2.delivered, dose_2.unrecorded, dose_2.relative_dose_intensity) == (None, True, None)
    assert percent(total(EXPERIMENTAL, "2026-04-05", "toripalimab").relative_dose_intensity) == "100.0"


def test_dose_without_a_record_between_two_others_leaves_no_sum() -> None:
    story = EXPERIMENTAL + "2026-04-20 given, treatment: toripalimab, n: 3"
    whole = total(story, "2026-04-20", "toripalimab")
    assert (whole.given, whole.unrecorded, whole.delivered, whole.relative_dose_intensity) == (2, 1, None, None)


def test_missed_infusion_has_its_time_and_no_dose() -> None:
    # 240 + 0 + 240 mg in 26 + 21 + 21 days, planned 720 mg in as many.
    story = (
        EXPERIMENTAL
        + """2026-03-28 not done, entry: toripalimab.2, reason: fever
        2026-04-18 given, treatment: toripalimab, n: 3"""
    )
    lines = of("toripalimab", exposure(story, "2026-04-20").lines)
    assert [(line.status, line.delivered, line.days) for line in lines] == [
        (Status.DONE, Decimal(240), 26),
        (Status.NOT_DONE, Decimal(0), 21),
        (Status.DONE, Decimal(240), 21),
    ]
    assert percent(total(story, "2026-04-20", "toripalimab").relative_dose_intensity) == "66.7"


def test_partial_infusion() -> None:
    story = EXPERIMENTAL + "2026-03-30 given, treatment: toripalimab, n: 2, amount: 120 mg"
    whole = total(story, "2026-03-30", "toripalimab")
    assert (whole.delivered, whole.planned) == (Decimal(360), Decimal(480))


def test_fractions_add_up_course_by_course() -> None:
    story = EXPERIMENTAL + "\n".join(
        [
            "2026-03-16 prescribed, treatment: radiotherapy, course: hypofractionated, per_fraction: 8, unit: Gy",
            "2026-03-16 prescribed, treatment: radiotherapy, course: low-dose, per_fraction: 1.5, unit: Gy",
            *(f"2026-03-{22 + n} given, treatment: radiotherapy, n: {n}" for n in range(1, 6)),
        ]
    )
    high, low = (total(story, "2026-03-31", course) for course in ("hypofractionated", "low-dose"))
    assert (high.delivered, high.unit, percent(high.relative_dose_intensity)) == (Decimal(40), "Gy", "100.0")
    assert (low.delivered, low.unit, percent(low.relative_dose_intensity)) == (Decimal("7.5"), "Gy", "100.0")


def test_wait_for_radiotherapy_that_is_late_names_what_made_it_late() -> None:
    story = (
        EXPERIMENTAL
        + "\n".join(f"2026-03-{22 + n} given, treatment: radiotherapy, n: {n}" for n in range(1, 5))
        + "\n2026-03-27 not done, entry: radiotherapy.5, reason: machine down"
        + "\n2026-03-30 given, treatment: radiotherapy, n: 5"
    )
    cycle_2 = of("regorafenib", exposure(story, "2026-04-30").lines)[1]
    assert (cycle_2.start, cycle_2.delay, cycle_2.delayed_by) == (date(2026, 3, 31), 1, (8,))


def test_nothing_is_told_before_the_first_dose() -> None:
    assert exposure("2026-05-08 randomised, arm: control", "2026-06-30").lines == ()
    assert exposure("2026-05-08 consented", "2026-06-30").totals == ()


def test_as_planned_keeps_consent_randomisation_and_first_dose() -> None:
    kept = as_planned(told("2026-05-01 consented\n" + HELD_AND_REDUCED.strip()))
    assert [(record.number, record.event.event) for record in kept.records] == [
        (1, "consented"),
        (2, "randomised"),
        (3, "cycle started"),
    ]


def test_as_ordered_forgets_what_was_taken() -> None:
    log = told(EXPERIMENTAL + "2026-03-30 given, treatment: toripalimab, n: 2, amount: 120 mg")
    ordered = as_ordered(log).records[-1]
    assert ordered.number == 4
    assert isinstance(ordered.event, Given)
    assert ordered.event.amount is None


def test_a_log_without_amounts_is_what_was_ordered() -> None:
    log = told(EXPERIMENTAL + "2026-03-30 given, treatment: toripalimab, n: 2")
    assert as_ordered(log) is log
    corrected = told(EXPERIMENTAL + "2026-03-03 struck, number: 3, reason: slip")
    assert as_ordered(corrected) is not corrected


@pytest.mark.parametrize("until", ["2026-05-10", "2026-05-20", "2026-06-14", "2026-07-12", "2026-12-31", "2029-01-31"])
def test_a_calendar_that_was_made_already_tells_the_same(until: str) -> None:
    # Before the start, in the first cycle, in the hold, in the second; and beyond the two years that it is written out to.
    log, day = told(HELD_AND_REDUCED), date.fromisoformat(until)
    whole = calendar_of(VERSION, EVERY_DAY, log)
    assert whole.written_to == date(2028, 5, 11)
    found = exposure_of(VERSION, EVERY_DAY, log, day)
    assert exposure_of(VERSION, EVERY_DAY, log, day, calendar=whole) == found


def undisturbed(arm: str, start: date, days: int) -> Log:
    """A patient to whom all happens on its planned day, recorded as it happens."""
    first_dose = start + timedelta(days=3)
    events: list[dict[str, Data]] = [
        {"on": str(start), "event": "randomised", "arm": arm},
        {"on": str(first_dose), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
    ]
    if arm == "experimental":
        for course, amount in (("hypofractionated", "8"), ("low-dose", "1")):
            prescribed: dict[str, Data] = {
                "treatment": "radiotherapy",
                "course": course,
                "per_fraction": amount,
                "unit": "Gy",
            }
            events.append({"on": str(start), "event": "prescribed", **prescribed})
    planned = calendar_of(
        VERSION, shanghai(), log_of(parse_event(event) for event in events), until=start + timedelta(days)
    )
    for entry in planned.entries:
        if entry.status is Status.PLANNED and entry.timeline in ("regorafenib", "toripalimab", "radiotherapy"):
            event: dict[str, Data] = {"event": "given", "n": entry.n}
            if entry.timeline == "regorafenib":
                event = {"event": "cycle started", "cycle": entry.n}
            events.append({"on": str(entry.date), "treatment": entry.timeline, **event})
    return log_of(parse_event(event) for event in events)


@pytest.mark.parametrize("arm", ["control", "experimental"])
@settings(max_examples=examples(25), deadline=None)
@given(start=st.dates(date(2025, 1, 1), date(2026, 6, 30)), days=st.integers(4, 300))
def test_undisturbed_patient_has_exactly_100_percent(arm: str, start: date, days: int) -> None:
    found = exposure_of(VERSION, shanghai(), undisturbed(arm, start, days), start + timedelta(days))
    assert {line.relative_dose_intensity for line in found.lines} == {Decimal(100)}
    assert {each.relative_dose_intensity for each in found.totals} == {Decimal(100)}
    assert {line.delay for line in found.lines} == {0}
    assert {line.delayed_by + line.reduced_by for line in found.lines} == {()}


TOP = {"control": Decimal(120), "experimental": Decimal(80)}


@settings(max_examples=examples(25), deadline=None)
@given(patient=patients(), later=st.integers(0, 120))
def test_nobody_receives_more_than_the_ladder_allows(patient: Patient, later: int) -> None:
    site = site_with(patient.closed, patient.opened)
    found = exposure_of(VERSION, site, patient.log, patient.last_day + timedelta(days=later))
    for line in found.lines:
        assert line.days is None or line.days >= 0
        if line.drug == "regorafenib" and line.delivered is not None:
            assert line.delivered <= line.dosed * TOP[patient.arm]
            assert line.presumed <= line.dosed <= 21
    for whole in found.totals:
        if whole.delivered is not None:
            assert whole.delivered == sum(line.delivered or 0 for line in found.lines if line.drug == whole.drug)


def test_site_open_every_day_changes_nothing_in_the_worked_case() -> None:
    days = exposure_of(VERSION, EVERY_DAY, told(HELD_AND_REDUCED), date(2026, 7, 12)).totals
    assert days == exposure_of(VERSION, shanghai(), told(HELD_AND_REDUCED), date(2026, 7, 12)).totals


def test_tablets_that_were_reported_as_taken_after_the_end_were_received_all_the_same():
    # 120 mg on days 1 to 4 (11 to 14 May), ended on 15 May; 40 mg taken on 20 May: 4 x 120 + 40 = 520 mg on 5 days.
    story = """
        2026-05-08 randomised, arm: control
        2026-05-11 cycle started, treatment: regorafenib, cycle: 1
        2026-05-15 end of treatment, reason: progression
        2026-05-21 taken, treatment: regorafenib, from: 2026-05-20, to: 2026-05-20, amount: 40 mg
    """
    (line,) = exposure(story, "2026-05-25").lines
    assert (line.delivered, line.dosed, line.days) == (Decimal(520), 5, 4)
    (before,) = exposure(story, "2026-05-19").lines
    assert (before.delivered, before.dosed, before.days) == (Decimal(480), 4, 4)


LEFT_OUT = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-04-25 not taken, treatment: regorafenib, from: 2026-03-30, to: 2026-04-19
"""


def test_a_cycle_reported_as_not_taken_day_by_day_is_missed_though_nobody_recorded_its_start() -> None:
    # Cycle 2 was due on 30 March: 21 days of 120 mg, none taken, as if somebody had recorded it as not done.
    whole = total(LEFT_OUT, "2026-04-25", "regorafenib")
    assert (whole.delivered, whole.planned, whole.not_taken) == (Decimal(2520), Decimal(5040), 21)
    assert percent(whole.relative_dose_intensity) == "50.0"
    days = "not taken, treatment: regorafenib, from: 2026-03-30, to: 2026-04-19"
    not_done = LEFT_OUT.replace(days, "not done, entry: regorafenib.2, reason: away")
    assert total(not_done, "2026-04-25", "regorafenib").relative_dose_intensity == whole.relative_dose_intensity
    # Cycle 3 after it: two thirds of three cycles.
    after = total(LEFT_OUT + "2026-04-27 cycle started, treatment: regorafenib, cycle: 3", "2026-05-24", "regorafenib")
    assert (after.delivered, percent(after.relative_dose_intensity)) == (Decimal(5040), "66.7")


def test_of_a_cycle_of_which_some_days_were_reported_as_not_taken_nobody_knows_the_rest() -> None:
    some = LEFT_OUT.replace("to: 2026-04-19", "to: 2026-04-05")
    assert total(some, "2026-04-25", "regorafenib").planned == Decimal(2520)


def test_the_first_dose_was_planned_as_what_was_due_whatever_was_given() -> None:
    # 6 mg/kg of 59 kg are 354 mg; half of it was given as dose 1, and all of it as dose 2: 75 %.
    version = study("""
study days: first dose is Day 1
treatments:
  mab: {when: {1: on first dose, then: 21 days ±3 after the previous dose}, give: 6 mg/kg intravenously}
""")
    story = """
        2026-02-27 randomised, arm: all
        2026-03-02 attribute, name: weight, value: 59 kg
        2026-03-02 given, treatment: mab, n: 1, amount: 177 mg
        2026-03-23 given, treatment: mab, n: 2
    """
    whole = exposure(story, "2026-04-12", version=version).total("mab")
    assert whole is not None
    assert (whole.delivered, whole.planned, percent(whole.relative_dose_intensity)) == (
        Decimal(531),
        Decimal(708),
        "75.0",
    )
