"""How people write windows in hours: 24h ± 2h, 24-72 hours, within 24 h of, no later than 24 hours, 1 day ±2 hours."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import meant

_HOURS = r"(?:h|hrs?|hours?)\b"
_EITHER = r"(?:±|\+\s*/?\s*-|\+-|plus\s+or\s+minus)"


def _in_hours(match: re.Match[str]) -> tuple[str, ...]:
    """A window of hours goes with hours: 1 day is 24 of them."""
    return (f"{24 * int(match[1])} hours {match[2].replace(' ', '')} hours",)


def _in_order(match: re.Match[str]) -> tuple[str, ...]:
    """The ideal comes first, and it is the fewer."""
    fewer, more = sorted((int(match[1]), int(match[2])))
    return (f"{fewer} to {more} hours",)


IN_HOURS = (
    meant(rf"\b([0-9]+)\s+days?\s+((?:±|-\s*[0-9]+\s+\+|[+-])\s*[0-9]+)\s*{_HOURS}", _in_hours),
    meant(rf"\b([0-9]+)\s*(?:{_HOURS})?\s*\(?\s*{_EITHER}\s*([0-9]+)\s*{_HOURS}\s*\)?", "{0} hours ±{1} hours"),
    meant(rf"\b([0-9]+)\s*{_HOURS}\s*{_EITHER}\s*([0-9]+)(?=\s+after\b)", "{0} hours ±{1} hours"),
    meant(rf"\b([0-9]+)\s*(?:-|to|–)\s*([0-9]+)\s*{_HOURS}", _in_order),
    meant(
        rf"(?:\b(?:not\s+later|no\s+later|not\s+more|no\s+more|less)\s+than|\bup\s+to|\bat\s+most|\bwithin|≤|<=|<)\s*([0-9]+)\s*{_HOURS}\s+(?:after|following|post|of|from)\b",
        "within {0} hours after",
    ),
)
