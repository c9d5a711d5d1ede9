"""The open days of one resource: which days, in which direction, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.site.open_days import ANY_DAY, SEARCH_DAYS, OpenDays, flags, ordinals
from scheduler.site.site import EVERY_DAY

FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = range(date(2026, 6, 19).toordinal(), date(2026, 6, 24).toordinal())

CLINIC = EVERY_DAY.with_days().open_days("clinic")
DRAGON_BOAT = EVERY_DAY.with_days(closed=[date(2026, 6, 19)]).open_days("imaging")
NEVER = OpenDays("mothballed", flags(()))


def test_a_clinic_is_open_from_monday_to_friday() -> None:
    assert [CLINIC.is_open(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [True, False, False, True]


def test_any_day_is_always_open() -> None:
    assert all(ANY_DAY.is_open(day) for day in range(FRIDAY, FRIDAY + 7))


def test_the_first_open_day_after_a_saturday_is_monday() -> None:
    assert CLINIC.first_open(SATURDAY) == MONDAY


def test_an_open_day_is_its_own_first_and_last_open_day() -> None:
    assert (CLINIC.first_open(FRIDAY), CLINIC.last_open(FRIDAY)) == (FRIDAY, FRIDAY)


def test_the_last_open_day_before_a_monday_holiday_is_friday() -> None:
    closed_monday = EVERY_DAY.with_days(closed=[date(2026, 6, 22)]).open_days("clinic")
    assert closed_monday.last_open(MONDAY) == FRIDAY


def test_a_search_ends_with_the_window() -> None:
    assert CLINIC.first_open(SATURDAY, last=SUNDAY) is None
    assert CLINIC.last_open(SUNDAY, first=SATURDAY) is None


def test_a_search_reaches_the_edge_of_the_window() -> None:
    assert CLINIC.first_open(SATURDAY, last=MONDAY) == MONDAY
    assert CLINIC.last_open(SUNDAY, first=FRIDAY) == FRIDAY


def test_a_resource_that_is_never_open_gives_no_day() -> None:
    assert NEVER.first_open(MONDAY) is None
    assert NEVER.last_open(MONDAY) is None
    assert NEVER.nearest_open(MONDAY, MONDAY - 7, MONDAY + 7) is None
    assert NEVER.open_days_before(MONDAY, 1) is None
    assert NEVER.open_days_before(MONDAY, 2) is None
    assert NEVER.open_days_after(MONDAY, 2) is None


def test_the_search_without_a_window_is_bounded() -> None:
    once = replace(NEVER, opened=ordinals([date.fromordinal(MONDAY)], "open"))
    assert once.first_open(MONDAY - SEARCH_DAYS) == MONDAY
    assert once.first_open(MONDAY - SEARCH_DAYS - 1) is None
    assert once.last_open(MONDAY + SEARCH_DAYS) == MONDAY
    assert once.last_open(MONDAY + SEARCH_DAYS + 1) is None


def test_a_search_before_the_first_day_of_the_calendar_ends() -> None:
    assert NEVER.last_open(date(1, 1, 3).toordinal()) is None


def test_a_tie_goes_later() -> None:
    saturday_with_a_closed_friday = SATURDAY
    thursday = FRIDAY - 1
    assert (saturday_with_a_closed_friday - thursday, MONDAY - saturday_with_a_closed_friday) == (2, 2)
    assert DRAGON_BOAT.nearest_open(saturday_with_a_closed_friday, SATURDAY - 7, SATURDAY + 7) == MONDAY


def test_the_nearer_day_wins_even_when_it_is_earlier() -> None:
    assert CLINIC.nearest_open(SATURDAY, SATURDAY - 3, SATURDAY + 3) == FRIDAY
    assert CLINIC.nearest_open(SUNDAY, SUNDAY - 3, SUNDAY + 3) == MONDAY


def test_the_nearest_open_day_stays_in_the_window() -> None:
    assert CLINIC.nearest_open(SUNDAY, FRIDAY, SUNDAY) == FRIDAY
    assert CLINIC.nearest_open(SATURDAY, SATURDAY, TUESDAY) == MONDAY
    assert CLINIC.nearest_open(SATURDAY, SATURDAY, SUNDAY) is None


def test_five_working_days_before_a_monday_is_the_monday_before() -> None:
    assert CLINIC.open_days_before(MONDAY, 5) == MONDAY - 7
    assert CLINIC.open_days_after(MONDAY - 7, 5) == MONDAY
    assert CLINIC.open_days_before(MONDAY, 0) == MONDAY


def test_every_closed_day_says_why_and_no_open_day_does() -> None:
    clinic = EVERY_DAY.with_days(closed=[date(2026, 6, 19)], opened=[date(2026, 6, 20)]).open_days("clinic")
    assert [clinic.why_closed(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == ["closed", None, "Sunday", None]
    assert [clinic.why_open(day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [None, "open", None, None]


def test_a_scenario_replaces_every_resource() -> None:
    site = EVERY_DAY.with_days(closed=[date(2026, 6, 22)])
    assert site.open_days("clinic") == site.open_days("infusion")
    assert site.open_days("any day") == ANY_DAY
    assert (site.name, site.zone, site.provisional_from) == (EVERY_DAY.name, EVERY_DAY.zone, None)


def test_a_day_in_both_lists_of_a_scenario_is_open() -> None:
    site = EVERY_DAY.with_days(closed=[date(2026, 6, 20)], opened=[date(2026, 6, 20)])
    assert site.open_days("clinic").is_open(SATURDAY)


def test_days_after_the_published_years_are_provisional() -> None:
    clinic = replace(CLINIC, unpublished_from=MONDAY, uncertain=frozenset({FRIDAY}))
    assert [clinic.provisional(day) for day in (FRIDAY, SATURDAY, MONDAY, TUESDAY)] == [True, False, True, True]
    assert not CLINIC.provisional(TUESDAY)


def test_open_days_can_be_kept_in_a_set_and_sent_to_another_process() -> None:
    import pickle

    assert len({CLINIC, DRAGON_BOAT, CLINIC}) == 2
    assert pickle.loads(pickle.dumps(EVERY_DAY)) == EVERY_DAY


_START = date(2026, 1, 1)
_near = st.integers(0, 60)
_some_days = st.sets(_near)
_weekdays = st.sets(st.integers(0, 6))


@st.composite
def resources(draw: st.DrawFn) -> OpenDays:
    """Any week, with any closed and opened days in two months around the days that are asked for."""
    closed, opened = draw(_some_days), draw(_some_days)
    return OpenDays("generated", flags(draw(_weekdays)), _as_days(closed, "closed"), _as_days(opened, "open"))


def _as_days(numbers: set[int], reason: str) -> dict[int, str]:
    return {_START.toordinal() + number: reason for number in numbers}


def _works(resource: OpenDays, day: date) -> bool:
    """Said again in dates, for comparison."""
    if day.toordinal() in resource.opened:
        return True
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    on = dict(zip(("Sunday", *names[:6]), resource.week, strict=True))
    return on[day.strftime("%A")] and day.toordinal() not in resource.closed


@pytest.mark.parametrize("weekday", range(7))
def test_flags_are_the_days_of_the_week(weekday: int) -> None:
    resource = OpenDays("one day a week", flags({weekday}))
    week = [_START + timedelta(days=n) for n in range(7)]
    assert [day.weekday() for day in week if resource.is_open(day.toordinal())] == [weekday]


@given(resources(), _near)
def test_is_open_is_the_week_with_its_exceptions(resource: OpenDays, number: int) -> None:
    day = _START + timedelta(days=number)
    assert resource.is_open(day.toordinal()) == _works(resource, day)


@given(resources(), _near, _near)
def test_the_first_open_day_is_the_least_open_day_from_there(resource: OpenDays, number: int, length: int) -> None:
    day = _START.toordinal() + number
    days = [each for each in range(day, day + length + 1) if _works(resource, date.fromordinal(each))]
    assert resource.first_open(day, day + length) == min(days, default=None)


@given(resources(), _near, _near)
def test_the_last_open_day_is_the_greatest_open_day_up_to_there(resource: OpenDays, number: int, length: int) -> None:
    day = _START.toordinal() + number
    days = [each for each in range(day - length, day + 1) if _works(resource, date.fromordinal(each))]
    assert resource.last_open(day, day - length) == max(days, default=None)


@given(resources(), _near, _near, _near)
def test_nearest_is_the_least_distance_and_then_the_later_day(
    resource: OpenDays, number: int, before: int, after: int
) -> None:
    day = _START.toordinal() + number
    window = range(day - before, day + after + 1)
    by_preference = sorted(window, key=lambda each: (abs(each - day), -each))
    expected = next((each for each in by_preference if _works(resource, date.fromordinal(each))), None)
    assert resource.nearest_open(day, window[0], window[-1]) == expected


@given(resources(), _near, st.integers(0, 8), _near)
def test_nearest_also_works_when_the_day_lies_outside_its_window(
    resource: OpenDays, number: int, away: int, length: int
) -> None:
    day = _START.toordinal() + number
    for window in (range(day + away, day + away + length + 1), range(day - away - length, day - away + 1)):
        by_preference = sorted(window, key=lambda each: (abs(each - day), -each))
        expected = next((each for each in by_preference if _works(resource, date.fromordinal(each))), None)
        assert resource.nearest_open(day, window[0], window[-1]) == expected


@given(resources(), _near, st.integers(1, 6))
def test_so_many_open_days_before_means_so_many_between(resource: OpenDays, number: int, count: int) -> None:
    day = _START.toordinal() + number
    found = resource.open_days_before(day, count)
    if found is not None:
        between = [each for each in range(found, day) if _works(resource, date.fromordinal(each))]
        assert (len(between), between[0]) == (count, found)


@given(resources(), _near)
def test_a_day_is_closed_for_a_reason_or_open(resource: OpenDays, number: int) -> None:
    day = _START.toordinal() + number
    assert resource.is_open(day) == (resource.why_closed(day) is None)
