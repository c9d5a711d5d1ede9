"""The sound part of a protocol that has faults of shape, so that what is wrong elsewhere in it is found in the same run.

What does not fit the model is left out, as little as possible, until the rest fits. The rest is compiled for its findings only.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass

from pydantic import ValidationError

from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.source.node import Data, Node, Step

_ROUNDS = 30
_STAND_INS: dict[str, Data] = {"study": "X", "version": "0", "title": "X", "study days": "first dose is Day 1"}
_NAMED = ("cycles", "treatments", "visits", "sheets", "equivalents")


@dataclass(frozen=True, slots=True)
class SoundPart:
    """What could be read, and the names of cycles, treatments, visits and equivalents that were left out or cut short.

    ``cut`` are the ways to what lost something, such as the "when" of which one arm's sentence could not be read.
    """

    text: ProtocolText
    lost: frozenset[str]
    cut: frozenset[tuple[Step, ...]]


def sound_part(node: Node) -> SoundPart | None:
    """What can be read of a protocol; None where too little is left."""
    if not isinstance(node.value, dict):
        return None
    data: dict[str, Data] = copy.deepcopy(node.value)
    lost: set[str] = set()
    cut: set[tuple[Step, ...]] = set()
    for _ in range(_ROUNDS):
        try:
            text = ProtocolText.model_validate_json(json.dumps(data), by_alias=True, by_name=False)
        except ValidationError as error:
            paths = sorted(
                {_path(data, each["loc"]) for each in error.errors(include_url=False)}, key=len, reverse=True
            )
            for path in paths:
                lost |= {str(path[1])} if len(path) > 1 and path[0] in _NAMED else _names(data, path)
                cut.add(path[:-1])
                if not _take_out(data, path):
                    return None
        else:
            return SoundPart(text, frozenset(lost), frozenset(cut))
    return None


def _names(data: Data, path: tuple[Step, ...]) -> set[str]:
    section = data.get(str(path[0])) if isinstance(data, dict) and len(path) == 1 and path[0] in _NAMED else None
    return set(section) if isinstance(section, dict) else set()


def _path(data: Data, way: tuple[Step, ...]) -> tuple[Step, ...]:
    """Pydantic's way without the kinds that it tried, up to the first list: a list goes as a whole."""
    path: list[Step] = []
    here = data
    for index, step in enumerate(way):
        if isinstance(here, dict) and str(step) in here:
            path.append(str(step))
            here = here[str(step)]
        elif isinstance(here, list):
            break
        elif index == 0 and step in _STAND_INS:
            return (step,)
    return tuple(path)


def _take_out(data: dict[str, Data], path: tuple[Step, ...]) -> bool:
    if not path:
        return False
    if len(path) == 1 and path[0] in _STAND_INS:
        data[str(path[0])] = _STAND_INS[str(path[0])]
        return True
    holder: Data = data
    for step in path[:-1]:
        if not isinstance(holder, dict) or str(step) not in holder:
            return True  # a wider part went before
        holder = holder[str(step)]
    if isinstance(holder, dict):
        holder.pop(str(path[-1]), None)
    return True
