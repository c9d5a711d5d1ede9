"""An agenda as an iCalendar feed: the bytes that a calendar program subscribes to.

The same agenda gives the same bytes in every process and on every computer. Source: RFC 5545 and RFC 7986. What is left
out or written in a special way is so because real calendar programs were seen to go wrong on it; the comments say
which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeAlias

from icalendar import Alarm, Calendar, Event, vCategory, vText, vUri

from scheduler.exports.told import in_its_language
from scheduler.local_times import LocalTime, UnknownZone, is_zone, moment_of
from scheduler.views.agenda.item import Agenda, AgendaItem

PRODUCT = "-//Scheduler//Study calendar//EN"
REFRESH = timedelta(hours=6)
ONE_DAY = timedelta(days=1)

KeptEvents: TypeAlias = MutableMapping[tuple[str, AgendaItem], bytes]
"""Written events by zone and item, so that a changed feed writes again only what changed."""

Alike: TypeAlias = MutableMapping[object, bytes]
"""What all-day events have in common that differ in nothing but lines of their own: ``%s`` is the place of such a line."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What iCalendar does not allow in a text, what cannot be written as UTF-8, and marks that some readers swallow.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BLANKS = re.compile("[ \t\n]+")
_ANY_DAY = date(2000, 1, 1)
_ANY: Mapping[str, Any] = {
    "uid": "uid",
    "first": _ANY_DAY,
    "last": _ANY_DAY,
    "sequence": 0,
    "last_modified": datetime(2000, 1, 1, tzinfo=UTC),
}
"""What stands for an event's own lines in what it has in common with others."""

_but_own_lines = attrgetter(*(each.name for each in fields(AgendaItem) if each.name not in _ANY))
_PLAIN_UID = re.compile("[a-z0-9]{1,60}")


class _Text(vText):
    """A text with exactly the four escapes of RFC 5545 3.3.11.

    The library's own writer turns the two characters backslash and N into a line break before it escapes: "C:\\New"
    would lose letters.
    """

    __slots__ = ()

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode("utf-8")


def to_ics(agenda: Agenda, kept: KeptEvents | None = None) -> bytes:
    """The whole feed, in UTF-8.

    With ``kept``, events written before are taken from it and new ones are put into it; the bytes are the same.

    Times of day are the site's local ones and are written in UTC. A time that the clocks skip in spring counts with the
    offset from before the change, so it comes as much later as was skipped; a time that comes twice in autumn is the
    first (RFC 5545 3.3.5). Raises `scheduler.local_times.UnknownZone`.
    """
    if not is_zone(agenda.zone):
        raise UnknownZone(f"there is no time zone {agenda.zone!r}")
    agenda = in_its_language(agenda)
    events = write_events(agenda.items, agenda.zone, kept)
    frame = _frame(agenda).to_ical()
    ending = b"END:VCALENDAR\r\n"
    return b"".join((frame.removesuffix(ending), *events, ending))


def write_events(items: Iterable[AgendaItem], zone: str, kept: KeptEvents | None = None) -> list[bytes]:
    """Each event as it stands in a feed, with ``kept`` as `to_ics` takes it."""
    kept = {} if kept is None else kept
    alike: Alike = {}
    return [_kept(item, zone, kept, alike) for item in items]


def one_line(text: str) -> str:
    """The text without control characters, and with one blank for any run of blanks and line ends."""
    return _BLANKS.sub(" ", _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))).strip(" ")


def _frame(agenda: Agenda) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    # No UID: vdirsyncer would keep one event of the whole feed. No METHOD: it demands an organizer in every event, and
    # DTSTAMP would have to be the time of the download (RFC 5546 3.2.1, RFC 5545 3.8.7.2).
    name, description = _Text(one_line(agenda.name)), _lines(agenda.description)
    calendar["NAME"] = calendar["X-WR-CALNAME"] = name
    calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = description
    # The library leaves out VALUE=DURATION, which RFC 7986 5.7 requires.
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT6H"))
    return calendar


