"""Which days of an entry are trips: the patient comes to the site. Tablets at home and telephone calls are none."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Entry, Kind
from scheduler.dates import Day
from scheduler.site.open_days import ANY_DAY
from scheduler.views.days.attendance import needs_patient, takes_place
from scheduler.views.days.stretches import visits_of


def trips_of(entry: Entry) -> tuple[Day, ...]:
    """The days on which the patient comes for this entry, each once; none for what is cancelled or on hold."""
    if entry.date is None or not is_trip(entry):
        return ()
    days = (each.date for each in visits_of(entry) if each.date is not None and takes_place(each))
    return tuple(sorted({day.toordinal() for day in days}))


def is_trip(entry: Entry) -> bool:
    """True where somebody has to come: a cycle of tablets counts where its first day is a visit at the site."""
    if entry.kind is Kind.CONTACT:
        return False
    if entry.kind is Kind.ORAL and not entry.activities and entry.resource == ANY_DAY.resource:
        return False
    return needs_patient(entry)
