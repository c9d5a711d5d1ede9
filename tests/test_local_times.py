"""Local times through the clock changes: which moment a clock's reading is, and how many true hours lie between two.

The facts are the IANA database's: New York 8 March and 1 November 2026, Lord Howe by half an hour, Samoa without
30 December 2011, Beirut whose clocks go forward at midnight. What zoneinfo says is the second opinion.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scheduler.local_times import (
    LocalTime,
    Passing,
    UnknownZone,
    day_at,
    elapsed,
    is_zone,
    later,
    local_at,
    moment_of,
    passing,
    shown,
    start_of,
    zones,
)

NEW_YORK, SHANGHAI = "America/New_York", "Asia/Shanghai"
HOUR = timedelta(hours=1)


def local(text: str, zone: str = NEW_YORK, second: bool = False) -> LocalTime:
    said = datetime.fromisoformat(text)
    return LocalTime(said.date(), said.time(), zone, second)


@pytest.mark.parametrize(
    ("text", "zone", "how", "moment"),
    [
        ("2026-03-08 01:59", NEW_YORK, Passing.ONCE, "2026-03-08 06:59"),
        ("2026-03-08 02:30", NEW_YORK, Passing.NEVER, "2026-03-08 07:30"),
        ("2026-03-08 03:00", NEW_YORK, Passing.ONCE, "2026-03-08 07:00"),
        ("2026-11-01 00:59", NEW_YORK, Passing.ONCE, "2026-11-01 04:59"),
        ("2026-11-01 01:30", NEW_YORK, Passing.TWICE, "2026-11-01 05:30"),
        ("2026-11-01 02:00", NEW_YORK, Passing.ONCE, "2026-11-01 07:00"),
        ("2026-03-08 02:30", SHANGHAI, Passing.ONCE, "2026-03-07 18:30"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", Passing.NEVER, "2026-10-03 15:45"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", Passing.TWICE, "2026-04-04 14:45"),
        ("2026-03-29 00:15", "Asia/Beirut", Passing.NEVER, "2026-03-28 22:15"),
        ("2011-12-30 12:00", "Pacific/Apia", Passing.NEVER, "2011-12-30 22:00"),
    ],
)
def test_what_a_clock_shows_and_when(text: str, zone: str, how: Passing, moment: str) -> None:
    assert passing(local(text, zone)) is how
    assert moment_of(local(text, zone)) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_the_second_of_two_has_to_be_named() -> None:
    first, second = local("2026-11-01 01:30"), local("2026-11-01 01:30", second=True)
    assert elapsed(first, second) == HOUR
    assert later(first, HOUR) == second
    assert moment_of(local("2026-11-01 02:30", second=True)) == moment_of(local("2026-11-01 02:30"))
    assert moment_of(local("2026-03-08 02:30", second=True)) == moment_of(local("2026-03-08 02:30"))


def test_a_skipped_time_is_shown_as_the_clock_has_it() -> None:
    assert str(shown(local("2026-03-08 02:30"))) == "2026-03-08 03:30"
    assert str(shown(local("2026-03-08 01:30"))) == "2026-03-08 01:30"


@pytest.mark.parametrize(
    ("evening", "hours"), [("2026-03-07 22:00", 7), ("2026-03-08 22:00", 8), ("2026-10-31 22:00", 9)]
)
def test_a_night_has_seven_eight_or_nine_hours(evening: str, hours: int) -> None:
    before = local(evening)
    morning = LocalTime(before.day + timedelta(days=1), time(6), NEW_YORK)
    assert elapsed(before, morning) == hours * HOUR
    assert elapsed(morning, before) == -hours * HOUR
    assert later(before, hours * HOUR) == morning


def test_between_two_zones() -> None:
    assert elapsed(local("2026-05-20 20:00"), local("2026-05-21 09:00", SHANGHAI)) == HOUR


def test_a_day_begins_where_its_site_is() -> None:
    assert start_of(date(2026, 5, 21), SHANGHAI) == datetime(2026, 5, 20, 16, tzinfo=UTC)
    assert start_of(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert day_at(datetime(2026, 5, 20, 16, tzinfo=UTC), SHANGHAI) == date(2026, 5, 21)
    assert day_at(datetime(2026, 5, 20, 15, 59, tzinfo=UTC), SHANGHAI) == date(2026, 5, 20)


@pytest.mark.parametrize(
    "name", ["Europe/Shanghai", "", "/etc/passwd", "../UTC", "Europe", "a\0b", "x" * 5000, "\ud800"]
)
def test_a_zone_that_does_not_exist(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(UnknownZone):
        moment_of(LocalTime(date(2026, 1, 1), time(), name))


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        day_at(datetime(2026, 1, 1), SHANGHAI)


def test_the_zones_are_those_of_the_database() -> None:
    assert zones() == available_timezones()


MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))
PLACES = st.sampled_from(
    [NEW_YORK, SHANGHAI, "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Apia", "Europe/Dublin", "Asia/Kolkata"]
)


@given(MOMENTS, PLACES, st.integers(-200, 200))
@example(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), NEW_YORK, 1)
def test_law_every_moment_comes_back_and_hours_are_true(moment: datetime, zone: str, hours: int) -> None:
    there = local_at(moment, zone)
    assert passing(there) is not Passing.NEVER
    assert moment_of(there) == moment
    assert elapsed(there, later(there, hours * HOUR)) == hours * HOUR
    other = moment.astimezone(ZoneInfo(zone))
    assert (there.day, there.at, there.second) == (other.date(), other.time().replace(fold=0), other.fold == 1)


@given(MOMENTS.map(lambda at: at.replace(tzinfo=None)), PLACES)
@example(datetime(2026, 3, 8, 2, 30), NEW_YORK)
def test_law_any_reading_is_the_moment_that_zoneinfo_says(reading: datetime, zone: str) -> None:
    assert moment_of(LocalTime(reading.date(), reading.time(), zone)) == reading.replace(
        tzinfo=ZoneInfo(zone)
    ).astimezone(UTC)
