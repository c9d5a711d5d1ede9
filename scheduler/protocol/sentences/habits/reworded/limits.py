"""Ends as publications say them: a total of 6 cycles, PD, 24 months (8 cycles), week 48."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import meant


def _at_week(match: re.Match[str]) -> tuple[str, ...]:
    unit, number = match[1].lower(), int(match[2])
    after = f"{number} {unit}s after first dose"
    return (after, f"Study Day {7 * number - 6}") if unit == "week" and number else (after,)


LIMITS = (
    meant(r"^\s*(?:for\s+)?(?:a\s+)?total\s+(?:of|duration\s+of)\s+", ""),
    meant(r"^\s*(?:until\s+|through\s+|up\s+to\s+|to\s+)?(week|month)\s+([0-9]+)\s*(?=$|\()", _at_week),
    meant(r"^\s*(?:until|through|till|up\s+to)\s+", ""),
    meant(
        r"\b(?:start|initiation)\s+of\s+(?:a\s+)?(?:new|subsequent|another)\s+(?:anti-?\s*cancer|antineoplastic"
        r"|cancer)\s+(?:therapy|treatment)\b"
        r"|\b(?:new|subsequent|another)\s+(?:anti-cancer|antineoplastic|cancer)\s+(?:therapy|treatment)\b",
        "new anticancer therapy",
    ),
    meant(
        r"\b(?:RECIST|radiographic|radiological|confirmed|clinical|tumou?r)(?:\s+[0-9.]+)?(?:-defined)?\s+"
        r"(?:disease\s+)?progression\b",
        "progression",
    ),
    meant(r"\b(?:disease\s+progression|progressive\s+disease|PD)\b", "progression"),
)
