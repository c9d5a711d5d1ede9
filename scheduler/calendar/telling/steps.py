"""The steps of one entry in words: the day that the engine counted from, what that day is, and how far it counted.

Nothing is counted here. The days are the engine's own, as it kept them beside the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.calendar.entries.because import After, Count, Event, Reason, Step
from scheduler.calendar.entries.entry import Calendar, Entry, Kind
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.dates import Day, Span
from scheduler.findings import said_together
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.moments import DayOf, EndOf, HasHad, IdealOf, LastDayOf, LastDose, Named, OnStudyDay


@dataclass(frozen=True, slots=True)
class SaidStep:
    """A step with its words: "1 day after that". ``note`` says what its first day is ("its day 8 is ...").

    A ceiling has the protocol's words for what must not be passed.
    """

    step: Step
    source: Reason
    note: str
    words: str

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
    words = step.ceiling or _how_far(step.counted)
    return SaidStep(step, source, note, words)


def _how_far(counted: Count | None) -> str:
    """28 days after that; 8 times 56 days and then 2 times 84 days after that; nothing where no day was counted."""
    if counted is None or counted.span.amount == 0 or counted.times == 0:
        return ""
    spans = " and then ".join(map(_span, counted.in_order()))
    skipped = [f"{_in_words(day)} ({why})" for day, why in counted.skipped]
    without = f", without {said_together(skipped)}" if skipped else ""
    return f"{spans} {'after' if counted.times > 0 else 'before'} that{without}"


def _span(counted: Count) -> str:
    often = f"{abs(counted.times)} times " if abs(counted.times) > 1 else ""
    return f"{often}{counted.span}"


def _of_study_day(step: Step) -> str:
    label = step.moment.label if isinstance(step.moment, OnStudyDay) else None
    return f"Study Day {label} is {_in_words(step.start)}" if label is not None else ""


def _of_hours(counted: Count | None) -> str:
    """At what time the hours begin and are over; without a recorded time, that whole days are counted."""
    if counted is None or counted.span.hours is None:
        return ""
    if counted.clock is None:
        return f"without its time, {counted.span} count as {Span(counted.span.in_days or 0)}"
    began, over = counted.clock
    naive = datetime.fromisoformat(f"{_date(counted.start)} {began}") + timedelta(hours=counted.span.hours)
    changed = "" if naive.isoformat(" ", "minutes").endswith(over) else ", since the clocks change on the way"
    if counted.zone is not None:
        changed = f" by the clock of {counted.zone}, where the patient is by then"
    return f"from {began}, {counted.span} are over at {over}{changed}"


def _of_entry(step: Step, entry: Entry) -> str:
    """What the day is to the entry that it belongs to; nothing where it is the entry's own date."""
    day = _in_words(step.start)
    match step.moment:
        case EndOf(timeline):
            return f"{timeline} ends with it" + (f" on {day}" if entry.date != _date(step.start) else "")
        case Named("end of treatment") if entry.date != _date(step.start):
            return f"treatment ends with it on {day}"
        case IdealOf():
            return f"its ideal date is {day}"
        case DayOf() | LastDayOf() | HasHad() if entry.date != _date(step.start) and has_days(entry):
            return f"its day {day_of_cycle(entry, _date(step.start))} is {day}"
        case LastDose() if entry.runs:
            return f"its last dose is on {day}"
    return ""


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


def _as_corrected(step: Step, fact: Fact | None) -> str:
    """A corrected event is told as it was first recorded, so its day has to be said."""
    is_corrected = fact is not None and len(fact.numbers) > 1
    return f"as it stands now, it was on {_in_words(step.start)}" if is_corrected else ""


def _in_words(day: Day) -> str:
    return in_words(_date(day))


def _date(day: Day) -> date:
    return date.fromordinal(day)
