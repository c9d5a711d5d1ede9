"""An event that somebody is about to record, beside the log as it is and as it would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.asking.answering import body_of, with_reason
from scheduler.asking.question import Words
from scheduler.asking.standing import Standing
from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.chart import Chart, chart_of
from scheduler.patient.course import Course
from scheduler.patient.events import Corrected, Event, Struck
from scheduler.patient.log import Log, in_force
from scheduler.patient.replaying.replay import by_plan, replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.said import Code, as_written, said, text_of
from scheduler.site.site import Site


@dataclass(frozen=True)
class Candidate:
    """What the questions are asked about.

    ``event`` is what it says of the patient, without a reason why it stands: of a correction, the event that it puts in place.
    ``written`` is what would be appended, ``log`` the log before it. ``today`` is the site's civil date.
    ``known`` is how the patient stands by that log, where somebody has worked it out.
    """

    version: StudyVersion
    site: Site
    log: Log
    written: Event
    event: Event
    today: date
    known: Standing | None = None

    @property
    def is_correction(self) -> bool:
        """True where it puts another event right."""
        return isinstance(self.written, Corrected)

    @property
    def number(self) -> int:
        """The number that it would have in the log."""
        return self.log.length + 1

    @cached_property
    def before(self) -> Log:
        """The log without it; for a correction, also without what it corrects."""
        if not isinstance(self.written, Corrected):
            return self.log
        taken_back = Struck(on=self.written.on, number=self.written.number, reason="corrected")
        return self.log.append_unchecked(taken_back)

    @cached_property
    def after(self) -> Log:
        """The log with it."""
        return self.log.append_unchecked(self.written)

    @cached_property
    def standing(self) -> Standing:
        """How the patient stands without it."""
        if self.known is not None and self.known.log is self.before:
            return self.known
        return Standing(self.version, self.site, self.before, self.today)

    @cached_property
    def standing_after(self) -> Standing:
        """How the patient stands with it."""
        return Standing(self.version, self.site, self.after, self.today)

    @cached_property
    def chart(self) -> Chart:
        """The facts without it, beside the plans of the patient."""
        return chart_of(self.before, self.version, self.version.others)

    @cached_property
    def course(self) -> Course:
        """The course without it."""
        course = replay(self.before)
        plan = plan_for(self.version, course)
        return course if plan is None else by_plan(course, plan)

    @cached_property
    def corrected(self) -> Candidate | None:
        """The record that it corrects, as it would be asked about in the same place; None where it corrects none that stands."""
        if not isinstance(self.written, Corrected):
            return None
        number = self.written.number
        fact = next((fact for fact in in_force(self.log) if number in fact.numbers), None)
        if fact is None:
            return None
        said = with_reason(fact.event, None)
        written = self.written.model_copy(update={"with_": said})
        return Candidate(self.version, self.site, self.log, written, said, self.today)

    @cached_property
    def course_after(self) -> Course:
        """The course with it."""
        return replay(self.after)

    @property
    def calendar(self) -> Calendar:
        """The calendar without it."""
        return self.standing.calendar

    @property
    def calendar_after(self) -> Calendar:
        """The calendar with it."""
        return self.standing_after.calendar

    def deviations(self, *kinds: Deviated) -> tuple[Deviation, ...]:
        """The deviations of some kinds that it would make."""
        return self._new([each for each in self.deviations_after if each.kind in kinds])

    def deviations_with(self, *events: Event) -> tuple[Deviation, ...]:
        """The deviations that there would be with other events in its place."""
        log = self.before
        for event in events:
            log = log.append_unchecked(event)
        return self._new(deviations_of(self.version, self.site, log))

    def _new(self, found: Sequence[Deviation]) -> tuple[Deviation, ...]:
        """Those that the log without it has not. Most make none of the kind, and that log is not looked at."""
        if not found:
            return ()
        had = set(self.deviations_before)
        told_otherwise = Counter(_key(each) for each in had - set(found))
        new: list[Deviation] = []
        for each in found:
            if each in had:
                continue
            if told_otherwise[_key(each)]:
                told_otherwise[_key(each)] -= 1
            else:
                new.append(each)
        return tuple(new)

    @property
    def deviations_after(self) -> tuple[Deviation, ...]:
        """All deviations with it."""
        return self.standing_after.deviations

    @property
    def deviations_before(self) -> tuple[Deviation, ...]:
        """All deviations without it."""
        return self.standing.deviations

    @property
    def list_after(self) -> tuple[Deviation, ...]:
        """The list of deviations of today with it, which has also what should have been done and has no record."""
        return self.standing_after.list_of_today

    @property
    def list_before(self) -> tuple[Deviation, ...]:
        """The list of deviations of today without it."""
        return self.standing.list_of_today

    @cached_property
    def is_as_planned(self) -> bool:
        """True where the calendar has the dose or cycle on that very day."""
        entries = (self.calendar.entry(entry) for entry in self.event.entries)
        return any(
            each is not None and each.status is Status.PLANNED and each.date == self.event.on for each in entries
        )

    def plans(self) -> tuple[Plan, ...]:
        """The plan in force on its day, then those of other days; all arms while the arm is unknown."""
        return self.chart.plans_on(self.event.on)

    def treatment(self, name: str) -> Timeline | None:
        """The treatment of that name in the patient's plan."""
        return self.chart.treatment(name, self.event.on)

    def calendar_with(self, event: Event, until: date) -> Calendar:
        """The calendar up to a day, if that were said in its place."""
        written = self.written.model_copy(update={"with_": event}) if self.is_correction else event
        return calendar_of(self.version, self.site, self.log.append_unchecked(written), until=until)


def _key(deviation: Deviation) -> tuple[object, ...]:
    """What a deviation is about; in what words and by which events it is told may change."""
    return (deviation.kind, deviation.timeline, deviation.entry, deviation.date)


def candidate_of(
    version: StudyVersion, site: Site, log: Log, event: Event, today: date, known: Standing | None = None
) -> Candidate | None:
    """The event to be asked about; None for a strike, which says nothing about the patient."""
    bare = with_reason(event, None)
    body = body_of(bare)
    return None if body is None else Candidate(version, site, log, bare, body, today, known)


@dataclass(frozen=True, slots=True)
class Told:
    """What one question says: the sentence, the field, the right way, the protocol's sentence, earlier events it is about."""

    what: Words
    field: str
    hint: Words | None = None
    clause: Clause | None = None
    events: tuple[int, ...] = ()


def cited(clause: Clause | None) -> str | None:
    """What the protocol says, with its line: "line 34: 28 days ±3 after the previous cycle (A2)"."""
    if clause is None or not clause.line:
        return None
    return text_of(said("line {line}: {text}", line=Code(str(clause.line)), text=as_written(clause.text)))
