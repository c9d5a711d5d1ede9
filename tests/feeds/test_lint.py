"""The lint is only worth its name if it finds what is broken: one sound feed, and one broken copy of it for each rule."""

from __future__ import annotations

import pytest

from tests.feeds.lint import RULES, lint

SOUND = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nNAME:Days\\, visits\r\n"
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
    "BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260301T080000Z\r\nLAST-MODIFIED:20260301T080000Z\r\n"
    "DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\nSEQUENCE:3\r\nSTATUS:CONFIRMED\r\n"
    "SUMMARY:研究访视 with a line that is long enough to be folded into\r\n  two\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:two\r\nDTSTAMP:20260301T080000Z\r\nDTSTART:20260304T013000Z\r\nSUMMARY:a\\;b\\\\N\\n\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def test_a_sound_feed_has_nothing_wrong() -> None:
    assert lint(SOUND) == []


BROKEN = [
    (b"END:VCALENDAR\r\n", b"END:VCALENDAR", "ends-with-crlf"),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\n", "crlf: line 2"),
    (b"UID:one\r\n", b"UID:one\rX\r\n", "crlf: line 7"),
    (b"\r\n  two", b" or more, which nobody folded", "75-octets: line 14"),
    (b"UID:two", b"UID:t\x07wo", "control-character: line 19"),
    (b"UID:two", b"UID:t\x00wo", "control-character: line 19"),
    (b"UID:two\r\n", b"UID:two\r\n\r\n", "empty-line: line 20"),
    ("研".encode(), b"\xe7\xa0\r\n \x94", "utf-8-per-line: line 14"),
    (b"BEGIN:VCALENDAR\r\n", b"", "calendar-frame"),
    (b"STATUS:CONFIRMED", b"STATUS", "property: STATUS"),
    (b"STATUS:CONFIRMED", b"status:CONFIRMED", "property: status:CONFIRMED"),
    (b"END:VEVENT\r\nEND:VCALENDAR", b"END:VCALENDAR\r\nEND:VCALENDAR", "nesting: END:VCALENDAR"),
    (b"NAME:Days\\, visits", b"NAME:Days, visits", "escaping: NAME:Days, visits"),
    (b"a\\;b\\\\N\\n", b"C:\\Windows", "escaping: SUMMARY:C:\\Windows"),
    (b"PRODID:-//x//y//EN\r\n", b"", "calendar-needs: PRODID"),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nVERSION:2.0\r\n", "calendar-needs: VERSION"),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n", "not-in-a-feed: METHOD"),
    (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:calendar\r\n", "not-in-a-feed: UID"),
    (b"NAME:Days\\, visits\r\n", b"NAME:a\r\nNAME:b\r\n", "twice: NAME"),
    (SOUND[SOUND.index(b"BEGIN:VEVENT") : SOUND.index(b"END:VCALENDAR")], b"", "no-event"),
    (b"REFRESH-INTERVAL;VALUE=DURATION:PT6H", b"REFRESH-INTERVAL:PT6H", "refresh-interval"),
    (b"DURATION:PT6H", b"DURATION:P6H", "refresh-interval"),
    (b"UID:two", b"UID:one", "same-uid: one"),
    (b"UID:two\r\n", b"", "event-needs: UID"),
    (b"UID:two", b"UID:", "event-needs: UID"),
    (b"DTSTART:20260304T013000Z\r\n", b"", "event-needs: DTSTART"),
    (b"UID:two\r\nDTSTAMP:20260301T080000Z\r\n", b"UID:two\r\n", "event-needs: DTSTAMP"),
    (b"SEQUENCE:3\r\n", b"SEQUENCE:3\r\nSEQUENCE:4\r\n", "twice: SEQUENCE"),
    (b"SEQUENCE:3\r\n", b"ORGANIZER:mailto:a@b.example\r\n", "not-in-a-feed: ORGANIZER"),
    (b"SEQUENCE:3\r\n", b"RDATE;VALUE=DATE:20260401\r\n", "not-in-a-feed: RDATE"),
    (b"DTEND;VALUE=DATE:20260303", b"DTEND;VALUE=DATE:20260302", "end-exclusive"),
    (b"DTEND;VALUE=DATE:20260303", b"DTEND:20260303T000000Z", "end-of-other-kind"),
    (b"DTEND;VALUE=DATE:20260303", b"DTEND;VALUE=DATE:20260230", "moment: DTEND"),
    (b"DTSTART:20260304T013000Z", b"DTSTART:20260304T013000", "moment: DTSTART"),
    (b"DTSTART:20260304T013000Z", b"DTSTART;TZID=Asia/Shanghai:20260304T093000", "moment: DTSTART"),
    (b"LAST-MODIFIED:20260301T080000Z", b"LAST-MODIFIED:20260301T080000", "utc: LAST-MODIFIED"),
    (b"STATUS:CONFIRMED", b"STATUS:HELD", "status"),
    (b"TRANSP:OPAQUE", b"TRANSP:BUSY", "transp"),
    (b"SEQUENCE:3", b"SEQUENCE:-3", "sequence"),
    (
        b"BEGIN:VEVENT\r\nUID:one",
        b"BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:one",
        "no-timezone",
    ),
]


@pytest.mark.parametrize(("old", "new", "finding"), BROKEN)
def test_each_rule_finds_its_broken_feed(old: bytes, new: bytes, finding: str) -> None:
    assert old in SOUND
    assert finding in lint(SOUND.replace(old, new, 1) if b"VCALENDAR" not in old else _last(old, new))


def test_no_rule_is_without_its_broken_feed() -> None:
    assert {finding.partition(":")[0] for _, _, finding in BROKEN} == RULES


def _last(old: bytes, new: bytes) -> bytes:
    start, _, end = SOUND.rpartition(old)
    return start + new + end
