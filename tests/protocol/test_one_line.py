"""Changing one line of the seed study moves exactly what hangs on it: radiotherapy from Day 22 to Day 29."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import CycleStarted, Event, Given, Randomised
from scheduler.patient.log import log_of
from scheduler.protocol.parse import parse_protocol
from scheduler.site.site import EVERY_DAY

SEED = (Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "protocol.yaml").read_text("utf-8")
WEEKDAYS = EVERY_DAY.with_days()


def calendar(text: str, arm: str) -> Calendar:
    """A patient randomised on Friday 27 February 2026 who takes the first doses on Monday 2 March."""
    events: list[Event] = [
        Randomised(on=date(2026, 2, 27), arm=arm),
        CycleStarted(on=date(2026, 3, 2), treatment="regorafenib", cycle=1),
    ]
    if arm == "experimental":
        events.append(Given(on=date(2026, 3, 2), treatment="toripalimab", n=1))
    version, _ = parse_protocol(text, name="protocol.yaml")
    return calendar_of(version, WEEKDAYS, log_of(events), until=date(2026, 7, 31))


def moved(before: Calendar, after: Calendar) -> dict[str, tuple[str, str]]:
    """The entries whose ideal day, window or date is another one, with both dates."""
    ids = {entry.id: entry for entry in (*before.entries, *after.entries)}
    found = {}
    for name in ids:
        old, new = before.by_id.get(name), after.by_id.get(name)
        if old is None or new is None:
            found[name] = (str(old and old.date), str(new and new.date))
        elif (old.ideal, old.window, old.date) != (new.ideal, new.window, new.date):
            found[name] = (str(old.date), str(new.date))
    return found


def change(old: str, new: str) -> str:
    assert SEED.count(old) == 1
    return SEED.replace(old, new)


DAY_29 = change("on or after Study Day 22, not before", "on or after Study Day 29, not before")


def test_radiotherapy_on_day_29_moves_what_hangs_on_it() -> None:
    """Fractions a week later; cycle 2 and toripalimab 2 wait for them, and what counts from those moves with them.

    The planning CT keeps its day; only its window, which ends 5 working days before the first fraction, becomes longer.
    """
    assert moved(calendar(SEED, "experimental"), calendar(DAY_29, "experimental")) == {
        "planning-ct.1": ("2026-03-16", "2026-03-16"),
        "radiotherapy.1": ("2026-03-23", "2026-03-30"),
        "radiotherapy.2": ("2026-03-24", "2026-03-31"),
        "radiotherapy.3": ("2026-03-25", "2026-04-01"),
        "radiotherapy.4": ("2026-03-26", "2026-04-02"),
        "radiotherapy.5": ("2026-03-27", "2026-04-03"),
        "regorafenib.2": ("2026-03-30", "2026-04-06"),
        "regorafenib.3": ("2026-04-27", "2026-05-04"),
        "regorafenib.4": ("2026-05-25", "2026-06-01"),
        "regorafenib.5": ("2026-06-22", "2026-06-29"),
        "regorafenib.6": ("2026-07-20", "2026-07-27"),
        "c2d15.1": ("2026-04-13", "2026-04-20"),
        "toripalimab.2": ("2026-03-30", "2026-04-06"),
        "toripalimab.3": ("2026-04-20", "2026-04-27"),
        "toripalimab.4": ("2026-05-11", "2026-05-18"),
        "toripalimab.5": ("2026-06-01", "2026-06-08"),
        "toripalimab.6": ("2026-06-22", "2026-06-29"),
        "toripalimab.7": ("2026-07-13", "2026-07-20"),
    }


def test_the_control_arm_does_not_move() -> None:
    assert moved(calendar(SEED, "control"), calendar(DAY_29, "control")) == {}


@pytest.mark.parametrize(
    ("old", "new", "timelines"),
    [
        ("every 56 days ±7 from randomisation (A5)", "every 84 days ±7 from randomisation (A5)", {"imaging"}),
        ("on regorafenib cycle 1 day 8 ±2 days (A7)", "on regorafenib cycle 1 day 10 ±2 days (A7)", {"c1d8"}),
        ("28 days ±3 after the previous cycle (A2)", "35 days ±3 after the previous cycle (A2)", {"regorafenib"}),
        (
            "21 days ±3 after the previous dose, not before 18 days after the previous dose (A4)",
            "28 days ±3 after the previous dose, not before 25 days after the previous dose (A4)",
            {"toripalimab"},
        ),
        ("at least 1 day after the previous fraction (A1)", "at least 2 days after the previous fraction (A1)", None),
    ],
)
def test_another_line_moves_its_own(old: str, new: str, timelines: set[str] | None) -> None:
    """Alternate fractions end after cycle 2 was due, so with them the two clocks that wait for their end move."""
    found = moved(calendar(SEED, "experimental"), calendar(change(old, new), "experimental"))
    expected = timelines or {"radiotherapy", "regorafenib", "toripalimab", "c2d15"}
    assert {name.partition(".")[0] for name in found} == expected
