"""The steps of one entry in words: the day that the engine counted from, what that day is, and how far it counted.

Nothing is counted here. The days are the engine's own, as it kept them beside the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.calendar.entries.because import After, Count, Event, Reason, Step
from scheduler.calendar.entries.entry import Calendar, Entry, Kind
from scheduler.calendar.entries.sentences import closed_why
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import Day, Span
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.moments import (
    DATE_OF_BIRTH,
    DayOf,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Named,
    OnStudyDay,
)
from scheduler.said import Code, Quoted, Said, Value, listed, said, said_as

_AND_THEN = said_as("between the members of a list", " and then ")


@dataclass(frozen=True, slots=True)
class SaidStep:
    """A step with its words. ``note`` says what its first day is ("its day 8 is ...")."""

    step: Step
    source: Reason
    note: Said | None

    @property
    def start(self) -> date:
        """The day that it starts from."""
        return _date(self.step.start)

    @property
    def day(self) -> date:
        """The day that it leads to."""
        return _date(self.step.day)

    @property
    def is_ceiling(self) -> bool:
        """True for what must not be passed."""
        return bool(self.step.ceiling)

    @property
    def ceiling(self) -> Quoted:
        """The protocol's words for what must not be passed."""
        return Quoted(self.step.ceiling)

    @property
    def counts(self) -> bool:
        """True where there is a distance to tell, or what must not be passed."""
        counted = self.step.counted
        return self.is_ceiling or not (counted is None or counted.span.amount == 0 or counted.times == 0)

    def counted_from(self, start: Value) -> Said:
        """28 days after dose 1; 8 times 56 days and then 2 times 84 days after it."""
        counted = self.step.counted
        assert counted is not None
        far = listed(*map(_span, counted.in_order()), how=_AND_THEN)
        if counted.times > 0:
            distance = said("{far} after {start}", far=far, start=start)
        else:
            distance = said("{far} before {start}", far=far, start=start)
        if not counted.skipped:
            return distance
        skipped = listed(*(_skipped(day, why) for day, why in counted.skipped))
        return said("{distance}, without {days}", distance=distance, days=skipped)


def say_step(step: Step, calendar: Calendar, facts: Mapping[int, Fact]) -> SaidStep | None:
    """None where the step starts from nothing that can be pointed to. ``facts`` are the events in force by their own numbers."""
    source = next((reason for reason in step.reasons if isinstance(reason, After | Event)), None)
    if source is None:
        return None
    entry = calendar.entry(source.entry) if isinstance(source, After) else None
    fact = facts.get(source.number) if isinstance(source, Event) else None
    note = (
        _of_study_day(step)
        or _of_hours(step.counted)
        or (_of_entry(step, entry) if entry is not None else _as_corrected(step, fact))
    )
    return SaidStep(step, source, note)


def _span(counted: Count) -> Said:
    span = span_in_words(counted.span)
    return said("{n} times {span}", n=abs(counted.times), span=span) if abs(counted.times) > 1 else span


def _skipped(day: Day, why: str) -> Said:
    return said("{date} ({why})", date=_date(day), why=closed_why(why))


def _of_study_day(step: Step) -> Said | None:
    label = step.moment.label if isinstance(step.moment, OnStudyDay) else None
    return said("Study Day {label} is {day}", label=label, day=_date(step.start)) if label is not None else None


def _of_hours(counted: Count | None) -> Said | None:
    """At what time the hours begin and are over; without a recorded time, that whole days are counted."""
    if counted is None or counted.span.hours is None:
        return None
    span = span_in_words(counted.span)
    if counted.clock is None:
        days = span_in_words(Span(counted.span.in_days or 0))
        return said("without its time, {span} count as {days}", span=span, days=days)
    began, over = counted.clock
    naive = datetime.fromisoformat(f"{_date(counted.start)} {began}") + timedelta(hours=counted.span.hours)
    told: dict[str, Value] = {"began": Code(began), "span": span, "over": Code(over)}
    if counted.zone is not None:
        zone = Code(counted.zone)
        return said(
            "from {began}, {span} are over at {over} by the clock of {zone}, where the patient is by then",
            zone=zone,
            **told,
        )
    if naive.isoformat(" ", "minutes").endswith(over):
        return said("from {began}, {span} are over at {over}", **told)
    return said("from {began}, {span} are over at {over}, since the clocks change on the way", **told)


def _of_entry(step: Step, entry: Entry) -> Said | None:
    """What the day is to the entry that it belongs to; nothing where it is the entry's own date."""
    day = _date(step.start)
    match step.moment:
        case EndOf(timeline) if entry.date != day:
            return said("{what} ends with it on {day}", what=Code(timeline), day=day)
        case EndOf(timeline):
            return said("{what} ends with it", what=Code(timeline))
        case Named("end of treatment") if entry.date != day:
            return said("treatment ends with it on {day}", day=day)
        case IdealOf():
            return said("its ideal date is {day}", day=day)
        case DayOf() | LastDayOf() | HasHad() if entry.date != day and has_days(entry):
            return said("its day {number} is {day}", number=day_of_cycle(entry, day), day=day)
        case LastDose() if entry.runs:
            return said("its last dose is on {day}", day=day)
    return None


def has_days(entry: Entry) -> bool:
    """True for a cycle, with dosing days or of its own: its days have numbers."""
    return bool(entry.runs) or entry.kind is Kind.CYCLE


def day_of_cycle(entry: Entry, day: date) -> int:
    """The number of a day by the stretch of dosing days that it lies in or follows; of a cycle of its own, by its day 1."""
    if not entry.runs:
        return (day - (entry.date or day)).days + 1
    run = max(
        (run for run in entry.runs if run.first_date <= day), key=lambda run: run.first_date, default=entry.runs[0]
    )
    return run.first_day + (day - run.first_date).days


def _as_corrected(step: Step, fact: Fact | None) -> Said | None:
    """A corrected event is told as it was first recorded, so its day has to be said."""
    is_corrected = fact is not None and len(fact.numbers) > 1 and step.moment != Named(DATE_OF_BIRTH)
    return said("as it stands now, it was on {day}", day=_date(step.start)) if is_corrected else None


def _date(day: Day) -> date:
    return date.fromordinal(day)
