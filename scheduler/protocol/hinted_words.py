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
    yield re.sub(r"(?<![\w-])C([0-9]+)\s*D([0-9]+)(?![\w-])", _cycle_and_day(node), sentence)


def _cycle_and_day(node: Node) -> str:
    names = [
        str(name) for section in ("cycles", "treatments") if section in node.children for name in node.at(section).keys
    ]
    return rf"{names[0] if names else 'drug'} cycle \1 day \2"
