"""How people write rows of decision tables, values to go on, and doses that begin again: G3, > 3 x ULN, 1.5 x 10^9/L."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.sentences.habits.everywhere import IN_DIGITS, WITH_COMMA, numbers_meant
from scheduler.protocol.sentences.habits.habit import advised, exactly, meant
from scheduler.source.ambiguous import number_readings


def _ordinal_in_digits(match: re.Match[str]) -> tuple[str, ...]:
    number = ("first", "second", "third", "fourth", "fifth").index(match[1].lower()) + 1
    return (f"{number}{('st', 'nd', 'rd', 'th', 'th')[number - 1]} {match[2]}",)


def _cells_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A count in a microlitre or mm3, in G/L: 1000 are 1 G/L."""
    readings = number_readings(match[1]) or (match[1],)
    return tuple(f"{Decimal(each) / 1000:f} G/L" for each in readings)


def _days_of_hours(match: re.Match[str]) -> tuple[str, ...]:
    """Values of the last 48 hours are those of 2 days."""
    days, left = divmod(int(match[1]), 24)
    return (f", values within {days} day{'' if days == 1 else 's'}",) if days and not left else ()


def _shortest(match: re.Match[str]) -> tuple[str, ...]:
    """From so many days on, as more than one day less."""
    return (f"more than {int(match[1]) - 1} days after",)


