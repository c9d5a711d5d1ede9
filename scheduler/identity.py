"""Things known by being the same object: where speed lives. To compare or hash a plan's values costs more than to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Memo(Generic[Asked, Found]):
    """What was found about things. It keeps them alive, so that no other object is ever taken for one of them."""

    __slots__ = ("_found",)

    def __init__(self, found: Iterable[tuple[Asked, Found]] = ()) -> None:
        self._found = {id(asked): (asked, answer) for asked, answer in found}

    def __bool__(self) -> bool:
        return bool(self._found)

    def __getitem__(self, asked: Asked) -> Found:
        return self._found[id(asked)][1]

    def get(self, asked: Asked) -> Found | None:
        """What was found about a thing; None where nothing was."""
        found = self._found.get(id(asked))
        return None if found is None else found[1]

    def among(self, things: Mapping[int, object]) -> Iterator[Found]:
        """What was found about these things (`by_identity`), in the order in which it was found."""
        return (answer for known, (_, answer) in self._found.items() if known in things)

    def keep(self, asked: Asked, answer: Found) -> Found:
        """Remember what was found, and give it back."""
        self._found[id(asked)] = (asked, answer)
        return answer

    def of(self, asked: Asked, find: Callable[[], Found]) -> Found:
        """What was found about a thing before, or is found now; None is an answer as well."""
        found = self._found.get(id(asked))
        return found[1] if found is not None else self.keep(asked, find())


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
