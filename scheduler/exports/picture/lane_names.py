"""The lanes' names and doses at the left of a picture, which stay in sight while the days scroll."""

from __future__ import annotations

from scheduler.calendar.entries import doses_in_words as dose_values
from scheduler.calendar.entries.entry import Dose, Kind
from scheduler.exports.picture.lanes import SINGLE_VISITS, Group, Lane
from scheduler.exports.picture.markup import Markup, element, together
from scheduler.exports.picture.rows import Row, height_of_all, rules_between_groups
from scheduler.exports.picture.tracks import width_of
from scheduler.exports.words import dose_in_words
from scheduler.languages import Language
from scheduler.said import COMMAS, Said, listed, own_words, said
from scheduler.words.saying import say

WIDTH = 168
"""In pixels."""

_LEFT = 14.0
_SIZE = 12.5


def lane_names(rows: tuple[Row, ...], language: Language = Language.ENGLISH) -> Markup:
    """A name for each lane, and for a treatment its doses by level, each beside its shade."""
    return element(
        "svg",
        element("text", say(said("study week"), language), x=WIDTH - 10, y=49, class_="week", text_anchor="end"),
        rules_between_groups(rows, WIDTH),
        together(*(_name(row, language) for row in rows)),
        width=WIDTH,
        height=height_of_all(rows),
        aria_hidden="true",
    )


def _name(row: Row, language: Language) -> Markup:
    lane = row.lane
    whole = say(SINGLE_VISITS, language) if lane.group is Group.ONCE else say(own_words(lane.title), language)
    title = element("title", whole if whole == lane.name or lane.group is Group.ONCE else f"{whole} ({lane.name})")
    short = shortened(whole, WIDTH - _LEFT)
    if lane.group is Group.ONCE:
        return element("text", title, short, x=_LEFT, y=row.top + 18, class_="name")
    if lane.group is Group.PERIOD:
        return element("text", title, short, x=_LEFT, y=row.middle + 4, class_="name")
    return element(
        "g",
        element("text", title, short, x=_LEFT, y=row.middle - 2, class_="name open-ink"),
        _levels(lane, row.middle + 13, language) if lane.kind is Kind.ORAL else _kind(lane, row.middle + 13, language),
        class_=None if lane.hue is None else f"h{lane.hue % 6}",
    )


def shortened(text: str, room: float) -> str:
    """A name as far as there is room for it, in pixels."""
    if width_of(text, _SIZE) <= room:
        return text
    while text and width_of(f"{text}…", _SIZE) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _kind(lane: Lane, y: float, language: Language) -> Markup:
    """What the lane shows, with its doses where they fit."""
    kind = Said(lane.kind.value, context="sort")
    doses = dict.fromkeys(dose_values.dose_in_words(dose) for dose in lane.doses() if dose.amount is not None)
    whole = say(listed(kind, *doses, how=COMMAS), language)
    short = whole if width_of(whole) < WIDTH - _LEFT - 4 else say(kind, language)
    return element("text", element("title", whole), short, x=_LEFT, y=y, class_="aside")


def _levels(lane: Lane, y: float, language: Language) -> Markup:
    doses = [dose for dose in lane.doses() if dose.amount is not None]
    parts: list[Markup] = []
    x = _LEFT
    for words, dose in zip(_short(doses, language), doses, strict=True):
        if x + 14 + width_of(words) > WIDTH:
            break
        step = min(3, max(0, -(dose.level or 0)))
        parts.append(element("rect", x=x, y=y - 8.5, width=10, height=10, rx=2, class_=f"bar l{step}"))
        parts.append(element("text", words, x=x + 13, y=y, class_="aside"))
        x += 20 + width_of(words)
    return together(*parts)


def _short(doses: list[Dose], language: Language) -> list[str]:
    """The doses beside their shades; a unit that all share is told once, after the last."""
    if len(doses) == 1:
        return [dose_in_words(doses[0], language)]
    if len({(dose.unit, dose.of) for dose in doses}) > 1:
        return [_told(dose, language) for dose in doses]
    told = [_told(dose, language) for dose in doses]
    return [*(each.removesuffix(f" {doses[0].unit}") for each in told[:-1]), *told[-1:]]


def _told(dose: Dose, language: Language) -> str:
    return say(dose_values.dose_in_words(dose), language)