_REDUCE = r"(?:down-?titrate|step\s+down|(?:reduce|decrease|lower)(?:\s+(?:the\s+)?dose)?)"
_TEST = r"(?!grade\b|on\b|at\b|above\b|below\b|up\b)([a-z][\w/ -]*?)"
"""The name of a test, in front of its values."""
_LIMIT = r"(?:ULN|upper\s+limit\s+of\s+(?:the\s+)?normal)\b"
_AMOUNTS = (
    meant(r"\b([0-9]+(?:,[0-9]{3})?)\s*(?:cells\s*)?/\s*(?:µL|uL|mm3|mm³|mm\^3|cmm)(?!\w)", _cells_meant),
    exactly(rf"{WITH_COMMA}(?=\s*[A-Za-z×%])|\b[0-9]+,[0-9]{{3}}\b", numbers_meant),
    meant(rf"([0-9.]+)\s*-\s*([0-9.]+)\s*[x×]?\s*(?:the\s+)?{_LIMIT}", "above {0} to {1} x upper limit"),
    meant(rf"([0-9.]+)\s*[x×]?\s*(?:the\s+)?{_LIMIT}", "{0} x upper limit"),
    meant(r"(?<![\w.-])([0-9.]+)\s*-\s*([0-9.]+)\s*[x×]\s*(?:the\s+)?baseline\b", "above {0} to {1} x baseline"),
    *(
        meant(rf"^\s*{_TEST}\s+([0-9.]+)\s*-\s*([0-9.]+){behind}", f"{{0}} above {{1}} to {{2}}{means}")
        for behind, means in (
            (rf"\s*[x×]?\s*(?:the\s+)?{_LIMIT}", " x upper limit"),
            (r"\s*[x×]\s*(?:the\s+)?baseline\b", " x baseline"),
            (r"\s+(?=[a-zµ]+/[a-z])", " "),
        )
    ),
    meant(r"([0-9.]+)\s*[x×*]\s*10\s*(?:\^|\*\*)?\s*(?:9|⁹)\s*/\s*l\b", "{0} G/L"),
    meant(r"(?<=[0-9])\s*(?:10\^9|10⁹|giga)\s*/\s*l\b", " G/L"),
)
_SOON = r"(?:resolve[sd]?|recover(?:s|ed)?)\s+(?:with)?in\s+(?:<=|≤|up\s+to\s+)?"
_IN_TIME = rf"(?:if\s+)?(?:it\s+)?{_SOON}([0-9]+)\s+(days|weeks)(?:\s+or\s+less)?"
_SAME = r"(?:at\s+)?(?:the\s+)?same\s+(?:dose|level)"
_BY_ONE = r"(?:resume\s+|reduce\s+(?:by\s+)?)?(?:one|1)\s+(?:dose\s+)?level\b(?:\s+lower)?"
_LATER = rf"(?:if\s+)?(?:later|else|otherwise)\s*[:,]?\s*{_BY_ONE}"
_BY_TIME = (
    meant(
        rf"\s*[,;]\s*(?:then\s+)?{_IN_TIME}\s*[:,]?\s*(?:then\s+)?(?:resume\s+)?{_SAME}\s*[,;]\s*{_LATER}",
        ", then resume at the same level if recovered within {0} {1}, else 1 level lower",
    ),
    meant(rf"(?<=level)\s*,?\s*\b{_IN_TIME}", " if recovered within {0} {1}"),
    meant(rf"\s*[,;]?\s*\b{_LATER}", ", else 1 level lower"),
)
"""The level of a resume by how long the recovery took."""
IN_RULES = (
    *_AMOUNTS,
    *_BY_TIME,
    meant(
        r"^\s*(?:on\s+)?(?:an?\s+)?(?:hold|held|holding|interrupted|interruption)\s+(?:of\s+|for\s+|lasting\s+)?(?:(?:more|longer)\s+than|over|>)\s*(?=[0-9])",
        "on hold for more than ",
    ),
    advised(
        r"\b(?:delay|postpone)(?:\s+(?:the\s+)?(?:dose|cycle|treatment))?\s+(?:for\s+|by\s+)?(?:up\s+to|at\s+most|max(?:imum|\.)?)\s+([0-9]+\s+\w+)",
        "hold until ..., then resume at the same level; and under the treatment: delay at most: {0}",
    ),
    advised(
        r"\b(?:hold|withhold|interrupt)(?:\s+(?:the\s+)?(?:dose|treatment))?\s+(?:for\s+)?(?:up\s+to|at\s+most|max(?:imum|\.)?)\s+([0-9]+\s+\w+)",
        "hold until ..., then resume at the same level; and under the treatment: hold at most: {0}",
    ),
    meant(
        r"^\s*(?:on\s+)?([a-z][a-z-]+)\s*(?:>|above|over|more\s+than)\s*([0-9.]+)\s*mg(?:\s*/\s*d(?:ay)?|\s+(?:daily|a\s+day|per\s+day))?\s+for\s+(?:(?:more|longer)\s+than|>)\s*",
        "on {0} above {1} mg for more than ",
    ),
    meant(rf"\b{_REDUCE}(?:\s+by)?\s+(?:one|1|a)\s+(?:dose\s+)?(?:level|step)\b", "reduce by 1 level"),
    meant(rf"\b{_REDUCE}(?=\s*(?:$|\(|,))", "reduce by 1 level"),
    meant(r"\b(?:up-?titrate|step\s+up|increase(?:\s+(?:the\s+)?dose)?)(?=\s*(?:$|\(|,))", "re-escalate by 1 level"),
    meant(r"([0-9.]+)[x×](?!\w)", "{0} x"),
    meant(r"(?:grade\s*)?(?:>=|≥)\s*(?:grade\s*|G)?([1-3])\b(?!\s*x|\s*[0-9.]|\s*[GgMm]/)", "grade {0}-4"),
    meant(
        r"(?:until\s+)(?:recovery\s+to\s+)?(?:(?:<=|≤)\s*grade\s*|grade\s*(?:<=|≤)\s*)([0-3])\b", "until grade 0-{0}"
    ),
    meant(r"\buntil\s+(?:recovery\s+to\s+|recovered\s+to\s+)grade\s+(?:0-)?([1-3])\b", "until grade 0-{0}"),
    meant(r"\buntil\s+grade\s+([1-3])\b(?!-)", "until grade 0-{0}"),
    meant(r"(?<=until )(?:recovery|recovered|resolution)\b", "resolved"),
    meant(r"\bgrades\s+(?=[0-4])", "grade "),
    meant(r"\bgrade\s+([1-4])\s*(?:/|or|to|and)\s*([1-4])\b", "grade {0}-{1}"),
    meant(r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    meant(r"(?:<=|≤)\s*([0-9.]+)", "up to {0}"),
    meant(
        r"(?:>|\bmore than|\bover|\bgreater than)\s*([0-9.]+)(?!\s*(?:[0-9.]|days?\b|weeks?\b|months?\b|years?\b))",
        "above {0}",
    ),
    meant(r"(?:<|\bless than|\bunder)\s*([0-9.]+)(?!\s*(?:[0-9.]|days?\b|weeks?\b|months?\b|years?\b))", "below {0}"),
    meant(r"\bG([1-4])\b(?!/)", "grade {0}"),
    meant(r"\b(first|second|third|fourth|fifth)\s+(time)\b", _ordinal_in_digits),
    meant(r"\b(?:first)\s+(?:occurrence|episode)\b", "1st time"),
    meant(r"\b(?:second)\s+(?:occurrence|episode)\b", "2nd time"),
    meant(r"\b(?:third)\s+(?:occurrence|episode)\b", "3rd time"),
    meant(r"\b([0-9]+(?:st|nd|rd|th))\s+(?:occurrence|episode)\b", "{0} time"),
    meant(
        r"\bpermanently\s+discontinue\b"
        r"|\bdiscontinue\s+permanently\b|\bstop(?:\s+treatment)?(?:\s+(?:immediately|at\s+once|permanently))?\b",
        "discontinue",
    ),
    meant(
        r"\s*[,;]?\s*(?:and\s+|but\s+)?(?:continue|go\s+on)\s+(?:with\s+)?(?:the\s+)?(?:others?|remaining|rest)"
        r"(?:\s+(?:of\s+the\s+)?(?:drugs?|agents?|treatments?))?\b(?<!, go on with the others)",
        ", go on with the others",
    ),
    meant(r"\b(?:interrupt|withhold|suspend|delay)\b", "hold"),
    meant(r"\b(?:maintain|no change)\b", "continue"),
    meant(r"(?<=, )(?:and\s+|then\s+)?(?:restart|rechallenge|reintroduce|resume)\b(?<!then resume)", "then resume"),
    meant(r"(?<!,)\s+(?:and\s+|then\s+)?(?:restart|rechallenge|reintroduce|resume)\b", ", then resume"),
    meant(r"\b(?:at\s+)?(?:the\s+)?same\s+(?:dose|level)(?:\s+level)?\b", "at the same level"),
    meant(r"\breduce\s+(?:by\s+)?(?:one|1|a)\s+(?:dose\s+)?level\b", "reduce by 1 level"),
    meant(
        r"\b(?:at\s+)?(?:one|1|a|the\s+next)\s+(?:dose\s+)?(?:level\s+lower|lower\s+(?:dose\s+)?level)\b",
        "1 level lower",
    ),
    IN_DIGITS,
)
IN_RESTARTS = (
    meant(r"\bafter\s+(?:more\s+than|>)\s*([0-9]+)\s*(days|weeks|months?)\b", "more than {0} {1} after any dose"),
    meant(
        r"(?:>|over|longer than)\s*([0-9]+)\s*(days|weeks|months?)\b(?:\s+(?:after|since|from)\b)?",
        "more than {0} {1} after",
    ),
    meant(r"(?:>=|≥|at least)\s*([0-9]+)\s*days\b(?:\s+after\b)?", _shortest),
    meant(r"([0-9]+)(?:\s*(?:to|-)\s*[0-9]+| or more)\s+days\b(?:\s+after\b)?", _shortest),
    meant(r"\b([0-9]+)\s+(days|weeks|months?)\s+after\b", "more than {0} {1} after"),
    meant(r"\b(?:(?:each|every)\s+(?:dose|cycle))\b", "any dose"),
    meant(r"\b(?:doses|dose)\s+([0-9]+)\s*(?:\+|and up|onwards?)", "doses {0} and later"),
    meant(
        r"\b(?:restart|begin|start|repeat)\b(?:\s+(?:again|at|from|with|step-up)\b)*\s+dose\s+([0-9]+)",
        "again from dose {0}",
    ),
)
_SIGNS_OF_RANGES = (
    meant(r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    meant(r"(?:<=|≤|\bat most|\bno more than)\s*([0-9.]+)", "up to {0}"),
    meant(r"(?:>|\bmore than|\bover|\bgreater than)\s*([0-9.]+)", "above {0}"),
    meant(r"(?:<|\bless than|\bunder)\s*([0-9.]+)", "below {0}"),
)
IN_VALUES = (
    *_AMOUNTS,
    meant(r"\b(?:is\s+)?(?:not below|recover(?:s|ed)? to|back to|of)\s*(?:at\s+least\s+)?([0-9.]+)", "at least {0}"),
    meant(
        r"\b(?:(?:permanently\s+)?discontinue|stop)\s+after\s+(?:more\s+than\s+)?([0-9]+)\s+(days|weeks)\b",
        "after more than {0} {1}: discontinue",
    ),
    meant(
        r"\bafter\s+(?:more\s+than\s+)?([0-9]+)\s+(days|weeks):?\s+(?:permanently\s+)?(?:discontinue|stop)\b",
        "after more than {0} {1}: discontinue",
    ),
    meant(r"\bfrom\s+(cycle|dose)\s+([0-9]+)(?:\s+onwards?|\s+on)?\b", "from {0} {1} on"),
    meant(r"\b(?:up\s+to|until|through)\s+(cycle|dose)\s+([3-9]|[1-9][0-9])\b", "in {0}s 2-{1}"),
    *_SIGNS_OF_RANGES,
    meant(
        r",?\s*\(?(?:values?\s+)?(?:within|of|in|from)\s+(?:the\s+)?(?:last\s+)?([0-9]+)\s*(?:hours|h)\b\)?",
        _days_of_hours,
    ),
    meant(
        r",?\s*\(?(?:values?\s+)?(?:within|of|in|from)\s+(?:the\s+)?(?:last\s+)?([0-9]+)\s+days\b\)?",
        ", values within {0} days",
    ),
)
IN_FACTS = (
    *_SIGNS_OF_RANGES,
    meant(r"\s*(?:!=|≠)\s*([A-Za-z][\w-]*)", " is not {0}"),
    meant(r"\s*={1,3}\s*([A-Za-z][\w-]*)", " is {0}"),
    meant(r"\b(?:demonstrates|reveals|confirms|finds)\b", "shows"),
    meant(r"(?<=shows )not\s+(\w+)|^\s*(?:not|without)\s+(\w+)", "no {0}{1}"),
    meant(r"\s+(?:is|=)\s+(?:yes|true|present)\b", ""),
    meant(r"\b([A-Za-z]\w*)\s+(?:is|=)\s+(?:no|false|absent)\b", "no {0}"),
    meant(r"^\s*(?:only\s+)?if\s+(?=\S)", ""),
    meant(r"\b(?:older|elder)\s+than\s+([0-9.]+)(?:\s+years)?", "age above {0} years"),
    meant(r"\byounger\s+than\s+([0-9.]+)(?:\s+years)?", "age below {0} years"),
)
