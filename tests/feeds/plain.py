"""The same events built and serialised with icalendar alone, as its manual does it: what our own writer is measured against."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from scheduler.views.agenda.item import Agenda


def plain_icalendar(agenda: Agenda) -> bytes:
    """Add every property with `add`, serialise the calendar once."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Scheduler//Study calendar//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("description", "\n".join(agenda.description))
    zone = ZoneInfo(agenda.zone)
    for item in agenda.items:
        event = Event()
        event.add("uid", item.uid)
        event.add("summary", item.summary)
        if item.description:
            event.add("description", "\n".join(item.description))
        if item.time is None:
            event.add("dtstart", item.first)
            event.add("dtend", item.last + timedelta(days=1))
        else:
            start = datetime.combine(item.first, item.time, zone).astimezone(UTC)
            event.add("dtstart", start)
            if item.minutes is not None:
                event.add("dtend", start + timedelta(minutes=item.minutes))
        event.add("dtstamp", item.last_modified)
        event.add("last-modified", item.last_modified)
        event.add("sequence", item.sequence)
        event.add("status", item.standing.upper())
        event.add("transp", "TRANSPARENT" if item.transparent else "OPAQUE")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
