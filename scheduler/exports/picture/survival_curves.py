"""Survival over time as a picture: a step line for each arm, a tick for who is censored, and the numbers at risk below.

Lines differ in colour and in their dashes, so that the colour alone carries no meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from scheduler.endpoints.arms.kaplan_meier import Curve
from scheduler.endpoints.patient.end_point import DAYS_OF_A_MONTH, in_months
from scheduler.exports.picture.colours import GRID, HUES, INK, PAPER, QUIET
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.tracks import width_of
from scheduler.languages import Language
from scheduler.said import Code, Said, Value, said
from scheduler.words.saying import say

LEFT, TOP, WIDTH, HEIGHT = 128.0, 16.0, 560.0, 260.0
"""Where the plane of the curves lies, and how large it is, in pixels."""

_ROW, _BELOW, _RIGHT = 18.0, 52.0, 24.0
_DASHES = (None, "7 4", "2 3", "10 3 2 3")
_FONT = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans","Noto Sans CJK SC",sans-serif'

Arms = Sequence[tuple[str, Curve]]


def survival_picture(title: Said, arms: Arms, language: Language = Language.ENGLISH, name: str = "survival") -> Markup:
    """The picture, for a page or a file of its own. An arm without patients has no line. ``name`` is of its parts' ids."""
    plane = _Plane(arms, language)
    height = TOP + HEIGHT + _BELOW + _ROW * (len(arms) + 1) + 22 * len(arms) + 12
    width = LEFT + WIDTH + _RIGHT
    return element(
        "svg",
        element("title", say(title, language), id=f"{name}-title"),
        element("desc", " ".join(say(_in_short(arm, curve), language) for arm, curve in arms), id=f"{name}-desc"),
        element("rect", width=width, height=height, fill=PAPER),
        together(*plane.ground()),
        together(*(plane.line(number, curve) for number, (_, curve) in enumerate(arms))),
        together(*plane.at_risk()),
        together(*plane.legend()),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=_FONT,
        font_size=11,
        class_="survival",
    )


def survival_as_svg(title: Said, arms: Arms, language: Language = Language.ENGLISH) -> str:
    """The picture as a file."""
    return f"{survival_picture(title, arms, language)}\n"


def _in_short(arm: str, curve: Curve) -> Said:
    """An arm in a sentence, which stands beside its line and is read aloud: how many, how many events, the median."""
    values: dict[str, Value] = {"arm": Code(arm), "patients": curve.number, "events": curve.events}
    if curve.median is None:
        return said("{arm}: {events} of {patients} with the event, median not reached.", **values)
    low, high = (_month(day) for day in (curve.median_low, curve.median_high))
    return said(
        "{arm}: {events} of {patients} with the event, median {median} months ({low} to {high}).",
        median=in_months(curve.median),
        low=low,
        high=high,
        **values,
    )


def _month(day: int | None) -> Decimal | Said:
    return said("not reached") if day is None else in_months(day)


class _Plane:
    """Months across, survival from 1 at the top to 0."""

    def __init__(self, arms: Arms, language: Language) -> None:
        self.arms, self.language = arms, language
        last = max((step.day for _, curve in arms for step in curve.steps), default=0)
        months = last / float(DAYS_OF_A_MONTH)
        self.every = 3 if months <= 30 else 6 if months <= 60 else 12
        self.months = max(2, ceil(months / self.every)) * self.every

    def x(self, day: float) -> float:
        return LEFT + day / float(DAYS_OF_A_MONTH) / self.months * WIDTH

    @staticmethod
    def y(part: Decimal | float) -> float:
        return TOP + (1 - float(part)) * HEIGHT

    def marks(self) -> Iterator[tuple[int, float]]:
        """The months that are marked, and where."""
        for month in range(0, self.months + 1, self.every):
            yield month, self.x(month * float(DAYS_OF_A_MONTH))

    def ground(self) -> Iterator[Markup]:
        for percent in range(0, 101, 25):
            y = self.y(percent / 100)
            yield element("line", x1=LEFT, x2=LEFT + WIDTH, y1=y, y2=y, stroke=GRID)
            yield element("text", f"{percent} %", x=LEFT - 8, y=y + 4, text_anchor="end", fill=QUIET)
        for month, x in self.marks():
            yield element("line", x1=x, x2=x, y1=TOP + HEIGHT, y2=TOP + HEIGHT + 5, stroke=QUIET)
            yield element("text", str(month), x=x, y=TOP + HEIGHT + 18, text_anchor="middle", fill=QUIET)
        yield element("line", x1=LEFT, x2=LEFT + WIDTH, y1=TOP + HEIGHT, y2=TOP + HEIGHT, stroke=QUIET)
        months = say(said("months"), self.language)
        yield element("text", months, x=LEFT + WIDTH, y=TOP + HEIGHT + 34, text_anchor="end", fill=QUIET)

    def line(self, number: int, curve: Curve) -> Markup | None:
        """The steps of one arm, and a tick where somebody is censored."""
        if not curve.steps:
            return None
        colour = HUES[number % len(HUES)]
        path = [f"M{self.x(0):.2f} {self.y(1):.2f}"]
        ticks: list[Markup] = []
        for step in curve.steps:
            x, y = self.x(step.day), self.y(step.survival)
            path.append(f"H{x:.2f}V{y:.2f}")
            if step.censored:
                ticks.append(element("line", x1=x, x2=x, y1=y - 5, y2=y + 5, stroke=colour, stroke_width=1.4))
        return element(
            "g",
            element(
                "path", d="".join(path), fill="none", stroke=colour, stroke_width=2, stroke_dasharray=_dash(number)
            ),
            *ticks,
        )

    def at_risk(self) -> Iterator[Markup]:
        """How many were followed until each month that is marked, without the event before it."""
        top = TOP + HEIGHT + _BELOW
        yield element("text", say(said("At risk"), self.language), x=8, y=top, font_weight=600, fill=INK)
        for number, (arm, curve) in enumerate(self.arms):
            y = top + _ROW * (number + 1)
            short = arm if width_of(arm, 11) < LEFT - 24 else f"{arm[:13]}…"
            yield element("text", element("title", arm), short, x=8, y=y, fill=HUES[number % len(HUES)])
            for month, x in self.marks():
                there = curve.at_risk(month * DAYS_OF_A_MONTH)
                yield element("text", str(there), x=x, y=y, text_anchor="middle", fill=INK)

    def legend(self) -> Iterator[Markup]:
        top = TOP + HEIGHT + _BELOW + _ROW * (len(self.arms) + 1)
        for number, (arm, curve) in enumerate(self.arms):
            y = top + 22 * number + 12
            colour = HUES[number % len(HUES)]
            yield element(
                "line", x1=8, x2=40, y1=y, y2=y, stroke=colour, stroke_width=2, stroke_dasharray=_dash(number)
            )
            yield element("text", say(_in_short(arm, curve), self.language), x=48, y=y + 4, fill=INK)


def _dash(number: int) -> str | None:
    return _DASHES[number % len(_DASHES)]
