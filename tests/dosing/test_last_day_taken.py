"""The tablet of the last day had been taken: it stands, whatever else ended on that day."""

from __future__ import annotations

from decimal import Decimal

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import exposure, told
from tests.seed import VERSION

STORY = """
    2026-02-27 randomised, arm: control
    2026-03-02 cycle started, treatment: regorafenib, cycle: 1
    2026-03-11 discontinued, treatment: regorafenib, reason: fatigue, today_taken: true
    2026-03-11 end of treatment, reason: adverse event
"""


def test_ten_days_were_planned_and_ten_were_taken() -> None:
    [line] = exposure(STORY, "2026-04-30").lines
    assert (line.delivered, line.planned, line.dosed) == (Decimal(1200), Decimal(1200), 10)
    assert line.relative_dose_intensity == Decimal(100)


def test_the_last_tablet_is_not_after_the_end() -> None:
    found = deviations_of(VERSION, EVERY_DAY, told(STORY))
    assert [each for each in found if each.kind is Deviated.AFTER_END] == []
