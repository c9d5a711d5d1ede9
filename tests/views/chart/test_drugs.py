"""What one page says of each treatment: the dose in force, its steps, its holds, and what was handed out."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.exposure.of_patient import exposure_of
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.views.chart.drugs import DrugChart, drugs_of
from scheduler.views.pharmacy.pill_counts import pill_counts
from tests.views.told import CONTROL, EXPERIMENTAL, WEEKDAYS, on, patient, seed

REACTION = "  - {on: 2026-03-16, event: adverse event, ae: 1, term: Fatigue, grade: 3, related: [regorafenib]}\n"
HELD = "  - {on: 2026-03-16, event: held, treatment: regorafenib, reason: AE 1}\n"
RESUMED = "  - {on: 2026-03-21, event: resumed, treatment: regorafenib, level: -1, dose: 80 mg, by: Dr A}\n"
HANDED = (
    "  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 84, lot: R1}\n"
    "  - {on: 2026-03-23, event: returned, treatment: regorafenib, cycle: 1, quantity: 40}\n"
)


def charts(events: str, day: date) -> tuple[DrugChart, ...]:
    log = log_of(parse_case("protocol: protocol.yaml\nevents:\n" + events, name="EXP-001.yaml").events)
    exposure = exposure_of(seed(), WEEKDAYS, log, day)
    return drugs_of(patient(events), exposure, pill_counts(seed(), WEEKDAYS, log, day), day)


def test_treatments_stand_in_the_protocol_s_order_each_with_its_dose_today_or_next() -> None:
    found = charts(EXPERIMENTAL, on("03-10"))
    assert [(str(each.name), str(each.now), each.level) for each in found] == [
        ("Regorafenib", "80 mg", 0),
        ("Toripalimab", "240 mg", None),
        ("Radiotherapy", "None", None),
    ]


def test_a_hold_counts_its_days_and_names_the_adverse_event_and_the_dose_steps_down_after_it() -> None:
    # Held on Monday 16 March and resumed on Saturday 21 March: 5 days, of 28.
    (drug,) = charts(CONTROL + REACTION + HELD + RESUMED, on("03-22"))
    (hold,) = drug.holds
    assert (hold.first, hold.over, hold.days, hold.allowed, str(hold.reason)) == (
        on("03-16"),
        on("03-21"),
        5,
        28,
        "AE 1 (Fatigue)",
    )
    assert [(step.since, str(step.doses), step.level) for step in drug.steps] == [
        (on("03-02"), "120 mg", 0),
        (on("03-21"), "80 mg", -1),
    ]


def test_an_open_hold_says_by_when_a_resume_is_in_time() -> None:
    (drug,) = charts(CONTROL + HELD, on("03-20"))
    (hold,) = drug.holds
    assert (hold.over, hold.days, hold.last) == (None, 4, on("04-13"))


def test_a_pill_count_that_contradicts_the_days_says_so_and_each_movement_is_listed() -> None:
    # 84 handed out, 40 back: 44 gone. 120 mg are 3 tablets a day, on 21 days 63.
    (drug,) = charts(CONTROL + HANDED, on("03-23"))
    (count,) = drug.counts
    assert (count.of.dispensed, count.of.returned, count.of.taken) == (84, 40, 44)
    assert str(count.note) == "44 gone by the count, 63 by the days: 69.8 % of 63"
    assert [(each.event.on, str(each.what), int(each.event.quantity)) for each in drug.moved] == [
        (on("03-02"), "handed out", 84),
        (on("03-23"), "brought back", 40),
    ]


def test_a_treatment_that_was_given_up_has_no_dose_any_more() -> None:
    ended = "  - {on: 2026-03-10, event: discontinued, treatment: regorafenib, reason: own wish, by: Dr A}\n"
    drug = charts(EXPERIMENTAL + ended, on("03-11"))[0]
    assert (drug.now, drug.level, drug.ended, str(drug.why_ended)) == (None, None, on("03-10"), "own wish")
