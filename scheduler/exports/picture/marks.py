"""One mark on a picture: its shape says what it is, its fill and strokes where it stands. No meaning hangs on colour alone."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.words import doses_in_words, signed
from scheduler.languages import Language
from scheduler.said import COMMAS, DASH, SHORT_DAY, Code, Day, Days, Said, Value, listed, said
from scheduler.views.days.spelled_out import DayEntry
from scheduler.words.saying import say

RADIUS = 8.0
_FRACTION_HEIGHT = 16.0
_NEEDS_A_LOOK = frozenset(
    {
        Flag.AWAITING_DECISION,
        Flag.OUT_OF_WINDOW,
        Flag.NO_RECORD,
        Flag.GIVEN_DURING_HOLD,
        Flag.ATTEMPT_FAILED,
        Flag.OVERRIDE,
    }
)


def mark_in_words(line: DayEntry, language: Language = Language.ENGLISH) -> str:
    """What the mark says when it is pointed at: name, date, study day, window, dose, status, flags."""
    parts: list[Value] = [said("{title} ({entry})", title=title_in_words(line.title), entry=Code(line.id))]
    if line.date:
        parts.append(_days(line.date, line.until) if line.until else line.date)
    if line.study_day is not None:
        parts.append(said("Day {label}", label=Code(signed(line.study_day))))
    if line.earliest and not line.time:
        parts.append(said("from {time}", time=Code(line.earliest)))
    elif line.clock:
        parts.append(said("at {time}", time=Code(line.clock)))
    if line.window:
        parts.append(said("window {days}", days=_days(*line.window)))
    if line.doses and Flag.AWAITING_DECISION not in line.flags:
        parts.append(Code(doses_in_words(line.doses, language)))
    parts.append(Said(line.status.value, context="status"))
    parts.extend(Said(flag.value, context="flag") for flag in line.flags)
    return say(listed(*parts, how=COMMAS), language)


def _days(first: date, last: date) -> Value:
    return Day(first, SHORT_DAY) if first == last else Days(first, last, DASH, SHORT_DAY)


def point_mark(line: DayEntry, x: float, y: float, per_day: float, number: str | None = None) -> Markup:
    """An attendance on one day. Filled is done, open is planned, crossed is not done, dashed and struck is cancelled."""
    fill = "filled" if line.of.kind not in _DOSED else f"l{level_step(line)}"
    ink = "filled-ink" if line.of.kind not in _DOSED else f"on-l{level_step(line)}"
    look, number_ink = {
        Status.DONE: (f"ring {fill}", ink),
        Status.PLANNED: ("ring open", "open-ink"),
        Status.HELD: ("held", "hold-text"),
        Status.NOT_DONE: ("not-done", None),
        Status.CANCELLED: ("cancelled", "aside"),
    }[line.status]
    return together(
        _shape(line.kind, x, y, RADIUS + 3, per_day + 3, "booked") if _booked(line) else None,
        _shape(line.kind, x, y, RADIUS, per_day, look),
        _strokes(line, x, y),
        element("text", number, x=x, y=y + 3, class_=f"number {number_ink}")
        if number and number_ink and line.kind is not Kind.FRACTION
        else None,
        attention_sign(line, x + RADIUS + 1, y - RADIUS - 1),
    )


def attention_sign(line: DayEntry, x: float, y: float) -> Markup | None:
    """A question mark where a decision is awaited, an exclamation mark for what else a reader must look at."""
    flags = [flag for flag in line.flags if flag in _NEEDS_A_LOOK]
    if not flags:
        return None
    return together(
        element("circle", cx=x, cy=y, r=5, class_="sign"),
        element("text", "?" if Flag.AWAITING_DECISION in flags else "!", x=x, y=y + 2.8, class_="sign-text"),
    )


def whisker(left: float, right: float, y: float, ideal: float | None) -> Markup:
    """The window as a line with an end stop on either side; a point on it where the ideal date is not the date."""
    return together(
        element(
            "path",
            d=f"M{left:.1f} {y - 2.5:.1f}v5M{left:.1f} {y:.1f}H{right:.1f}M{right:.1f} {y - 2.5:.1f}v5",
            class_="whisker",
        ),
        element("circle", cx=ideal, cy=y, r=1.9, class_="ideal") if ideal is not None else None,
    )


def level_step(line: DayEntry) -> int:
    """How many levels below level 0 the dose is, for its shade; the lowest shade serves all levels below it."""
    levels = [dose.level for dose in line.doses if dose.level is not None]
    return min(3, max(0, -min(levels))) if levels else 0


_DOSED = frozenset({Kind.ORAL, Kind.INFUSION, Kind.INJECTION, Kind.FRACTION})


def _booked(line: DayEntry) -> bool:
    return Flag.BOOKED in line.flags and line.status is Status.PLANNED


def _shape(kind: Kind, x: float, y: float, radius: float, per_day: float, look: str) -> Markup:
    if kind is Kind.FRACTION:
        width = max(2.6, per_day - 2.2)
        height = _FRACTION_HEIGHT * radius / RADIUS
        return element(
            "rect", x=x - width / 2, y=y - height / 2, width=width, height=height, rx=1, class_=f"{look} fraction"
        )
    if kind is Kind.SCAN:
        half = radius + 1.5
        return element("path", d=f"M{x:.1f} {y - half:.1f}l{half} {half}l-{half} {half}l-{half} -{half}z", class_=look)
    if kind is Kind.VISIT:
        half = radius - 1
        return element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, rx=2.5, class_=look)
    if kind is Kind.LABORATORY:
        half = radius
        return element("path", d=f"M{x:.1f} {y - half:.1f}l{half} {2 * half - 2}h-{2 * half}z", class_=look)
    return element("circle", cx=x, cy=y, r=radius - 2 if kind in (Kind.CONTACT, Kind.DIARY) else radius, class_=look)


def _strokes(line: DayEntry, x: float, y: float) -> Markup | None:
    if line.status is Status.NOT_DONE:
        # A fraction is too narrow to hold a cross.
        middle, half = (y - 13, 2.6) if line.kind is Kind.FRACTION else (y, 3.4)
        return element(
            "path",
            d=f"M{x - half:.1f} {middle - half:.1f}l{2 * half} {2 * half}m-{2 * half} 0l{2 * half} -{2 * half}",
            class_="cross",
        )
    if line.status is Status.CANCELLED:
        return element("path", d=f"M{x - 8:.1f} {y + 9:.1f}l16 -18", class_="slash")
    return None
