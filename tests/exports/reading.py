"""Reads a page back as a tree, with a parser that knows nothing of how it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "br", "link", "img", "hr", "input"}


@dataclass
class Node:
    """An element with its attributes, its text and what is inside it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def every(self, name: str, /, **wanted: str) -> list[Node]:
        """All elements of that name below this one whose attributes are as wanted; ``class_`` asks for one of the classes."""
        return [node for node in self.below() if node.name == name and node.has(wanted)]

    def one(self, name: str, /, **wanted: str) -> Node:
        """The only such element."""
        (found,) = self.every(name, **wanted)
        return found

    def below(self) -> Iterator[Node]:
        for part in self.inside:
            if isinstance(part, Node):
                yield part
                yield from part.below()

    def has(self, wanted: dict[str, str]) -> bool:
        return all(
            value in self.classes if key == "class_" else self.attributes.get(key.replace("_", "-")) == value
            for key, value in wanted.items()
        )

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text below, with single blanks."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()
                yield " " if part.name in ("td", "th", "li", "p", "dt", "dd", "title", "br") else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(text: str) -> Node:
    """The page as a tree. Fails where a tag is closed by another or not at all."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert [node.name for node in reader.open] == [""], "left open"
    return reader.root
