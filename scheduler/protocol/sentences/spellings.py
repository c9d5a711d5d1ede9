"""What people write by habit, and how this language spells it: shorthand, signs of other keyboards, words left out.

None of these is guessed at by the reader. A wrong sentence gets a finding, and the hint shows the right spelling of exactly the
words that are wrong.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from scheduler.source.ambiguous import date_readings, number_readings, which

_WITH_COMMA = r"(?<![0-9,])[0-9]+,[0-9]+\b(?!,)"


def _either_number(match: re.Match[str]) -> str:
    """A number with a comma: all that it may be, because countries differ."""
    readings = number_readings(match[0])
    return which(readings) if len(readings) > 1 else f"{readings[0]}, with a point"


def _either_date(match: re.Match[str]) -> str:
    """A date in the order of some country: all the days that it may be."""
    readings = date_readings(match[0])
    return which(readings) or "the date as YYYY-MM-DD"


_EVERYWHERE = (
    (r"(?<![\w/.])[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{2,4}(?![\w/.])", _either_date),
    (r"\+\s*/?\s*[-–−]\s*([0-9]+)(?:\s*(?:d|days?)\b)?", "±{0}"),
    (r"±\s*([0-9]+)\s*d\b", "±{0} days"),
    (r"±\s*([0-9]+)\s*(?:w|wk|wks)\b", "±{0} weeks"),
    (r"([0-9]+)\s*(?:d|day|days)\b(?<! day)(?<! days)", "{0} days"),
    (r"([0-9]+)\s*(?:w|wk|wks|weeks?)\b(?<! week)(?<! weeks)", "{0} weeks"),
    (r"([0-9]+)\s*(?:mo|mos|mth|months?)\b(?<! month)(?<! months)", "{0} months"),
    (r"([0-9]+)\s*(?:y|yr|yrs|years?)\b(?<! year)(?<! years)", "{0} years"),
    (r"([0-9]+)\s*[–—−]\s*([0-9]+)", "{0}-{1}, with the hyphen of the keyboard"),
    (r"[–−]\s*([0-9]+)", "-{0}, with the hyphen of the keyboard"),
    (r";", ","),
)
_IN_TIMINGS = (
    (r"\bevery\s+(day|week|month|year)\b", "every 1 {0}"),
    (r"\bthe\s+day\s+(before|after)\b", "1 day {0}"),
    (r"\b[Ww]eeks?\s+([0-9]+)\b", "{0} weeks after first dose"),
    (r"\btogether\s+with\s+([\w-]+)", "together with: {0}, in a line of its own beside 'when'"),
    (
        r"\bevery\s+([0-9]+(?:st|nd|rd|th))\s+([\w-]+)\s+(cycle|dose|visit)s?,?\s+from\s+(?:\w+\s+)?([0-9]+)",
        "{1} {2}s {3}, then every {0}",
    ),
    (r"\bq([0-9]+)d\b", "{0} days after the previous dose, or: every {0} days from first dose"),
    (r"\bq([0-9]+)w\b", "{0} weeks after the previous dose, or: every {0} weeks from first dose"),
    (r"\bC([0-9]+)\s*D([0-9]+)\b", "regorafenib cycle {0} day {1}, with the name of your treatment"),
    (r"\bD-([0-9]+)\b", "Study Day -{0}"),
    (r"\bD([0-9]+)\b", "Study Day {0}"),
    (r"\b(?:last)\s+day\s+of\b", "the last day of"),
    (r"\blast\s+dose\b", "the last dose"),
    (r"\blast\s+(\w[\w-]*)\s+dose\b", "the last {0} dose"),
    (r"\b(previous|prior|preceding)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {1}"),
    (r"\b(?:last)\s+(cycle|fraction|visit|scan)\b", "the previous {0}"),
    (r"\bend\s+of\s+(\w[\w-]*)", "the end of {0}"),
    (r"\bday\s+([1-9][0-9]*)\b", "Study Day {0}, or the day of a cycle: regorafenib cycle 1 day {0}"),
    (r"\b(?:no|not)\s+earlier\s+than\b", "not before"),
    (r"\b(?:no|not)\s+later\s+than\b", "not after"),
    (r"\b(?:within|in)\s+([0-9]+)\s+(days?|weeks?)\s+(?:of|after)\b", "0 to {0} {1} after"),
    (r"\bbetween\s+([0-9]+)\s+and\s+([0-9]+)\b", "{0} to {1}"),
    (r"\b([0-9]+)\s+and\s+([0-9]+)\b", "{0}, {1}"),
    (r"\bweekly\b", "every 1 week from first dose, or: 7 days after the previous dose"),
    (r"\bmonthly\b", "every 1 month from first dose"),
    (r"\bdaily\b", "1 day after the previous dose"),
)
_IN_DOSES = (
    (r"([0-9]+)\s*(?:h|hr|hrs|hours?)\b(?<! hour)(?<! hours)", "{0} hours"),
    (r"([0-9]+)\s*(?:min|mins|minutes?)\b(?<! minute)(?<! minutes)", "{0} minutes"),
    (r"([0-9]+)\s*(mg|mcg|g|Gy|IU)\b(?<! mg)(?<! mcg)(?<! g)(?<! Gy)(?<! IU)", "{0} {1}"),
    (r"\bd([0-9]+)\s*[-–]\s*d?([0-9]+)\b", "days {0}-{1}"),
    (r"\b(?:doses|dose)\s+([0-9]+)\s*\+", "doses {0} and later"),
    (r"\b(?:cycles|cycle)\s+([0-9]+)\s*\+", "cycles {0} and later"),
    (r"\bday\s+([0-9]+)\s+(evening|morning)\b", "from the evening of day 1 to the morning of day 15"),
    (_WITH_COMMA, _either_number),
    (r"\b([0-9]+)\s+and\s+([0-9]+)\b", "{0}, {1}"),
    (r"\bfor\s+([0-9]+)\s+days\b", "on days 1-{0}"),
    (r"\b([0-9]+)\s*AUC\b", "AUC {0}"),
    (
        r"\b(?:weekly|every\s+(?:week|[0-9]+\s+(?:days|weeks)))\b",
        "how often under 'when': 7 days after the previous dose",
    ),
    (r"\b(?i:q\.?d\.?|once a day|per day|od)(?!\w)", "once daily"),
    (r"\b(?i:b\.?i\.?d\.?|twice a day)(?!\w)", "twice daily"),
    (r"\b(?i:t\.?i\.?d\.?|three times a day)(?!\w)", "three times daily"),
    (r"\b(?i:p\.?o\.?|orally|oral)(?!\w)", "by mouth"),
    (r"\b(?i:i\.?v\.?|intravenous|infusion)(?!\w)", "intravenously"),
    (r"\b(?i:s\.?c\.?|subcutaneous)(?!\w)", "subcutaneously"),
    (r"\b(?i:i\.?m\.?|intramuscular)(?!\w)", "intramuscularly"),
    (r"\bm²|\bm\^2", "m2"),
    (r"\b(?:[µμ]g|ug)\b", "mcg"),
    (r"\bmgs\b|\bmilligrams?\b", "mg"),
    (r"\bgray\b|\bGray\b|\bgy\b|\bGY\b", "Gy"),
)
_IN_RULES = (
    (rf"{_WITH_COMMA}(?=\s*[x×])|\b[0-9]+,[0-9]{{3}}\b", _either_number),
    (r"([0-9.]+)\s*[x×]?\s*(?:the\s+)?(?:ULN|upper limit of normal)\b", "{0} x upper limit"),
    (r"([0-9.]+)[x×]", "{0} x"),
    (r"×", "x"),
    (r"(?:grade\s*)?(?:>=|≥)\s*(?:grade\s*|G)?([1-3])\b(?!\s*x|[0-9.])", "grade {0}-4"),
    (r"(?:>|more than|over|greater than)\s*([0-9.]+)", "above {0}"),
    (r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    (r"(?:<=|≤)\s*([0-9.]+)", "up to {0}"),
    (r"(?:<|less than|under)\s*([0-9.]+)", "below {0}"),
    (r"\bG([1-4])\b", "grade {0}"),
    (r"\b(?:first)\s+(?:time|occurrence|episode)\b", "1st time"),
    (r"\b(?:second)\s+(?:time|occurrence|episode)\b", "2nd time"),
    (r"\b(?:third)\s+(?:time|occurrence|episode)\b", "3rd time"),
    (r"\b([0-9]+(?:st|nd|rd|th))\s+(?:occurrence|episode)\b", "{0} time"),
    (r"\bpermanently\s+discontinue\b|\bstop\b", "discontinue"),
    (r"\b(?:interrupt|withhold|suspend)\b", "hold"),
    (r"\b(?:maintain|no change)\b", "continue"),
    (r"\b(?:restart|rechallenge|reintroduce)\b", "then resume"),
    (r"\b(?:same dose)\b", "the same level"),
)


def _shortest(match: re.Match[str]) -> str:
    """From so many days on, as more than one day less."""
    return f"more than {int(match[1]) - 1} days after"


_IN_RESTARTS = (
    (r"\bafter\s+(?:more\s+than|>)\s*([0-9]+)\s*(days|weeks)\b", "more than {0} {1} after any dose"),
    (r"(?:>|over|longer than)\s*([0-9]+)\s*(days|weeks)\b(?:\s+(?:after|since|from)\b)?", "more than {0} {1} after"),
    (r"(?:>=|≥|at least)\s*([0-9]+)\s*days\b(?:\s+after\b)?", _shortest),
    (r"([0-9]+)(?:\s*(?:to|-)\s*[0-9]+| or more)\s+days\b(?:\s+after\b)?", _shortest),
    (r"\b([0-9]+)\s+(days|weeks)\s+after\b", "more than {0} {1} after"),
    (r"\b(?:(?:each|every)\s+(?:dose|cycle))\b", "any dose"),
    (r"\b(?:doses|dose)\s+([0-9]+)\s*(?:\+|and up|onwards?)", "doses {0} and later"),
    (
        r"\b(?i:restart|begin|start|repeat)\b(?:\s+(?:again|at|from|with|step-up)\b)*\s+dose\s+([0-9]+)",
        "again from dose {0}",
    ),
)


def _per_litre(match: re.Match[str]) -> str:
    """Cells in a microlitre as cells in a litre: 1,500 /uL is 1.5 G/L."""
    return f"{Decimal(match[1].replace(',', '')) / 1000:f} G/L"


_IN_VALUES = (
    (r"\b([0-9]{1,3},[0-9]{3}|[0-9]+)\s*(?:cells)?\s*/\s*(?:[uµμ][lL]|mm3|mm³|mm\^3)", _per_litre),
    (r"\b(?:not below|recover(?:s|ed)? to|back to|of)\s*([0-9.]+)", "at least {0}"),
    (r"\bdiscontinue\s+after\s+(?:more\s+than\s+)?([0-9]+)\s+(days|weeks)\b", "after more than {0} {1}: discontinue"),
    (
        r"\bafter\s+(?:more\s+than\s+)?([0-9]+)\s+(days|weeks):?\s+(?:permanently\s+)?(?:discontinue|stop)\b",
        "after more than {0} {1}: discontinue",
    ),
    (r"\bfrom\s+(cycle|dose)\s+([0-9]+)(?:\s+onwards?)?", "from {0} {1} on"),
    (r"(?:>|more than|over|greater than)\s*([0-9.]+)", "above {0}"),
    (r"(?:>=|≥|of at least)\s*([0-9.]+)", "at least {0}"),
    (r"(?:<=|≤|at most|no more than)\s*([0-9.]+)", "up to {0}"),
    (r"(?:<|less than|under)\s*([0-9.]+)", "below {0}"),
    (r"([0-9.]+)\s*[x×]?\s*(?:the\s+)?(?:ULN|upper limit of normal)\b", "{0} x upper limit"),
    (r"([0-9.]+)\s*[x×*]\s*10\s*(?:\^|\*\*|\*|E)?\s*9\s*/\s*[lL]\b", "{0} G/L"),
    (r"([0-9.]+)\s*[x×*]\s*10⁹\s*/\s*[lL]\b", "{0} G/L"),
    (
        r",?\s*\(?(?:values?\s+)?(?:within|of|in|from)\s+(?:the\s+)?(?:last\s+)?([0-9]+)\s+days\b",
        ", values within {0} days",
    ),
    (r"\bpermanently\s+discontinue\b|\bstop\b", "discontinue"),
    (rf"{_WITH_COMMA}|\b[0-9]+,[0-9]{{3}}\b", _either_number),
)


class Habits(Enum):
    """Which habits to look for: those of timings, of doses, of doses that begin again, of values, or of dose rules."""

    TIMINGS = tuple((re.compile(pattern), spelling) for pattern, spelling in (*_IN_TIMINGS, *_EVERYWHERE))
    DOSES = tuple((re.compile(pattern), spelling) for pattern, spelling in (*_IN_DOSES, *_EVERYWHERE))
    RESTARTS = tuple((re.compile(pattern), spelling) for pattern, spelling in (*_IN_RESTARTS, *_EVERYWHERE))
    VALUES = tuple((re.compile(pattern), spelling) for pattern, spelling in (*_IN_VALUES, *_EVERYWHERE))
    RULES = tuple((re.compile(pattern), spelling) for pattern, spelling in (*_IN_RULES, *_EVERYWHERE))


def right_spelling(text: str, offset: int, habits: Habits) -> str | None:
    """How the words at this place of a sentence are spelled, where they are one of the known habits."""
    for pattern, spelling in habits.value:
        for match in pattern.finditer(text, max(0, offset - 40), offset + 60):
            if match.start() <= offset < match.end():
                return spelling(match) if callable(spelling) else spelling.format(*match.groups())
    return None
