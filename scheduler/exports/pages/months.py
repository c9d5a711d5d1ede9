"""A sheet for each month, Monday to Sunday: who comes for what on which day, and the tablets of each day."""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Calendar, Flag, Kind, Status
from scheduler.exports.picture.ground import Closed, closed_because
from scheduler.exports.picture.lanes import lanes_of
from scheduler.exports.picture.marks import level_step
from scheduler.languages import Language
from scheduler.said import MONTH, Code, Said, said
from scheduler.views.days.spelled_out import DayEntry, in_runs, spelled_out
from scheduler.words.saying import day_in, say


@dataclass(frozen=True, slots=True)
class Item:
    """What stands on a day. A visit leads to its line of the table of dates; tablets have their treatment's colour."""

    words: str
    look: str
    target: str | None = None
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a sheet. ``why`` says what closes the site."""

    on: date
    why: Said | None
    look: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One month in weeks; None stands where a week has days of another month."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True)
class _Days:
    """What stands on each day, in which colour, and to which line of the table of dates it leads."""

    lines: dict[date, list[DayEntry]]
    hues: dict[str, int]
    targets: dict[str, str]
    repeated: frozenset[str]
    closed: Closed
    today: date | None
    language: Language


def month_by_month(
    calendar: Calendar, closed: Closed, today: date | None, language: Language = Language.ENGLISH
) -> tuple[Sheet, ...]:
    """Every month that has something in it."""
    lines: dict[date, list[DayEntry]] = {}
    for line in spelled_out(calendar):
        if line.date is not None and line.kind is not Kind.PERIOD:
            lines.setdefault(line.date, []).append(line)
    runs = in_runs(calendar)
    hues = {lane.name: lane.hue % 6 for lane in lanes_of(runs) if lane.hue is not None}
    # A cycle's visit leads to its first run: the table has no line for each day of tablets.
    targets = {line.of.id: line.id for line in reversed(runs)}
    count = Counter(entry.timeline for entry in calendar.entries)
    repeated = frozenset(name for name, times in count.items() if times > 1)
    days = _Days(lines, hues, targets, repeated, closed, today, language)
    return tuple(_sheet(year, month, days) for year, month in sorted({(day.year, day.month) for day in lines}))


def _sheet(year: int, month: int, days: _Days) -> Sheet:
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(year, month)
    return Sheet(
        day_in(date(year, month, 1), MONTH, days.language),
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
    words = line.of.id.replace(".", " ") if line.of.timeline in days.repeated else line.of.timeline
    when = f"{line.clock} {words}" if line.clock else words
    shown = when
    if line.status is Status.NOT_DONE:
        shown = say(said("{what}, not done", what=Code(when)), days.language)
    return Item(shown, line.status.value.replace(" ", "-"), quote(days.targets[line.of.id]))


def _tablets(line: DayEntry, days: _Days) -> Item:
    hue = days.hues.get(line.of.timeline, 0)
    if Flag.AWAITING_DECISION in line.flags:
        return Item(say(Said(Flag.AWAITING_DECISION.value, context="flag"), days.language), "undecided", hue=hue)
    if line.status in (Status.PLANNED, Status.DONE):
        step = level_step(line)
        return Item(
            say(dose_in_words(line.dose), days.language) if line.dose else line.of.timeline,
            f"on-l{step} ground-l{step}",
            hue=hue,
        )
    return Item(
        say(Said(line.status.value, context="status"), days.language), line.status.value.replace(" ", "-"), hue=hue
    )
