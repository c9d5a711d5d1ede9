"""One patient as FHIR needs them: the calendar on a day, the moments of the site's clock, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache

from scheduler.calendar.engine.proposals.on_a_day import calendar_on
from scheduler.calendar.engine.proposals.open_decisions import open_decisions
from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar, Flag, HeldPeriod, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.local_times import LocalTime, offset
from scheduler.patient import events as ev
from scheduler.patient.cut_log import as_ordered
from scheduler.patient.log import Fact, Log
from scheduler.protocol.plan.study import StudyVersion, Timeline
from scheduler.site.site import Site
from scheduler.standards.fhir.resource import Origin, Resource, notes, reference, resource_id
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.open_decisions import words_of_decision
from scheduler.views.reasons import reasons_of


def ordered_of(version: StudyVersion, site: Site, log: Log) -> Callable[[], Calendar]:
    """The calendar of what was ordered, which is worked out when it is first asked for, and once."""
    return cache(lambda: calendar_of(version, site, as_ordered(log)))


UNREQUESTED = frozenset({Flag.NOT_PLANNED, Flag.GIVEN_DURING_HOLD, Flag.AFTER_END})
"""What was given although nothing asked for it: no request says so."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One patient on a day: what is planned before it and has no record is of unknown state.

    ``ordered`` gives the calendar in which every dose has the amount that was in force, whatever was reported.
    ``calendar`` is the patient's as it is read on that day: with every dose flagged that hangs on an open decision, overdue ones
    too, and with what held before orders that lie ahead.
    """

    origin: Origin
    version: StudyVersion
    patient: Patient
    site: Site
    on: date
    ordered: Callable[[], Calendar]
    calendar: Calendar = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "calendar", calendar_on(self.patient.calendar, self.on))

    @property
    def id(self) -> str:
        """The id of the patient's resource; those of all others begin with it."""
        return resource_id(self.patient.subject)

    @property
    def reference(self) -> Resource:
        """A reference to the patient, by the number in the study."""
        return reference("Patient", self.id) | {"identifier": self.origin.identifier("subject", self.patient.subject)}

    def id_of(self, *parts: str) -> str:
        """The id of a resource about something of the patient's."""
        return resource_id(self.id, *parts)

    def facts(self, *kinds: type[ev.Event]) -> list[Fact]:
        """What was recorded of some kinds up to the day."""
        return [fact for fact in self.patient.course.of(*kinds) if fact.event.on <= self.on]

    def line(self, timeline: str) -> Timeline | None:
        """The line of the plan that an entry is of."""
        plan = self.patient.plan or self.patient.any_arm
        return plan.timelines.get(timeline) if plan is not None else None

    def moment(self, day: date, at: str | None = None) -> str:
        """A civil date; with a time of day, the moment by the site's clock."""
        if at is None:
            return day.isoformat()
        clock = time.fromisoformat(at)
        ahead = round(offset(LocalTime(day, clock, self.site.zone_on(day.toordinal()))).total_seconds() / 60)
        sign = "-" if ahead < 0 else "+"
        return f"{day}T{clock.isoformat('seconds')}{sign}{abs(ahead) // 60:02}:{abs(ahead) % 60:02}"

    def why(self, because: Because, flags: Iterable[Flag] = (), *more: str) -> list[Resource] | None:
        """The reasons as notes, and what else is to know."""
        told = [text for text in (*more, *(flag.value for flag in flags)) if text]
        return notes(*told, *map(str, reasons_of(self.calendar)(because)))

    def waits(self, timeline: str, last: date, flags: Iterable[Flag]) -> str | None:
        """Why a dose that is planned up to a day must not be given yet; None where nothing is awaited."""
        drugs = self.patient.plan.drugs if self.patient.plan is not None else {}
        for decision in open_decisions(self.patient.calendar, self.on):
            hangs = decision.bears_on(last, is_overdue=False) or Flag.AWAITING_DECISION in flags
            if hangs and timeline in (decision.treatment, *drugs.get(decision.treatment, ())):
                return words_of_decision(decision)
        asked = [flag.value for flag in (Flag.AWAITING_DECISION, Flag.VALUE_NEEDED) if flag in flags]
        return "; ".join(asked) or None

    def hold(self, timeline: str, day: date | None = None) -> HeldPeriod | None:
        """The hold of a treatment on a day; without a day, the one that nobody has ended."""
        for hold in self.calendar.holds:
            if hold.treatment != timeline:
                continue
            if hold.over is None if day is None else hold.start <= day and (hold.over is None or day < hold.over):
                return hold
        return None

    def held(self, timeline: str, day: date | None = None) -> str:
        """Since when a treatment is held, and why, as far as it was said."""
        hold = self.hold(timeline, day)
        if hold is None:
            return "on hold"
        return f"on hold since {hold.start}" + (f": {hold.reason}" if hold.reason else "")


REQUEST_STATUS = {
    Status.PLANNED: "active",
    Status.DONE: "completed",
    Status.HELD: "on-hold",
    Status.NOT_DONE: "revoked",
    Status.CANCELLED: "revoked",
}
"""How an entry stands, in the words of a service request; those of a medication request differ where it was not done."""
