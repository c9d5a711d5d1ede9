"""Tablets of days 8-14: nothing is taken on day 1, and their start is recorded on the day of the first tablet.

Who recorded it on that day had all seven tablets planned a week late, and the next cycle of all drugs moved with it.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.telling.explain import explain
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.days.stretches import visits_of
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.dosing.story import told as log_told
from tests.studies.telling import calendar, dates, runs, study

IN_A_CLOCK = study("""
study days: first dose is Day 1
cycles:
  clock: {when: {1: on first dose, then: 28 days ±3 after the previous cycle}, until: at most 2 cycles, open: any day}
treatments:
  infusion: {when: in every cycle on day 1, give: 100 mg intravenously}
  tab: {when: in every cycle on day 1, give: 10 mg once daily by mouth on days 8-14}
""")
ITS_OWN = study("""
study days: first dose is Day 1
treatments:
  infusion: {when: {1: on first dose, then: 28 days after the previous dose}, until: at most 2 doses, give: 1 mg intravenously}
  tab:
    when: {1: on first dose, then: 28 days after the previous cycle}
    until: at most 2 cycles
    open: any day
    give: 10 mg once daily by mouth on days 8-14
""")

DAY_1 = "2026-03-02 given, treatment: infusion, n: 1\n"
WEEK = ["8-14 03-09..03-15 10 mg + planned"]
BEGUN = ["8-8 03-09..03-09 10 mg + done", "9-14 03-10..03-15 10 mg + planned"]
TAKEN = ["8-14 03-09..03-15 10 mg + done"]


def log(story: str) -> Log:
    return log_told(f"2026-02-27 randomised, arm: all\n{story}")


@pytest.mark.parametrize(
    ("story", "week"),
    [
        ("", WEEK),
        # The day of the first tablet, 9 March, is day 8 of the cycle of 2 March; who recorded day 1 has the same days.
        ("2026-03-09 cycle started, treatment: tab, cycle: 1\n", BEGUN),
        ("2026-03-02 cycle started, treatment: tab, cycle: 1\n", WEEK),
        ("2026-03-16 taken, treatment: tab, from: 2026-03-09, to: 2026-03-15\n", TAKEN),
        # Two days late: seven tablets from 11 March on.
        (
            "2026-03-11 cycle started, treatment: tab, cycle: 1\n",
            ["8-8 03-11..03-11 10 mg + done", "9-14 03-12..03-17 10 mg + planned"],
        ),
    ],
)
def test_the_seven_tablets_begin_on_the_day_of_the_first(story: str, week: list[str]) -> None:
    found = calendar(IN_A_CLOCK, DAY_1 + story)
    assert (runs(found, "tab.1"), runs(found, "tab.2")) == (week, ["8-14 04-06..04-12 10 mg + planned"])
    assert dates(found, "clock") == {"1": "03-02", "2": "03-30"}


def test_a_held_week_is_held_whatever_day_the_start_was_recorded_for() -> None:
    # Held from 12 March: 9-11 March are taken, 12-15 March are held. The cycle of the clock has not moved.
    started = "2026-03-09 cycle started, treatment: tab, cycle: 1\n"
    held = "2026-03-12 held, treatment: tab, reason: rash\n2026-03-20 resumed, treatment: tab\n"
    found = calendar(IN_A_CLOCK, DAY_1 + started + held)
    assert runs(found, "tab.1") == [
        "8-8 03-09..03-09 10 mg + done",
        "9-10 03-10..03-11 10 mg + planned",
        "11-14 03-12..03-15 held",
    ]
    assert runs(found, "tab.2") == ["8-14 04-06..04-12 10 mg + planned"]


def test_days_that_were_reported_begin_with_day_8_in_cycles_of_their_own_too() -> None:
    found = calendar(ITS_OWN, f"{DAY_1}2026-03-16 taken, treatment: tab, from: 2026-03-09, to: 2026-03-15\n")
    assert (runs(found, "tab.1"), dates(found, "tab")) == (TAKEN, {"1": "03-02", "2": "03-30"})
    assert [each.code for each in found.findings] == ["start-not-recorded"]


def test_the_first_tablet_begins_no_cycle_of_the_other_drugs() -> None:
    # Cycle 2 is planned for 30 March. Only its tablets were recorded: the infusion of day 1 is still asked for.
    story = f"{DAY_1}2026-04-06 cycle started, treatment: tab, cycle: 2\n"
    found = calendar(IN_A_CLOCK, story)
    assert dates(found, "clock") == dates(found, "infusion") == {"1": "03-02", "2": "03-30"}
    assert runs(found, "tab.2")[0] == "8-8 04-06..04-06 10 mg + done"
    assert found.by_id["infusion.2"].status.value == "planned"


def work(version: StudyVersion, story: str, on: str) -> list[tuple[str, str, str]]:
    found = worklist([patient_of(version, EVERY_DAY, log(story), subject="P-1")], date.fromisoformat(on))
    return [
        (name, line.entry or "", f"{line.date:%m-%d}")
        for name, lines in found.lists
        for line in lines
        if line.entry and line.entry.startswith("tab") and line.date
    ]


def test_the_worklist_tells_the_first_tablet_on_its_day() -> None:
    assert work(IN_A_CLOCK, DAY_1, "2026-03-02") == [("due", "tab.1.8", "03-09")]
    assert work(IN_A_CLOCK, DAY_1, "2026-03-10") == [("overdue", "tab.1.8", "03-09")]
    # What has cycles of its own is begun on its day 1: nothing else says when that was.
    assert work(ITS_OWN, DAY_1, "2026-03-02") == [("due", "tab.1.8", "03-02")]


def test_a_cycle_of_its_own_that_is_recorded_on_the_day_of_the_first_tablet_is_asked_about() -> None:
    start = "{} cycle started, treatment: tab, cycle: 1"
    story = f"2026-02-27 randomised, arm: all\n{DAY_1}"
    codes = {
        day: [each.code for each in asked(story, start.format(day), version=ITS_OWN, site=EVERY_DAY)]
        for day in ("2026-03-02", "2026-03-05", "2026-03-06", "2026-03-09")
    }
    assert {day: "first-tablet-as-day-1" in each for day, each in codes.items()} == {
        "2026-03-02": False,
        "2026-03-05": False,
        "2026-03-06": True,
        "2026-03-09": True,
    }
    found = asked(story, start.format("2026-03-09"), version=ITS_OWN, site=EVERY_DAY)
    question = next(each for each in found if each.code == "first-tablet-as-day-1")
    assert str(question.what) == (
        "2026-03-09 counts as day 1 of tab.1, planned for 2026-03-02: its first dose would be on day 8, 2026-03-16"
    )
    assert str(question.hint) == "where the first dose was taken on 2026-03-09, record 2026-03-02, day 1 of the cycle"
    assert [each.code for each in asked(story, start.format("2026-03-09"), version=IN_A_CLOCK, site=EVERY_DAY)] == []


def test_explain_says_which_day_is_day_1() -> None:
    story = f"{DAY_1}2026-03-09 cycle started, treatment: tab, cycle: 1\n"
    found: Calendar = calendar(IN_A_CLOCK, story)
    told = str(explain(found, "tab.1.9", IN_A_CLOCK, log(story)))
    assert "day 1 of Tab, cycle 1 is Monday 2 March 2026 (Day 1)." in told
    assert "Event 3, Monday 9 March 2026: tab cycle 1 is started. [event 3]" in told


LATER_INJECTION = study("""
study days: first dose is Day 1
treatments:
  tab:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    until: at most 2 cycles
    open: any day
    give: 10 mg once daily by mouth on days 1-5
  shot: {when: on every tab cycle, open: any day, give: 1 mg subcutaneously on day 8}
  infusion: {when: on every tab cycle, open: any day, give: "100 mg intravenously on days 8, 15"}
