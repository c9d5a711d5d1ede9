"""How a lane is drawn: bars for days of tablets, marks for attendances, lines for periods, and what stands beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose, Flag, HeldPeriod, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.exports.picture.lanes import Group, Lane
from scheduler.exports.picture.marks import RADIUS, attention_sign, level_step, mark_in_words, point_mark, whisker
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.scale import Scale
from scheduler.exports.words import doses_in_words
from scheduler.languages import Language
from scheduler.said import DASH, SHORT_DAY, Code, Day, Days, Quoted, Said, Value, said, said_as
from scheduler.views.days.spelled_out import DayEntry
from scheduler.words.saying import say

_BAR_HEIGHT = 18.0
_BELOW = 15.0
_ROW = 25.0
_NEAR = 14.0
_NOT_DOSED = {
    Status.HELD: said_as("a dosing day", "held"),
    Status.NOT_DONE: said_as("a dosing day", "not taken"),
    Status.CANCELLED: said_as("a dosing day", "cancelled"),
}
_HEIGHTS = {Group.TREATMENT: 52.0, Group.ASSESSMENT: 42.0, Group.VISIT: 40.0, Group.PERIOD: 26.0}


def width_of(text: str, size: float = 10) -> float:
    """About how wide a text is in pixels; an East Asian letter is as wide as it is high."""
    return sum(size if unicodedata.east_asian_width(letter) in "WF" else size * 0.58 for letter in text)


def height_of(lane: Lane, scale: Scale) -> float:
    """How high the lane must be for what it shows."""
    if lane.group is Group.ONCE:
        return 10 + _ROW * max(1, 1 + max(row for _, row in stacked(lane, scale)))
    return _HEIGHTS[lane.group]


def shown_on(lane: Lane, scale: Scale) -> bool:
    """True when the lane has something on these days."""
    return any(scale.shows(*_extent(line)) for line in lane.lines)


def stacked(lane: Lane, scale: Scale) -> list[tuple[DayEntry, int]]:
    """Visits that happen once, each in the first row where its name does not run into another."""
    ends: list[float] = []
    placed = []
    for line in sorted(lane.lines, key=_start):
        at = scale.middle(_start(line))
        left, right = _reach(line, at, scale)
        row = next((number for number, end in enumerate(ends) if end < left), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = right
        placed.append((line, row))
    return placed


def lane_drawing(
    lane: Lane, scale: Scale, top: float, height: float, holds: tuple[HeldPeriod, ...], hatch: str
) -> Markup:
    """Everything of one lane, in its treatment's colour."""
    middle = top + height / 2
    if lane.group is Group.PERIOD:
        inside = together(*(_period(line, scale, middle) for line in lane.lines))
    elif lane.group is Group.ONCE:
        inside = together(*_once(lane, scale, top))
    elif lane.kind is Kind.ORAL:
        inside = together(
            _track(lane, scale, middle),
            *_holds(holds, scale, top, height, hatch, top + height - 7),
            *_bars(lane, scale, middle),
        )
    else:
        inside = together(
            _track(lane, scale, middle),
            *_holds(holds, scale, top, height, hatch, top + 13),
            *_points(lane, scale, middle),
        )
    hue = "" if lane.hue is None else f" h{lane.hue % 6}"
    return element("g", inside, class_=f"lane{hue}")


def linked(line: DayEntry, language: Language, *inside: Markup | None) -> Markup:
    """A mark that leads to its line in the table, and says itself when it is pointed at."""
    return element(
        "a",
        element("title", mark_in_words(line, language)),
        together(*inside),
        href=f"#{quote(line.id)}",
        tabindex="-1",
    )


def _start(line: DayEntry) -> date:
    if line.date:
        return line.date
    return line.window[0] if line.window else date.min


def _extent(line: DayEntry) -> tuple[date, date]:
    days = [day for day in (line.date, line.until, *(line.window or ())) if day is not None]
    # A period whose end nobody knows yet goes on beyond every picture.
    return min(days), date.max if Flag.OPEN_END in line.flags else max(days)


def _number(line: DayEntry) -> str | None:
    return None if line.number is None else str(line.number)


def _track(lane: Lane, scale: Scale, y: float) -> Markup:
    days = [_start(line) for line in lane.lines]
    left = max(scale.middle(min(days)), 0.0)
    right = min(scale.middle(max(line.until or _start(line) for line in lane.lines)), scale.width)
    return element("path", d=f"M{left:.1f} {y:.1f}H{max(left, right):.1f}", class_="track")


