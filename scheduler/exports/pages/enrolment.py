"""Enrolment as a picture: a line for each arm by month, beside what is planned for it.

Lines differ in colour and in their dashes, so that the colour alone carries no meaning; a table has the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil

from scheduler.exports.picture.colours import GRID, HUES, INK, PAPER, QUIET
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.languages import Language
from scheduler.said import MONTH, Code, Said, said
from scheduler.words.saying import day_in, say

_LEFT, _TOP, _WIDTH, _HEIGHT, _BELOW, _ROW = 44.0, 14.0, 620.0, 190.0, 34.0, 20.0
_FONT = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans","Noto Sans CJK SC",sans-serif'
_DASHES = (None, "7 4", "2 3", "10 3 2 3")
_MOST_MARKS = 8

Arms = Sequence[tuple[str, Sequence[int], int | None]]
"""Each arm, how many were randomised to it by the end of each month, and how many are planned; None where nobody said it."""


def enrolment_picture(months: Sequence[date], arms: Arms, language: Language = Language.ENGLISH) -> Markup:
    """The picture. ``months`` are their first days."""
    most = max([1, *(number for _, numbers, _ in arms for number in numbers), *(plan or 0 for _, _, plan in arms)])
    height = _TOP + _HEIGHT + _BELOW + _ROW * len(arms) + 6
    title = said("Randomised up to the end of each month")
    told = (say(_in_short(arm, numbers, plan), language) for arm, numbers, plan in arms)
    return element(
        "svg",
        element("title", say(title, language), id="enrolment-title"),
        element("desc", " ".join(told), id="enrolment-desc"),
        element("rect", width=_LEFT + _WIDTH + 20, height=height, fill=PAPER),
        together(*_ground(months, most, language)),
        together(*(_line(number, numbers, len(months), most) for number, (_, numbers, _) in enumerate(arms))),
        together(*_planned(arms, most)),
        together(*_legend(arms, language)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_LEFT + _WIDTH + 20:g} {height:g}",
        width=_LEFT + _WIDTH + 20,
        height=height,
        role="img",
        aria_labelledby="enrolment-title enrolment-desc",
        font_family=_FONT,
        font_size=11,
        class_="survival",
    )


def _in_short(arm: str, numbers: Sequence[int], plan: int | None) -> Said:
    if plan is None:
        return said("{arm}: {number} randomised", arm=Code(arm), number=numbers[-1] if numbers else 0)
    return said("{arm}: {number} of {plan} randomised", arm=Code(arm), number=numbers[-1] if numbers else 0, plan=plan)


def _x(month: int, months: int) -> float:
    return _LEFT + (month + 1) / max(1, months) * _WIDTH


def _y(number: float, most: int) -> float:
    return _TOP + (1 - number / most) * _HEIGHT


def _ground(months: Sequence[date], most: int, language: Language) -> Iterator[Markup]:
    step = max(1, ceil(most / 4))
    for number in range(0, most + 1, step):
        y = _y(number, most)
        yield element("line", x1=_LEFT, x2=_LEFT + _WIDTH, y1=y, y2=y, stroke=GRID if number else QUIET)
        yield element("text", str(number), x=_LEFT - 8, y=y + 4, text_anchor="end", fill=QUIET)
    every = ceil(len(months) / _MOST_MARKS) or 1
    for place in range(len(months) - 1, -1, -every):
        at = _x(place, len(months))
        told = day_in(months[place], MONTH, language)
        yield element("text", told, x=at, y=_TOP + _HEIGHT + 18, text_anchor="end", fill=QUIET)


def _line(number: int, numbers: Sequence[int], months: int, most: int) -> Markup:
    path = [f"M{_LEFT:.1f} {_y(0, most):.1f}"]
    path += [f"L{_x(place, months):.1f} {_y(each, most):.1f}" for place, each in enumerate(numbers)]
    return element(
        "path",
        d="".join(path),
        fill="none",
        stroke=HUES[number % len(HUES)],
        stroke_width=2,
        stroke_dasharray=_DASHES[number % len(_DASHES)],
    )


def _planned(arms: Arms, most: int) -> Iterator[Markup]:
    for number, (_, _, plan) in enumerate(arms):
        if plan is not None:
            y = _y(plan, most) - number * 1.5
            yield element(
                "line", x1=_LEFT, x2=_LEFT + _WIDTH, y1=y, y2=y, stroke=HUES[number % len(HUES)], stroke_dasharray="1 5"
            )
    for plan in sorted({plan for _, _, plan in arms if plan is not None}):
        yield element("text", str(plan), x=_LEFT - 8, y=_y(plan, most) + 4, text_anchor="end", fill=INK)


def _legend(arms: Arms, language: Language) -> Iterator[Markup]:
    for number, (arm, numbers, plan) in enumerate(arms):
        y = _TOP + _HEIGHT + _BELOW + _ROW * number + 8
        dash = _DASHES[number % len(_DASHES)]
        colour = HUES[number % len(HUES)]
        yield element("line", x1=8, x2=40, y1=y, y2=y, stroke=colour, stroke_width=2, stroke_dasharray=dash)
        yield element("text", say(_in_short(arm, numbers, plan), language), x=48, y=y + 4, fill=INK)
