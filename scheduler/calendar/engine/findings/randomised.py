"""Randomisation after a run-in or induction on another day than the protocol has for it, or on none while its days are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import ends_before_randomisation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.dates import Day, civil_date
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.times.moments import RANDOMISATION
from scheduler.said import SEMICOLONS, Code, Quoted, Said, counted, listed, said

RANDOMISED_OUT_OF_DAYS = "randomised-out-of-days"
NOT_RANDOMISED_IN_TIME = "not-randomised-in-time"

TO_RANDOMISE = said("randomise the patient and record 'randomised' with the arm, or record what ends treatment")


def findings_of_randomisation(ev: Evaluation, entries: Iterable[Entry]) -> Iterator[Finding]:
    """A warning where the recorded day is outside the days that follow from what was given before it, or they are over."""
    fact, line = ev.course.dates.get("randomisation"), ev.plan.dates.get("randomisation")
    if line is None or not any(each.before_randomisation for each in ev.plan.treatments()):
        return
    placement = ev.place(line, 1)
    if fact is None:
        yield from _overdue(ev, placement, entries)
        return
    what = _out_of_days(placement, fact.day)
    if what is None:
        return
    hint = said("correct the date, or report it")
    yield Finding.of(RANDOMISED_OUT_OF_DAYS, Severity.WARNING, what, hint, events=fact.numbers)


def _overdue(ev: Evaluation, placement: Placement, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Nobody is randomised, and something was recorded after the last day for it."""
    last = placement.last or placement.day
    open_ended = placement.timing is not None and placement.timing.open_ended
    later = [fact for fact in ev.course.facts if last is not None and fact.day > last]
    if last is None or open_ended or not later or ends_before_randomisation(ev):
        return
    over = [ended(name, day) for name, day in lasting_until_randomisation(ev.plan, entries)]
    days_ended = said(
        "the days of randomisation ended on {day} and nobody recorded it", day=Code(f"{civil_date(last)}")
    )
    message = said("{told}", told=listed(days_ended, *over, how=SEMICOLONS)) if over else days_ended
    events = max(later, key=lambda fact: fact.day).numbers
    yield Finding.of(NOT_RANDOMISED_IN_TIME, Severity.WARNING, message, TO_RANDOMISE, events=events)


def lasting_until_randomisation(plan: Plan, entries: Iterable[Entry]) -> Iterator[tuple[str, date]]:
    """The treatments that last until randomisation, each with the last day on which it is planned."""
    everything = tuple(entries)
    for line in plan.treatments():
        if not any(limit.edge.moment == RANDOMISATION and limit.edge.span is None for limit in limits_of(line)):
            continue
        own = [entry for entry in everything if entry.timeline == line.name and entry.date is not None]
        planned = [day for entry in own for day in _days_planned(entry)]
        if planned:
            yield line.name, max(planned)


def ended(treatment: str, day: date) -> Said:
    """What a treatment has from there on, in words."""
    return said(
        "{treatment} ended on {day}, and nothing is planned after it", treatment=Code(treatment), day=Code(f"{day}")
    )


def _days_planned(entry: Entry) -> Iterator[date]:
    """The last days on which it is planned or was given."""
    going_on = (Status.PLANNED, Status.DONE)
    if entry.runs:
        yield from (run.last_date for run in entry.runs if run.status in going_on)
    elif entry.date is not None and entry.status in going_on:
        yield entry.date


def _out_of_days(placement: Placement, day: Day) -> Said | None:
    """What is wrong with the day, in words; None where it is one of its days, or a sentence without a window names one alone."""
    timing, first, last = placement.timing, placement.first, placement.last
    if placement.ideal is None:
        clause = timing.clause.text if timing is not None else placement.line.title
        return said("randomised, and what its days count from has no date: {rule}", rule=Quoted(clause, "en"))
    if first is not None and last is not None:
        if first <= day <= last:
            return None
        both = {"first": Code(f"{civil_date(first)}"), "last": Code(f"{civil_date(last)}")}
        if day > last:
            return counted(
                "randomised {n} day after its days, {first} to {last}",
                "randomised {n} days after its days, {first} to {last}",
                day - last,
                **both,
            )
        return counted(
            "randomised {n} day before its days, {first} to {last}",
            "randomised {n} days before its days, {first} to {last}",
            first - day,
            **both,
        )
    if timing is not None and timing.open_ended and day < placement.ideal:
        return counted(
            "randomised {n} day before {first}, the first of its days",
            "randomised {n} days before {first}, the first of its days",
            placement.ideal - day,
            first=Code(f"{civil_date(placement.ideal)}"),
        )
    return None


def randomised_out_of_days(plan: Plan, course: Course, calendar: Calendar) -> Iterator[Deviation]:
    """The same, as a deviation."""
    line = plan.dates.get("randomisation")
    timing, fact = line.timing(1) if line is not None else None, course.dates.get("randomisation")
    for finding in calendar.findings:
        if finding.code == RANDOMISED_OUT_OF_DAYS and timing is not None and fact is not None:
            kind, name, what = Deviated.OUT_OF_WINDOW, "randomisation", finding.told
            yield Deviation(kind, name, None, fact.event.on, None, what, timing.clause, finding.events)
