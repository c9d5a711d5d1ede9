"""What one patient comes for on one day, at one resource of the site; and what the pharmacy has ready for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.said import Quoted, Said, said_as
from scheduler.site.open_days import ANY_DAY
from scheduler.site.site import Site
from scheduler.views.days.attendance import Attendance, attendances, needs_patient, time_of
from scheduler.views.days.lengths import minutes_of
from scheduler.views.shapes.shape import CivilDate, Shape, Told
from scheduler.views.table import Cell

PHARMACY = "pharmacy"

_KNOWN = {
    "clinic": said_as("a resource of a site", "clinic"),
    "infusion": said_as("a resource of a site", "infusion"),
    "radiotherapy": said_as("a resource of a site", "radiotherapy"),
    "imaging": said_as("a resource of a site", "imaging"),
    PHARMACY: said_as("a resource of a site", "pharmacy"),
}
_FLAGS = (Flag.NO_RECORD.value, Flag.BOOKED.value)
_NO_PLACE = said_as("a resource of a site", "no place of the site")


class Work(StrEnum):
    """What an appointment is for the resource: the patient comes, or the pharmacy hands out or prepares."""

    ATTENDANCE = "attendance"
    HANDING_OUT = "handing out"
    PREPARATION = "preparation"


_FOR_PHARMACY = {
    Kind.ORAL: Work.HANDING_OUT,
    Kind.INFUSION: Work.PREPARATION,
    Kind.INJECTION: Work.PREPARATION,
}

COLUMNS = (
    "date",
    "time",
    "minutes",
    "resource",
    "work",
    "subject",
    "arm",
    "kind",
    "entry",
    "title",
    "earliest",
    "latest",
    "status",
    "flags",
)


@dataclass(frozen=True, slots=True)
class Appointment(Shape):
    """One thing that a patient comes for on a day, booked or planned; or the pharmacy's part in it."""

    subject: str
    """Whose it is."""
    arm: str | None
    """The arm, null before randomisation."""
    entry: str
    """The entry of the calendar."""
    title: str | Told
    """What it is."""
    kind: str
    """What sort of visit."""
    resource: str | None
    """The resource of the site that it needs; null where it needs none, such as a telephone call."""
    work: str
    """What it is for the resource: attendance; handing out or preparation for the pharmacy."""
    date: CivilDate
    """The day."""
    time: str | None
    """The local time of day that was booked, HH:MM."""
    minutes: int | None
    """How long it lasts, where the site says it."""
    window: tuple[CivilDate, CivilDate] | None
    """The first and the last allowed day."""
    status: str
    """Where it stands by the log."""
    flags: tuple[str, ...]
    """What else is to be known about it."""

    @property
    def takes_place(self) -> bool:
        """False for what is shown because it was to be, and is not: cancelled or not done."""
        return self.status not in (Status.NOT_DONE.value, Status.CANCELLED.value)

    @property
    def is_booked(self) -> bool:
        """True when somebody booked the day; else it is where the plan puts it."""
        return Flag.BOOKED.value in self.flags

    def state(self, on: CivilDate) -> str:
        """What a reader is told of it: no record of a day that has passed; booked or planned of one to come."""
        if self.status == Status.PLANNED.value:
            if self.date < on:
                return Flag.NO_RECORD.value
            return "booked" if self.is_booked else self.status
        return self.status

    def state_in_words(self, on: CivilDate) -> Said:
        """The same for a reader of any language."""
        state = self.state(on)
        return Said(state, (), None, "flag" if state in _FLAGS else "status")

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of a list."""
        earliest, latest = self.window if self.window is not None else (None, None)
        return (
            self.date,
            self.time,
            self.minutes,
            self.resource,
            self.work,
            self.subject,
            self.arm,
            self.kind,
            self.entry,
            str(self.title),
            earliest,
            latest,
            self.status,
            "; ".join(self.flags) or None,
        )


def appointments_of(calendar: Calendar, site: Site) -> tuple[Appointment, ...]:
    """What the patient comes for, in the order of days, with the pharmacy's part in it.

    ``site`` is the patient's own, over time: what was at an earlier site is not this one's. What was cancelled is told only
    where somebody had booked it: what nobody waits for needs no line.
    """
    since = date.fromordinal(site.moved_on[-1]) if site.moved_on else None
    return tuple(
        appointment
        for attendance in attendances(calendar, _wanted)
        if since is None or attendance.day >= since
        for appointment in _of_visit(attendance, calendar)
    )


def resource_in_words(resource: str | None) -> Said | Quoted:
    """A resource in the reader's language, where it is one of those that most sites have; else as the site calls it."""
    if resource is None:
        return _NO_PLACE
    return _KNOWN.get(resource) or Quoted(resource)


def _wanted(entry: Entry) -> bool:
    return needs_patient(entry) or entry.kind in _FOR_PHARMACY


def _of_visit(attendance: Attendance, calendar: Calendar) -> Iterator[Appointment]:
    dropped = (each for each in attendance.dropped if each.status is Status.NOT_DONE or Flag.BOOKED in each.flags)
    for entry in (*attendance.parts, *dropped):
        made = _appointment(entry, attendance.day, calendar)
        if needs_patient(entry):
            yield made
        work = _FOR_PHARMACY.get(entry.kind)
        if work is not None and entry.status in (Status.PLANNED, Status.DONE) and made.resource != PHARMACY:
            yield replace(made, resource=PHARMACY, work=work.value, minutes=None, time=None)


def _appointment(entry: Entry, day: date, calendar: Calendar) -> Appointment:
    at = time_of(entry)
    resource = entry.resource if entry.resource != ANY_DAY.resource else None
    return Appointment(
        subject=calendar.subject or "",
        arm=calendar.arm,
        entry=entry.id,
        title=title_in_words(entry.title),  # type: ignore[arg-type]
        kind=entry.kind.value,
        resource=resource,
        work=Work.ATTENDANCE.value,
        date=day,
        time=at.isoformat("minutes") if at is not None else None,
        minutes=minutes_of(entry, calendar),
        window=entry.window,
        status=entry.status.value,
        flags=tuple(flag.value for flag in entry.flags),
    )
