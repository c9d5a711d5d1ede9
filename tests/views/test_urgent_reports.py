"""What the sponsor has to know within 24 hours: on the worklist with the time left, until reported; late is a deviation."""

from __future__ import annotations

from dataclasses import replace
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

LATE = Deviated.REPORTED_LATE
SERIOUS = "2026-03-12 adverse event, ae: 1, term: Sepsis, grade: 3, serious: true, at: '14:30'\n"


def due(story: str, on: str, zone: str = "UTC") -> list[tuple[str, str | None, int | None]]:
    """The day and time up to which reports are due, and the days left, as the worklist of a day has them."""
    site = replace(EVERY_DAY, zone=zone)
    patient = patient_of(VERSION, site, told(CONTROL + story), subject="CTL-1")
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


@pytest.mark.parametrize(
    ("aware", "by"),
    [
        # On Sunday 29 March 2026 the clocks of Berlin go from 2:00 to 3:00, and on 25 October from 3:00 back to 2:00.
        ("2026-03-28 14:30", ("2026-03-29", "15:30")),
        ("2026-03-28 23:15", ("2026-03-30", "00:15")),
        ("2026-03-27 14:30", ("2026-03-28", "14:30")),
        ("2026-10-24 14:30", ("2026-10-25", "13:30")),
        ("2026-10-25 00:30", ("2026-10-25", "23:30")),
        ("2026-10-25 14:30", ("2026-10-26", "14:30")),
    ],
)
def test_24_hours_are_true_hours_when_the_clocks_change(aware: str, by: tuple[str, str]) -> None:
    day, at = aware.split()
    story = f"{day} adverse event, ae: 1, term: Sepsis, grade: 3, serious: true, at: '{at}'\n"
    ((due_on, until, _),) = due(story, day, "Europe/Berlin")
    assert (due_on, until) == by


def test_an_hour_too_late_by_the_clock_and_in_time() -> None:
    """From 14:30 on Saturday to 15:20 on Sunday 29 March were 23 hours and 50 minutes in Berlin, and 24:50 in Shanghai."""
    serious = "2026-03-28 adverse event, ae: 1, term: Sepsis, grade: 3, serious: true, at: '14:30'\n"
    log = told(f"{CONTROL}{serious}2026-03-29 reported, number: 3, at: '15:20'")
    late_in = [
        [each.days_off for each in deviations_of(VERSION, replace(EVERY_DAY, zone=zone), log) if each.kind is LATE]
        for zone in ("Europe/Berlin", "Asia/Shanghai")
    ]
    assert late_in == [[], [0]]
