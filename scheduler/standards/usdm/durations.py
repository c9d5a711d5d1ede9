"""Durations of ISO 8601, as USDM writes them: not negative, and kept in the unit that they were written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = r"(?:(\d{1,5})%s)?"
_DURATION = re.compile(
    "P" + "".join(_PART % unit for unit in "YMWD") + "(?:T" + "".join(_PART % unit for unit in "HMS") + ")?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months, days and minutes are different things: a month is not 30 days. ``minutes`` are fewer than a day's."""

    months: int = 0
    days: int = 0
    minutes: int = 0
    in_weeks: bool = False

    @property
    def is_one_thing(self) -> bool:
        """True where it is months alone, days alone or minutes alone: a sentence says one of them."""
        return sum(map(bool, (self.months, self.days, self.minutes))) <= 1

    def said(self) -> str:
        """In the words of a sentence, for one of months, weeks or days; minutes are the same day."""
        if self.months:
            many, unit = (self.months // 12, "year") if self.months % 12 == 0 else (self.months, "month")
        elif self.in_weeks and self.days:
            many, unit = self.days // 7, "week"
        else:
            many, unit = self.days, "day"
        return f"{many} {unit}" if many == 1 else f"{many} {unit}s"


def read_duration(value: object) -> Duration | None:
    """The duration, or None where it is none: not a text, no part, or seconds that make no minute."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None or not any(found.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if seconds % 60:
        return None
    over, left = divmod(hours * 60 + minutes + seconds // 60, 24 * 60)
    return Duration(years * 12 + months, weeks * 7 + days + over, left, in_weeks=bool(weeks) and not days and not over)
