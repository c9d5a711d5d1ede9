"""A cycle was written off while nobody knew its day: it stays there when the end of treatment ends what it waited for."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar, Status
from tests.dosing.story import calendar

# Radiotherapy is held, so nobody knows when cycle 2 is due: it waits for the day after the last fraction.
WAITING = """
    2025-01-13 randomised, arm: experimental
    2025-01-14 held, treatment: radiotherapy, reason: fever
    2025-01-14 cycle started, treatment: regorafenib, cycle: 1
    2025-02-11 not done, entry: regorafenib.2.1, reason: ill
    2025-03-11 cycle started, treatment: regorafenib, cycle: 3
"""
DIED = "    2025-04-26 died\n"


def stands(found: Calendar) -> tuple[Status, date | None]:
    entry = found.by_id["regorafenib.2"]
    return entry.status, entry.date


def test_it_closes_on_the_day_on_which_it_was_written_off() -> None:
    assert stands(calendar(WAITING, "2025-06-30")) == (Status.NOT_DONE, date(2025, 2, 11))


def test_the_death_puts_it_on_no_later_day() -> None:
    assert stands(calendar(WAITING + DIED, "2025-06-30")) == (Status.NOT_DONE, date(2025, 2, 11))


def test_the_cycle_after_it_is_still_due_28_days_later() -> None:
    assert calendar(WAITING + DIED, "2025-06-30").by_id["regorafenib.3"].ideal == date(2025, 3, 11)
