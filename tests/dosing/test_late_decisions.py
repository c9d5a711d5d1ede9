"""Doses on which somebody should have decided: given meanwhile, or decided after the last day for it."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.seed import VERSION

HAND_FOOT = """
    2026-05-08 randomised, arm: control
    2026-05-11 cycle started, treatment: regorafenib, cycle: 1
    2026-05-20 adverse event, ae: 1, term: Palmar-plantar erythrodysesthesia syndrome, grade: 3, related: [regorafenib]
"""
HELD = HAND_FOOT + "2026-05-20 held, treatment: regorafenib, reason: AE 1\n"


def undecided(story: str, on: str | None = None) -> list[Deviation]:
    found = deviations_of(VERSION, EVERY_DAY, told(story), on=date.fromisoformat(on) if on else None)
    return [each for each in found if each.kind is Deviated.NOT_DECIDED]


def test_tablets_taken_while_the_decision_was_open() -> None:
    story = HAND_FOOT + "2026-05-22 taken, treatment: regorafenib, from: 2026-05-21, to: 2026-05-22"
    (found,) = undecided(story)
    assert (found.entry, str(found.date), found.events) == ("regorafenib.1.11-12", "2026-05-21", (3, 4))
    assert found.clause is not None
    assert found.clause.line > 0


def test_tablets_of_the_day_itself_may_have_been_taken_before() -> None:
    assert undecided(HAND_FOOT + "2026-05-22 taken, treatment: regorafenib, from: 2026-05-18, to: 2026-05-20") == []


def test_decision_of_the_same_day_is_in_time() -> None:
    assert undecided(HELD) == []


def test_hold_that_nobody_ended_or_turned_into_a_stop_in_28_days() -> None:
    # Held from 20 May: 28 days are over on 17 June.
    assert undecided(HELD, "2026-06-17") == []
    (found,) = undecided(HELD, "2026-06-20")
    assert (found.entry, found.days_off, found.events) == (None, 3, (4,))
    assert str(found.what).endswith("not decided 3 days after the last day for it, 2026-06-17")
