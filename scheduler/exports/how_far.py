"""How far a day is from another, in the reader's language: "in 4 days", "3 days ago".

The words are those of Unicode's CLDR, as pendulum brings them. It would round 13 days to a week, so here the days are always
counted out.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from pendulum.locales.locale import Locale

_NEAR = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "zh": {-1: "昨天", 0: "今天", 1: "明天"},
}


def how_far(day: date, today: date, language: str = "en") -> str:
    """How far a day is from today. Raises ValueError for a language that pendulum does not know."""
    days = (day - today).days
    return _NEAR.get(language, {}).get(days) or _counted(days, language)


@cache
def _counted(days: int, language: str) -> str:
    locale = Locale.load(language)
    when = "past" if days < 0 else "future"
    pattern: str = locale.get(f"translations.relative.day.{when}.{locale.plural(abs(days))}")
    return pattern.format(abs(days))
