"""How people write that doses are 12 hours apart and go with food: 12h apart, approximately, with meals, fasting."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.sentences.habits.habit import meant

_HOURS = r"(?:h|hr|hrs|hours?)"


def _middle(match: re.Match[str]) -> tuple[str, ...]:
    """ "10 to 14 hours apart" is 12 hours, two fewer or more."""
    low, high = Decimal(match[1]), Decimal(match[2])
    if low >= high:
        return ()
    ideal, width = (low + high) / 2, (high - low) / 2
    return (f"{ideal.normalize():f} hours ±{width.normalize():f} hour{'' if width == 1 else 's'} apart",)


IN_TAKING = (
    meant(rf"\b([0-9.]+)\s*(?:to|-|–)\s*([0-9.]+)\s*{_HOURS}\s+apart\b", _middle),
    meant(
        rf"(?:\b(?:approximately|approx\.?|about|roughly|around|spaced)|~)\s*(?=[0-9]+\s*-?\s*{_HOURS}\b)",
        "",
    ),
    meant(rf"±\s*([0-9.]+)\s*{_HOURS}?(?=\s+apart\b)", "±{0} hours"),
    meant(rf"\bat\s+([0-9]+)-?\s*{_HOURS}\s+intervals?\b", "{0} hours apart"),
    meant(r"\bat\s+intervals\s+of\s+([0-9]+)\s*hours\b", "{0} hours apart"),
    meant(
        r"(?:\bin\s+the\s+)?\bmorning\s+and\s+(?:in\s+the\s+|at\s+)?(?:evening|night)\b", "in the morning and evening"
    ),
    meant(
        r"\b(?:with\s+or\s+without|regardless\s+of|irrespective\s+of)\s+(?:a\s+)?(?:meals?|food)\b",
        "with or without food",
    ),
    meant(r"\b(?:with|during)\s+(?:a\s+|the\s+)?(?:meals?|breakfast|dinner)\b", "with food"),
    meant(
        r"\bwith\s+(?:a\s+)?low\s+fat\s+(?:meal|breakfast)\b|\bwith\s+(?:a\s+)?low-fat\s+breakfast\b",
        "with a low-fat meal",
    ),
    meant(
        r"\b(?:fasting|fasted|without\s+food|on\s+empty\s+stomach|in\s+(?:the|a)\s+fasted\s+state)\b",
        "on an empty stomach",
    ),
    meant(
        r"\b([0-9]+)\s*min(?:utes|s)?\s+after\s+(?:meals|a\s+meal|food|eating)\b(?<!within)",
        "within {0} minutes after a meal",
    ),
    meant(r"\bafter\s+(?:meals|food|eating|each\s+meal)\b", "after a meal"),
    meant(r"\bbefore\s+(?:meals|food|eating|each\s+meal)\b", "before a meal"),
)
