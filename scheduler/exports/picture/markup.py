"""SVG elements from values. What is not markup already is escaped: nothing that people wrote becomes markup."""

from __future__ import annotations

from typing import TypeAlias

from markupsafe import Markup as Markup
from markupsafe import escape

from scheduler.exports.letters import showable

Attribute: TypeAlias = str | int | float | bool | None

_EMPTY = frozenset({"path", "rect", "circle", "line", "use", "polygon"})


def element(name: str, /, *inside: str | None, **attributes: Attribute) -> Markup:
    """One element with what is inside it. An attribute that is None or False is left out; ``class_`` stands for ``class``.

    An underscore in an attribute's name stands for a hyphen: ``stroke_width``.
    """
    start = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}"
    if name in _EMPTY and not inside:
        return Markup(f"{start}/>")
    return Markup(f"{start}>{together(*inside)}</{name}>")


def together(*parts: str | None) -> Markup:
    """Elements and text one after the other; text is escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escaped(part) for part in parts if part is not None))


def escaped(text: str) -> Markup:
    """Text as it must stand in markup, quotes included."""
    return escape(showable(text))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if isinstance(value, float):
        # A hundredth of a pixel is enough, and the same on every machine.
        return f' {name}="{round(value, 2):g}"' if abs(value) < 100_000 else f' {name}="{value:.2f}"'
    return f' {name}="{escaped(str(value))}"'
