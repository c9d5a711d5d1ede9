"""What a closure of the site would change for one patient, before it is decided.

An appointment cannot stand on a day that is closed, so bookings on such days are taken as void: the calendar says where the
visit would go without them, and they are listed, because somebody has to call the patient. What was done already stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.whatif import Comparison, compare
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Status, Window
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import Booked, Rebooked, entry_key
from scheduler.patient.log import Log, in_force
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.closure import Closure, with_closure
from scheduler.site.site import Site

CivilDate = date

NO_OPEN_DAY = "no-open-day"


@dataclass(frozen=True, slots=True)
class UnmetWindow:
    """An entry that could be done inside its window and no longer can. ``date`` is where it would go, if anywhere."""

    entry: str
    title: str
    window: Window | None
    date: CivilDate | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """What stands on a closed day because somebody arranged it. ``moves_to`` is where the calendar would put it.

    It is None where the calendar cannot move it, such as a first dose that a person planned.
    """

    entry: str
    title: str
    date: CivilDate
    time: str | None
    moves_to: CivilDate | None


@dataclass(frozen=True, slots=True)
class ClosureChanges:
    """One patient: the calendars with and without the closure, the windows lost, and the appointments to make anew."""

    subject: str | None
    comparison: Comparison
    unmet: tuple[UnmetWindow, ...]
    appointments: tuple[Appointment, ...]


def what_a_closure_would_change(
    version: StudyVersion,
    site: Site,
    closure: Closure,
    log: Log,
    subject: str | None = None,
    until: date | None = None,
) -> ClosureChanges:
    """The calendar with these days closed, beside the one without."""
    before = calendar_of(version, site, log, subject=subject, until=until)
    freed = _without_bookings(
        log, {entry_key(entry.id) for entry in before.entries if _is_hit(entry, closure, booked=True)}
    )
    after = calendar_of(version, with_closure(site, closure), freed, subject=subject, until=until)
    return ClosureChanges(
        subject,
        compare(version, before, after),
        tuple(_unmet(before, after)),
        tuple(_appointments(before, after, closure)),
    )


def _is_hit(entry: Entry, closure: Closure, *, booked: bool = False) -> bool:
    """True for what is still to come on a day that closes."""
    if entry.status is not Status.PLANNED or entry.date is None or (booked and Flag.BOOKED not in entry.flags):
        return False
    return closure.closes(entry.resource, entry.date)


def _without_bookings(log: Log, keys: set[str]) -> Log:
    """The log without the bookings of these entries; an earlier one would not stand either, somebody gave it up."""
    for fact in in_force(log):
        if isinstance(fact.event, Booked | Rebooked) and keys.intersection(fact.event.entries):
            log = log.without(fact.number)
    return log


def _unmet(before: Calendar, after: Calendar) -> Iterator[UnmetWindow]:
    lost = _without_open_day(after) - _without_open_day(before)
    for entry in after.entries:
        if entry.id in lost and entry.status is Status.PLANNED:
            yield UnmetWindow(entry.id, entry.title, entry.window, entry.date)
    for pending in after.pending:
        if pending.id in lost:
            yield UnmetWindow(pending.id, pending.title, None, None)


def _without_open_day(calendar: Calendar) -> set[str]:
    """The entries that have no open day inside their window, or on their day."""
    return {finding.entry for finding in calendar.findings if finding.code == NO_OPEN_DAY and finding.entry is not None}


def _appointments(before: Calendar, after: Calendar, closure: Closure) -> Iterator[Appointment]:
    for entry in before.entries:
        if entry.date is None or not _is_hit(entry, closure):
            continue
        now = after.entry(entry.id)
        stays = now is not None and now.date == entry.date
        if stays or Flag.BOOKED in entry.flags:
            moves_to = now.date if now is not None and not stays else None
            yield Appointment(entry.id, entry.title, entry.date, entry.time, moves_to)
