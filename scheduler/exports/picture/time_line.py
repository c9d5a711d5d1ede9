"""Adverse events, holds, assessments and periods of one patient along the days: a row for each, today marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.exports.picture.ground import hatching, months, today_line
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.rows import HEAD
from scheduler.exports.picture.scale import Scale
from scheduler.exports.picture.tracks import width_of
from scheduler.languages import Language
from scheduler.said import Value
from scheduler.views.chart.episodes import Row, Stretch, Track
from scheduler.words.saying import say

NAMES = 168
_ROW = 24.0
_WIDE = 960
_LEFT = 14.0


def time_line(rows: tuple[Row, ...], today: date, title: Value, language: Language) -> Markup | None:
    """The time line for a screen, under its title, in a language; None when there is nothing on it."""
    shown = [each for row in rows for each in row.stretches if row.track is not Track.PERIOD]
    if not shown:
        return None
    first = min(each.first for each in shown) - timedelta(days=10)
    last = max(today, *(each.last or today for each in shown)) + timedelta(days=20)
    scale = Scale(first, last, per_day=max(2.0, min(8.0, _WIDE / ((last - first).days + 1))), language=language)
    height = HEAD + _ROW * len(rows) + 6
    drawn = element(
        "svg",
        element("title", say(title, language), id="time-line-title"),
        hatching("time-line-hatched"),
        together(*months(scale, height)),
        together(*(_row(row, number, scale, today) for number, row in enumerate(rows))),
        today_line(scale, today, height),
        width=scale.width,
        height=height,
        viewBox=f"0 0 {scale.width:g} {height:g}",
        role="img",
        aria_labelledby="time-line-title",
    )
    return element(
        "figure",
        element(
            "div",
            element("div", _names(rows, height, language), class_="names"),
            element("div", _place(scale, today), drawn, class_="days"),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label=say(title, language),
        ),
        class_="picture",
    )


def _place(scale: Scale, today: date) -> Markup:
    ahead = element("svg", width=scale.middle(today), height=1, aria_hidden="true")
    return element("div", ahead, element("span"), class_="now")


def _names(rows: tuple[Row, ...], height: float, language: Language) -> Markup:
    return element(
        "svg", together(*_each_name(rows, language)), width=NAMES, height=height, aria_hidden="true", class_="row-names"
    )


def _each_name(rows: tuple[Row, ...], language: Language) -> Iterator[Markup]:
    for number, row in enumerate(rows):
        name = say(row.name, language)
        short = name
        while width_of(short, 12.5) > NAMES - _LEFT - 8:
            short = f"{short.rstrip('…')[:-1]}…"
        y = HEAD + _ROW * number + 16
        yield element("text", element("title", name), short, x=_LEFT, y=y, class_="name")


def _row(row: Row, number: int, scale: Scale, today: date) -> Markup:
    top = HEAD + _ROW * number
    inside = [_stretch(row.track, each, scale, top, today) for each in row.stretches]
    line = element("path", d=f"M0 {top + _ROW:.1f}H{scale.width:.1f}", class_="grid")
    return element("g", line, together(*inside))


def _stretch(track: Track, each: Stretch, scale: Scale, top: float, today: date) -> Markup | None:
    last = each.last or max(today, scale.last if track is Track.PERIOD else today)
    if not scale.shows(each.first, last):
        return None
    left, right = max(0.0, scale.start(each.first)), min(scale.width, scale.end(last))
    words = element("title", say(each.words, scale.language))
    middle = top + _ROW / 2
    match track:
        case Track.ADVERSE_EVENT:
            return element(
                "g",
                words,
                element(
                    "rect", x=left, y=top + 3, width=max(right - left, 3), height=18, rx=2, class_=f"g{each.grade}"
                ),
                element("text", each.label, x=left + 4, y=middle + 3.6, class_=f"bar-text on-g{each.grade}")
                if right - left > 12
                else None,
                _goes_on(right, middle) if each.last is None else None,
            )
        case Track.HOLD:
            fill = "url(#time-line-hatched)"
            box = element("rect", x=left, y=top + 4, width=right - left, height=16, rx=2, fill=fill, class_="hold")
            return element("g", words, box, _goes_on(right, middle) if each.last is None else None)
        case Track.RESPONSE:
            x = scale.middle(each.first)
            mark = element("path", d=f"M{x:.1f} {middle - 8:.1f}l8 8l-8 8l-8 -8z", class_="ring filled")
            return element(
                "g", words, mark, element("text", each.label, x=x + 11, y=middle + 3.6, class_="beside bar-text")
            )
        case Track.PERIOD:
            return element(
                "g", words, element("rect", x=left, y=middle - 3, width=right - left, height=6, class_="period")
            )


def _goes_on(x: float, y: float) -> Markup:
    """An arrow: it is not over."""
    return element("path", d=f"M{x + 2:.1f} {y - 5:.1f}l6 5l-6 5", class_="period-end")
