"""Names that publications use for a date of every study, in a sentence that is offered: PD, EOT, C1D1, randomization, week 48."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.source.node import Node, Step

_SECTIONS = ("dates", "visits", "cycles", "treatments")
_WORDS = (
    (r"(?:RECIST\s+)?PD", "progression"),
    (r"EOT", "end of treatment"),
    (r"randomi[sz]ed|randomization", "randomisation"),
    (r"ICF", "consent"),
    (r"(?:treatment )?discontinuation", "end of treatment"),
)


def in_words_of_the_study(sentence: str, node: Node, path: tuple[Step, ...]) -> Iterator[str]:
    """The sentence with the names that every study has, unless this study calls something else so."""
    if path[:1] not in (("visits",), ("treatments",), ("cycles",), ("dates",), ("study days",)) or path[2:3] == (
        "give",
    ):
        yield sentence
        return
    known = {str(name) for section in _SECTIONS if section in node.children for name in node.at(section).keys}
    for looks, word in _WORDS:
        if not any(re.fullmatch(looks, name) for name in known):
            sentence = re.sub(rf"(?<![\w-]){looks}(?![\w-])", word, sentence)
    sentence = re.sub(r"(?<![\w-])C([0-9]+)\s*D([0-9]+)(?![\w-])", _cycle_and_day(node), sentence)
    week = _WEEK.search(sentence) if known.isdisjoint({"week", "month"}) else None
    if week is None:
        yield sentence
        return
    for meant in _days_of(week["unit"].lower(), int(week["number"])):
        yield f"{sentence[: week.start()]}{meant}{sentence[week.end() :]}"


_WEEK = re.compile(
    r"(?:(?<=until )|(?<=before )|(?<=after )|^)(?P<unit>week|month) (?P<number>[0-9]+)(?= *(?:$|[,(\"}]))",
    re.IGNORECASE,
)
"""Week 48 where a moment stands: it is no name."""


def _days_of(unit: str, number: int) -> tuple[str, ...]:
    after = f"{number} {unit}{'' if number == 1 else 's'} after first dose"
    return (after, f"Study Day {7 * number - 6}") if unit == "week" and number else (after,)


def weeks_from_day_zero(sentence: str, typed: str, node: Node) -> str:
    """A week that was typed begins a day earlier where days count from Day 0: week 4 on Study Day 21."""
    label = re.search(r"\bDay 0\b", str(node.children["study days"].value)) if "study days" in node.children else None
    if (
        label is None
        or re.search(r"\b(?:week\s*|W)[0-9]", typed, re.IGNORECASE) is None
        or re.search(r"\bStudy Day", typed)
    ):
        return sentence
    return re.sub(r"\bStudy Day ([0-9]+)", lambda day: f"Study Day {int(day[1]) - 1}", sentence)


def _cycle_and_day(node: Node) -> str:
    names = [
        str(name) for section in ("cycles", "treatments") if section in node.children for name in node.at(section).keys
    ]
    return rf"{names[0] if names else 'drug'} cycle \1 day \2"
