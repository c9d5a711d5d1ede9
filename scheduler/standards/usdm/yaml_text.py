"""Pieces of YAML as a person writes them: quotes only where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_PLAIN = re.compile(r"(?:[A-Za-z]|\d+ (?=[A-Za-z]))(?:[A-Za-z0-9_ ./()+'%±≥≤<>?;-]|, (?=\S))*")
_MEANS_SOMETHING_ELSE = frozenset({"yes", "no", "true", "false", "null", "on", "off", "y", "n"})


def scalar(text: str) -> str:
    """The text as a value or a key."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _MEANS_SOMETHING_ELSE
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(texts: Iterable[str]) -> str:
    """A list in one line."""
    return "[" + ", ".join(each if re.fullmatch(r"[A-Za-z0-9-]+", each) else scalar(each) for each in texts) + "]"


def section(key: str, lines: Iterable[str]) -> str:
    """A key with lines below it; nothing where there are none, and a comment where all of them are comments."""
    body = list(lines)
    if all(line.startswith("#") for line in body if line):
        return "\n".join([f"# {key}:", *body, "", ""]) if any(body) else ""
    return "\n".join([f"{key}:", *(f"  {line}" if line else "" for line in body), "", ""])
