"""The engine and the retelling say the same: for every start day of two years in both arms, and for patients nobody thought of.

The retelling walks day by day and shares no code with the engine. Where the two differ, one of them is wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.agreement.comparing import disagreements
from tests.laws.strategies import Patient, patients
from tests.seed import shanghai, site_with

MONTHS = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
SITE = shanghai()
CLOSED = {date.fromordinal(day) for day in SITE.usual.closed}
OPENED = {date.fromordinal(day) for day in SITE.usual.opened}
AHEAD = timedelta(days=120)


def _days_of(month: date) -> list[date]:
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return [month + timedelta(days=n) for n in range((following - month).days)]


@pytest.mark.parametrize("arm", ["control", "experimental"])
@pytest.mark.parametrize("month", MONTHS, ids=lambda month: f"{month:%Y-%m}")
def test_every_start_day_of_a_month(month: date, arm: str):
    found = {}
    for start in _days_of(month):
        events: list[dict[str, Any]] = [
            {"on": str(start - timedelta(days=3)), "event": "randomised", "arm": arm},
            {"on": str(start), "event": "cycle started", "treatment": "regorafenib", "cycle": 1},
        ]
        if arm == "experimental":
            events.append({"on": str(start), "event": "given", "treatment": "toripalimab", "n": 1})
        found[start] = disagreements(events, SITE, CLOSED, OPENED, start + AHEAD)
    assert {start: lines for start, lines in found.items() if lines} == {}


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(patients())
def test_patients_nobody_thought_of(patient: Patient):
    closed, opened = set(patient.closed), set(patient.opened)
    until = patient.last_day + timedelta(days=120)
    assert disagreements(list(patient.events), site_with(closed, opened), closed, opened, until) == []
