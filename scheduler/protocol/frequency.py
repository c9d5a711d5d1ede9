"""How often a day a dose is given."""

from __future__ import annotations

DOSES_A_DAY = {None: 1, "once": 1, "daily": 1, "once daily": 1, "twice daily": 2, "three times daily": 3}


def doses_a_day(frequency: str | None) -> int | None:
    """How many doses a dosing day has; None where that is not the same on every day, such as every other day."""
    return DOSES_A_DAY.get(frequency)
