"""Plans and rules known by being the same object: comparing a hundred rules costs more than reading them."""

from __future__ import annotations


class Same:
    """Objects as a key. They stay alive with it, so that no other object is ever taken for one of them."""

    __slots__ = ("parts",)

    def __init__(self, *parts: object) -> None:
        self.parts = parts

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.parts)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and list(map(id, self.parts)) == list(map(id, other.parts))
