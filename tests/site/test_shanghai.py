"""The site of the example, in the years that the Chinese government has published, and in the year that it has not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from scheduler.site.parse import parse_site
from scheduler.site.site import Site

FILE = Path(__file__).parents[2] / "examples" / "rego-tori-rt" / "site.yaml"
RESOURCES = ("clinic", "infusion", "radiotherapy", "imaging", "pharmacy")

# Notice of the General Office of the State Council on the holidays of 2026, November 2025.
CLOSED_IN_2026 = (
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)
OPEN_IN_2026 = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")


def year(number: int) -> list[date]:
    first = date(number, 1, 1)
    return [first + timedelta(days=n) for n in range((date(number + 1, 1, 1) - first).days)]


@pytest.fixture(scope="module")
def shanghai() -> Site:
    return parse_site(FILE.read_text(encoding="utf-8"), name="site.yaml")


@pytest.mark.parametrize("resource", [*RESOURCES, "a resource that the site does not list"])
def test_the_open_days_of_2026_are_those_of_the_notice(shanghai: Site, resource: str) -> None:
    closed = {day for day in year(2026) for first, last in CLOSED_IN_2026 if first <= day.isoformat() <= last}
    opened = {date.fromisoformat(day) for day in OPEN_IN_2026}
    expected = [day for day in year(2026) if (day.isoweekday() <= 5 and day not in closed) or day in opened]
    assert [day for day in year(2026) if shanghai.open_days(resource).is_open(day.toordinal())] == expected


@pytest.mark.parametrize("number", [2025, 2026])
def test_every_day_is_as_chinesecalendar_has_it(shanghai: Site, number: int) -> None:
    clinic = shanghai.open_days("clinic")
    expected = [day for day in year(number) if chinese_calendar.is_workday(day)]
    assert [day for day in year(number) if clinic.is_open(day.toordinal())] == expected


@pytest.mark.parametrize("resource", RESOURCES)
def test_2027_is_not_published_and_therefore_provisional(shanghai: Site, resource: str) -> None:
    days = shanghai.open_days(resource)
    assert not any(days.provisional(day.toordinal()) for number in (2025, 2026) for day in year(number))
    assert all(days.provisional(day.toordinal()) for number in (2027, 2028, 2060) for day in year(number))
    assert shanghai.provisional_from == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "why_closed", "why_open"),
    [
        ("2026-02-13", None, None),
        ("2026-02-14", None, "make-up working day"),
        ("2026-02-15", "Sunday", None),
        ("2026-02-16", "public holiday: Chinese New Year's Eve", None),
        ("2026-02-17", "public holiday: Chinese New Year (Spring Festival)", None),
        ("2026-02-20", "public holiday: Day off (in exchange for 2026-02-14)", None),
        ("2026-02-21", "Saturday", None),
        ("2026-10-01", "public holiday: National Day", None),
    ],
)
def test_a_day_out_of_the_ordinary_says_why(
    shanghai: Site, day: str, why_closed: str | None, why_open: str | None
) -> None:
    clinic = shanghai.open_days("clinic")
    ordinal = date.fromisoformat(day).toordinal()
    assert (clinic.why_closed(ordinal), clinic.why_open(ordinal)) == (why_closed, why_open)


def test_the_first_fraction_after_spring_festival_is_on_tuesday(shanghai: Site) -> None:
    radiotherapy = shanghai.open_days("radiotherapy")
    sunday = date(2026, 2, 15).toordinal()
    days = [radiotherapy.open_days_after(sunday, number) for number in range(1, 6)]
    assert days == [date(2026, 2, day).toordinal() for day in (24, 25, 26, 27, 28)]


def test_the_site_says_where_it_is_and_whom_to_call(shanghai: Site) -> None:
    assert (shanghai.name, shanghai.zone) == ("Shanghai", "Asia/Shanghai")
    assert [who for who, _ in shanghai.contacts] == [
        "Study nurse, working days 8:00 to 17:00",
        "Night, weekends and holidays",
    ]
    assert tuple(shanghai.resources) == RESOURCES
