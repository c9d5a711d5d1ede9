"""When a visit that was booked for a time is over: told where the site says how long all its parts take, else not at all."""

from __future__ import annotations

import re

import pytest

from scheduler.calendar.entries.entry import Entry, Kind
from scheduler.exports.ics import to_ics
from scheduler.views.reader.audience import Audience
from tests.feeds.patients import attend, calendar, read_by

INFUSION = attend("toripalimab.2", Kind.INFUSION, "03-23", at="09:00")
SCAN = attend("imaging.1", Kind.SCAN, "03-23", at="14:00")
LABORATORY = attend("c2.1", Kind.LABORATORY, "03-23")


def moments(lasts: dict[str, int], *entries: Entry, audience: Audience = Audience.PATIENT) -> list[tuple[str, str]]:
    feed = to_ics(read_by(calendar(*entries, lasts=lasts), audience)).decode()
    return re.findall(r"(DTSTART|DTEND):\d{8}T(\d{4})00Z", feed)


@pytest.mark.parametrize("audience", Audience)
def test_end_comes_so_many_minutes_after_the_time(audience: Audience) -> None:
    # Nine in Shanghai is one o'clock in UTC.
    assert moments({"infusion": 90}, INFUSION, audience=audience) == [("DTSTART", "0100"), ("DTEND", "0230")]


def test_without_a_length_there_is_a_start_only() -> None:
    assert moments({}, INFUSION) == [("DTSTART", "0100")]


def test_visit_of_several_parts_ends_with_the_last_and_what_has_no_time_comes_on_top() -> None:
    # 09:00 to 14:30, and 15 minutes of blood at some time of that day.
    lasts = {"infusion": 90, "scan": 30, "laboratory": 15}
    assert moments(lasts, INFUSION, SCAN, LABORATORY) == [("DTSTART", "0100"), ("DTEND", "0645")]


def test_part_that_nobody_gave_a_length_leaves_the_end_open() -> None:
    assert moments({"infusion": 90, "scan": 30}, INFUSION, SCAN, LABORATORY) == [("DTSTART", "0100")]
