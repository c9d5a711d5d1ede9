"""How often a calendar is worked out for one answer: for explaining never, for a preview before and after the change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from scheduler.calendar import patient_calendar
from scheduler.calendar.build import build_calendar
from scheduler.calendar.comparing.consequences import consequences
from scheduler.calendar.comparing.whatif import what_would_change
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.telling.explain import explain
from scheduler.patient.events import parse_event
from tests.benchmarks.patient import log_of_an_ordinary_patient, seed_version, shanghai

VERSION, SITE = seed_version(), shanghai()
LOG = log_of_an_ordinary_patient(VERSION, SITE)
CALENDAR = calendar_of(VERSION, SITE, LOG)
HELD = parse_event({"on": "2026-12-01", "event": "held", "treatment": "regorafenib", "reason": "AE 3"})


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One for each calendar that is worked out."""
    found: list[str] = []
    build: Callable[..., Any] = build_calendar

    def counted(*args: Any, **named: Any) -> Any:
        found.append("a calendar")
        return build(*args, **named)

    monkeypatch.setattr(patient_calendar, "build_calendar", counted)
    return found


def test_explaining_needs_no_other_calendar_than_the_one_that_is_explained(built: list[str]):
    proposals = (*CALENDAR.proposals, *CALENDAR.proposals_to_come)
    for name in (*(entry.id for entry in CALENDAR.entries), *(proposal.id for proposal in proposals)):
        explain(CALENDAR, name, VERSION, LOG)
    assert len(built) == 0


def test_what_if_has_one_before_and_one_after(built: list[str]):
    what_would_change(VERSION, SITE, LOG, [HELD])
    assert len(built) == 2


def test_the_preview_of_a_decision_has_one_before_and_one_after(built: list[str]):
    proposal = CALENDAR.proposals[0]
    consequences(VERSION, SITE, LOG, proposal, proposal.options[0])
    assert len(built) == 2


def test_deviations_need_one_calendar_beside_that_of_the_patient(built: list[str]):
    deviations_of(VERSION, SITE, LOG, on=date(2026, 12, 1))
    assert len(built) <= 2
