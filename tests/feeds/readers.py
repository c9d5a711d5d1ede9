"""Calendar readers that were not written here, asked what they see in a feed. icalendar itself wrote it and does not count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import recurring_ical_events
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from scheduler.exports.ics import one_line
from scheduler.views.agenda.item import Agenda, AgendaItem


class Seen(NamedTuple):
    """One event as a reader reports it. ``end`` is the first day after an all-day event, None where the feed gives no end."""

    uid: str
    start: date | None
    end: date | None
    summary: str | None
    description: str
    status: str
    transparency: str | None
    sequence: int | None
    modified: date | None


def home_assistant(feed: bytes) -> list[Seen]:
    """The library ``ical``, which Home Assistant subscribes with: it refuses a whole file for one bad line."""
    return [
        Seen(
            event.uid,
            event.dtstart,
            event.dtend,
            event.summary,
            event.description or "",
            str(event.status and event.status.value),
            event.transparency,
            event.sequence,
            event.last_modified,
        )
        for event in IcsCalendarStream.calendar_from_ics(feed.decode()).events
    ]


def radicale(feed: bytes) -> list[Seen]:
    """The library ``vobject``, which the Radicale server reads calendars with."""
    calendar = vobject.readOne(feed.decode())
    calendar.validate(raiseException=True)

    def text(event: vobject.base.Component, name: str) -> str:
        return getattr(event, name).value if hasattr(event, name) else ""

    return [
        Seen(
            event.uid.value,
            _utc(event.dtstart.value),
            _utc(event.dtend.value) if hasattr(event, "dtend") else None,
            event.summary.value,
            text(event, "description"),
            event.status.value,
            event.transp.value,
            int(event.sequence.value),
            _utc(event.last_modified.value),
        )
        for event in calendar.vevent_list
    ]


def expander(feed: bytes) -> list[Seen]:
    """The library ``recurring_ical_events``, which says what takes place between two dates, and gives every event an end."""
    occurrences = recurring_ical_events.of(Calendar.from_ical(feed)).between(date(1990, 1, 1), date(2100, 1, 1))
    return [
        Seen(
            str(event["UID"]),
            event.start,
            None if event.end == event.start else event.end,
            str(event["SUMMARY"]),
            str(event.get("DESCRIPTION", "")),
            str(event["STATUS"]),
            str(event["TRANSP"]),
            event.sequence,
            event["LAST-MODIFIED"].dt,
        )
        for event in occurrences
    ]


READERS = (home_assistant, radicale, expander)


def said(agenda: Agenda, hours_ahead_of_utc: int) -> list[Seen]:
    """What the agenda says, in a reader's terms. The zone is given in whole hours, so that no zone table answers for itself."""
    return [
        Seen(
            item.uid,
            item.first
            if item.time is None
            else datetime.combine(item.first, item.time, UTC) - timedelta(hours=hours_ahead_of_utc),
            _end(item, hours_ahead_of_utc),
            one_line(item.summary),
            "\n".join(one_line(line) for line in item.description),
            item.standing.upper(),
            "TRANSPARENT" if item.transparent else "OPAQUE",
            item.sequence,
            item.last_modified,
        )
        for item in agenda.items
    ]


def _end(item: AgendaItem, hours_ahead_of_utc: int) -> date | None:
    if item.time is None:
        return item.last + timedelta(days=1)
    if item.minutes is None:
        return None
    return datetime.combine(item.first, item.time, UTC) + timedelta(minutes=item.minutes, hours=-hours_ahead_of_utc)


def _utc(value: date) -> date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value
