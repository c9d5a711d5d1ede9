"""What a branch hangs on, as publications say it: women, aged 65 or over, creatinine clearance 30 to 60 mL/min."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.sentences.habits.habit import meant


def _both_ends(match: re.Match[str]) -> tuple[str, ...]:
    """ "30 to 60": both ends belong to it, or the upper one to the next range. "30-59" leaves nobody out before 60."""
    name, low, high, unit = match[1], match[2], Decimal(match[3]), match[4] or ""
    if Decimal(low) >= high:
        return ()
    if high % 10 == 9:
        return (f"{name} at least {low} to below {high + 1} {unit}".strip(),)
    return f"{name} at least {low} to {high} {unit}".strip(), f"{name} at least {low} to below {high} {unit}".strip()


_SEX = {"women": "female", "female": "female", "females": "female", "men": "male", "male": "male", "males": "male"}
FACTS = (
    meant(r"^\s*(?:only\s+)?(?:if|when|in\s+case\s+of|for|in)\s+(?=\S)", ""),
    meant(r"^\s*(?:the\s+)?(?:patients?|subjects?|participants?)\s+(?:who\s+)?(?:is|are|with|has|have)\s+", ""),
    meant(r"^\s*with\s+", ""),
    meant(r"^\s*(?:unless|without)\s+", "no "),
    meant(
        r"^\s*(women|females?|men|males?)(?:\s+(?:patients|subjects|participants|sex))?(?=\s*(?:$|\(|\band\b|\bor\b))",
        lambda match: (f"sex is {_SEX[match[1].lower()]}",),
    ),
    meant(r"\b(sex|gender)\s*:?\s+(female|male)\b", "sex is {1}"),
    meant(r"\b(?:CrCl|CLcr)\b", "creatinine clearance"),
    meant(r"\bBP\b", "blood pressure"),
    meant(r"\bblood\s+pressure\s*(?:>=|≥)\s*(?=[0-9]+/)", "blood pressure at least "),
    meant(r"\bblood\s+pressure\s*(?:<=|≤)\s*(?=[0-9]+/)", "blood pressure up to "),
    meant(r"\bblood\s+pressure\s*>\s*(?=[0-9]+/)", "blood pressure above "),
    meant(r"\bblood\s+pressure\s*<\s*(?=[0-9]+/)", "blood pressure below "),
    meant(r"\b([0-9]{2,3}/[0-9]{2,3})(?=\s*(?:$|\(|\band\b|\bor\b))", "{0} mmHg"),
    meant(
        r"^\s*(?:age[ds]?\s+(?:of\s+)?)?([0-9]+)\s*(?:years?|y)?\s*(?:of\s+age\s+)?(?:or|and)\s+(?:older|over|above|more)\b",
        "age at least {0} years",
    ),
    meant(
        r"^\s*(?:aged?\s*)?(?:≥|>=)\s*([0-9]+)\s*(?:years?|y)?(?:\s+(?:old|of\s+age))?(?=\s*(?:$|\(|\band\b|\bor\b))",
        "age at least {0} years",
    ),
    meant(
        r"^\s*(?:aged?\s*)?(?:>|over)\s*([0-9]+)\s*(?:years?|y)?(?:\s+(?:old|of\s+age))?(?=\s*(?:$|\(|\band\b|\bor\b))",
        "age above {0} years",
    ),
    meant(
        r"^\s*(?:aged?\s*)?(?:<|under)\s*([0-9]+)\s*(?:years?|y)?(?:\s+(?:old|of\s+age))?(?=\s*(?:$|\(|\band\b|\bor\b))",
        "age below {0} years",
    ),
    meant(r"^\s*aged\s+", "age "),
    meant(
        r"\b([A-Za-z][\w -]*?)\s+(?:is\s+)?(?:of\s+|between\s+|from\s+)?([0-9.]+)\s*(?:-|to|and)\s*([0-9.]+)"
        r"(?:\s*([A-Za-z][\w/]*))?(?=\s*(?:$|\(|\band\b|\bor\b))",
        _both_ends,
    ),
    meant(r"\b([A-Za-z][\w ]*?)\s+(?:positive|present|yes)\s*(?=$|\()", "{0}"),
    meant(r"\b([A-Za-z][\w ]*?)\s+(?:negative|absent)\s*(?=$|\()", "no {0}"),
    meant(r"(?<=\w),\s*(?:and\s+)?(?=[A-Za-z])", " and "),
)
