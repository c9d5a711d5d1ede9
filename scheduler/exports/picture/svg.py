"""The picture of a calendar as a file of its own, for a document or a README: the first half year of it, at most."""

from __future__ import annotations

import re
from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.exports.markup import Markup, element
from scheduler.exports.picture.colours import PAPER, PICTURE_STYLE
from scheduler.exports.picture.drawing import strips
from scheduler.exports.picture.ground import Closed, always_open

_FONT = 'svg{font-family:"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans",sans-serif}'
_VIEW = re.compile(r'<svg viewBox="0 0 ([0-9.]+) ([0-9.]+)" width="100%">')


def calendar_as_svg(calendar: Calendar, closed: Closed = always_open, today: date | None = None) -> str:
    """One picture, with its style in it. Empty, but still a picture, when nothing on the calendar has a date."""
    drawn = next(iter(strips(calendar, closed, today)), Markup('<svg viewBox="0 0 400 40" width="100%"></svg>'))
    inside = re.sub(r"</?figure[^>]*>", "", drawn)
    found = _VIEW.search(inside)
    assert found is not None
    width, height = found.groups()
    return (
        element(
            "svg",
            element("style", Markup(_FONT + PICTURE_STYLE)),
            element("rect", width="100%", height="100%", fill=PAPER),
            Markup(inside),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width} {height}",
            width=width,
            class_="picture",
        )
        + "\n"
    )
