"""Hours between doses: true hours by the site's clock where times are recorded, whole days where they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.asking import ask
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.telling.explain import explain
from scheduler.site.site import EVERY_DAY
from tests.dosing.story import told
from tests.studies.telling import calendar, study

BERLIN = replace(EVERY_DAY, zone="Europe/Berlin")
VERSION = study("""
study days: first dose is Day 1
treatments:
  bortezomib:
    when: {1: on first dose, then: at least 72 hours after the previous dose}
    until: 3 doses
    give: 2 mg subcutaneously
  pump:
    when: {1: on first dose, then: 14 days after the previous dose}
    until: 2 doses
    give: 4000 mg intravenously over 46 hours
visits:
  disconnect: {when: 46 hours after every pump dose, open: any day}
""")
RANDOMISED = "2026-01-01 randomised, arm: all\n"


def bortezomib(n: int, day: str, at: str | None = None) -> str:
    time = f', at: "{at}"' if at is not None else ""
    return f"{day} given, treatment: bortezomib, n: {n}{time}\n"


def pump(day: str, at: str) -> str:
    return f'{day} given, treatment: pump, n: 1, at: "{at}"\n'


def planned(log: str, entry: str) -> tuple[str, str | None]:
    found = calendar(VERSION, log, "2026-12-31", BERLIN).by_id[entry]
    return str(found.date), found.clock


def too_short(log: str) -> list[str]:
    found = deviations_of(VERSION, BERLIN, told(RANDOMISED + log))
    return [f"{each.entry}: {each.what}" for each in found if each.kind == "interval too short"]


@pytest.mark.parametrize(
    ("day", "at", "date", "clock"),
    [
        # Winter: 10:00 is 9:00 UTC on both days.
        ("2026-02-02", "10:00", "2026-02-05", "from 10:00"),
        # In the night to Sunday 29 March the clocks go from 2 to 3: 9:00 UTC is 10:00 on Friday and 11:00 on Monday.
        ("2026-03-27", "10:00", "2026-03-30", "from 11:00"),
        # In the night to Sunday 25 October they go from 3 to 2: 8:00 UTC is 10:00 on Friday and 9:00 on Monday.
        ("2026-10-23", "10:00", "2026-10-26", "from 09:00"),
        # 23:30 on Friday is 22:30 UTC, and 72 hours later it is half past midnight on Tuesday.
        ("2026-03-27", "23:30", "2026-03-31", "from 00:30"),
        # 2:30 comes twice on 25 October: the second, 1:30 UTC, is meant, so that nothing is too soon.
        ("2026-10-25", "02:30", "2026-10-28", "from 02:30"),
    ],
)
def test_seventy_two_true_hours(day: str, at: str, date: str, clock: str) -> None:
    assert planned(bortezomib(1, day, at), "bortezomib.2") == (date, clock)


@pytest.mark.parametrize(
    ("day", "at", "date", "clock"),
    [
        # Friday 14:30 is 13:30 UTC; 46 hours later it is 11:30 UTC on Sunday, in summer time 13:30.
        ("2026-03-27", "14:30", "2026-03-29", "13:30"),
        # Friday 14:30 is 12:30 UTC; 46 hours later it is 10:30 UTC on Sunday, in winter time 11:30.
        ("2026-10-23", "14:30", "2026-10-25", "11:30"),
        # A pump that starts at 1:15 is empty at 23:15 of the next day.
        ("2026-02-02", "01:15", "2026-02-03", "23:15"),
    ],
)
def test_a_pump_comes_off_at_its_own_time(day: str, at: str, date: str, clock: str) -> None:
    assert planned(pump(day, at), "disconnect.1") == (date, clock)


def test_without_a_time_whole_days_count_and_it_is_said() -> None:
    log = bortezomib(1, "2026-03-27")
    assert planned(log, "bortezomib.2") == ("2026-03-30", None)
    found = explain(calendar(VERSION, log, site=BERLIN), "bortezomib.2", VERSION, told(RANDOMISED + log))
    assert "without its time, 72 hours count as 3 days" in str(found)


def test_it_is_said_that_the_clocks_change() -> None:
    log = pump("2026-03-27", "14:30")
    found = explain(calendar(VERSION, log, site=BERLIN), "disconnect.1", VERSION, told(RANDOMISED + log))
    assert "Sunday 29 March 2026 (Day 3) at 13:30" in str(found)
    assert "from 14:30, 46 hours are over at 13:30, since the clocks change on the way" in str(found)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (bortezomib(2, "2026-03-30", "11:00"), []),
        # 10:30 on Monday is 8:30 UTC, half an hour short of 72 after 9:00 UTC on Friday.
        (
            bortezomib(2, "2026-03-30", "10:30"),
            [
                "bortezomib.2: 71 h 30 min after bortezomib.1 at 2026-03-27 10:00, at least 72 hours are asked for",
            ],
        ),
        # Without its time nobody knows that it was too soon on the third day; on the second it was.
        (bortezomib(2, "2026-03-30"), []),
        (
            bortezomib(2, "2026-03-29"),
            ["bortezomib.2: 2 days after bortezomib.1, without both times, at least 72 hours are asked for"],
        ),
    ],
)
def test_too_few_hours_are_a_deviation_with_its_hours(second: str, said: list[str]) -> None:
    assert too_short(bortezomib(1, "2026-03-27", "10:00") + second) == said


@pytest.mark.parametrize(("at", "codes"), [("11:00", []), ("10:59", ["dose-too-early"])])
def test_too_few_hours_are_asked_before_they_are_recorded(at: str, codes: list[str]) -> None:
    log = told(RANDOMISED + bortezomib(1, "2026-03-27", "10:00"))
    event = told(bortezomib(2, "2026-03-30", at)).records[0].event
    assert [each.code for each in ask(VERSION, BERLIN, log, [event], today=event.on)] == codes


@pytest.mark.parametrize(
    ("at", "clock", "findings"), [("10:30", "from 11:00", ["booking-void"]), ("11:30", "11:30", [])]
)
def test_an_appointment_before_the_hours_are_over_is_void(at: str, clock: str, findings: list[str]) -> None:
    booked = f'2026-03-28 booked, entry: bortezomib.2, to: 2026-03-30, at: "{at}"\n'
    found = calendar(VERSION, bortezomib(1, "2026-03-27", "10:00") + booked, site=BERLIN)
    assert found.by_id["bortezomib.2"].clock == clock
    assert [each.code for each in found.findings] == findings


def status(log: str, entry: str) -> tuple[str, str | None, str | None]:
    found = calendar(VERSION, RANDOMISED + log, "2026-12-31", BERLIN).by_id[entry]
    return found.status.value, None if found.date is None else str(found.date), found.clock


@pytest.mark.parametrize(
    "ended",
    ["discontinued, treatment: pump, reason: choice", "end of treatment, reason: patient's choice"],
)
def test_a_pump_that_was_connected_comes_off_although_treatment_ends(ended: str) -> None:
    """Connected on Monday 2 February at 14:30: 46 hours later it is 12:30 on Wednesday. Treatment ends on Tuesday."""
    log = f"{pump('2026-02-02', '14:30')}2026-02-03 {ended}\n"
    assert status(log, "disconnect.1") == ("planned", "2026-02-04", "12:30")
    assert status(log, "disconnect.2")[0] == "cancelled"


def test_no_pump_comes_off_that_was_not_connected() -> None:
    log = f"{pump('2026-02-02', '14:30')}2026-02-16 not done, entry: pump.2, reason: fever\n"
    assert status(log, "disconnect.1") == ("planned", "2026-02-04", "12:30")
    assert status(log, "disconnect.2") == ("cancelled", None, None)
