"""A sheet for each month, Monday to Sunday: who comes for what on which day, and the tablets of each day."""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from scheduler.calendar.entries.entry import Calendar, Flag, Kind, Status
from scheduler.dates import MONTHS
from scheduler.exports.markup import Markup, element
from scheduler.exports.picture.ground import Closed
from scheduler.exports.picture.lanes import lanes_of
from scheduler.exports.picture.marks import level_step
from scheduler.views.days.spelled_out import DayEntry, in_runs, spelled_out

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class _Days:
    """What stands on each day, in which colour, and to which line of the table of dates it leads."""

    lines: dict[date, list[DayEntry]]
    hues: dict[str, int]
    targets: dict[str, str]
    repeated: frozenset[str]
    closed: Closed
    today: date | None


def month_sheets(calendar: Calendar, closed: Closed, today: date | None) -> Markup | None:
    """Every month that has something in it."""
    lines: dict[date, list[DayEntry]] = {}
    for line in spelled_out(calendar):
        if line.date is not None and line.kind is not Kind.PERIOD:
            lines.setdefault(line.date, []).append(line)
    if not lines:
        return None
    runs = in_runs(calendar)
    hues = {lane.name: lane.hue % 6 for lane in lanes_of(runs) if lane.hue is not None}
    # A cycle's visit leads to its first run: the table has no line for each day of tablets.
    targets = {line.of.id: line.id for line in reversed(runs)}
    count = Counter(entry.timeline for entry in calendar.entries)
    repeated = frozenset(name for name, times in count.items() if times > 1)
    days = _Days(lines, hues, targets, repeated, closed, today)
    sheets = (_sheet(year, month, days) for year, month in sorted({(day.year, day.month) for day in lines}))
    return element("section", element("h2", "Month by month"), element("div", *sheets, class_="months"))


def _sheet(year: int, month: int, days: _Days) -> Markup:
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(year, month)
    return element(
        "table",
        element("caption", f"{MONTHS[month - 1]} {year}"),
        element("thead", element("tr", *(element("th", name, scope="col") for name in _WEEKDAYS))),
        element("tbody", *(element("tr", *(_day(day, month, days) for day in week)) for week in weeks)),
    )


def _day(day: date, month: int, days: _Days) -> Markup:
    if day.month != month:
        return element("td", class_="out")
    why = days.closed(day)
    looks = []
    if why is not None:
        looks.append("weekend" if day.weekday() >= 5 else "closed")
    if day == days.today:
        looks.append("today")
    return element(
        "td",
        element("time", str(day.day), datetime=day.isoformat()),
        *_parts(days.lines.get(day, []), days),
        class_=" ".join(looks) or None,
        title=f"closed: {why}" if why is not None else None,
    )


def _parts(lines: list[DayEntry], days: _Days) -> Iterator[Markup]:
    """What the patient comes for, then the tablets of the day."""
    yield from (_attendance(line, days) for line in lines if line.is_visit)
    yield from (_tablets(line, days) for line in lines if line.kind is Kind.ORAL)


def _attendance(line: DayEntry, days: _Days) -> Markup:
    words = line.of.id.replace(".", " ") if line.of.timeline in days.repeated else line.of.timeline
    when = f"{line.time} {words}" if line.time else words
    said = f"{when}, not done" if line.status is Status.NOT_DONE else when
    look = line.status.value.replace(" ", "-")
    return element("a", said, href=f"#{quote(days.targets[line.of.id])}", class_=look)


def _tablets(line: DayEntry, days: _Days) -> Markup:
    if Flag.AWAITING_DECISION in line.flags:
        words, shade = Flag.AWAITING_DECISION.value, "tablets undecided"
    elif line.status in (Status.PLANNED, Status.DONE):
        step = level_step(line)
        words = str(line.dose) if line.dose else line.of.timeline
        shade = f"tablets on-l{step} ground-l{step}"
    else:
        words, shade = line.status.value, f"tablets {line.status.value.replace(' ', '-')}"
    return element("span", element("span", words, class_=shade), class_=f"h{days.hues.get(line.of.timeline, 0)}")
