"""Conditional requests, as RFC 9110 has them and as calendar programs send them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.web.feeds.answers import answer_with
from scheduler.web.feeds.conditional import Asked, accepts_gzip, asked, http_date, is_since, matched_tag
from scheduler.web.feeds.written import last_change, written

CHANGED = datetime(2026, 3, 2, 10, 0, 5, tzinfo=UTC)
NOW = datetime(2026, 3, 9, tzinfo=UTC)
FEED = written(b"BEGIN:VCALENDAR...", CHANGED, "UTC")
PLAIN, ZIPPED = f'"{FEED.tag}"', f'"{FEED.tag}-gz"'


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        ('"a"', "a"),
        ('W/"a"', "a"),
        ('"a-gzip"', "a"),
        ('W/"b-gzip"', "b"),
        ('"a-gzip-gzip"', None),
        ('"x", W/"b" , "y"', "b"),
        (' ,, "b",, ', "b"),
        ("*", "a"),
        (" * ", "a"),
        ('"a, b"', None),
        ('"A"', None),
        ("a", None),
        ('"a" "b"', None),
        ('"a', None),
        ("", None),
        ('w/"a"', None),
    ],
)
def test_if_none_match(said: str, matched: str | None) -> None:
    assert matched_tag(said, ("a", "b")) == matched


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Mon, 02 Mar 2026 10:00:05 GMT", True),
        ("Mon, 02 Mar 2026 10:00:06 GMT", True),
        ("Monday, 02-Mar-26 10:00:05 GMT", True),
        ("Mon Mar  2 10:00:05 2026", True),
        ("Mon, 02 Mar 2026 10:00:04 GMT", False),
        ("yesterday", False),
        ("2026-03-10", False),
        ("0", False),
        ("", False),
    ],
)
def test_if_modified_since(said: str, known: bool) -> None:
    assert is_since(said, CHANGED) is known


@pytest.mark.parametrize(
    ("said", "zipped"),
    [
        ("gzip", True),
        ("GZIP, br", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("*", True),
        ("x-gzip", True),
        (None, False),
        ("", False),
        ("br, zstd", False),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=two", False),
    ],
)
def test_accept_encoding(said: str | None, zipped: bool) -> None:
    assert accepts_gzip(said) is zipped


def status(**said: str) -> int:
    return answer_with(FEED, Asked(**said), NOW).status


def test_a_tag_counts_before_a_date() -> None:
    later = http_date(CHANGED + timedelta(days=1))
    assert status(if_modified_since=later) == 304
    assert status(if_none_match='"another"', if_modified_since=later) == 200
    assert status(if_none_match="no tag at all", if_modified_since=later) == 200
    assert status(if_none_match=PLAIN, if_modified_since=http_date(CHANGED - timedelta(days=1))) == 304


def test_each_encoding_has_its_tag() -> None:
    plain, zipped = answer_with(FEED, Asked(), NOW), answer_with(FEED, Asked(accept_encoding="gzip"), NOW)
    assert (dict(plain.headers)[b"etag"], plain.body) == (PLAIN.encode(), FEED.plain)
    assert (dict(zipped.headers)[b"etag"], zipped.body) == (ZIPPED.encode(), FEED.zipped)
    assert dict(plain.headers)[b"vary"] == dict(zipped.headers)[b"vary"] == b"Accept-Encoding"


@pytest.mark.parametrize(
    ("encoding", "tag", "status", "told"),
    [
        (None, PLAIN, 304, PLAIN),
        (None, ZIPPED, 200, PLAIN),
        ("gzip", ZIPPED, 304, ZIPPED),
        ("gzip", PLAIN, 304, PLAIN),
        ("gzip", "*", 304, ZIPPED),
    ],
)
def test_what_a_program_has_and_can_read_stays(encoding: str | None, tag: str, status: int, told: str) -> None:
    answer = answer_with(FEED, Asked(if_none_match=tag, accept_encoding=encoding), NOW)
    assert (answer.status, dict(answer.headers)[b"etag"]) == (status, told.encode())


def test_headers_that_come_twice() -> None:
    said = asked([(b"if-none-match", b'"a"'), (b"if-none-match", b'"b"'), (b"accept-encoding", b"br")])
    assert said == Asked('"a", "b"', None, "br")
    date = http_date(CHANGED).encode()
    assert status(if_modified_since=asked([(b"if-modified-since", date)] * 2).if_modified_since or "") == 200


def test_nothing_was_changed_in_the_future() -> None:
    early = CHANGED - timedelta(milliseconds=500)
    answer = answer_with(FEED, Asked(), early)
    assert dict(answer.headers)[b"last-modified"] == b"Mon, 02 Mar 2026 10:00:04 GMT"
    # So a program that knows the date alone asks once more than it would have to, and misses nothing.
    assert answer_with(FEED, Asked(if_modified_since="Mon, 02 Mar 2026 10:00:04 GMT"), NOW).status == 200


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2)).map(lambda at: at.replace(tzinfo=UTC))


@given(st.lists(MOMENTS), MOMENTS)
def test_the_date_rises_with_every_change(before: list[datetime], change: datetime) -> None:
    published = datetime(2026, 1, 1, tzinfo=UTC)
    assert last_change(published, [*before, change]) > last_change(published, before)
    assert last_change(published, [*before, change]) >= change
    assert last_change(published, before).microsecond == 0
