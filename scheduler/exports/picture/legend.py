"""What the signs of a picture mean: only those that it may show, each drawn as the picture draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.exports.picture.ground import hatching
from scheduler.exports.picture.lanes import Group, Lane
from scheduler.exports.picture.markup import Markup, element
from scheduler.languages import Language
from scheduler.said import Said, said
from scheduler.words.saying import say

Sign: TypeAlias = tuple[Said, tuple[Markup, ...]]
"""What it means, and what is drawn."""

_LOOK = frozenset({Flag.OUT_OF_WINDOW, Flag.NO_RECORD, Flag.GIVEN_DURING_HOLD, Flag.ATTEMPT_FAILED, Flag.OVERRIDE})


def legend(lanes: Iterable[Lane], holds: bool, today: bool, language: Language = Language.ENGLISH) -> Markup:
    """A line of signs with their meaning in words."""
    every = tuple(lanes)
    signs = (*_statuses(every), *_surroundings(every, holds, today))
    return element("ul", *(_drawn(meaning, drawn, language) for meaning, drawn in signs), class_="legend")


def _statuses(lanes: tuple[Lane, ...]) -> Iterator[Sign]:
    statuses = {line.status for lane in lanes for line in lane.lines}
    flags = {flag for lane in lanes for line in lane.lines for flag in line.flags}
    if Status.PLANNED in statuses:
        yield _sign(Said("planned", context="status"), element("circle", cx=10, cy=9, r=7, class_="ring open"))
    if Status.DONE in statuses:
        yield _sign(Said("done", context="status"), element("circle", cx=10, cy=9, r=7, class_="ring filled"))
    if any(line.status is Status.PLANNED and Flag.BOOKED in line.flags for lane in lanes for line in lane.lines):
        yield _sign(
            Said("booked", context="flag"),
            element("circle", cx=10, cy=9, r=5.5, class_="ring open"),
            element("circle", cx=10, cy=9, r=8.4, class_="booked"),
        )
    if Status.NOT_DONE in statuses:
        yield _sign(
            Said("not done", context="status"),
            element("circle", cx=10, cy=9, r=7, class_="not-done"),
            element("path", d="M6.6 5.6l6.8 6.8m-6.8 0l6.8 -6.8", class_="cross"),
        )
    if Status.CANCELLED in statuses:
        yield _sign(
            Said("cancelled", context="status"),
            element("circle", cx=10, cy=9, r=7, class_="cancelled"),
            element("path", d="M3 17L17 1", class_="slash"),
        )
    if Flag.AWAITING_DECISION in flags:
        yield _sign(Said("awaiting decision", context="flag"), *_lettered("?"))
    if flags & _LOOK:
        yield _sign(said("needs a look: see the table"), *_lettered("!"))


def _surroundings(lanes: tuple[Lane, ...], holds: bool, today: bool) -> Iterator[Sign]:
    lines = [line for lane in lanes for line in lane.lines]
    if any(line.kind is Kind.ORAL and line.status is Status.DONE for line in lines):
        yield _sign(
            said("days recorded as taken"),
            element("rect", x=1, y=2, width=18, height=14, rx=2, class_="period"),
            element("rect", x=1, y=13, width=18, height=3, class_="recorded"),
        )
    if holds or any(line.status is Status.HELD for line in lines):
        yield _sign(
            said("on hold"),
            hatching("legend-hatched"),
            element("rect", x=1, y=2, width=18, height=14, rx=2, fill="url(#legend-hatched)", class_="hold"),
        )
    if any(line.window for line in lines if line.kind is not Kind.PERIOD):
        yield _sign(
            said("window; the point is the ideal date where it differs"),
            element("path", d="M1.5 6v6M1.5 9H18.5M18.5 6v6", class_="whisker"),
            element("circle", cx=7, cy=9, r=1.9, class_="ideal"),
        )
    yield _sign(said("closed day"), element("rect", x=1, y=2, width=18, height=14, class_="holiday"))
    if any(lane.group is Group.PERIOD for lane in lanes):
        yield _sign(said("period"), element("path", d="M1 3v12M19 3v12M1 9H19", class_="period-end"))
    if today:
        yield _sign(said("today"), element("path", d="M10 0V18", class_="today"))


def _lettered(letter: str) -> tuple[Markup, Markup]:
    return (
        element("circle", cx=10, cy=9, r=5, class_="sign"),
        element("text", letter, x=10, y=11.8, class_="sign-text"),
    )


def _sign(meaning: Said, *drawn: Markup) -> Sign:
    return meaning, drawn


def _drawn(meaning: Said, drawn: tuple[Markup, ...], language: Language) -> Markup:
    return element("li", element("svg", *drawn, width=20, height=18, aria_hidden="true"), say(meaning, language))
