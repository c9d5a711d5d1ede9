"""The days inside a cycle on which the pharmacy has something to do: a hold, a resume, another dose, the end.

And which cycles have such a day in a period: those of years that nobody asked for cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.engine.dosing.banded import days_of_bands
from scheduler.calendar.engine.evaluation.ended_early import stop_of_treatment
from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.patient.course import Course
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import HeldDays, Timeline
from scheduler.views.agenda.tablets import WithoutTablets
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing_line import Work
from scheduler.views.pharmacy.oral_cycle import DosingDay, OralCycle

TO_TAKE = (Status.PLANNED, Status.DONE, Status.NOT_DONE)
"""Days that nobody took away: the patient was, or is, to take tablets."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A day inside a cycle from which on something else holds for its tablets."""

    day: date
    work: Work


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of one treatment: the day it was decided, the first day without a dose, and the event's own word for it."""

    decided: date
    first_day: date
    word: str


def marks_of(cycle: OralCycle, holds: Sequence[WithoutTablets], course: Course) -> tuple[Mark, ...]:
    """The marks of one cycle in the order of their days, one a day; none of a cancelled one.

    Day 1 is no mark: what holds then is the cycle's own line. ``holds`` are the calendar's `days_without_tablets`.
    """
    if cycle.entry.status is Status.CANCELLED:
        return ()
    without = [each for each in holds if each.treatment == cycle.line.name]
    found: dict[date, Work] = {}
    for mark in (*_supplies(cycle), *_dose_changes(cycle, course, without), *_holds(cycle, without)):
        found[mark.day] = mark.work
    return tuple(Mark(day, found[day]) for day in sorted(found) if day > cycle.start)


def _supplies(cycle: OralCycle) -> Iterator[Mark]:
    """The days on which more is handed out, where it is for some days at a time. Inside a hold nothing is, until it ends."""
    every = cycle.supplied_days
    for day in cycle.days:
        if every is not None and day.number % every == 1 % every and day.status in TO_TAKE:
            yield Mark(day.date, Work.DISPENSE)


def endings_of(course: Course, treatment: str) -> tuple[Ending, ...]:
    """What ended a treatment, in order: each discontinuation, and what ended everything."""
    found = [_ending(hold.opened, hold.start) for hold in course.holds.get(treatment, ()) if hold.discontinued]
    stop = stop_of_treatment(course, treatment)
    if stop is not None:
        found.append(_ending(stop.fact, stop.day))
    return tuple(sorted(dict.fromkeys(found), key=lambda ending: (ending.first_day, ending.decided)))


def cycle_ended(entries: tuple[Entry, ...], treatment: str, ending: Ending) -> Entry | None:
    """The cycle that an ending found running: the last one that was started by then."""
    started = [
        entry
        for entry in entries
        if entry.timeline == treatment and entry.kind is Kind.ORAL and entry.status is Status.DONE
        if entry.date is not None and entry.date <= ending.decided
    ]
    return max(started, key=lambda entry: entry.n, default=None)


def _ending(fact: Fact, first_day: int) -> Ending:
    return Ending(fact.event.on, date.fromordinal(first_day), fact.event.event)


def _holds(cycle: OralCycle, without: list[WithoutTablets]) -> Iterator[Mark]:
    """Where a hold takes dosing days away, and where dosing goes on inside the cycle."""
    for each in without:
        held = any(day.status is Status.HELD and each.first <= day.date <= each.last for day in cycle.days)
        if not held and not _puts_off(cycle, each):
            continue
        yield Mark(max(each.first, cycle.start + ONE_DAY), Work.HOLD)
        resumed = each.last + ONE_DAY
        if not each.open_end and any(day.status in TO_TAKE for day in cycle.days_from(resumed)):
            yield Mark(resumed, Work.RESUME)


def _puts_off(cycle: OralCycle, each: WithoutTablets) -> bool:
    """True where the cycle's days are made up, and a hold that began inside it puts some of them off."""
    if (
        cycle.line.held_days is not HeldDays.MADE_UP
        or cycle.entry.status is not Status.DONE
        or each.first < cycle.start
    ):
        return False
    before = max((day.number for day in cycle.days if day.date < each.first), default=0)
    return before < max(cycle.numbers, default=0)


def _dose_changes(cycle: OralCycle, course: Course, without: list[WithoutTablets]) -> Iterator[Mark]:
    """Where another dose begins on a day with tablets. A change inside a hold takes effect when dosing resumes."""
    changes = {change.day for change in course.levels.get(cycle.line.name, ())} | set(
        days_of_bands(cycle.ev, cycle.line)
    )
    for day in map(date.fromordinal, sorted(changes)):
        left = [each for each in cycle.days_from(day) if each.status in TO_TAKE]
        on_hold = any(each.first <= day <= each.last for each in without)
        if left and not on_hold and _differs(cycle, left[0], day):
            yield Mark(day, Work.RELABEL)


def _differs(cycle: OralCycle, first: DosingDay, day: date) -> bool:
    return cycle.dose_ordered(first.number, day - ONE_DAY) != cycle.dose_ordered(first.number, day)


def cycles_asked_for(
    patient: Patient, line: Timeline, product: Product | None, period: tuple[date, date] | None
) -> list[Entry]:
    """The cycles of a treatment that bear on the days of a period, in order, each with the one before, which comes back then.

    All of them without a period, and where the ones before have to be known: several strengths, an amendment, days made up.
    """
    cycles = [entry for entry in patient.calendar.entries if entry.timeline == line.name]
    of_several = product is not None and product.strength is not None
    amended = patient.plan is not None and patient.plan.earlier
    if period is None or of_several or amended or line.held_days is not HeldDays.LOST:
        return cycles
    first, last = period
    ended = {
        entry.id
        for ending in endings_of(patient.course, line.name)
        if first <= ending.decided <= last
        if (entry := cycle_ended(patient.calendar.entries, line.name, ending)) is not None
    }
    asked: dict[str, Entry] = {}
    before: Entry | None = None
    for entry in cycles:
        if entry.date is None:
            continue
        if entry.id in ended or (entry.date <= last and _last_day(line, entry, entry.date) >= first):
            asked |= {each.id: each for each in (before, entry) if each is not None}
        if entry.status in (Status.DONE, Status.PLANNED):
            before = entry
    return list(asked.values())


def _last_day(line: Timeline, entry: Entry, start: date) -> date:
    """The last day that can be one of its own: of its runs, or of the whole cycle where the calendar was cut in it."""
    whole = start if line.every_day else start + timedelta(days=line.last_day(entry.counts_as))
    return max([whole, *(run.last_date for run in entry.runs)])
