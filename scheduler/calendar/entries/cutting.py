"""Dosing days in parts, where something bears on them from a day on, and up to a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Run, Status

_PLANNED = Status.PLANNED


def runs_up_to(runs: tuple[Run, ...], last: date) -> tuple[Run, ...]:
    """The runs up to a day, that day included; one that goes on after it is cut there."""
    if not runs or runs[-1].last_date <= last:
        return runs
    return tuple([_ending_by(run, last) for run in runs if run.first_date <= last])


def _ending_by(run: Run, last: date) -> Run:
    if run.last_date <= last:
        return run
    return run._replace(last_day=run.last_day - (run.last_date - last).days, last_date=last)


def cut_at(run: Run, days: Iterable[date]) -> tuple[Run, ...]:
    """A run in parts, of which the later ones begin on these days, as far as it is planned and under way on them."""
    parts: list[Run] = []
    for day in days:
        *before, run = _cut(run, day)
        parts += before
    return (*parts, run)


def _cut(run: Run, day: date) -> tuple[Run, ...]:
    if run.status is not _PLANNED or not run.first_date < day <= run.last_date:
        return (run,)
    number = run.first_day + (day - run.first_date).days
    before = run._replace(last_day=number - 1, last_date=day - timedelta(days=1))
    return before, run._replace(first_day=number, first_date=day)