def _holds(
    holds: tuple[HeldPeriod, ...], scale: Scale, top: float, height: float, hatch: str, at: float
) -> Iterator[Markup]:
    for hold in holds:
        last = hold.over - timedelta(days=1) if hold.over else scale.last
        if last < hold.start or not scale.shows(hold.start, last):
            continue
        left, right = max(scale.start(hold.start), 0.0), min(scale.end(last), scale.width)
        words = say(_held(hold, last), scale.language)
        label = say(said("on hold") if hold.over else said("on hold, end not known"), scale.language)
        yield element(
            "g",
            element("title", words),
            element(
                "rect",
                x=left,
                y=top + 3,
                width=right - left,
                height=height - 6,
                rx=2,
                fill=f"url(#{hatch})",
                class_="hold",
            ),
            element("text", label, x=left + 3, y=at, class_="hold-text") if right - left > width_of(label) else None,
        )


def _held(hold: HeldPeriod, last: date) -> Said:
    if hold.over is None:
        told = said("on hold from {day}, not yet resumed", day=Code(hold.start.isoformat()))
    else:
        days: Value = Day(last, SHORT_DAY) if hold.start == last else Days(hold.start, last, DASH, SHORT_DAY)
        told = said("on hold {days}", days=days)
    return said("{hold}: {reason}", hold=told, reason=Quoted(hold.reason)) if hold.reason else told


def _bars(lane: Lane, scale: Scale, y: float) -> Iterator[Markup]:
    for line in lane.lines:
        if line.date is None or not scale.shows(*_extent(line)):
            continue
        if line.status is Status.CANCELLED and not line.of.runs:
            yield linked(
                line, scale.language, point_mark(line, scale.middle(line.date), y, scale.per_day, _number(line))
            )
            continue
        left, right = max(scale.start(line.date), 0.0), min(scale.end(line.until or line.date), scale.width)
        yield linked(
            line,
            scale.language,
            _bar(line, left, right, y, scale.language),
            _cycle(line, left, y, scale.language),
            _window(line, scale, y),
        )


def _bar(line: DayEntry, left: float, right: float, y: float, language: Language) -> Markup:
    step = level_step(line)
    look, ink = {
        Status.DONE: (f"bar l{step}", f"on-l{step}"),
        Status.PLANNED: (f"bar l{step}", f"on-l{step}"),
        Status.HELD: ("held", "hold-text"),
        Status.NOT_DONE: ("not-done", "alarm-ink"),
        Status.CANCELLED: ("cancelled", "aside"),
    }[line.status]
    words, short = _words_inside(line, language)
    booked = Flag.BOOKED in line.flags and line.status is Status.PLANNED and line.is_visit
    indent = 13 if booked else 4
    top, room = y - _BAR_HEIGHT / 2, right - left - indent - 2
    text = next((each for each in (words, short) if each and width_of(each) <= room), None)
    return together(
        element("rect", x=left, y=top, width=max(right - left - 0.6, 1), height=_BAR_HEIGHT, rx=2, class_=look),
        element("rect", x=left, y=top + _BAR_HEIGHT - 3, width=right - left - 0.6, height=3, class_="recorded")
        if line.status is Status.DONE
        else None,
        element("path", d=f"M{left:.1f} {y:.1f}H{right:.1f}", class_="slash")
        if line.status is Status.CANCELLED
        else None,
        _booked(left, y) if booked else None,
        element("text", text, x=left + indent, y=y + 3.2, class_=f"bar-text {ink}") if text else None,
        attention_sign(line, left + 2, top - 2),
    )


def _booked(x: float, y: float) -> Markup:
    """The sign of a booking, at the first day of a bar."""
    return together(
        element("circle", cx=x + 2, cy=y, r=8.4, class_="booked on-bar"),
        element("circle", cx=x + 2, cy=y, r=5.5, class_="ring open"),
    )


def _words_inside(line: DayEntry, language: Language) -> tuple[str, str]:
    """What stands in a bar, and a shorter word where there is little room. A dose that waits for a decision is not named."""
    if Flag.AWAITING_DECISION in line.flags:
        return say(Said(Flag.AWAITING_DECISION.value, context="flag"), language), "?"
    short = {Status.NOT_DONE: "×"}.get(line.status, say(dose_in_words(line.dose), language) if line.dose else "")
    if line.status in _NOT_DOSED:
        return say(_NOT_DOSED[line.status], language), short
    return doses_in_words(line.doses, language), short


def _cycle(line: DayEntry, left: float, y: float, language: Language) -> Markup | None:
    """The cycle's number over its first day."""
    if line.of.cycle is None or not line.is_visit:
        return None
    return element(
        "text",
        say(said("cycle {number}", number=Code(str(line.of.cycle))), language),
        x=left,
        y=y - _BAR_HEIGHT / 2 - 4,
        class_="cycle",
    )


