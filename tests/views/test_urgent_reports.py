"""What the sponsor has to know within 24 hours: on the worklist with the time left, until reported; late is a deviation."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.calendar.proposals.patients import CONTROL
from tests.dosing.story import told
from tests.seed import VERSION

SERIOUS = "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 3, serious: true, at: '14:30'\n"


def due(story: str, on: str) -> list[tuple[str, str | None, int | None]]:
    """The day and time up to which reports are due, and the days left, as the worklist of a day has them."""
    patient = patient_of(VERSION, EVERY_DAY, told(CONTROL + story), subject="CTL-1")
    lines = worklist([patient], date.fromisoformat(on)).decisions
    return [(str(line.date), line.time, line.days_left) for line in lines if "report-due" in line.flags]


def late(story: str, on: str | None = None) -> list[tuple[int | None, str, tuple[int, ...]]]:
    day = date.fromisoformat(on) if on is not None else None
    found = deviations_of(VERSION, EVERY_DAY, told(CONTROL + story), on=day)
    return [(each.days_off, str(each.what), each.events) for each in found if each.kind is Deviated.REPORTED_LATE]


def test_a_serious_event_is_due_a_day_after_the_site_knew() -> None:
    assert due(SERIOUS, "2026-03-12") == [("2026-03-13", "14:30", 1)]
    assert due(SERIOUS, "2026-03-15") == [("2026-03-13", "14:30", -2)]
    assert late(SERIOUS, on="2026-03-13") == []
    assert late(SERIOUS, on="2026-03-15") == [
        (2, "serious adverse event 1, Sepsis: not reported 2 days after the last time for it, 2026-03-13 14:30", (3,))
    ]


@pytest.mark.parametrize(
    ("reported", "days"),
    [
        ("2026-03-13 reported, number: 3, at: '14:30'", None),
        ("2026-03-13 reported, number: 3", None),
        ("2026-03-13 reported, number: 3, at: '14:31'", 0),
        ("2026-03-14 reported, number: 3, at: '08:00'", 1),
    ],
)
def test_reported_closes_it_and_late_is_a_deviation(reported: str, days: int | None) -> None:
    story = f"{SERIOUS}{reported}\n"
    assert due(story, "2026-03-20") == []
    assert [each[0] for each in late(story)] == ([] if days is None else [days])


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 5",
        "2026-03-12 pregnancy",
        "2026-03-12 pregnancy, whose: partner",
        "2026-03-12 taken, treatment: regorafenib, from: 2026-03-12, to: 2026-03-12, amount: 240 mg",
    ],
)
def test_death_pregnancy_and_overdose_are_due_too(line: str) -> None:
    assert due(line + "\n", "2026-03-12") == [("2026-03-13", None, 1)]


def test_an_ordinary_event_is_not_due_until_it_becomes_serious() -> None:
    ordinary = "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 3\n"
    assert due(ordinary, "2026-03-20") == []
    assert due(ordinary + "2026-03-16 regraded, ae: 1, grade: 4, serious: true\n", "2026-03-16") == [
        ("2026-03-17", None, 1)
    ]
    right = "{on: 2026-03-12, event: adverse event, ae: 1, term: Sepsis, grade: 3, serious: true}"
    corrected = f"2026-03-18 corrected, number: 3, reason: in hospital, with: {right}\n"
    assert due(ordinary + corrected, "2026-03-18") == [("2026-03-19", None, 1)]


def test_a_struck_event_asks_for_no_report() -> None:
    assert due(SERIOUS + "2026-03-12 struck, number: 3, reason: another patient\n", "2026-03-20") == []


def test_a_serious_event_that_only_lasts_is_reported_once_and_its_death_again() -> None:
    story = SERIOUS + "2026-03-13 reported, number: 3\n2026-03-14 regraded, ae: 1, grade: 4, serious: true\n"
    assert due(story, "2026-03-14") == []
    assert due(story + "2026-03-15 regraded, ae: 1, grade: 5\n", "2026-03-15") == [("2026-03-16", None, 1)]
