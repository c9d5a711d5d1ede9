"""Sentences that say how long a cycle is, such as "Day 1 of each 21-day cycle": a hint names only what has such cycles."""

from __future__ import annotations

import re

from scheduler.source.node import Node, Step

_IN_DAYS = {"day": 1, "d": 1, "week": 7, "w": 7}
_ASKED = re.compile(
    r"\b(?:each|every|a|the|in)\s+(?P<many>[0-9]+)\s*-?\s*(?P<unit>day|week)s?\s+cycles?\b"
    r"|(?<=[0-9])\s*,?\s+(?:every\s+(?P<n>[0-9]+)\s+(?P<u>day|week)s|q\s*(?P<qn>[0-9]+)\s*(?P<qu>d|w))",
    re.IGNORECASE,
)
_DAYS = re.compile(r"^\s*(?:on\s+)?D(?:ays?)?\s*(?P<days>[0-9][0-9, Dand&]*?)(?=\s+(?:of|in|every|q))", re.IGNORECASE)


def cycle_asked_for(typed: str) -> int | None:
    """How many days a cycle has, by a sentence about days of such cycles; None where it says no length, or names no days."""
    asked = _ASKED.search(typed) if _DAYS.match(typed) else None
    if asked is None:
        return None
    many, unit = asked["many"] or asked["n"] or asked["qn"], asked["unit"] or asked["u"] or asked["qu"]
    return int(many) * _IN_DAYS[unit.lower()]


def goes_by_such_cycles(sentence: str, days: int, node: Node) -> bool:
    """True unless a sentence goes by the cycles of something that comes again after another number of days."""
    followed = re.match(r"(?:on every (?P<name>[\w-]+) day|in (?:every )?(?:(?P<clock>[\w-]+) )?cycles?\b)", sentence)
    if followed is None:
        return True
    name = followed["name"] or followed["clock"] or next(iter(_names(node, "cycles")), "")
    return any(days in _lengths(node, section, name) for section in ("cycles", "treatments"))


def a_cycle_of(days: int, typed: str, path: tuple[Step, ...]) -> str:
    """What to write where nothing has cycles of so many days: a treatment has cycles of its own, a visit goes by those of one."""
    listed = _DAYS.match(typed)
    said = ", ".join(re.findall(r"[0-9]+", listed["days"])) if listed is not None else "1"
    on = f"on day{'' if said.isdigit() else 's'} {said}"
    if path[:1] == ("treatments",):
        return (
            f"write how long its cycle is: {{1: on first dose, then: {days} days after the previous cycle}}; its days under"
            f" 'give': ... {on}; how many under 'until': 6 cycles"
        )
    none = f"no treatment here comes again after {days} days"
    return f"{none}: name the one whose cycles these are, such as: on every drug day {said}"


def _lengths(node: Node, section: str, name: str) -> set[int]:
    """After how many days something comes again, by its own sentences."""
    if section not in node.children or name not in node.at(section).children:
        return set()
    timed = node.at(section).at(name).children.get("when")
    found = (re.findall(r"\b([0-9]+) (day|week)s?\b", text) for text in _texts(timed)) if timed is not None else ()
    return {int(many) * _IN_DAYS[unit] for each in found for many, unit in each}


def _names(node: Node, section: str) -> tuple[str, ...]:
    return tuple(str(name) for name in node.at(section).keys) if section in node.children else ()


def _texts(node: Node) -> list[str]:
    own = [node.value] if isinstance(node.value, str) else []
    return own + [text for child in node.children.values() for text in _texts(child)]
