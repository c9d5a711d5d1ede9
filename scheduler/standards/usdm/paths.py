"""Which way a timeline goes: the path without decisions, what only a condition leads to, and loops."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from scheduler.standards.usdm.objects import Part
from scheduler.standards.usdm.timelines import is_decision


@dataclass(frozen=True, slots=True)
class Paths:
    """``only_by`` gives for an instance the condition that alone leads to it; ``loops`` are conditions that lead back."""

    only_by: dict[str, Part]
    loops: frozenset[str]
    off: frozenset[str]


def paths_of(timeline: Part) -> Paths:
    """Follow the defaults from the entry, then each condition. A file that names no entry is read in its order."""
    nodes = {each.id: each for each in timeline.parts("instances") if each.id}
    order = {each: number for number, each in enumerate(nodes)}
    loops: set[str] = set()
    only_by: dict[str, Part] = {}
    entry = timeline.text("entryId")
    seen = set(_follow(entry if entry in nodes else next(iter(nodes), ""), nodes))
    for decision in [each for each in nodes.values() if is_decision(each)]:
        for condition in decision.parts("conditionAssignments"):
            target = condition.text("conditionTargetId")
            if target in order and order[target] <= order[decision.id]:
                loops.add(condition.path)
            # What is known already leads on to what is known.
            only_by |= dict.fromkeys(_follow(target, nodes, seen, only_by), condition)
    off = {each for each in nodes if each not in seen and each not in only_by}
    return Paths(only_by, frozenset(loops), frozenset(off))


def _follow(start: str, nodes: dict[str, Part], *known: Container[str]) -> list[str]:
    """The nodes from there on, up to one that is known."""
    found: dict[str, None] = {}
    while start in nodes and start not in found and not any(start in each for each in known):
        found[start] = None
        start = nodes[start].text("defaultConditionId")
    return list(found)