def _kept(item: AgendaItem, zone: str, kept: KeptEvents, alike: Alike) -> bytes:
    written = kept.get((zone, item))
    if written is None:
        written = kept[zone, item] = _written(item, zone, alike)
    return written


def _written(item: AgendaItem, zone: str, alike: Alike) -> bytes:
    """The event; of all-day events that differ in nothing but UID, days and revision, such as days of tablets, one is written by
    the library, and the others are that one with lines of their own. No text can hold such a line: its ends are escaped.
    """
    if item.time is not None or item.last_modified.tzinfo is not UTC or not _PLAIN_UID.fullmatch(item.uid):
        return _event(item, zone)
    pattern = _but_own_lines(item)
    common = alike.get(pattern)
    if common is None:
        common = alike[pattern] = _common(replace(item, **_ANY), zone)
    return common % _own_lines(item)


def _common(item: AgendaItem, zone: str) -> bytes:
    """The event with a place for each of its own lines, which must come in that order."""
    pieces, rest = [], _event(item, zone).replace(b"%", b"%%")
    for line in _own_lines(item):
        before, rest = rest.split(line, 1)
        pieces.append(before)
    return b"%s".join((*pieces, rest))


def _own_lines(item: AgendaItem) -> tuple[bytes, ...]:
    """The lines that tell it from events alike, each with the line end before it."""
    at = item.last_modified
    stamp = b"%s%s" % (_day(at), b"T%02d%02d%02dZ" % (at.hour, at.minute, at.second))
    return (
        b"\r\nDTSTART;VALUE=DATE:%s" % _day(item.first),
        b"\r\nDTEND;VALUE=DATE:%s" % _day(item.last + ONE_DAY),
        b"\r\nDTSTAMP:%s" % stamp,
        b"\r\nUID:%s" % item.uid.encode(),
        b"\r\nSEQUENCE:%d" % item.sequence,
        b"\r\nLAST-MODIFIED:%s" % stamp,
    )


def _day(day: date) -> bytes:
    return b"%04d%02d%02d" % (day.year, day.month, day.day)


def _event(item: AgendaItem, zone: str) -> bytes:
    event = Event()
    event["UID"] = _Text(item.uid)
    event["SUMMARY"] = _Text(one_line(item.summary))
    if item.description:
        event["DESCRIPTION"] = _lines(item.description)
    if item.time is None:
        event.add("DTSTART", item.first)
        # The day after the last: an end is not part of the event (RFC 5545 3.6.1).
        event.add("DTEND", item.last + ONE_DAY)
    else:
        # In UTC, without VTIMEZONE: the ones that the library makes put summer visits an hour late in Thunderbird. Without
        # DTEND where it is not known when a visit ends: such an event has its start only (RFC 5545 3.6.1).
        start = moment_of(LocalTime(item.first, item.time, zone))
        event.add("DTSTART", start)
        if item.minutes is not None:
            event.add("DTEND", start + timedelta(minutes=item.minutes))
    event.add("DTSTAMP", item.last_modified)
    event.add("LAST-MODIFIED", item.last_modified)
    event.add("SEQUENCE", item.sequence)
    event["STATUS"] = _Text(item.standing.upper())
    if item.place:
        event["LOCATION"] = _Text(one_line(item.place))
    if item.categories:
        event["CATEGORIES"] = vCategory([one_line(each) for each in item.categories])
    if item.colour:
        event["COLOR"] = _Text(item.colour)
    if item.url:
        event["URL"] = vUri(item.url)
    event["TRANSP"] = _Text("TRANSPARENT" if item.transparent else "OPAQUE")
    if item.alarm is not None:
        event.add_component(_alarm(item, item.alarm))
    written: bytes = event.to_ical()
    return written


def _alarm(item: AgendaItem, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm["DESCRIPTION"] = _Text(one_line(item.summary))
    # Relative to the start; the library writes absolute triggers without their VALUE.
    alarm.add("TRIGGER", -before)
    return alarm


def _lines(lines: tuple[str, ...]) -> vText:
    return _Text("\n".join(one_line(line) for line in lines))
