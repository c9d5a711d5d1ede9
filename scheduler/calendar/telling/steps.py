"""The day arithmetic of one entry, retold: from what it counts from or waits for to the day that this gives.

The engine has counted already. This counts again only to say it aloud, and a step that does not lead to what the engine found
is left untold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.because import After, Because, Event
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.dates import Span, Unit, add_span, day_of_study_day
from scheduler.patient import events as ev
from scheduler.patient.log import Fact
from scheduler.protocol.plan.moments import (
    DayOf,
    EachEvent,
    EndOf,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnStudyDay,
    Relative,
    StartOf,
    Which,
)
from scheduler.protocol.plan.study import Plan, Timeline, Timing


@dataclass(frozen=True, slots=True)
class Start:
    """Where a step starts: an entry's id or an event's number, the day, and what that day is ("its day 8 is ...")."""

    of: str | int
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From a start to a day, in words: "1 day after that". A ceiling has only its words: the site counted its days."""

    start: Start
    words: str
    day: date
    is_ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What the steps of one entry are read from. ``facts`` are the events in force by their own numbers."""

    calendar: Calendar
    plan: Plan
    facts: Mapping[int, Fact]
    because: Because
    n: int

    @property
    def reasons(self) -> tuple[object, ...]:
        """All reasons, those that set the date first."""
        return (*self.because.set_by, *self.because.looked_at)


def steps_of(story: Story, line: Timeline | None, timing: Timing) -> Iterator[Step]:
    """The steps of a timing: its rule, each of its waits, and what it must not be after."""
    for start in _starts(story, timing.moment):
        if timing.every is not None:
            times = story.n - max(line.numbered, default=0) if line is not None else 1
            yield from _step(start, timing.every, times)
        else:
            yield from _step(start, timing.span, timing.sign)
    for wait in timing.not_before:
        for start in _starts(story, wait.moment):
            yield from _step(start, wait.span, wait.sign)
    for ceiling in timing.not_after:
        yield from (Step(start, ceiling.words, start.day, True) for start in _starts(story, ceiling.moment))


def _step(start: Start, span: Span | None, times: int) -> Iterator[Step]:
    """Working days are left out: only the site can count them."""
    if span is None or span.amount == 0:
        yield Step(start, "", start.day)
    elif span.unit is not Unit.WORKING_DAYS:
        day = date.fromordinal(add_span(start.day.toordinal(), span, times))
        often = f"{abs(times)} times " if abs(times) > 1 else ""
        yield Step(start, f"{often}{span} {'after' if times >= 0 else 'before'} that", day)


def _starts(story: Story, moment: Moment) -> Iterator[Start]:
    """Where a moment is, as far as the reasons and the calendar tell."""
    match moment:
        case StartOf(timeline, which) | IdealOf(timeline, which):
            yield from _on(_named(story, timeline, which), isinstance(moment, IdealOf))
        case DayOf(timeline, which, number):
            yield from _on_cycle_day(_named(story, timeline, which), number)
        case LastDayOf(timeline, which):
            yield from _on_cycle_day(_named(story, timeline, which), None)
        case EndOf(timeline):
            yield from _at_the_end(story, timeline)
        case LastDose(timeline):
            yield from _last_doses(story, timeline)
        case OnStudyDay(label):
            yield from _on_study_day(story, label)
        case Named(name):
            yield from _on_named(story, name)
        case EachEvent():
            yield from (start for each in _linked(story, "") for start in _on(each))


def _named(story: Story, timeline: str, which: Which) -> Entry | None:
    number = story.n - 1 if which is Relative.PREVIOUS else story.n if isinstance(which, Relative) else which
    return story.calendar.entry(f"{timeline}.{number}")


def _on(entry: Entry | None, ideally: bool = False) -> Iterator[Start]:
    if entry is None:
        return
    if ideally and entry.ideal is not None:
        yield Start(entry.id, entry.ideal, f"its ideal date is {in_words(entry.ideal)}")
    elif entry.date is not None:
        yield Start(entry.id, entry.date)


def _on_cycle_day(entry: Entry | None, number: int | None) -> Iterator[Start]:
    """A day of a cycle, or (None) its last."""
    if entry is None or not entry.runs:
        return
    wanted = number if number is not None else entry.runs[-1].last_day
    for run in entry.runs:
        if run.first_day <= wanted <= run.last_day:
            day = date.fromordinal(run.first_date.toordinal() + wanted - run.first_day)
            yield Start(entry.id, day, f"its day {wanted} is {in_words(day)}")


def _on_study_day(story: Story, label: int) -> Iterator[Start]:
    """From the event or the entry that study days count from."""
    start = story.calendar.study_days_from
    if start is not None:
        day = date.fromordinal(day_of_study_day(label, start.toordinal(), story.calendar.day_one))
        said = f"Study Day {label} is {in_words(day)}"
        doses = list(_numbers(story, "first dose"))
        yield from (Start(number, day, said) for number in doses)
        if not doses:
            yield from (Start(entry.id, day, said) for entry in _linked(story, "") if entry.date == start)


def _linked(story: Story, timeline: str) -> Iterator[Entry]:
    """The entries that the reasons link to, of one timeline or (for an empty name) of any."""
    for reason in story.reasons:
        entry = story.calendar.entry(reason.entry) if isinstance(reason, After) else None
        if entry is not None and timeline in ("", entry.timeline):
            yield entry


def _at_the_end(story: Story, timeline: str) -> Iterator[Start]:
    for entry in _linked(story, timeline):
        if entry.date is not None:
            yield Start(entry.id, entry.date, f"{timeline} ends with it")
    for fact in _facts(story):
        if isinstance(fact.event, ev.Discontinued) and fact.event.treatment == timeline:
            yield Start(fact.number, fact.event.on, _as_corrected(fact))


def _last_doses(story: Story, timeline: str | None) -> Iterator[Start]:
    for entry in _linked(story, timeline or ""):
        taken = [run for run in entry.runs if run.status in (Status.DONE, Status.PLANNED)]
        if taken:
            yield Start(entry.id, taken[-1].last_date, f"its last dose is on {in_words(taken[-1].last_date)}")
        elif entry.date is not None:
            yield Start(entry.id, entry.date)


_DOSES = (ev.CycleStarted, ev.Given)
_KINDS: dict[str, tuple[type[ev.Event], ...]] = {
    "randomisation": (ev.Randomised,),
    "consent": (ev.Consented,),
    "progression": (ev.Progressed,),
    "end of treatment": (ev.EndOfTreatment, ev.Discontinued, ev.Withdrew, ev.Died),
    "death": (ev.Died,),
    "new anticancer therapy": (ev.NewAnticancerTherapy,),
}


def _on_named(story: Story, name: str) -> Iterator[Start]:
    for number in _numbers(story, name):
        yield Start(number, story.facts[number].event.on, _as_corrected(story.facts[number]))


def _numbers(story: Story, name: str) -> Iterator[int]:
    """The events of the reasons that date a moment; of doses, only those of the day of the first."""
    for fact in _facts(story):
        is_it = isinstance(fact.event, _KINDS.get(name, ())) or getattr(fact.event, "milestone", None) == name
        if (is_it and name != "first dose") or (
            isinstance(fact.event, _DOSES) and name == "first dose" and fact.event.on == story.calendar.first_dose
        ):
            yield fact.number


def _as_corrected(fact: Fact) -> str:
    """A corrected event is told as it was first recorded, so its day has to be said."""
    return f"as it stands now, it was on {in_words(fact.event.on)}" if len(fact.numbers) > 1 else ""


def _facts(story: Story) -> Iterator[Fact]:
    for reason in story.reasons:
        if isinstance(reason, Event) and reason.number in story.facts:
            yield story.facts[reason.number]
