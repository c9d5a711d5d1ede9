"""An iUPD asks for a scan 28 to 56 days later, unless a planned scan falls into those days, wherever it was planned for first."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag
from tests.dosing.story import calendar

# Scans are due on 26 February, 23 April and 18 June. The iUPD asks for one from 25 March to 22 April.
UNCONFIRMED = """
    2025-01-01 randomised, arm: control
    2025-01-02 cycle started, treatment: regorafenib, cycle: 1
    2025-02-25 response, criteria: iRECIST, assessment: iUPD
"""


def confirming(found: Calendar) -> list[tuple[str, date | None]]:
    by_flag = [entry for entry in found.entries if Flag.CONFIRMS in entry.flags]
    asked = [entry for entry in found.entries if entry.timeline == "confirming-scan"]
    return [(entry.id, entry.date) for entry in (*by_flag, *asked)]


def test_a_scan_of_its_own_where_no_planned_one_is_inside() -> None:
    assert confirming(calendar(UNCONFIRMED, "2025-07-31")) == [("confirming-scan.3", date(2025, 3, 25))]


@pytest.mark.parametrize("scan", ["imaging.2", "imaging.3"])
def test_a_scan_that_is_rebooked_into_those_days_confirms(scan: str) -> None:
    rebooked = f"    2025-02-26 rebooked, entry: {scan}, to: 2025-04-02\n"
    assert confirming(calendar(UNCONFIRMED + rebooked, "2025-07-31")) == [(scan, date(2025, 4, 2))]
