"""How a dose stands before the day of an order that lies ahead of it: the order bears on it only if nobody gives it by then.

The log alone cannot tell whether an order of the 24th about an overdue dose of the 23rd was written down on the 24th or a day
ahead. So the calendar takes the order's day as come, as it does everywhere, and keeps for readers of an earlier day what held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.dosing.dose_in_force import doses_on, ordered_until, orders_of
from scheduler.calendar.engine.evaluation.evaluation import Doses, Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.because import Because, Reason, distinct
from scheduler.calendar.entries.cutting import cut_at
from scheduler.calendar.entries.entry import Entry, Run, Status
from scheduler.dates import Day, civil_date


def before_orders(ev: Evaluation, entries: Iterable[Entry]) -> Iterator[tuple[str, tuple[tuple[date, Entry], ...]]]:
    """By its id, how each overdue entry stands before the day of each order that bears on it, the earliest first."""
    if not (ev.course.levels or ev.course.prescribed):
        return
    for entry in entries:
        placement = ev.placed.get(entry.id)
        days = orders_of(ev, placement).days if placement is not None and entry.doses else ()
        if placement is not None and placement.day is not None and days:
            held = (placement.day, *days[:-1])
            yield (
                entry.id,
                tuple(
                    (civil_date(day), _by_orders(ev, placement, entry, known))
                    for day, known in zip(days, held, strict=True)
                ),
            )


def _by_orders(ev: Evaluation, placement: Placement, entry: Entry, ordered: Day) -> Entry:
    """The entry by the orders up to a day, and for days after it by those of each day."""
    if not entry.runs:
        now, then = (_doses(ev, placement, 1, entry.date, until) for until in (None, ordered))
        return entry._replace(doses=then[0], because=_because(entry.because, now[1], then[1]))
    days = [civil_date(day) for day in orders_of(ev, placement).days]
    parts = [part for run in entry.runs for part in cut_at(run, days)]
    runs = tuple(_run(ev, placement, run, ordered) if run.status is Status.PLANNED else run for run in parts)
    return entry._replace(runs=runs, doses=runs[0].doses)


def _run(ev: Evaluation, placement: Placement, run: Run, ordered: Day) -> Run:
    now, then = (_doses(ev, placement, run.first_day, run.first_date, until) for until in (None, ordered))
    return run._replace(doses=then[0], because=_because(run.because, now[1], then[1]))


def _doses(ev: Evaluation, placement: Placement, cycle_day: int, on: date | None, ordered: Day | None) -> Doses:
    """The doses of a day by the orders up to a day; without one, by all that bear on it."""
    day = on.toordinal() if on is not None else 0
    until = ordered_until(ev, placement, day)
    if ordered is not None:
        until = min(until, max(day, ordered))
    return doses_on(ev, placement.line, placement.n, cycle_day, day, until)


def _because(because: Because, now: tuple[Reason, ...], then: tuple[Reason, ...]) -> Because:
    """What ordered another dose since was looked at: without it the entry would stand so on every day."""
    kept = tuple(reason for reason in because.set_by if reason not in now)
    set_by = distinct((*kept, *then))
    return because._replace(set_by=set_by, looked_at=distinct((*because.looked_at, *now), set_by))
