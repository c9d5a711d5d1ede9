"""Tablets taken on days without a planned dose, counted to the cycle whose tablets they were: the one that had begun last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from scheduler.calendar.entries.entry import Entry, Run, Status
from scheduler.calendar.entries.unplanned import SUFFIX
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import Timeline
from scheduler.views.pharmacy.units_of_dose import Units, report_is_silent, units_taken

CivilDate: TypeAlias = date


@dataclass(frozen=True, slots=True)
class ExtraDay:
    """One day without a planned dose on which tablets were taken, and how many."""

    date: CivilDate
    units: Units


def extra_days(line: Timeline, product: Product | None, entries: Sequence[Entry], cycle: int) -> tuple[ExtraDay, ...]:
    """The extra days of a cycle, from its start to the next one's, in order. The first cycle has those before it too.

    Their units are those of one product.
    """
    starts = {
        entry.n: entry.date
        for entry in entries
        if entry.timeline == line.name and entry.status is Status.DONE and entry.date is not None
    }
    start = starts.get(cycle)
    if start is None:
        return ()
    first = date.min if min(starts.values()) == start else start
    following = min((day for day in starts.values() if day > start), default=date.max)
    found = [
        ExtraDay(day, _units_of(line, product, run))
        for entry in entries
        if entry.timeline == f"{line.name}{SUFFIX}"
        for run in entry.runs
        for day in _days_of(run)
        if first <= day < following
    ]
    return tuple(sorted(found, key=lambda each: each.date))


def _days_of(run: Run) -> Iterator[date]:
    return (run.first_date + timedelta(days=number) for number in range((run.last_date - run.first_date).days + 1))


def _units_of(line: Timeline, product: Product | None, run: Run) -> Units:
    if len(line.gives) != 1 or len(run.doses) != 1:
        return Units(None, report_is_silent(run.first_date))
    give, dose = line.gives[0], run.doses[0]
    return units_taken(dose, give, product, reported=dose.is_as_reported)
