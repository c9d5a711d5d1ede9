"""People's own text inside a message: short, and harmless to the terminal that shows it."""

from __future__ import annotations

_LONGEST = 60


def quoted(text: str) -> str:
    """The text in quotes, at most 60 characters of it, with everything that cannot be printed written as an escape."""
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "'" + "".join(_visible(character) for character in shown) + "'"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
