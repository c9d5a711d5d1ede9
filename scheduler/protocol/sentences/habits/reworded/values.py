"""Values, bands and levels as publications say them: > 75 years: half dose, CrCl 30-59: 15 mg, 300 mg bid, 250 mg bid."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.sentences.habits.bands import next_whole
from scheduler.protocol.sentences.habits.habit import meant

_MEASURE = r"age|weight|body\s+mass\s+index|body\s+surface|creatinine\s+clearance"
_UNITS = {
    "age": "years",
    "weight": "kg",
    "body mass index": "kg/m2",
    "body surface": "m2",
    "creatinine clearance": "mL/min",
}


def _either_value(match: re.Match[str]) -> tuple[str, ...]:
    """Nothing says which value counts: that at the first dose, or each new one."""
    return f"{match[1].strip()} at first dose:", f"{match[1].strip()} in force:"


def _range(match: re.Match[str]) -> tuple[str, ...]:
    measure = " ".join(match[1].lower().split())
    low, high, unit = match[2], float(next_whole(Decimal(match[4]))), match[5] or _UNITS[measure]
    if float(low) >= high:
        return ()
    if match[3] or high != float(match[4]):
        return (f"{measure} at least {low} to below {high:g} {unit}",)
    if high % 10 == 9:
        return (f"{measure} at least {low} to below {high + 1:g} {unit}",)
    return f"{measure} at least {low} to below {high:g} {unit}", f"{measure} above {low} to {high:g} {unit}"


def _with_unit(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[1]} {_UNITS[' '.join(match[2].lower().split())]}",)


BANDS = (
    meant(r"^\s*(?:in\s+|for\s+)?(?:patients?|subjects?|participants?)\s+(?:aged\s+|with\s+(?:an?\s+)?)?", ""),
    meant(r"^\s*(?:if|when|for)\s+", ""),
    meant(r"\b(?:CrCl|CLcr)\b", "creatinine clearance"),
    meant(r"\bBMI\b", "body mass index"),
    meant(r"^\s*(?=(?:>=|<=|>|<|≥|≤|over\b|under\b|above\b|below\b|at\s+least)\s*[0-9]+\s*(?:years|y\b))", "age "),
    meant(r"^\s*(?=[0-9]+\s*(?:years?\s*)?(?:or|and)\s+(?:older|over|above))", "age "),
    meant(
        rf"\b({_MEASURE})\s+(?:between\s+|of\s+)?([0-9.]+)\s*(?:-|to|and)\s*(<\s*)?([0-9.]+)(?:\s*([A-Za-z][\w/]*))?"
        rf"(?=\s*(?::|at\s|in\s))",
        _range,
    ),
    meant(r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    meant(r"(?:<=|≤)\s*([0-9.]+)", "up to {0}"),
    meant(r"(?:>|\b(?:over|more\s+than|older\s+than))\s*([0-9.]+)", "above {0}"),
    meant(r"(?:<|\b(?:under|less\s+than|younger\s+than))\s*([0-9.]+)", "below {0}"),
    meant(rf"\b(({_MEASURE})\s+(?:above|below|at\s+least|up\s+to)\s+[0-9.]+)(?=\s*(?::|at\s|in\s))", _with_unit),
    meant(r"\bat\s+baseline\b", "at first dose"),
    meant(r"^([^:]*?(?<!first dose)(?<!in force)(?<!\s))\s*:", _either_value),
    meant(r":\s*(?:reduce(?:d)?\s+(?:the\s+)?(?:dose\s+)?to\s+)([0-9]+)\s*%", ": {0} % of the dose"),
    meant(r":\s*(?:one\s+)?half\s+(?:the\s+)?dose\b", ": half the dose"),
    meant(r":\s*50\s*%\s+of\s+the\s+dose\b", ": half the dose"),
    meant(r":\s*(?:three[\s-]quarters|3/4)\s+(?:of\s+)?(?:the\s+)?dose\b", ": 75 % of the dose"),
    meant(r":\s*(?:one[\s-]quarter|a\s+quarter|1/4)\s+(?:of\s+)?(?:the\s+)?dose\b", ": 25 % of the dose"),
)
LEVELS = (
    meant(r"\s*\(?\b(?:dose\s+)?level\s*-?[0-9]\)?\s*:?", " "),
    meant(r"\s*\(?\b(?:dose\s+)?level\s*-?[0-9]\)?\s*:?", " "),
    meant(r"\s*\(?\b(?:dose\s+)?level\s*-?[0-9]\)?\s*:?", " "),
    meant(r"\s*\(?\b(?:dose\s+)?level\s*-?[0-9]\)?\s*:?", " "),
    *(
        meant(
            r"\s+(?:b\.?i\.?d\.?|q\.?d\.?|o\.?d\.?|t\.?i\.?d\.?|(?:once|twice|three\s+times)\s+(?:daily|a\s+day)"
            r"|daily|/\s*day)(?!\w)",
            "",
        )
        for _ in range(5)
    ),
    meant(r"\s+,", ","),
    meant(r"\s+,", ","),
)
"""How often a dose is taken stands under 'give', not in its levels."""
_GOES_ON = (
    r"(?:(?:a|the|each|every)\s+)?(?:new\s+|next\s+)?"
    r"(?:day\s+1|cycles?|doses?|treat(?:ment|ed)?|therapy|dosing|infusions?)\b[^0-9,]*?"
)

VALUES = (
    meant(rf"^\s*(?:{_GOES_ON})?\s*\b(?:until|only\s+when|only\s+if|when|if|provided(?:\s+that)?|once)\s+(?=\S)", ""),
    meant(r"(?<=[0-9])\s*(?:G/l|x\s*10\^9\s*/\s*L|x\s*10\s*9\s*/\s*L)\b", " G/L"),
    meant(r",\s*(?=[A-Za-z][\w ]*?\s*(?:≥|>=|>|<|≤|at\s+least|above)\s*[0-9])", " and "),
)
