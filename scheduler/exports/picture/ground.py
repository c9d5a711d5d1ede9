"""What the lanes of a picture stand on: closed days, months, study weeks, today, and the hatching of holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from scheduler.calendar.entries.sentences import closed_why
from scheduler.exports.picture.colours import HOLD, HOLD_PAPER
from scheduler.exports.picture.markup import Markup, element
from scheduler.exports.picture.rows import HEAD
from scheduler.exports.picture.scale import Scale
from scheduler.exports.picture.tracks import width_of
from scheduler.exports.words import signed
from scheduler.said import COMMAS, SHORT_DAY, Day, Said, listed, said
from scheduler.words.saying import say

Closed: TypeAlias = Callable[[date], str | None]
"""What closes the site on a day, or None on an open day."""


def always_open(day: date) -> str | None:
    """A site that never closes."""
    return None


def hatching(name: str) -> Markup:
    """The pattern of days on hold, under a name of its own: a pattern inside a hidden picture is not drawn elsewhere."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=6, height=6, fill=HOLD_PAPER),
            element("path", d="M0 0V6", stroke=HOLD, stroke_width=1.6, stroke_opacity=0.45),
            id=name,
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def closed_days(scale: Scale, closed: Closed, height: float) -> Iterator[Markup]:
    """Weekends lightly shaded, public holidays and other closures a little darker."""
    for first, last, why in scale.closed(closed):
        weekend = all((first + timedelta(days=number)).weekday() >= 5 for number in range((last - first).days + 1))
        yield element(
            "rect",
            element("title", say(closed_because(why), scale.language)),
            x=scale.start(first),
            y=HEAD,
            width=scale.end(last) - scale.start(first),
            height=height - HEAD,
            class_="weekend" if weekend else "holiday",
        )


def closed_because(reasons: tuple[str, ...]) -> Said:
    """Why a day is closed, for whoever points at it."""
    return said("closed: {why}", why=listed(*map(closed_why, reasons), how=COMMAS))


def months(scale: Scale, height: float) -> Iterator[Markup]:
    """A line where a month begins, and its name as far as there is room."""
    for first, last, name, in_short in scale.months():
        left, room = scale.start(first), scale.end(last) - scale.start(first)
        yield element("path", d=f"M{left:.1f} 19V{height:.1f}", class_="grid")
        shown = next((each for each in (name, in_short) if width_of(each, 11.5) + 8 <= room), None)
        if shown:
            yield element("text", shown, x=left + 5, y=31, class_="month")
    yield element("path", d=f"M0 {HEAD - 0.5}H{scale.width:.1f}", class_="grid")


def study_weeks(scale: Scale, first_dose: date | None) -> Iterator[Markup]:
    """The number of each week since the first dose, at its first day."""
    if first_dose is None:
        return
    for start, number in scale.weeks(first_dose):
        left = scale.start(start)
        yield element("path", d=f"M{left:.1f} 40V{HEAD}", class_="grid")
        if left + 14 < scale.width:
            yield element("text", signed(number), x=left + 4, y=49, class_="week")


def today_line(scale: Scale, today: date | None, height: float) -> Markup | None:
    """A line through the day."""
    if today is None or not scale.shows(today, today):
        return None
    x = scale.middle(today)
    words = say(said("today, {day}", day=Day(today, SHORT_DAY)), scale.language)
    return element(
        "g",
        element("path", d=f"M{x:.1f} 4V{height:.1f}", class_="today"),
        element("text", words, x=min(x + 5, scale.width - width_of(words) - 4), y=13, class_="today-text"),
    )
