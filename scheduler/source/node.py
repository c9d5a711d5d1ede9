"""A YAML text as plain data, with the place of every value and of every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from scheduler.findings import Place

Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"
"""What a text can hold. What is not plainly a whole number, true, false or nothing stays text."""

Step: TypeAlias = str | int
"""One step of a path: a key of a mapping, or the index of a list's item."""

_NO_KEYS: Mapping[str, tuple[int, int]] = MappingProxyType({})
_NO_CHILDREN: Mapping[Step, Node] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a text, where it stands, and all that is in it.

    ``line`` and ``column`` count from 1. ``keys`` says where each key of a mapping stands, ``children`` holds the values by key
    or index. ``letters`` is the column of a scalar's first character when the text stands in the file letter by letter
    on one line, else None (folded, with escapes, or not a scalar).
    """

    value: Data
    file: str
    line: int
    column: int
    keys: Mapping[str, tuple[int, int]] = field(default_factory=lambda: _NO_KEYS)
    children: Mapping[Step, Node] = field(default_factory=lambda: _NO_CHILDREN)
    letters: int | None = None

    def at(self, *path: Step) -> Node:
        """The value at this path. Raises KeyError when there is none."""
        node = self
        for step in path:
            node = node.children[step]
        return node

    def place(self, *path: Step) -> Place:
        """Where the value at this path begins.

        When the text does not have all of the path (a default, say), the place of the last key on the way that it has.
        """
        node, found = self._walk(path)
        if found < len(path):
            return self.key_place(*path[:found])
        return Place(node.file, node.line, node.column)

    def key_place(self, *path: Step) -> Place:
        """Where the key at the end of this path stands; for a list's item and for the whole text, where the value begins.

        When the text does not have all of the path, the place of the last key on the way that it has.
        """
        _, found = self._walk(path)
        if found == 0:
            return Place(self.file, self.line, self.column)
        holder = self.at(*path[: found - 1])
        last = path[found - 1]
        if isinstance(last, str):
            return Place(self.file, *holder.keys[last])
        item = holder.children[last]
        return Place(item.file, item.line, item.column)

    def place_in(self, path: tuple[Step, ...], offset: int) -> Place:
        """Where the character number ``offset`` (the first is 0) of the text at this path stands.

        Exact for plain and quoted text on one line without escapes. For folded or block text (``|``, ``>``), text over
        several lines and text with escapes it is only where the value begins.
        """
        node, found = self._walk(path)
        if found < len(path) or node.letters is None:
            return self.place(*path)
        return Place(node.file, node.line, node.letters + offset)

    def known(self, path: tuple[Step, ...]) -> tuple[Step, ...]:
        """As much of a path as the text has."""
        return path[: self._walk(path)[1]]

    def _walk(self, path: tuple[Step, ...]) -> tuple[Node, int]:
        """The last value on this path that the text has, and how many steps lead to it."""
        node = self
        for count, step in enumerate(path):
            child = node.children.get(step)
            if child is None:
                return node, count
            node = child
        return node, len(path)
