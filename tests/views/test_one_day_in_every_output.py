"""One day, told by several outputs: what was once said differently, and is said alike."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Flag
from scheduler.calendar.telling.explain import explain
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.patient.case_file.case import parse_case
from scheduler.patient.log import log_of
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.spelled_out import spelled_out
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import LineStatus
from tests.exports.reading import Node, read_page
from tests.laws.walks import study, walked
from tests.views.told import CONTROL, handed, line_of, on, patient, seed

REACTION = """
  - {on: 2026-03-27, event: adverse event, ae: 1, term: hand-foot skin reaction, grade: 3, related: [regorafenib]}
"""
NEXT_STARTED = "  - {on: 2026-03-30, event: cycle started, treatment: regorafenib, cycle: 2}\n"
RANDOMISED = "  - {on: 2026-02-27, event: randomised, arm: control}\n"


def page_of(*events: str) -> Node:
    calendar = patient(*events, subject="CTL-001").calendar
    return read_page(calendar_as_html(calendar, lambda because: (), today=on("03-29"), months=True))


def test_a_cycle_whose_dose_awaits_a_decision_is_not_simply_to_be_started() -> None:
    found = worklist([patient(CONTROL, REACTION)], on("03-29"))
    (line,) = [line for line in found.due if line.entry == "regorafenib.2.1"]
    assert (str(line.to_do), line.flags) == (
        "start the cycle and record its first day, after the decision",
        ("awaiting decision",),
    )


def test_a_month_of_the_page_and_its_picture_name_no_dose_that_awaits_a_decision() -> None:
    page = page_of(CONTROL, REACTION)
    cell = next(
        cell for cell in page.one("div", class_="months").every("td") if cell.every("time", datetime="2026-03-30")
    )
    assert cell.one("span", class_="tablets").text == "awaiting decision"
    picture = page.every("figure", class_="picture")[0]
    marks = [link for link in picture.every("a") if link.attributes["href"].startswith("#regorafenib.2.1")]
    assert [text.text for mark in marks for text in mark.every("text", class_="bar-text")] == ["awaiting decision"]


def test_neither_its_line_on_the_page_nor_its_explanation_names_that_dose_as_planned() -> None:
    row = page_of(CONTROL, REACTION).one("tr", id="regorafenib.2.1-21")
    assert row.one("td", class_="dose").text == "awaiting decision"
    case = parse_case(f"protocol: protocol.yaml\nevents:{CONTROL}{REACTION}", name="CTL-001.yaml")
    told = explain(patient(CONTROL, REACTION).calendar, "regorafenib.2.1", seed(), log_of(case.events))
    assert str(told.answer).endswith("on Monday 30 March 2026 (Day 29): its dose awaits a decision.")


def test_a_cycle_before_which_another_was_started_is_nowhere_to_be_taken_or_handed_out() -> None:
    # Cycle 2 recorded, cycle 1 never: its tablets would be handed out beside those of cycle 2.
    skipped = patient(RANDOMISED, NEXT_STARTED, subject="CTL-001")
    found = dispensing_list([skipped], on("03-01"), on("04-25"))
    assert handed(found.lines) == [("03-30", "regorafenib.2.1", 63, 3, "no record")]
    assert line_of(found, "regorafenib.1.1").status is LineStatus.CANCELLED
    work = worklist([skipped], on("03-30"))
    assert [line for _, lines in work.lists for line in lines if line.entry == "regorafenib.1.1"] == []


def test_a_planned_cycle_that_another_will_cut_short_gets_tablets_for_its_own_days_alone() -> None:
    # Cycle 3 is planned on 27 April and cycle 4 booked on 11 May: 14 days x 3 tablets = 42 = 2 bottles.
    booked = "  - {on: 2026-03-30, event: booked, entry: regorafenib.4.1, to: 2026-05-11}\n"
    line = line_of(
        dispensing_list([patient(CONTROL, NEXT_STARTED, booked)], on("03-01"), on("05-30")), "regorafenib.3.1"
    )
    assert (line.units, line.packs, line.covers) == (42, 2, (on("04-27"), on("05-10")))


def test_a_hold_of_a_treatment_that_is_over_asks_nobody_to_resume() -> None:
    held = "  - {on: 2026-03-09, event: held, treatment: regorafenib, reason: AE 1}\n"
    ended = "  - {on: 2026-03-20, event: end of treatment, reason: physician decision}\n"
    before, after = (worklist([patient(CONTROL, held, ended)], on(day)).decisions for day in ("03-19", "03-21"))
    assert ([line.status for line in before], [line.status for line in after if line.status == "held"]) == (
        ["held"],
        [],
    )


def test_every_day_of_a_cycle_whose_start_may_still_move_says_so() -> None:
    calendar = walked("seed", study("seed"), "control", [], frozenset(), date(2026, 3, 25)).calendar
    days = [line for line in spelled_out(calendar) if line.id.startswith("regorafenib.2.")]
    assert {(line.id, Flag.PROVISIONAL in line.flags) for line in days} == {
        (f"regorafenib.2.{number}", True) for number in range(1, 22)
    }


def test_an_infusion_over_days_is_one_visit_also_when_its_start_was_recorded() -> None:
    running = walked("blinatumomab", study("blinatumomab"), "blinatumomab", [("go on", 0, 0)], frozenset(), None)
    visits = [line.id for line in spelled_out(running.calendar) if line.is_visit and line.of.id == "blinatumomab.1"]
    assert visits == ["blinatumomab.1.1", "blinatumomab.1.8"]
    work = worklist([running.patient], date(2026, 3, 3))
    assert [line for line in work.overdue if line.entry == "blinatumomab.1.1"] == []


def test_what_is_left_of_a_cycle_that_nobody_recorded_as_started_is_counted_and_not_reckoned() -> None:
    # Cycle 1 was started and is presumed taken; of cycle 2 nobody knows: missing is never taken.
    found = dispensing_list([patient(CONTROL)], on("03-01"), on("05-10"))
    assert line_of(found, "regorafenib.2.1").collect == "Regorafenib, cycle 1: 21 tablets, and empty packs"
    assert line_of(found, "regorafenib.3.1").collect == "Regorafenib, cycle 2: what is left, and empty packs"


def test_a_hold_inside_a_cycle_that_nobody_recorded_as_started_names_no_number() -> None:
    held = "  - {on: 2026-04-06, event: held, treatment: regorafenib, reason: AE 1}\n"
    line = line_of(dispensing_list([patient(CONTROL, held)], on("03-01"), on("04-20")), "regorafenib.2.8")
    assert (line.units, line.collect) == (0, "nobody recorded that the cycle was started")