def _window(line: DayEntry, scale: Scale, y: float) -> Markup | None:
    if line.window is None:
        return None
    left, right = scale.start(line.window[0]), scale.end(line.window[1])
    apart = line.ideal is not None and line.ideal != line.date
    return whisker(left, right, y + _BELOW, scale.middle(line.ideal) if apart and line.ideal else None)


def _points(lane: Lane, scale: Scale, y: float) -> Iterator[Markup]:
    told = ""
    clusters = list(_clusters(lane, scale))
    for number, cluster in enumerate(clusters):
        for line in cluster:
            yield linked(
                line,
                scale.language,
                _window(line, scale, y),
                point_mark(line, _x(line, scale), y, scale.per_day, _number(line)),
            )
        words = _words_beside(cluster, scale.language)
        left = _x(cluster[-1], scale) + (scale.per_day if cluster[0].kind is Kind.FRACTION else RADIUS) + 5
        following = _x(clusters[number + 1][0], scale) - RADIUS - 3 if number + 1 < len(clusters) else scale.width + 60
        if words == told and cluster[0].kind is not Kind.FRACTION:
            # A dose is printed where it begins, not again at each mark.
            continue
        if words and left + width_of(words) <= following:
            yield element("text", words, x=left, y=y + 3.4, class_="beside open-ink")
        elif words:
            yield element("text", words, x=_x(cluster[0], scale) - RADIUS, y=y - RADIUS - 5, class_="beside open-ink")
        told = words or told


def _x(line: DayEntry, scale: Scale) -> float:
    return scale.middle(_start(line))


def _clusters(lane: Lane, scale: Scale) -> Iterator[list[DayEntry]]:
    """Marks that stand side by side with the same dose share one text."""
    cluster: list[DayEntry] = []
    for line in sorted(lane.lines, key=_start):
        if not scale.shows(*_extent(line)):
            continue
        if cluster and (_x(line, scale) - _x(cluster[-1], scale) > _NEAR or _doses_of(line) != _doses_of(cluster[-1])):
            yield cluster
            cluster = []
        cluster.append(line)
    if cluster:
        yield cluster


def _doses_of(line: DayEntry) -> tuple[Dose, ...]:
    """The doses that are printed beside a mark: none that waits for a decision."""
    return () if Flag.AWAITING_DECISION in line.flags else line.doses


def _words_beside(cluster: list[DayEntry], language: Language) -> str:
    first = cluster[0]
    known = tuple(dose for dose in _doses_of(first) if dose.amount is not None)
    if first.kind is not Kind.FRACTION:
        return doses_in_words(known, language)
    numbers = str(first.of.n) if len(cluster) == 1 else f"{first.of.n}–{cluster[-1].of.n}"
    return f"{numbers}: {doses_in_words(known, language)}" if known else numbers


def _once(lane: Lane, scale: Scale, top: float) -> Iterator[Markup]:
    for line, row in stacked(lane, scale):
        if not scale.shows(*_extent(line)):
            continue
        y = top + 14 + _ROW * row
        at = _x(line, scale)
        yield linked(
            line,
            scale.language,
            _once_window(line, scale, y),
            point_mark(line, at, y, scale.per_day),
            element("text", _name(line, scale), x=at + RADIUS + 5, y=y + 3.4, class_="beside"),
        )


def _name(line: DayEntry, scale: Scale) -> str:
    return say(title_in_words(line.title), scale.language)


def _once_window(line: DayEntry, scale: Scale, y: float) -> Markup | None:
    return _window(line, scale, y - 2.5)


def _reach(line: DayEntry, at: float, scale: Scale) -> tuple[float, float]:
    """From where to where a visit's mark, name and window stand."""
    first, last = _extent(line)
    return min(at - RADIUS - 4, scale.start(first) - 4), max(
        at + RADIUS + 12 + width_of(_name(line, scale)), scale.end(last) + 4
    )


def _period(line: DayEntry, scale: Scale, y: float) -> Markup | None:
    first, last = _extent(line)
    if not scale.shows(first, last):
        return None
    goes_on = last > scale.last
    left, right = max(scale.start(first), 0.0), min(scale.end(last), scale.width - 1)
    begin = f"M{left:.1f} {y - 6:.1f}v12" if first >= scale.first else ""
    end = f"M{right - 5:.1f} {y - 6:.1f}l6 6l-6 6" if goes_on else f"M{right:.1f} {y - 6:.1f}v12"
    return linked(
        line,
        scale.language,
        element("rect", x=left, y=y - 3, width=max(right - left, 1), height=6, class_="period"),
        element("path", d=f"{begin}{end}", class_="period-end"),
    )
