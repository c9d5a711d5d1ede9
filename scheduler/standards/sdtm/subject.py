"""One patient as SDTM needs them: the calendar as it is and as it was ordered, the deviations, and what every record asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.because import Because, Event
from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.entries.entry import Calendar, Epoch
from scheduler.dates import study_day
from scheduler.patient import events as ev
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.plan.times.moments import Named
from scheduler.standards.sdtm.datasets import Value
from scheduler.views.patients import Patient

STANDARD_EPOCHS = ("SCREENING", "TREATMENT", "FOLLOW-UP")
"""What the epochs are where the protocol names none: until the first dose, until the end of treatment, and after it."""

_FIRST_DOSE = Named("first dose")


@dataclass(frozen=True, slots=True)
class Subject:
    """One patient. ``ordered`` is the calendar in which every dose has the amount that was in force, whatever was taken.

    ``on`` is the last day that is exported: nothing later is in any record. ``site`` is its name, and
    ``country`` where it is, by ISO 3166.
    """

    version: StudyVersion
    patient: Patient
    ordered: Calendar
    deviations: tuple[Deviation, ...]
    site: str
    on: date
    country: str | None = None

    @property
    def unique(self) -> str:
        """USUBJID."""
        return f"{self.version.study}-{self.patient.subject}"

    @property
    def calendar(self) -> Calendar:
        """The calendar as it is."""
        return self.patient.calendar

    @property
    def keys(self) -> dict[str, Value]:
        """What every record of the patient has."""
        return {"STUDYID": self.version.study, "USUBJID": self.unique}

    @property
    def first_dose(self) -> date | None:
        """The day of the first dose, once it was given, and not after the last day that is exported."""
        calendar = self.calendar
        day = calendar.first_dose if calendar.first_dose_given else None
        return day if day is not None and day <= self.on else None

    def facts(self, *kinds: type[ev.Event]) -> list[Fact]:
        """The facts of some kinds up to the last day, in the order they count."""
        return [fact for fact in self.patient.course.of(*kinds) if fact.event.on <= self.on]

    def day(self, day: date | None) -> int | None:
        """The study day by SDTM's own count: RFSTDTC is Day 1, and there is no Day 0, whatever the protocol calls it."""
        first = self.first_dose
        return None if day is None or first is None else study_day(day.toordinal(), first.toordinal())

    def dated(
        self, prefix: str, first: date | None, last: date | None = None, time: str | None = None
    ) -> dict[str, Value]:
        """The dates and study days of a record, with the time of day of what has one."""
        return {
            f"{prefix}STDTC": moment(first, time),
            f"{prefix}ENDTC": moment(last, time if last == first else None),
            f"{prefix}STDY": self.day(first),
            f"{prefix}ENDY": self.day(last),
        }

    def epochs(self) -> tuple[Epoch, ...]:
        """The epochs that have begun by the last day. Where the protocol names none, they are the three of nearly every study."""
        plan = self.patient.plan
        if plan is not None and plan.epochs:
            starts = {epoch.name: epoch.start.moment for epoch in plan.epochs}
            waits = {name for name, moment_ in starts.items() if moment_ == _FIRST_DOSE and self.first_dose is None}
            begun = self.calendar.epochs[:1], (each for each in self.calendar.epochs[1:] if self._has_begun(each))
            return tuple(each for part in begun for each in part if each.name not in waits)
        return self._standard_epochs()

    def _has_begun(self, epoch: Epoch) -> bool:
        return epoch.first is not None and epoch.first <= self.on

    def _standard_epochs(self) -> tuple[Epoch, ...]:
        screening, treatment, follow_up = STANDARD_EPOCHS
        found = [Epoch(screening, None)]
        if self.first_dose is not None:
            found.append(Epoch(treatment, self.first_dose))
        end = self.patient.course.end_of_treatment
        if self.first_dose is not None and end is not None and date.fromordinal(end.day + 1) <= self.on:
            found.append(Epoch(follow_up, date.fromordinal(end.day + 1)))
        return tuple(found)

    def epoch(self, day: date | None) -> str | None:
        """The epoch of a record that begins on a day."""
        if day is None:
            return None
        epochs = self.epochs()
        later = [each.name for each in epochs[1:] if each.first is not None and each.first <= day]
        return later[-1] if later else epochs[0].name if epochs else None

    def reason(self, because: Because) -> str | None:
        """What staff gave as the reason of the events that made something so."""
        numbers = {each.number for each in because.set_by if isinstance(each, Event)}
        return reason_of(fact for fact in self.patient.course.facts if numbers & set(fact.numbers))


def reason_of(facts: Iterable[Fact]) -> str | None:
    """The reasons of these facts, each once."""
    said = dict.fromkeys(fact.event.reason for fact in facts if fact.event.reason)
    return "; ".join(text for text in said if text) or None


def moment(day: date | None, time: str | None = None) -> str | None:
    """A date, or a date with its time of day, as ISO 8601; the time is that of the site's clock and carries no zone."""
    if day is None:
        return None
    return f"{day}T{time}" if time else day.isoformat()
