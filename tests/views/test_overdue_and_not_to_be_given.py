"""A dose that nobody recorded, and that must not be given now: its treatment is held since, or a progression asks.

Experimental arm, every day open: dose 2 of toripalimab is due on Saturday 28 March 2026, the day after the last fraction, and
cycle 2 of regorafenib on Monday 30 March, 28 days after the first; nobody recorded them.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import Worklist, worklist
from scheduler.views.patients import Patient, patient_of
from scheduler.views.pharmacy.dispensing import dispensing_list
from tests.dosing.story import told
from tests.seed import VERSION

BEGUN = """2026-02-27 randomised, arm: experimental
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-02 given, treatment: toripalimab, n: 1
"""
HELD = f"{BEGUN}2026-03-31 held, treatment: toripalimab, reason: fever, by: Dr Example\n"  # event 4
TABLETS_HELD = f"{BEGUN}2026-03-31 held, treatment: regorafenib, reason: fever, by: Dr Example\n"
PROGRESSED = f"{BEGUN}2026-04-10 progressed\n"
GIVEN = "2026-04-02 given, treatment: toripalimab, n: 2, confirmed: so it was\n"


def patient(story: str) -> Patient:
    return patient_of(VERSION, EVERY_DAY, told(story), subject="S-1")


def shown(story: str, on: date | None, known_by: date | None = None) -> Calendar:
    return calendar_on(calendar_of(VERSION, EVERY_DAY, told(story), until=date(2026, 7, 12)), on, orders_by=known_by)


def waits(found: Calendar, name: str) -> bool:
    entry = found.by_id[name]
    return Flag.AWAITING_DECISION in (*entry.flags, *(flag for run in entry.runs for flag in run.flags))


def work(story: str, on: date) -> Worklist:
    return worklist([patient(story)], on)


def to_do(story: str, name: str, on: date) -> list[str]:
    return [str(line.to_do) for line in work(story, on).overdue if line.entry == name]


def handed_out(story: str, on: date, name: str) -> list[tuple[str, bool]]:
    """The status of its line on the pharmacy's list of these days, and whether it is on the list itself."""
    found = dispensing_list([patient(story)], date(2026, 3, 28), date(2026, 4, 30), on=on)
    return [(line.status.value, line in found.lines) for line in (*found.lines, *found.apart) if line.entry == name]


def test_while_its_treatment_is_held_an_overdue_dose_waits_for_its_record() -> None:
    on_hold = "toripalimab is on hold since 2026-03-31: until it is resumed, nothing is given"
    assert to_do(HELD, "toripalimab.2", date(2026, 4, 2)) == [f"record it as done or not done; {on_hold}"]
    assert handed_out(HELD, date(2026, 4, 2), "toripalimab.2") == [("on hold", False)]
    found = shown(HELD, date(2026, 4, 2))
    assert waits(found, "toripalimab.2")
    told_of = str(explain(found, "toripalimab.2", VERSION, told(HELD)))
    assert "Its dose awaits a decision." in told_of
    assert "[event 4]" in told_of


def test_it_waits_from_the_day_of_the_hold_on() -> None:
    assert [waits(shown(HELD, date(2026, 3, day)), "toripalimab.2") for day in (30, 31)] == [False, True]


def test_the_hold_is_asked_about_once_and_no_dose_of_it() -> None:
    lines = [
        str(line.title) for line in work(HELD, date(2026, 4, 2)).decisions if "toripalimab" in str(line.title).lower()
    ]
    assert lines == ["toripalimab on hold since 2026-03-31 (fever)"]


def test_a_cycle_that_nobody_started_is_not_handed_out_during_the_hold() -> None:
    """Its first day, 30 March, waits for its record; from the 31st on it is held."""
    assert handed_out(TABLETS_HELD, date(2026, 4, 2), "regorafenib.2.1") == [("on hold", False)]
    (found,) = to_do(TABLETS_HELD, "regorafenib.2.1", date(2026, 4, 2))
    assert found.endswith("until it is resumed, nothing is given")


@pytest.mark.parametrize(
    ("story", "on"),
    [
        (HELD, date(2026, 3, 30)),  # the hold lies ahead
        (f"{HELD}2026-04-08 resumed, treatment: toripalimab, level: 0, dose: 240 mg, by: Dr E\n", date(2026, 4, 8)),
        (BEGUN, date(2026, 4, 2)),
    ],
)
def test_without_a_hold_of_that_day_it_is_to_be_given(story: str, on: date) -> None:
    assert not waits(shown(story, on), "toripalimab.2")
    assert handed_out(story, on, "toripalimab.2") == [("planned", True)]


def test_until_its_resume_comes_it_waits() -> None:
    resumed = f"{HELD}2026-04-08 resumed, treatment: toripalimab, level: 0, dose: 240 mg, by: Dr E\n"
    assert waits(shown(resumed, date(2026, 4, 7)), "toripalimab.2")
    assert not waits(shown(resumed, date(2026, 4, 7)), "toripalimab.3")


def test_what_was_given_waits_for_nothing() -> None:
    late = f"{BEGUN}{GIVEN}2026-04-03 held, treatment: toripalimab, reason: fever, by: Dr Example\n"
    assert not waits(shown(late, date(2026, 4, 5)), "toripalimab.2")


def test_what_a_progression_asks_is_asked_about_the_overdue_dose_too() -> None:
    assert waits(shown(PROGRESSED, date(2026, 4, 11)), "toripalimab.2")
    assert waits(shown(PROGRESSED, date(2026, 4, 11)), "toripalimab.3")
    assert handed_out(PROGRESSED, date(2026, 4, 11), "toripalimab.2") == [("awaiting decision", False)]
    asked = "record it as done or not done; nothing is given before the decision"
    assert to_do(PROGRESSED, "toripalimab.2", date(2026, 4, 11)) == [asked]


def test_what_is_planned_for_the_day_of_the_progression_stands_that_day() -> None:
    """Dose 2 is given on 30 March, so that dose 3 is due on 20 April, 21 days later: the day of the progression."""
    story = f"{BEGUN}2026-03-30 given, treatment: toripalimab, n: 2, confirmed: it was\n2026-04-20 progressed\n"
    found = [waits(shown(story, on, known_by), "toripalimab.3") for on, known_by in ON_THE_DAY]
    assert found == [False, False, False, True, True]


ON_THE_DAY = [
    (None, None),
    (None, date(2026, 4, 20)),
    (date(2026, 4, 20), None),
    (date(2026, 4, 21), None),
    (None, date(2026, 4, 21)),
]
