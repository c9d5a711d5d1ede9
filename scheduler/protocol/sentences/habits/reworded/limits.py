"""Ends as publications say them: a total of 6 cycles, PD, 24 months (8 cycles), week 48."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import meant


def _at_week(match: re.Match[str]) -> tuple[str, ...]:
    unit, number = match[1].lower(), int(match[2])
    after = f"{number} {unit}s after first dose"
    return (after, f"Study Day {7 * number - 6}") if unit == "week" and number else (after,)


def _choice(match: re.Match[str]) -> tuple[str, ...]:
    joined = "or" if match[2].lower() == "or" else "to"
    return (f"{match[1]} {joined} {match[3]} {match[4] or 'cycles'}, as the investigator chooses ",)


_WHO = r"(?:investigator|physician|clinician|doctor)"
LIMITS = (
    meant(
        rf"^\s*(?:for\s+|cycles?\s+(?:1\s*-\s*)?)?([0-9]+)\s*(-|to|or)\s*([0-9]+)\s*(cycles|doses|fractions)?\s*,?\s*\(?"
        rf"(?:as\s+(?:chosen|decided)\s+by|(?:as|when)\s+(?:the\s+)?(?={_WHO}\s+(?:chooses|decides|prefers))|(?:at|by|per|according\s+to)\s+"
        rf"(?:the\s+)?(?:discretion|choice)\s+of|at|by|per|according\s+to)?\s*(?:the\s+)?{_WHO}(?:'s|s')?"
        rf"(?:\s+(?:chooses|decides|prefers|discretion|choice|decision))?\)?(?=\s*(?:$|\())",
        _choice,
    ),
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
    meant(
        r"\s*,?\s*(?:\(\s*)?(?:(?:and|but|with)\s+)?(?:then\s+|after\s+)?"
        r"(?:(?:finish|complet)(?:e|ing|ion\s+of)\s+(?:the\s+)?(?:started|current|ongoing|running)\s+cycle"
        r"|(?:the\s+)?(?:started|current|ongoing|running)\s+cycle\s+(?:is|will\s+be)\s+(?:finished|completed))\)?(?=\s*(?:$|\())",
        " and the end of the started cycle",
    ),
)
