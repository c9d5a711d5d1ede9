"""A sheet for each month, Monday to Sunday: who comes for what on which day, and the tablets of each day."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Calendar, Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.exports.picture.ground import Closed, closed_because
from scheduler.exports.picture.lanes import lanes_of
from scheduler.exports.picture.marks import level_step
from scheduler.said import MONTH, Code, Quoted, Said, Value, said
from scheduler.said import Day as SaidDay
from scheduler.views.days.spelled_out import DayEntry, in_runs, spelled_out


@dataclass(frozen=True, slots=True)
class Item:
    """What stands on a day. A visit leads to its line of the table of dates; tablets have their treatment's colour.

    ``called`` is its id, for a tooltip.
    """

    words: Value
    look: str
    target: str | None = None
    hue: int = 0
    called: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a sheet. ``why`` says what closes the site."""

    on: date
    why: Said | None
    look: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One month in weeks; None stands where a week has days of another month. ``first`` is its first day."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def name(self) -> Value:
        """The month and its year."""
        return SaidDay(self.first, MONTH)


@dataclass(frozen=True, slots=True)
class _Days:
    """What stands on each day, in which colour, and to which line of the table of dates it leads."""

    lines: dict[date, list[DayEntry]]
    hues: dict[str, int]
    targets: dict[str, str]
    closed: Closed
    today: date | None


def month_by_month(calendar: Calendar, closed: Closed, today: date | None) -> tuple[Sheet, ...]:
    """Every month that has something in it."""
    lines: dict[date, list[DayEntry]] = {}
    for line in spelled_out(calendar):
        if line.date is not None and line.kind is not Kind.PERIOD:
            lines.setdefault(line.date, []).append(line)
    runs = in_runs(calendar)
    hues = {lane.name: lane.hue % 6 for lane in lanes_of(runs) if lane.hue is not None}
    # A cycle's visit leads to its first run: the table has no line for each day of tablets.
    targets = {line.of.id: line.id for line in reversed(runs)}
    days = _Days(lines, hues, targets, closed, today)
    return tuple(_sheet(year, month, days) for year, month in sorted({(day.year, day.month) for day in lines}))


def near_months(sheets: tuple[Sheet, ...], today: date) -> tuple[Sheet, ...]:
    """The sheet of this month and the one after it, as far as they have something in them; else the last two."""
    following = [sheet for sheet in sheets if (sheet.first.year, sheet.first.month) >= (today.year, today.month)]
    return tuple(following[:2]) or sheets[-2:]


def _sheet(year: int, month: int, days: _Days) -> Sheet:
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(year, month)
    return Sheet(
        date(year, month, 1),
        tuple(tuple(_day(day, days) if day.month == month else None for day in week) for week in weeks),
    )


def _day(day: date, days: _Days) -> Day:
    why = days.closed(day)
    looks = []
    if why is not None:
        looks.append("weekend" if day.weekday() >= 5 else "closed")
    if day == days.today:
        looks.append("today")
    return Day(
        day,
        closed_because((why,)) if why is not None else None,
        " ".join(looks),
        tuple(_items(days.lines.get(day, []), days)),
    )


def _items(lines: list[DayEntry], days: _Days) -> Iterator[Item]:
    """What the patient comes for, then the tablets of the day."""
    yield from (_attendance(line, days) for line in lines if line.is_visit)
    yield from (_tablets(line, days) for line in lines if line.kind is Kind.ORAL)


def _attendance(line: DayEntry, days: _Days) -> Item:
    words = title_in_words(line.title)
    if line.clock:
        words = said("{time} {what}", time=Code(line.clock), what=words)
    if line.status is Status.NOT_DONE:
        words = said("{what}, not done", what=words)
    return Item(words, _look(line.status), quote(days.targets[line.of.id]), called=line.of.id)


def _tablets(line: DayEntry, days: _Days) -> Item:
    hue, called = days.hues.get(line.of.timeline, 0), line.id
    if Flag.AWAITING_DECISION in line.flags:
        return Item(Said(Flag.AWAITING_DECISION.value, (), None, "flag"), "undecided", None, hue, called)
    if line.status in (Status.PLANNED, Status.DONE):
        step = level_step(line)
        words = dose_in_words(line.dose) if line.dose else Quoted(line.of.timeline)
        return Item(words, f"on-l{step} ground-l{step}", None, hue, called)
    return Item(Said(line.status.value, (), None, "status"), _look(line.status), None, hue, called)


def _look(status: Status) -> str:
    return status.value.replace(" ", "-")
