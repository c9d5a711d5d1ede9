"""Plans, rules and facts known by being the same object: comparing a hundred rules costs more than reading them."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.patient.log import Fact


class Same:
    """Objects as a key. They stay alive with it, so that no other object is ever taken for one of them."""

    __slots__ = ("_ids", "parts")

    def __init__(self, *parts: object) -> None:
        self.parts = parts
        self._ids = tuple(map(id, parts))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self._ids == other._ids


def each_once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts of one course, each once, in their order."""
    return tuple({id(fact): fact for fact in facts}.values())
