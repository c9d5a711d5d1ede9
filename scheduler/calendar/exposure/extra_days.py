"""What was taken on days that the plan does not have: a line of its own for each report; it makes up for nothing missed.

What was given of a treatment that the patient's arm does not have is such a line too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Run
from scheduler.calendar.entries.unplanned import SUFFIX, is_unplanned, treatment_of
from scheduler.calendar.exposure.exposure_lines import ExposureLine
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import convert


def extra_lines(line: Timeline, calendar: Calendar, until: date) -> Iterator[ExposureLine]:
    """A line for each drug of each report of days without a planned dose, up to a day."""
    for entry in calendar.entries:
        if entry.timeline == f"{line.name}{SUFFIX}" and entry.date is not None and entry.date <= until:
            for drug in dict.fromkeys(_drug(line, dose.of) for run in entry.runs for dose in run.doses):
                yield _line(line, entry, drug, until)


def lines_of_other_arms(plan: Plan, calendar: Calendar, until: date) -> Iterator[ExposureLine]:
    """A line for each drug or course of each dose of a treatment that the arm does not have, up to a day."""
    known = {line.name for line in plan.treatments()}
    for entry in calendar.entries:
        treatment = treatment_of(entry.timeline)
        if is_unplanned(entry) and treatment not in known and entry.date is not None and entry.date <= until:
            for dose in entry.doses:
                yield extra_line(entry, treatment, dose.of or treatment, dose.unit, dose.amount, 1)
            if not entry.doses:
                yield extra_line(entry, treatment, treatment, None, None, 1)


def _drug(line: Timeline, of: str | None) -> str:
    return of or next((give.name for give in line.gives), line.name)


def _line(line: Timeline, entry: Entry, drug: str, until: date) -> ExposureLine:
    unit: str | None = None
    total: Decimal | None = Decimal(0)
    days = double = 0
    levels: list[int] = []
    for run in entry.runs:
        count = _days_until(run, until)
        for dose in run.doses if count else ():
            if _drug(line, dose.of) != drug:
                continue
            unit = unit or dose.unit
            times = 1 if dose.is_as_reported else _times(line, drug)
            amount = convert(dose.amount, dose.unit, unit) if dose.amount is not None else None
            total = None if total is None or amount is None or times is None else total + amount * times * count
            days += count
            double += count if Flag.OVERDOSE in run.flags else 0
            levels += [dose.level] if dose.level is not None else []
    level = min(levels, default=None)
    return extra_line(entry, line.name, drug, unit, total, days, double, level)


def extra_line(
    entry: Entry,
    treatment: str,
    drug: str,
    unit: str | None,
    total: Decimal | None,
    days: int,
    double: int = 0,
    level: int | None = None,
) -> ExposureLine:
    """A line of ``days`` with a dose that the plan does not have: nothing was planned, and no time belongs to it."""
    assert entry.date is not None
    return ExposureLine(
        treatment=treatment,
        drug=drug,
        entry=entry.id,
        n=entry.n,
        start=entry.date,
        status=entry.status,
        unit=unit,
        delivered=total,
        planned=Decimal(0),
        days=0,
        planned_days=0,
        dosed=days,
        presumed=0,
        held=0,
        not_taken=0,
        level=level,
        delay=0,
        delayed_by=(),
        reduced_by=(),
        running=False,
        extra=days,
        double=double,
    )


def _times(line: Timeline, drug: str) -> int | None:
    """How many doses a day the drug is given."""
    give = next((give for give in line.gives if give.name == drug), None)
    return doses_a_day(give.frequency) if give is not None else 1


def _days_until(run: Run, until: date) -> int:
    return max(0, (min(run.last_date, until) - run.first_date) // timedelta(days=1) + 1)
