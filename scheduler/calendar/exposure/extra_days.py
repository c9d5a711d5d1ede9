"""What was taken on days that the plan does not have: a line of its own for each report; it makes up for nothing missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Run
from scheduler.calendar.entries.unplanned import SUFFIX
from scheduler.calendar.exposure.exposure_lines import ExposureLine
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import convert


def extra_lines(line: Timeline, calendar: Calendar, until: date) -> Iterator[ExposureLine]:
    """A line for each drug of each report of days without a planned dose, up to a day."""
    for entry in calendar.entries:
        if entry.timeline == f"{line.name}{SUFFIX}" and entry.date is not None and entry.date <= until:
            for drug in dict.fromkeys(_drug(line, dose.of) for run in entry.runs for dose in run.doses):
                yield _line(line, entry, drug, until)


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
    assert entry.date is not None
    return ExposureLine(
        treatment=line.name,
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
        level=min(levels, default=None),
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
