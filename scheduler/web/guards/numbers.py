"""Numbers as requests say them."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]{1,15}", re.ASCII)


def whole_number(said: str | None) -> int | None:
    """A number of a record, an event or a line; None for what is none, has other digits than these ten, or more than counts."""
    return int(said) if said is not None and _DIGITS.fullmatch(said) else None
