"""How people say a whole regimen in a line: q3w, max 6 cycles, 0-1-6 months, drug A plus drug B."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import meant

_LISTED = r"[0-9]+(?:\s*(?:,|-|/|and|,\s*and)\s*[0-9]+)+"


def _at(match: re.Match[str]) -> tuple[str, ...]:
    """ "0-1-6 months": the numbers stand behind their unit."""
    numbers = ", ".join(re.findall(r"[0-9]+", match["numbers"]))
    unit = {"d": "days", "w": "weeks", "m": "months"}[match["unit"][0].lower()]
    return (f"at {unit} {numbers}",)


IN_SUMMARIES = (
    meant(r"\bq\s*([0-9]+)\s*w(?:eeks?|ks?)?\b", "every {0} weeks"),
    meant(r"\bq\s*([0-9]+)\s*d(?:ays?)?\b", "every {0} days"),
    meant(r"\b(?:qw|(?:once\s+)?weekly|every\s+week|once\s+a\s+week)\b", "every 7 days"),
    meant(r"\b(?:max(?:imum|\.)?(?:\s+of)?|total\s+of|x|in\s+total)\s*([0-9]+)\s*(cycles?|doses?)\b", "for {0} {1}"),
    meant(
        r"(?:(?<=\s)(?:\+|&)|\bplus\b|\b(?:in\s+combination\s+|together\s+|combined\s+)?with\b)(?=\s+[\w-]+\s+(?:[0-9]|AUC))",
        "and",
    ),
    meant(
        r"\b(?:until|till|to)\s+(?:PD|(?:disease|tumou?r)\s+progression|progressive\s+disease|relapse)\b",
        "until progression",
    ),
    meant(
        rf"(?:\b(?:at|in|on)\s+)?(?<![\w,-])(?P<numbers>{_LISTED})[\s-]*(?P<unit>months?|weeks?)\b(?! cycle)",
        _at,
    ),
    meant(rf"\b(?:on\s+|in\s+)?(?P<unit>months?|weeks?)\s+(?P<numbers>{_LISTED})", _at),
    meant(r"\b(?:with\s+a\s+)?cycle\s+(?:length|duration)?\s*(?:of|:)?\s*([0-9]+)\s+(days|weeks)\b", "every {0} {1}"),
)
