"""Doses that the plan does not have: tablets on days without a dose, and treatments of another arm.

Each has an entry of its own, ``{treatment}.unplanned.{event}``, whose days are numbered from the first that the report names. It
counts for the first and the last dose, for exposure and accountability, and is a deviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, cast

from scheduler.calendar.engine.dosing.as_given import DayOfCycle, amounts_as_given, known_before
from scheduler.calendar.engine.dosing.cycle_days import dosing_ranges
from scheduler.calendar.engine.dosing.dose_in_force import doses_on
from scheduler.calendar.engine.dosing.runs import runs_of
from scheduler.calendar.engine.dosing.taken_doses import amount_taken, is_double
from scheduler.calendar.engine.evaluation.circumstances import hold_on
from scheduler.calendar.engine.evaluation.days_taken import DaysTaken, days_taken, takes_the_dose
from scheduler.calendar.engine.evaluation.ended_early import end_of_treatment_line
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import BEYOND, CANCELLED, DONE, PLANNED, Placement
from scheduler.calendar.entries.because import Because, Reason, distinct, highest
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Run, Status
from scheduler.calendar.entries.titles_in_words import composed
from scheduler.calendar.entries.unplanned import SUFFIX
from scheduler.dates import Day, civil_date
from scheduler.patient.course import Report
from scheduler.patient.events import CycleStarted, Given, parse_amount
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline


def unplanned_entries(ev: Evaluation, by_line: Mapping[str, list[Placement]]) -> Iterator[Entry]:
    """An entry for each report of tablets on days without a dose, and for each dose of a treatment that the arm does not have."""
    for line in ev.plan.treatments():
        yield from _of_line(ev, line, by_line[line.name], days_taken(ev, line))
    known = {line.name for line in ev.plan.treatments()}
    for treatment, facts in ev.course.doses.items():
        if treatment not in known:
            for fact in facts:
                yield _of_another_arm(ev, treatment, fact)


class _Day(NamedTuple):
    """One day without a planned dose on which tablets were taken: what was taken, its flags and reasons."""

    day: Day
    report: Report
    doses: tuple[Dose, ...]
    flags: tuple[Flag, ...]
    because: Because


def _of_line(ev: Evaluation, line: Timeline, placements: list[Placement], taken: DaysTaken) -> Iterator[Entry]:
    if not taken:
        return
    planned = {day for each in placements for day in _days_taken(ev, each)}
    reports = tuple(event for each in ev.course.reports.get(line.name, ()) for event in ev.events(each.fact))
    days = [
        _day(ev, line, placements, day, report, reports)
        for day, report in taken
        if day not in planned and (ev.horizon is None or day <= ev.horizon)
    ]
    by_fact: dict[int, list[_Day]] = {}
    for each in days:
        by_fact.setdefault(each.report.fact.number, []).append(each)
    for found in by_fact.values():
        yield _entry(ev, line, found)


def _days_taken(ev: Evaluation, placement: Placement) -> Iterator[Day]:
    """The dosing days of a cycle that stand as taken."""
    if placement.standing is BEYOND:
        return
    for run in runs_of(ev, placement):
        if run.status is Status.DONE:
            yield from range(run.first_date.toordinal(), run.last_date.toordinal() + 1)


def _day(
    ev: Evaluation, line: Timeline, placements: list[Placement], day: Day, report: Report, reports: tuple[Reason, ...]
) -> _Day:
    """What was taken on a day without a planned dose; ``reports`` are all reports of that treatment."""
    stated = amount_taken(report)
    cycle, around = _cycle_of(placements, day), _around(placements, day)
    doses: tuple[Dose, ...]
    reasons: tuple[Reason, ...]
    n = cycle.n if cycle is not None else line.first_number
    of = _counted_as(ev, line, day, report) or DayOfCycle(line, n, _nearest_dosing_day(line, n, cycle, day))
    if stated is not None:
        due, _ = doses_on(ev, line, of.n, of.cycle_day, day)
        doses, reasons = (stated,), ()
    else:
        entry = f"{line.name}{SUFFIX}.{report.fact.number}"
        due, reasons = amounts_as_given(ev, of, day, report.fact, entry, entry)
        doses = due
    flags: tuple[Flag, ...] = (Flag.NOT_PLANNED,)
    if stated is not None and is_double(stated, due):
        flags += (Flag.OVERDOSE,)
    looked: tuple[Reason, ...] = tuple(ev.after(each.id) for each in around)
    end, hold = end_of_treatment_line(ev.course, line.name), hold_on(ev.holds(line), day)
    if end is not None:
        looked += ev.events(*end.facts)
    if end is not None and day >= end.day:
        flags += (Flag.AFTER_END,)
    elif hold is not None:
        flags += (Flag.AFTER_END if hold.is_end else Flag.GIVEN_DURING_HOLD,)
    looked += tuple(event for each in ev.holds(line) if each.start <= day for event in ev.events_of_hold(each))
    looked += reports
    if takes_the_dose(ev.course, report.fact) and ev.course.first_dose is not None:
        # An order says it of a day's dose only once there has been a first.
        looked += ev.events(ev.course.first_dose)
    looked += tuple(event for away in ev.course.away for event in ev.events(*away.facts))
    looked += tuple(ev.event(number) for gone in ev.course.taken_back for number in gone.by)
    set_by = distinct((*ev.events(report.fact), *reasons))
    others = distinct(looked, set_by)
    latest = max((each.latest for each in around), default=0)
    return _Day(day, report, doses, flags, ev.because(set_by, others, highest((*set_by, *others), latest)))


def _counted_as(ev: Evaluation, line: Timeline, day: Day, report: Report) -> DayOfCycle | None:
    """The day of a cycle that a day counted as when it was reported, where the start of that cycle was recorded only afterwards.

    Then nobody had recorded it, and the cycle began with the first day reported: what was taken was what that day of it has.
    """
    for fact in ev.course.doses.get(line.name, ()):
        if isinstance(fact.event, CycleStarted) and min(fact.numbers) > report.fact.number and day < fact.day:
            then = known_before(ev, report.fact.number + 1).place(line, fact.event.cycle)
            if Flag.START_NOT_RECORDED in then.flags and then.day is not None and then.day <= day:
                return DayOfCycle(line, then.n, day - then.day + 1)
    return None


def _cycle_of(placements: list[Placement], day: Day) -> Placement | None:
    """The cycle that had begun last on a day."""
    return _last_before([each for each in placements if each.standing in (PLANNED, DONE)], day)


def _last_before(placements: list[Placement], day: Day) -> Placement | None:
    begun = [each for each in placements if each.day is not None and each.day <= day]
    return max(begun, key=lambda each: (each.day or 0, each.n), default=None)


def _around(placements: list[Placement], day: Day) -> list[Placement]:
    """The cycles before and after a day, not done or waiting too: had one begun elsewhere, the day might have a dose."""
    known = [each for each in placements if each.standing not in (CANCELLED, BEYOND)]
    after = [each for each in known if each.day is None or each.day > day]
    found = (_last_before(known, day), _cycle_of(placements, day), min(after, key=lambda each: each.n, default=None))
    return [each for each in found if each is not None]


def _nearest_dosing_day(line: Timeline, n: int, cycle: Placement | None, day: Day) -> int:
    """The last dosing day of the cycle up to a day, else its first: what was due on it is what people took."""
    ranges = dosing_ranges(line, n) or ((1, 1),)
    number = day - (cycle.day or day) + 1 if cycle is not None else 1
    past = [min(last, number) for first, last in ranges if first <= number]
    return max(past) if past else ranges[0][0]


def _entry(ev: Evaluation, line: Timeline, days: list[_Day]) -> Entry:
    report = days[0].report
    number = report.fact.number
    looked = distinct([reason for each in days for reason in each.because.looked_at])
    set_by = ev.events(report.fact)
    return Entry(
        id=f"{line.name}{SUFFIX}.{number}",
        timeline=f"{line.name}{SUFFIX}",
        n=number,
        kind=Kind.ORAL if line.kind == "oral" else Kind(line.kind),
        title=composed(line.title, ", not planned"),
        ideal=None,
        window=None,
        date=civil_date(days[0].day),
        time=None,
        status=Status.DONE,
        doses=days[0].doses,
        activities=(),
        flags=(Flag.NOT_PLANNED,),
        because=Because(set_by, distinct(looked, set_by), max(each.because.latest for each in days)),
        runs=tuple(_runs(report, days)),
    )


def _runs(report: Report, days: list[_Day]) -> Iterator[Run]:
    """Days that follow each other and are alike, numbered from the first day of the report."""
    for _, group in groupby(enumerate(days), key=lambda each: (each[1].day - each[0], each[1].doses, each[1].flags)):
        together = [day for _, day in group]
        first, last = together[0], together[-1]
        number = first.day - report.first + 1
        looked = distinct([reason for each in together for reason in each.because.looked_at])
        because = Because(
            first.because.set_by, distinct(looked, first.because.set_by), max(each.because.latest for each in together)
        )
        yield Run(
            number,
            number + last.day - first.day,
            civil_date(first.day),
            civil_date(last.day),
            first.doses,
            Status.DONE,
            because,
            first.flags,
        )


def _stated(event: Given) -> Iterator[Dose]:
    """What a record says was given, in all or of each drug or course."""
    if event.amount is not None:
        yield Dose(*parse_amount(event.amount))
    for amount, unit, name in event.parts:
        yield Dose(amount, unit, of=name)


def _of_another_arm(ev: Evaluation, treatment: str, fact: Fact) -> Entry:
    """A dose of a treatment that is not given in the patient's arm. Its amount is known only where somebody stated it."""
    event = cast("Given | CycleStarted", fact.event)
    doses = tuple(_stated(event)) if isinstance(event, Given) else ()
    kind = Kind.ORAL if isinstance(event, CycleStarted) else Kind.INFUSION
    if any(dose.unit == "Gy" for dose in doses):
        kind = Kind.FRACTION
    because = Because(ev.events(fact), (), max(fact.numbers))
    return Entry(
        id=f"{treatment}{SUFFIX}.{fact.number}.1" if kind is not Kind.ORAL else f"{treatment}{SUFFIX}.{fact.number}",
        timeline=f"{treatment}{SUFFIX}",
        n=fact.number,
        kind=kind,
        title=f"{treatment.capitalize()}, not planned",
        ideal=None,
        window=None,
        date=event.on,
        time=event.at,
        status=Status.DONE,
        doses=doses,
        activities=(),
        flags=(Flag.NOT_PLANNED,),
        because=because,
    )
