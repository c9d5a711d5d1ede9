"""What is asked and what is proposed: patients, and for each the dates that would move, with the reason of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.entries.entry import Calendar, Window
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.events import Booked
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Said
from scheduler.site.site import Site

CivilDate = date


@dataclass(frozen=True, slots=True)
class ToPlan:
    """One patient whose trips are looked at. ``arm`` is presumed for a plan without a randomised patient.

    Where ``stays`` is true, nothing is planned for this patient: the visits only take room at the site.
    """

    version: StudyVersion
    site: Site
    log: Log
    subject: str | None = None
    arm: str | None = None
    stays: bool = False

    def calendar(self, until: date) -> Calendar:
        """The patient's calendar up to a civil date."""
        return calendar_of(self.version, self.site, self.log, subject=self.subject, arm=self.arm, until=until)

    def with_events(self, events: tuple[Booked, ...]) -> ToPlan:
        """The same patient with these appointments recorded, whatever they say."""
        log = self.log
        for event in events:
            log = log.append_unchecked(event)
        return replace(self, log=log)


@dataclass(frozen=True, slots=True)
class Move:
    """A date that would move. Dates are civil dates at the site.

    ``window`` and ``ideal`` are those that it has in the proposed calendar: where it counts from a date that moves too, they
    are not those of today's calendar. ``booked`` is false where the date follows from others without an appointment.
    """

    entry: str
    title: str
    before: CivilDate
    after: CivilDate
    window: Window | None
    ideal: CivilDate | None
    booked: bool
    why: Said


@dataclass(frozen=True, slots=True)
class Kept:
    """What was left where it is although its window has other days, and why."""

    entry: str
    date: CivilDate
    why: Said


@dataclass(frozen=True, slots=True)
class PatientPlan:
    """What is proposed for one patient. ``before`` and ``after`` are the days on which the patient comes, in order.

    ``events`` are the appointments that make the plan, ``changes`` everything that recording them would change up to the last
    day of the plan, tablets and windows of later visits included. ``clashes`` and ``refused`` say why nothing is proposed for
    this patient, beside others for whom something is.
    """

    subject: str | None
    before: tuple[CivilDate, ...]
    after: tuple[CivilDate, ...]
    moves: tuple[Move, ...]
    kept: tuple[Kept, ...]
    events: tuple[Booked, ...]
    changes: tuple[Change, ...]
    clashes: tuple[tuple[Said, ...], ...] = ()
    refused: Said | None = None

    @property
    def saves(self) -> int:
        """How many trips fewer it is; below 0 where the site has no room for all on their days."""
        return len(self.before) - len(self.after)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The proposal for all patients together, after ``on`` and up to ``until``.

    ``proven``: no other plan has fewer trips. Else ``at_least`` is what is proven: fewer trips than that are impossible.
    ``seconds`` is the time that was allowed for all searches. ``clashes`` are sets of rules that cannot be kept all at once; then
    nothing is proposed. ``refused`` is what the engine said to the last plan where it agreed to none.
    """

    on: CivilDate
    until: CivilDate
    patients: tuple[PatientPlan, ...]
    proven: bool
    at_least: int
    seconds: float
    clashes: tuple[tuple[Said, ...], ...] = ()
    refused: Said | None = None

    @property
    def before(self) -> int:
        """The trips of all patients as the calendars stand."""
        return sum(len(each.before) for each in self.patients)

    @property
    def after(self) -> int:
        """The trips of all patients as proposed."""
        return sum(len(each.after) for each in self.patients)

    @property
    def saves(self) -> int:
        """How many trips fewer it is for all of them."""
        return self.before - self.after

    @property
    def moves_nothing(self) -> bool:
        """True where no date would move."""
        return not any(each.moves for each in self.patients)
