"""A study and its patients, as they were read: from a folder's files, or from a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.findings import Finding
from scheduler.folder.reading.many import many_calendars
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.patients import Patient, patient_of

if TYPE_CHECKING:
    from scheduler.stock.log import StockLog


@dataclass(frozen=True, slots=True)
class Case:
    """One patient as a file or a database tells it; ``path`` is where.

    ``findings`` are the warnings and notes about the protocol, the site and the log. ``until`` is the last day of the calendar
    where the file says one. ``versions`` are the study's other protocol versions. ``arm`` is presumed for a plan without a
    randomised patient. ``feed_key`` is the study's, where it is kept with the patient in one database. ``first_site`` is the
    site at which the patient came in.
    """

    path: Path
    version: StudyVersion
    site: Site
    log: Log
    subject: str | None = None
    name: str | None = None
    until: date | None = None
    findings: tuple[Finding, ...] = ()
    versions: tuple[StudyVersion, ...] = ()
    arm: str | None = None
    feed_key: bytes | None = field(default=None, repr=False)
    first_site: str | None = None

    def calendar(self, until: date | None = None) -> Calendar:
        """The patient's calendar, to ``until``, else to the file's own last day, else to the study's horizon."""
        return self.calendar_with(self.log, until)

    def calendar_with(self, log: Log, until: date | None = None) -> Calendar:
        """The calendar that another log would give: an earlier one, or one with an event more."""
        last = until or self.until
        return calendar_of(self.version, self.site, log, subject=self.subject, arm=self.arm, until=last)

    def history(self, until: date | None = None) -> tuple[Calendar, ...]:
        """The calendar before the first event and after each one, oldest first."""
        numbers = (0, *(record.number for record in self.log.records))
        return tuple(self.calendar_with(self.log.until(number), until) for number in numbers)

    def recorded(self) -> dict[int, datetime]:
        """When each event was recorded, in UTC, by its number."""
        return {record.number: record.event.recorded_at for record in self.log.records}

    @property
    def last_day(self) -> date | None:
        """The day of the latest event."""
        return max((record.event.on for record in self.log.records), default=None)


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A study with its patients, in a folder or a database.

    ``versions`` are in the order of their amendments, else of their files' names or of their adding; the last is the newest.
    ``stock`` are the logs of the sites' stock, of those that keep one.
    """

    path: Path
    versions: tuple[StudyVersion, ...]
    site: Site
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...] = ()
    feed_key: bytes | None = field(default=None, repr=False)
    stock: tuple[StockLog, ...] = ()

    @property
    def version(self) -> StudyVersion:
        """The newest version."""
        return self.versions[-1]

    def patients(self) -> tuple[Patient, ...]:
        """The patients as lists over a study need them, in the order of their files' names."""
        with many_calendars():
            return tuple(
                patient_of(each.version, each.site, each.log, subject=each.subject or "") for each in self.cases
            )

    def case(self, subject: str) -> Case | None:
        """The patient of that number, if there is one."""
        return next((case for case in self.cases if case.subject == subject), None)
