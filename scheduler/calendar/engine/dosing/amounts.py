"""What the days of an entry add up to, drug by drug: dosing days, days not dosed, and the amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.engine.dosing.cycle_days import gives_of_cycle, gives_on_day
from scheduler.calendar.entries.entry import Dose, Entry, Run, Status
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import convert


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one entry gives of one drug. ``total`` is None when the amount of any dosing day is not known.

    ``presumed`` are those of the dosing days that nobody reported, ``lowest`` is the lowest level of any of them.
    """

    drug: str
    unit: str | None = None
    total: Decimal | None = Decimal(0)
    days: int = 0
    presumed: int = 0
    held: int = 0
    not_taken: int = 0
    lowest: int | None = None

    def with_dose(self, dose: Dose, times: int | None, days: int, presumed: bool) -> Amounts:
        """The same with some more days of one dose."""
        unit = self.unit or dose.unit
        amount = convert(dose.amount, dose.unit, unit) if dose.amount is not None else None
        total = None if self.total is None or amount is None or times is None else self.total + amount * times * days
        levels = [level for level in (self.lowest, dose.level) if level is not None]
        return replace(
            self,
            unit=unit,
            total=total,
            days=self.days + days,
            presumed=self.presumed + (days if presumed else 0),
            lowest=min(levels, default=None),
        )


def amounts_of(line: Timeline, entry: Entry, until: date | None, *, presume: bool) -> dict[str, Amounts]:
    """The amounts of one entry up to a day, that day included. Days still planned count only where they may be presumed."""
    by_drug = {give.name: Amounts(give.name) for give in gives_of_cycle(line, entry.counts_as)}
    if not entry.runs:
        days = 1 if until is None or (entry.date is not None and entry.date <= until) else 0
        runs = [_whole(entry)] if days else []
    else:
        runs = [cut for run in entry.runs if (cut := _until(run, until)) is not None]
    for run in runs:
        for name, amounts in _of_run(line, entry, run, by_drug, presume=presume):
            by_drug[name] = amounts
    return by_drug


def _of_run(
    line: Timeline, entry: Entry, run: Run, by_drug: dict[str, Amounts], *, presume: bool
) -> Iterator[tuple[str, Amounts]]:
    days = run.last_day - run.first_day + 1
    gives = {give.name: give for give in gives_on_day(line, entry.counts_as, run.first_day)}
    if run.status is Status.DONE or (run.status is Status.PLANNED and presume):
        for dose in run.doses:
            name = dose.of or next(iter(gives), line.name)
            give = gives.get(name)
            # A report says the amount of a whole day, an order the amount of each dose.
            reported = run.status is Status.DONE and dose.is_as_reported
            times = 1 if give is None or reported else doses_a_day(give.frequency)
            start = by_drug.get(name, Amounts(name))
            yield name, start.with_dose(dose, times, days, run.status is Status.PLANNED)
    elif run.status in (Status.HELD, Status.NOT_DONE):
        for name in gives:
            amounts = by_drug[name]
            if run.status is Status.HELD:
                yield name, replace(amounts, held=amounts.held + days)
            else:
                yield name, replace(amounts, not_taken=amounts.not_taken + days)


def _whole(entry: Entry) -> Run:
    """An infusion, injection or fraction as the one day that it is."""
    assert entry.date is not None
    return Run(1, 1, entry.date, entry.date, entry.doses, entry.status, entry.because, entry.flags)


def _until(run: Run, until: date | None) -> Run | None:
    """The run up to a day, that day included; None where it begins later."""
    if until is None or run.last_date <= until:
        return run
    if run.first_date > until:
        return None
    surplus = (run.last_date - until) // timedelta(days=1)
    return run._replace(last_day=run.last_day - surplus, last_date=until)
