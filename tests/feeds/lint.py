"""What is wrong with the bytes of a feed, by RFC 5545 and 7986 and by what real calendar programs were seen to break on.

Shares no code with the writer and uses no iCalendar library: it looks at octets. Each rule has a name; `lint` returns the
names of the rules that a file breaks, with the line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

Property: TypeAlias = tuple[str, str, str]
"""Name, parameters, value."""

RULES = {
    "ends-with-crlf", "crlf", "75-octets", "control-character", "empty-line", "utf-8-per-line", "calendar-frame", "property",
    "nesting", "no-timezone", "escaping", "calendar-needs", "not-in-a-feed", "twice", "no-event", "refresh-interval",
    "same-uid", "event-needs", "moment", "end-of-other-kind", "end-exclusive", "utc", "status", "transp", "sequence",
}  # fmt: skip
ONCE_EACH = {"UID", "DTSTAMP", "DTSTART"}
AT_MOST_ONCE = ONCE_EACH | {
    "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "CREATED", "CLASS",
}  # fmt: skip
FORBIDDEN_IN_A_FEED = {"METHOD", "UID", "SOURCE", "RRULE", "RDATE", "ORGANIZER", "ATTENDEE"}
PROPERTY = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
UTC_TIME = re.compile(r"\d{8}T\d{6}Z")
BAD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?![\\;,nN])|(?<!\\)(?:\\\\)*[;,]")
TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}


def lint(feed: bytes) -> list[str]:
    """The rules that the bytes break, each as ``rule`` or ``rule: where``, in the order of the file."""
    found = list(_octets(feed)) or list(_contents(feed))
    unnamed = {finding.partition(":")[0] for finding in found} - RULES
    if unnamed:
        raise AssertionError(f"rules without a name: {unnamed}")
    return found


def _octets(feed: bytes) -> Iterator[str]:
    if not feed.endswith(b"\r\n"):
        yield "ends-with-crlf"
    for number, line in enumerate(feed.removesuffix(b"\r\n").split(b"\r\n"), 1):
        if b"\r" in line or b"\n" in line:
            yield f"crlf: line {number}"
        if len(line) > 75:
            yield f"75-octets: line {number}"
        if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line):
            yield f"control-character: line {number}"
        if not line.strip():
            yield f"empty-line: line {number}"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"utf-8-per-line: line {number}"


def _contents(feed: bytes) -> Iterator[str]:
    lines = feed.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    if (lines[0], lines[-1]) != ("BEGIN:VCALENDAR", "END:VCALENDAR"):
        yield "calendar-frame"
    read = [(line, PROPERTY.fullmatch(line)) for line in lines]
    yield from (f"property: {line[:30]}" for line, match in read if match is None)
    properties: list[Property] = [(match[1], match[2], match[3]) for _, match in read if match is not None]
    for name, _, value in properties:
        if name in TEXTS and BAD_ESCAPE.search(value):
            yield f"escaping: {name}:{value[:30]}"
    parts = list(_parts(properties))
    yield from (f"nesting: END:{name}" for name, part in parts if part is None)
    yield from ("no-timezone" for name, _ in parts if name == "VTIMEZONE")
    events = [part for name, part in parts if name == "VEVENT" and part is not None]
    for name, part in parts:
        if name == "VCALENDAR" and part is not None:
            yield from _calendar(part, events)
    for event in events:
        yield from _event(event)


def _parts(properties: list[Property]) -> Iterator[tuple[str, list[Property] | None]]:
    """Every component with its own properties, in the order in which they end; None for one that ends another's."""
    waiting: list[tuple[str, list[Property]]] = []
    for name, parameters, value in properties:
        if name == "BEGIN":
            waiting.append((value, []))
        elif name == "END":
            if not waiting or waiting[-1][0] != value:
                yield value, None
                return
            yield waiting.pop()
        elif waiting:
            waiting[-1][1].append((name, parameters, value))


def _calendar(calendar: list[Property], events: list[list[Property]]) -> Iterator[str]:
    found = Counter(name for name, _, _ in calendar)
    yield from (f"calendar-needs: {name}" for name in ("PRODID", "VERSION") if found[name] != 1)
    yield from (f"not-in-a-feed: {name}" for name in sorted(FORBIDDEN_IN_A_FEED & set(found)))
    yield from (f"twice: {name}" for name, times in found.items() if times > 1)
    if not events:
        yield "no-event"
    for name, parameters, value in calendar:
        if name == "REFRESH-INTERVAL" and (parameters, value[:2]) != (";VALUE=DURATION", "PT"):
            yield "refresh-interval"
    uids = Counter(value for event in events for name, _, value in event if name == "UID")
    yield from (f"same-uid: {uid}" for uid, times in uids.items() if times > 1)


def _event(event: list[Property]) -> Iterator[str]:
    found = Counter(name for name, _, _ in event)
    yield from (f"event-needs: {name}" for name in sorted(ONCE_EACH) if found[name] == 0)
    yield from (f"twice: {name}" for name in sorted(AT_MOST_ONCE) if found[name] > 1)
    yield from (f"not-in-a-feed: {name}" for name in sorted((FORBIDDEN_IN_A_FEED - {"UID"}) & set(found)))
    by_name = {name: (parameters, value) for name, parameters, value in event}
    if by_name.get("UID", ("", "x"))[1] == "":
        yield "event-needs: UID"
    start, end = by_name.get("DTSTART", ("", "")), by_name.get("DTEND")
    yield from (f"moment: {name}" for name in ("DTSTART", "DTEND") if name in by_name and not _moment(*by_name[name]))
    if end is not None and end[0] != start[0]:
        yield "end-of-other-kind"
    elif end is not None and end[1] <= start[1]:
        yield "end-exclusive"
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        if name in by_name and not _moment("", by_name[name][1]):
            yield f"utc: {name}"
    if by_name.get("STATUS", ("", "CONFIRMED"))[1] not in ("CONFIRMED", "CANCELLED", "TENTATIVE"):
        yield "status"
    if by_name.get("TRANSP", ("", "OPAQUE"))[1] not in ("OPAQUE", "TRANSPARENT"):
        yield "transp"
    if not by_name.get("SEQUENCE", ("", "0"))[1].isdecimal():
        yield "sequence"


def _moment(parameters: str, value: str) -> bool:
    """A real day, or a real time in UTC."""
    form = "%Y%m%d" if parameters == ";VALUE=DATE" else "%Y%m%dT%H%M%SZ"
    if parameters not in ("", ";VALUE=DATE") or (not parameters and not UTC_TIME.fullmatch(value)):
        return False
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return not parameters or len(value) == 8