""")


def test_an_injection_on_day_8_is_a_visit_of_that_day() -> None:
    # Day 8 of the cycle of 2 March is 9 March. The patient's calendar and the worklist had told the injection on 2 March.
    patient = patient_of(
        LATER_INJECTION, EVERY_DAY, log("2026-03-02 cycle started, treatment: tab, cycle: 1\n"), subject="P-1"
    )
    days = [
        (visit.id, f"{visit.date:%m-%d}")
        for entry in patient.calendar.entries
        for visit in visits_of(entry)
        if entry.timeline in ("shot", "infusion") and entry.n == 1
    ]
    assert days == [("shot.1.8", "03-09"), ("infusion.1.8", "03-09"), ("infusion.1.15", "03-16")]
    due = worklist([patient], date(2026, 3, 2)).due
    assert [(line.entry, f"{line.date:%m-%d}") for line in due if line.entry] == [
        ("infusion.1.8", "03-09"),
        ("shot.1.8", "03-09"),
    ]


def test_its_start_is_recorded_on_the_day_of_the_first_dose() -> None:
    story = "2026-03-02 cycle started, treatment: tab, cycle: 1\n"
    for name in ("shot", "infusion"):
        story += f"2026-03-10 cycle started, treatment: {name}, cycle: 1\n"
    found = calendar(LATER_INJECTION, story)
    # A day late: day 8 is 10 March, and day 15 is 17 March.
    assert runs(found, "shot.1") == ["8-8 03-10..03-10 1 mg + done"]
    assert runs(found, "infusion.1") == ["8-8 03-10..03-10 100 mg + done", "15-15 03-17..03-17 100 mg + planned"]


@pytest.mark.parametrize("entry", ["shot.1.8", "shot.1"])
def test_an_appointment_is_for_the_day_of_the_first_dose(entry: str) -> None:
    # Under the id that lists have it was dropped without a word; under the cycle's the injection went to 17 March.
    story = "2026-03-02 cycle started, treatment: tab, cycle: 1\n"
    booked = f"2026-03-03 booked, entry: {entry}, to: 2026-03-10\n"
    found = calendar(LATER_INJECTION, story + booked)
    assert runs(found, "shot.1") == ["8-8 03-10..03-10 1 mg + planned"]
    assert Flag.BOOKED in found.by_id["shot.1"].flags
    struck = calendar(LATER_INJECTION, story + booked + "2026-03-04 struck, number: 3, reason: a slip\n")
    assert runs(struck, "shot.1") == ["8-8 03-09..03-09 1 mg + planned"]


def test_the_later_of_two_appointments_counts_under_whichever_id() -> None:
    story = "2026-03-02 cycle started, treatment: tab, cycle: 1\n2026-03-03 booked, entry: shot.1, to: 2026-03-10\n"
    found = calendar(LATER_INJECTION, story + "2026-03-04 rebooked, entry: shot.1.8, to: 2026-03-11\n")
    assert runs(found, "shot.1") == ["8-8 03-11..03-11 1 mg + planned"]
    # In cycles of their own the id says what is meant: day 8 on 11 March, or day 1 on 3 March.
    for entry, day, week in (("tab.1.8", "11", "8-14 03-11..03-17"), ("tab.1", "03", "8-14 03-10..03-16")):
        own = calendar(ITS_OWN, f"{DAY_1}2026-03-02 booked, entry: {entry}, to: 2026-03-{day}\n")
        assert runs(own, "tab.1") == [f"{week} 10 mg + planned"]


def test_an_appointment_for_a_later_day_of_a_cycle_is_asked_about() -> None:
    story = "2026-02-27 randomised, arm: all\n2026-03-02 cycle started, treatment: tab, cycle: 1"
    line = "2026-03-03 booked, entry: {}, to: {}"
    found = {
        entry: asked(story, line.format(entry, to), version=LATER_INJECTION, site=EVERY_DAY)
        for entry, to in (("infusion.1.15", "2026-03-17"), ("infusion.1.8", "2026-03-09"), ("tab.2.1", "2026-03-30"))
    }
    assert {entry: [each.code for each in questions] for entry, questions in found.items()} == {
        "infusion.1.15": ["booked-a-later-day"],
        "infusion.1.8": [],
        "tab.2.1": [],
    }
    (question,) = found["infusion.1.15"]
    assert str(question.hint).startswith("book infusion.1.8, with which all its days move")
