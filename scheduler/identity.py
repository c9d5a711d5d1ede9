"""Things known by being the same object: where speed lives. To compare or hash a plan's values costs more than to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Memo(Generic[Asked, Found]):
    """What was found about things. It keeps them alive, so that no other object is ever taken for one of them."""

    __slots__ = ("_alive", "_found")

    def __init__(self, found: Iterable[tuple[Asked, Found]] = ()) -> None:
        self._alive: list[Asked] = []
        self._found: dict[int, Found] = {}
        for asked, answer in found:
            self.keep(asked, answer)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __getitem__(self, asked: Asked) -> Found:
        return self._found[id(asked)]

    def get(self, asked: Asked) -> Found | None:
        """What was found about a thing; None where nothing was."""
        return self._found.get(id(asked))

    def among(self, things: Mapping[int, object]) -> Iterator[Found]:
        """What was found about these things (`by_identity`), in the order in which it was found."""
        return (answer for known, answer in self._found.items() if known in things)

    def keep(self, asked: Asked, answer: Found) -> Found:
        """Remember what was found, and give it back."""
        self._alive.append(asked)
        self._found[id(asked)] = answer
        return answer

    def of(self, asked: Asked, find: Callable[[], Found]) -> Found:
        """What was found about a thing before, or is found now; None is an answer as well."""
        known = self._found
        return known[id(asked)] if id(asked) in known else self.keep(asked, find())


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


def by_identity(things: Iterable[T]) -> dict[int, T]:
    """Things by their identity, each once, in their order."""
    return {id(thing): thing for thing in things}


def each_once(things: Iterable[T]) -> tuple[T, ...]:
    """Things, each once, in their order."""
    return tuple(by_identity(things).values())
