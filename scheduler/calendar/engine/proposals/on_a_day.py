"""A calendar as whoever reads it on a day has to see it: with every dose marked that hangs on an open decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from scheduler.calendar.engine.proposals.open_decisions import with_open_decisions
from scheduler.calendar.entries.entry import Calendar, Entry


def calendar_on(calendar: Calendar, on: date | None, *, orders_by: date | None = None) -> Calendar:
    """The calendar as it is read on a civil date: screens, lists and papers show this one.

    Every planned dose is flagged that hangs on a decision open by then, and an overdue dose has what held before an order
    whose day has not come. Without a day, as the log alone has it; ``orders_by`` is then the last day whose orders have come:
    without it too, those about doses have all come, and nobody knows which hold runs.
    """
    return with_open_decisions(before_later_orders(calendar, orders_by if on is None else on), on, known_by=orders_by)


def hangs_on_the_day(calendar: Calendar) -> bool:
    """True where it may be read otherwise on another day although nothing was recorded since."""
    return bool(calendar.before_orders or calendar.holds or calendar.asked)


def orders_taken_as_come(calendar: Calendar) -> Mapping[str, date]:
    """By the id of each overdue dose, the day of the last order that it goes by, as if that day had come."""
    return {name: before[-1][0] for name, before in calendar.before_orders.items()}


def before_later_orders(calendar: Calendar, on: date | None) -> Calendar:
    """The calendar with what held before each order whose day has not come by a civil date; without one, all have come."""
    found = {name: entry for name in calendar.before_orders if (entry := _before(calendar, name, on)) is not None}
    if not found:
        return calendar
    entries = tuple(found.get(entry.id, entry) for entry in calendar.entries)
    come = {name: _come(before, on) if name in found else before for name, before in calendar.before_orders.items()}
    left = {name: before for name, before in come.items() if before}
    return replace(calendar, entries=entries, by_id={entry.id: entry for entry in entries}, before_orders=left)


def _before(calendar: Calendar, name: str, on: date | None) -> Entry | None:
    return next((entry for day, entry in calendar.before_orders[name] if on is not None and on < day), None)


def _come(before: tuple[tuple[date, Entry], ...], on: date | None) -> tuple[tuple[date, Entry], ...]:
    """The orders whose day has come: it still goes by the last of them."""
    return tuple(each for each in before if on is not None and each[0] <= on)
