"""What a protocol would be with an assumption read otherwise, where the alternative is said as a sentence of the language.

An assumption's ``alternatives`` are for people. What stands there in double quotes can be computed too: it takes the place
of a sentence that cites the assumption, wherever the protocol can be read with it.

    alternatives: On Day 29, "on or after Study Day 29"; a week of rest in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.errors import InvalidText
from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.plan.version import Assumption
from scheduler.source.node import Node
from scheduler.source.reading import read_yaml

_QUOTED = re.compile(r'"([^"]+)"')
_CITING = re.compile(r"\s*\((?P<names>[^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One other reading: which assumption, the line and the sentence as they are, the other sentence, and the whole protocol."""

    assumption: str
    line: int
    sentence: str
    instead: str
    version: StudyVersion


def alternatives(text: str, version: StudyVersion) -> tuple[Alternative, ...]:
    """Every alternative that can be computed: each quoted sentence, in the place of each citing one that it can replace.

    Where some of these begin as it does, up to the first number, only in their place.
    """
    sentences = tuple(_sentences(read_yaml(text, name=version.file)))
    choices: list[Alternative] = []
    for assumption in version.assumptions.values():
        for instead in _QUOTED.findall(assumption.alternatives):
            citing = [node for node in sentences if _cites(str(node.value), assumption)]
            alike = [node for node in citing if _beginning(str(node.value)) == _beginning(instead)]
            for node in alike or citing:
                other = _with(text, version, node, instead)
                if other is not None:
                    choices.append(Alternative(assumption.id, node.line, str(node.value), instead, other))
    return tuple(choices)


def _beginning(sentence: str) -> str:
    return re.split(r"[0-9]", sentence, maxsplit=1)[0]


def _sentences(node: Node) -> Iterator[Node]:
    """Texts that stand on one line letter by letter, so that another can take their place."""
    if isinstance(node.value, str) and node.letters is not None:
        yield node
    for child in node.children.values():
        yield from _sentences(child)


def _cites(sentence: str, assumption: Assumption) -> bool:
    closing = _CITING.search(sentence)
    return closing is not None and assumption.id in re.split(r"[,\s]+", closing["names"])


def _with(text: str, version: StudyVersion, node: Node, instead: str) -> StudyVersion | None:
    """The protocol with another sentence in that place, with the same citation; None where it cannot be read so."""
    sentence, start = str(node.value), (node.letters or 1) - 1
    closing = _CITING.search(sentence)
    lines = text.splitlines(keepends=True)
    line = lines[node.line - 1]
    if closing is None or line[start : start + len(sentence)] != sentence:
        return None
    replaced = f"{instead}{sentence[closing.start() :]}"
    lines[node.line - 1] = line[:start] + replaced + line[start + len(sentence) :]
    try:
        return parse_protocol("".join(lines), name=version.file)[0]
    except InvalidText:
        return None
