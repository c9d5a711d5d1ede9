"""The bytes of a feed: sound by our lint, and read by strangers exactly as the agenda says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.calendar.entries.entry import Kind
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.local_times import UnknownZone
from scheduler.views.agenda.item import Agenda, AgendaItem, Standing
from scheduler.views.agenda.of_reader import tombstone
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.lint import lint
from tests.feeds.patients import a_busy_patient, attend, calendar, day, read_by
from tests.feeds.plain import plain_icalendar
from tests.feeds.readers import READERS, Seen, said
from tests.laws.examples import examples

ROOT = Path(__file__).parents[2]
EVERY_READER = pytest.mark.parametrize("reader", READERS)
NASTY = [
    "C:\\New folder", "\\N", "a\\nb", "ends with \\", "a;b,c:d", '"quoted"', "^n caret ^^", "tab\tin it", "bell\x07 nul\x00",
    "line\nbreak\r\nand\rmore", "next\x85line and\u2028two\u2029more", "one\x0b two\x0c three\x1c", "é" * 100, "😀" * 50,
    "研究访视" * 30, "\ufeffmark", "BEGIN:VEVENT", "x\r\nEND:VCALENDAR\r\n", "lone \ud800 half", "  blanks   around  ",
]  # fmt: skip


def with_texts(*summaries: str, description: tuple[str, ...] = ()) -> Agenda:
    """An agenda that says these things, one a day."""
    plain = read_by(
        calendar(*(attend(f"visit.{n}", Kind.VISIT, f"03-{n + 1:02}") for n in range(1, len(summaries) + 1)))
    )
    items = zip(plain.items, summaries, strict=True)
    return replace(plain, items=tuple(replace(item, summary=text, description=description) for item, text in items))


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("language", Language)
def test_feeds_are_sound_and_strangers_read_what_the_agenda_says(
    audience: Audience, detail: Detail, language: Language
) -> None:
    seen = read_by(a_busy_patient(), audience, detail, language)
    feed = to_ics(seen)
    assert lint(feed) == []
    for reader in READERS:
        assert sorted(reader(feed)) == sorted(said(seen, hours_ahead_of_utc=8))


def test_a_whole_feed_as_it_is_sent() -> None:
    seen = read_by(
        calendar(
            attend("imaging.1", Kind.SCAN, "04-24", by=[1], at="09:30", activities=("CT or MRI, RECIST 1.1",)), log=3
        ),
        detail=Detail.STANDARD,
    )
    assert to_ics(seen).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Scheduler//Study calendar//EN",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Schedule 3 of 2026-03-03.\\nCalendar programs refresh within ho",
        " urs\\, not minutes. What your study team tells you by phone comes first.",
        "X-WR-CALDESC:Schedule 3 of 2026-03-03.\\nCalendar programs refresh within h",
        " ours\\, not minutes. What your study team tells you by phone comes first.",
        "NAME:Study calendar",
        "X-WR-CALNAME:Study calendar",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "SUMMARY:Study visit: scan",
        "DTSTART:20260424T013000Z",
        "DTSTAMP:20260301T100000Z",
        f"UID:{seen.items[0].uid}",
        "SEQUENCE:1",
        "DESCRIPTION:09:30 scan\\n- CT or MRI\\, RECIST 1.1",
        "LAST-MODIFIED:20260301T100000Z",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@EVERY_READER
@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_do_no_harm(reader: Callable[[bytes], list[Seen]], text: str) -> None:
    seen = with_texts(text, "sound", description=(text, "and " + text))
    feed = to_ics(replace(seen, name=text, description=(text,)))
    assert lint(feed) == []
    assert sorted(reader(feed)) == sorted(said(seen, 8))


def test_what_is_kept_of_nasty_words() -> None:
    seen = with_texts(*NASTY)
    assert [event.summary for event in READERS[0](to_ics(seen))] == [
        "C:\\New folder", "\\N", "a\\nb", "ends with \\", "a;b,c:d", '"quoted"', "^n caret ^^", "tab in it", "bell nul",
        "line break and more", "next line and two more", "one two three", "é" * 100, "😀" * 50, "研究访视" * 30, "mark",
        "BEGIN:VEVENT", "x END:VCALENDAR", "lone half", "blanks around",
    ]  # fmt: skip


@given(st.text(st.characters() | st.sampled_from("\\nN;,:\r\n\"'^ \t"), min_size=1, max_size=90))
@example("\\\\N\\\\n\\,;")
@settings(max_examples=examples(300), deadline=None)
def test_any_words_come_back(text: str) -> None:
    seen = with_texts(text, description=(text, text))
    feed = to_ics(replace(seen, name=text))
    assert lint(feed) == []
    for reader in READERS:
        assert reader(feed) == said(seen, 8)


@pytest.mark.parametrize(
    ("zone", "on", "at", "written"),
    [
        ("Asia/Shanghai", "2026-03-02", time(9, 30), b"20260302T013000Z"),
        ("Asia/Shanghai", "2026-03-02", time(7, 0), b"20260301T230000Z"),
        ("Europe/Amsterdam", "2026-03-28", time(9, 30), b"20260328T083000Z"),
        ("Europe/Amsterdam", "2026-03-30", time(9, 30), b"20260330T073000Z"),
        ("Europe/Amsterdam", "2026-03-29", time(2, 30), b"20260329T013000Z"),
        ("Europe/Amsterdam", "2026-10-25", time(2, 30), b"20261025T003000Z"),
        ("Europe/Amsterdam", "2026-10-25", time(2, 30, fold=1), b"20261025T003000Z"),
        ("America/New_York", "2026-11-01", time(1, 15), b"20261101T051500Z"),
    ],
    ids=[
        "noon",
        "the day before",
        "winter",
        "summer",
        "skipped in spring",
        "first of two",
        "never the second",
        "overseas",
    ],
)
def test_times_of_day_through_the_clock_changes(zone: str, on: str, at: time, written: bytes) -> None:
    seen = with_texts("visit")
    moved = replace(seen.items[0], first=datetime.fromisoformat(on).date(), time=at)
    assert b"DTSTART:" + written in to_ics(replace(seen, zone=zone, items=(moved,)))


def test_a_hold_ends_on_the_day_before_its_end() -> None:
    hold = next(item for item in read_by(a_busy_patient()).items if item.summary == "Do not take study tablets")
    feed = to_ics(replace(read_by(a_busy_patient()), items=(hold,)))
    assert b"DTSTART;VALUE=DATE:20260316\r\nDTEND;VALUE=DATE:20260330\r\n" in feed


def test_a_reminder_only_where_it_was_asked_for() -> None:
    seen = with_texts("visit", "another")
    assert b"VALARM" not in to_ics(seen)
    asked = replace(seen, items=(replace(seen.items[0], alarm=timedelta(hours=2)), seen.items[1]))
    feed = to_ics(asked)
    assert feed.count(b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:visit\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\n") == 1
    assert sorted(READERS[0](feed)) == sorted(said(asked, 8))


def test_what_was_written_before_is_not_written_again() -> None:
    seen = read_by(a_busy_patient())
    kept: dict[tuple[str, AgendaItem], bytes] = {}
    assert to_ics(seen, kept) == to_ics(seen)
    assert len(kept) == len(seen.items)
    changed = replace(seen, items=(*seen.items[:-1], replace(seen.items[-1], standing=Standing.CANCELLED)))
    assert to_ics(changed, kept) == to_ics(changed)
    assert len(kept) == len(seen.items) + 1
    elsewhere = replace(seen, zone="Europe/Amsterdam")
    assert to_ics(elsewhere, kept) == to_ics(elsewhere)


def test_the_same_events_as_icalendar_alone_would_write() -> None:
    seen = read_by(a_busy_patient(), detail=Detail.FULL)
    ours = to_ics(seen)
    theirs = plain_icalendar(seen)
    assert ours[ours.index(b"BEGIN:VEVENT") :] == theirs[theirs.index(b"BEGIN:VEVENT") :]


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownZone, match="Europe/Shanghai"):
        to_ics(replace(with_texts("visit"), zone="Europe/Shanghai"))


def test_an_ended_feed_says_so_and_nothing_else() -> None:
    seen = read_by(a_busy_patient(), detail=Detail.FULL)
    last = tombstone(seen, datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
    feed = to_ics(last)
    assert lint(feed) == []
    assert [(item.first, item.summary, item.description) for item in last.items] == [
        (day("06-01"), "This calendar is no longer updated", ("Please contact your study site.",))
    ]
    assert last.name == "Study calendar"
    for hidden in (b"REGO-", b"rego", b"Tori", b"EXP"):
        assert hidden not in feed
    assert last.items[0].uid not in {item.uid for item in seen.items}


PROGRAM = """
import hashlib
from scheduler.exports.ics import to_ics
from scheduler.languages import Language
from scheduler.views.reader.audience import Audience, Detail
from tests.feeds.patients import a_busy_patient, read_by
for audience in Audience:
    for detail in Detail:
        for language in Language:
            print(hashlib.sha256(to_ics(read_by(a_busy_patient(), audience, detail, language))).hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone", "options"),
    [
        ("0", "UTC", []),
        ("1", "Asia/Shanghai", []),
        ("4711", "America/New_York", ["-O"]),
        ("random", "Pacific/Apia", []),
    ],
)
@pytest.mark.slow
def test_the_same_bytes_in_every_process(seed: str, zone: str, options: list[str]) -> None:
    here = [
        sha256(to_ics(read_by(a_busy_patient(), audience, detail, language))).hexdigest()
        for audience in Audience
        for detail in Detail
        for language in Language
    ]
    there = subprocess.run(
        [sys.executable, *options, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.split() == here


@pytest.mark.slow
def test_without_assertions_no_line_can_be_injected() -> None:
    program = (
        "from tests.feeds.test_ics import NASTY, with_texts; from tests.feeds.lint import lint\n"
        "from dataclasses import replace; from scheduler.exports.ics import to_ics\n"
        "seen = with_texts(*NASTY)\n"
        "print([lint(to_ics(replace(seen, name=text, description=(text,)))) for text in NASTY])"
    )
    answer = subprocess.run(
        [sys.executable, "-O", "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == str([[] for _ in NASTY])
