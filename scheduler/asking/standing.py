"""How a patient stands by a log: the calendar and the deviations, each worked out when a question first needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site


@dataclass(frozen=True)
class Standing:
    """A patient as one log tells. After an event of several it is the same as before the next, and is worked out once."""

    version: StudyVersion
    site: Site
    log: Log
    today: date

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar by this log."""
        return calendar_of(self.version, self.site, self.log)

    @cached_property
    def deviations(self) -> tuple[Deviation, ...]:
        """All deviations by this log."""
        return deviations_of(self.version, self.site, self.log, calendar=self.calendar)

    @cached_property
    def list_of_today(self) -> tuple[Deviation, ...]:
        """The list of deviations of today, which has also what should have been done and has no record."""
        return deviations_of(self.version, self.site, self.log, on=self.today, calendar=self.calendar)
