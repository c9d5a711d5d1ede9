"""Whether the words of a recorded fact say that it is so, or that it is not."""

from __future__ import annotations

from decimal import Decimal

_YES = frozenset(("yes", "true", "present", "positive"))
_NO = frozenset(("no", "false", "absent", "negative"))


def yes_or_no(value: bool | Decimal | str) -> bool | None:
    """True for what says yes, False for what says no, None for all other words: "suspected", "unknown", a number."""
    if isinstance(value, bool):
        return value
    said = str(value).strip().casefold()
    return True if said in _YES else False if said in _NO else None
