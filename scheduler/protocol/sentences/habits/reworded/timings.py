"""Timings as publications say them: EOT + 30 days, 30 days after last dose (±3), every 8 weeks through week 48."""

from __future__ import annotations

import re

from scheduler.protocol.sentences.habits.habit import exactly, meant

_UNIT = r"(?:days?|weeks?|months?|years?|d|w|wks?|mo|mos)\b"
_AFTER = r"(?:after|following|post|since)"
_BEFORE = r"(?:before|prior\s+to|preceding)"
_SIGN = r"(?:±|\+\s*/\s*-|\+-|\+\s*/\s*−)"
WINDOW = rf"(?:{_SIGN}\s*[0-9]+|-\s*[0-9]+\s*[,/]?\s*(?:to\s+)?\+\s*[0-9]+|\+\s*[0-9]+)(?:\s*{_UNIT})?"
_REST = r"(?=\s*(?:$|,|\((?![±+-])|\buntil\b|\bfor\b|\bthen\b))"
_GIVEN = r"(?:vaccinations?|injections?|infusions?|administrations?|immuni[sz]ations?|sessions?)"
_STUDY_DRUG = (
    r"(?:study\s+(?:drug|treatment|medication|medicine|intervention)|investigational\s+(?:product|drug)|IMP|treatment)"
)


def _days_of(hours: str) -> int | None:
    days, left = divmod(int(hours), 24)
    return days if days and not left else None


def _window_of_hours(match: re.Match[str]) -> tuple[str, ...]:
    """ "24-72 hours after": whole days, or not before the hour where that has a time; nothing where the hours are no days."""
    low, high, way, anchor = _days_of(match[1]), _days_of(match[2]), match[3].lower(), match[4]
    if low is None or high is None or low >= high:
        return ()
    if re.match(_BEFORE, way):
        return (f"{low} to {high} days before {anchor}",)
    in_days = f"{low} to {high} days after {anchor}"
    if re.search(r"\b(?:dose|cycle|fraction|visit)\s+[0-9]|\bprevious\b", anchor) is None:
        return (in_days,)
    return in_days, f"at least {match[1]} hours after {anchor}, not after {high} days after {anchor}"


def _within_hours(match: re.Match[str]) -> tuple[str, ...]:
    days = _days_of(match[1])
    return (f"within {days} day{'' if days == 1 else 's'} {match[2]}",) if days else ()


def _hours_before(match: re.Match[str]) -> tuple[str, ...]:
    days = _days_of(match[1])
    return (f"{days} day{'' if days == 1 else 's'} before ",) if days else ()


def _of_day_numbers(match: re.Match[str]) -> tuple[str, ...]:
    """ "Day -28 to -1": the days before day 1, the nearest first."""
    far, near = int(match[1]), int(match[2])
    return (f"{near} to {far} days before first dose",) if near < far else ()


def _week_with_window(match: re.Match[str]) -> tuple[str, ...]:
    unit, number, window = match[1].lower(), int(match[2]), match[3]
    after = f"{number} {unit}s {window} after first dose"
    if unit != "week" or number == 0:
        return (after,)
    return after, f"on Study Day {7 * number - 6} {window}"


def _day_of_week(match: re.Match[str]) -> tuple[str, ...]:
    """ "Week 4 Day 3": the weeks are counted from 1, or from 0."""
    week, day = int(match[1]), int(match[2])
    return f"on Study Day {7 * (week - 1) + day} ", f"on Study Day {7 * week + day} "


def _until_week(match: re.Match[str]) -> tuple[str, ...]:
    unit, number = match[1].lower(), int(match[2])
    after = f", until {number} {unit}s after first dose"
    return (after, f", until Study Day {7 * number - 6}") if unit == "week" and number else (after,)


def _months_as_days(match: re.Match[str]) -> tuple[str, ...]:
    """A window is counted in days: a month is said as 30."""
    return (f"±{30 * int(match[1])} days",)


def _range_of_weeks(match: re.Match[str]) -> tuple[str, ...]:
    """ "weeks 1-8": once in each of them."""
    unit, first, last = match[1].lower(), int(match[2]), int(match[3])
    until = f"until {last} {unit}s after first dose"
    return (f"every 1 {unit} from first dose, {until}",) if first == 1 < last else ()


def _ordinal(match: re.Match[str]) -> tuple[str, ...]:
    number = {"other": 2, "second": 2, "third": 3}.get(match[1].lower()) or int(match[1])
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number not in (11, 12, 13) else 0, "th")
    return ("on every {drug} cycle",) if number == 1 else (f"on every {number}{ending} drug cycle ",)


def _with_its_unit(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[2]} {match[3] or 'days'} after {match[1].strip()} ",)


def _minus(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[2]} {match[3] or 'days'} before {match[1].strip()} ",)


_NAMED = (
    r"EOT|end\s+of\s+(?:study\s+)?treatment|(?:the\s+)?(?:last|final|first)\s+(?:[\w-]+\s+)?dose"
    r"(?:\s+of\s+[\w-]+)?|randomi[sz]ation|progression"
    r"|C[0-9]+\s*D[0-9]+|[\w-]+\s+(?:dose|cycle)\s+[0-9]+(?:\s+day\s+[0-9]+)?"
)
_ANCHORS = (
    meant(
        rf"\b(?:discontinuation|stopping|stop|cessation|completion|end)\s+of\s+{_STUDY_DRUG}(?!\w)", "end of treatment"
    ),
    meant(rf"\b(?:{_STUDY_DRUG}\s+)?discontinuation\b(?!\s+of)", "end of treatment"),
    meant(r"\bpost-treatment\b", "after end of treatment"),
    meant(r"\b(?:completion|conclusion)\s+of\s+(?:the\s+)?([\w-]+)", "the end of {0}"),
    meant(
        rf"\b(?:the\s+)?(?:last|final)\s+(?:{_STUDY_DRUG}\s+(?:{_GIVEN}|dose)|(?:dose\s+of\s+)?{_STUDY_DRUG}"
        rf"|{_GIVEN})(?!\w)",
        "the last dose",
    ),
    meant(
        rf"\b(?:the\s+)?(?:first|1st)\s+(?:(?:dose|{_GIVEN})\s+of\s+{_STUDY_DRUG}|{_STUDY_DRUG}\s+{_GIVEN}"
        rf"|{_GIVEN}|study\s+dose|dose)(?!\w)",
        "first dose",
    ),
    meant(rf"\b(?:each|every)\s+{_GIVEN}(?!\w)", "every {drug} dose"),
    meant(r"\b(?:the\s+)?date\s+of\s+(?=randomi[sz]ation|first|last|consent)", ""),
    meant(r"\b(?:relative\s+to|counted\s+from|calculated\s+from|measured\s+from)\s+", "from "),
    meant(r"\bbusiness\s+days?\b", "working days"),
)
_BRACKETS = (
    meant(r"^\s*[\w][\w ./-]*?\s*\(\s*((?:study\s+)?D(?:ays?)?\s*-?[0-9][^()]*)\)\s*$", "{0}"),
    meant(r"^\s*(?:visit|V)\s*[0-9]+\s*[:=]\s*", ""),
    meant(rf"\b([0-9]+)\s*\(\s*({WINDOW})\s*\)\s*(days?|weeks?|months?)\b", "{0} {2} {1}"),
    meant(rf"\(\s*({WINDOW})\s*\)", " {0} "),
    meant(rf"{_SIGN}\s*([0-9]+)", "±{0}"),
    meant(r"-\s*([0-9]+)\s*(?:/|,|\bto\b)\s*\+\s*([0-9]+)", "-{0} +{1}"),
    meant(r"±\s*([0-9]+)\s*(?:months?|mo)\b", _months_as_days),
    meant(r"(?<=[0-9])\s*d\b", " days"),
    meant(r"(?<=[0-9])\s*(?:w|wks?)\b", " weeks"),
    meant(r"(?<=\w)±", " ±"),
)
"""A window in brackets is a window: brackets are for sources."""
_WINDOWS_LAST = (
    meant(
        rf"^\s*(?P<span>[0-9]+\s+{_UNIT})\s+(?:{_AFTER}|from)\s+(?P<anchor>[^,()±]+?)\s*,?\s*(?P<window>{WINDOW}){_REST}",
        lambda match: (f"{match['span']} {match['window']} after {match['anchor']}",),
    ),
    meant(
        rf"^\s*(?P<span>[0-9]+\s+{_UNIT})\s+{_BEFORE}\s+(?P<anchor>[^,()±]+?)\s*,?\s*(?P<window>{WINDOW}){_REST}",
        lambda match: (f"{match['span']} {match['window']} before {match['anchor']}",),
    ),
    meant(
        rf"^\s*(?P<grid>every\s+[0-9]+\s+{_UNIT})\s+(?:from|after|since)\s+(?P<anchor>[^,()±]+?)\s*,?\s*"
        rf"(?P<window>{WINDOW}){_REST}",
        lambda match: (f"{match['grid']} {match['window']} from {match['anchor']}",),
    ),
)
_OFFSETS = (
    meant(rf"^\s*({_NAMED})\s*(?:\+|\bplus\b)\s*([0-9]+)\s*({_UNIT})?", _with_its_unit),
    meant(rf"^\s*({_NAMED})\s*(?:-|\bminus\b)\s*([0-9]+)\s*({_UNIT})?", _minus),
    meant(
        rf"^\s*(?:between\s+)?([0-9]+)\s*(?:-|to|and)\s*([0-9]+)\s*(?:h|hrs?|hours)\s+({_AFTER}|{_BEFORE})\s+"
        rf"(?:the\s+)?([^,()]+?)(?=\s*(?:$|\())",
        _window_of_hours,
    ),
    meant(
        rf"^\s*(?:(?:<=|≤|<)|(?:no|not)\s+more\s+than|up\s+to|at\s+most|max(?:imum|\.)?)\s*([0-9]+\s+\w+\s+"
        rf"(?:{_AFTER}|{_BEFORE}|from|of))",
        "within {0}",
    ),
    meant(rf"\bwithin\s+(?:the\s+)?([0-9]+)\s*(?:h|hrs?|hours)\s+({_AFTER}|{_BEFORE}|of|from)\b", _within_hours),
    meant(rf"^\s*([0-9]+)\s*(?:h|hrs?|hours)\s+{_BEFORE}\s+", _hours_before),
    meant(
        rf"\b(within\s+[0-9]+\s+\w+|[0-9]+(?:\s+to\s+[0-9]+)?\s+{_UNIT})\s+{_BEFORE}\s+(?:day\s+1\s+of\s+)?(?:each"
        rf"|every)\s+cycle\b",
        "{0} before every {drug} cycle is due",
    ),
    meant(
        r"^\s*(?:D(?:ays?)?\s*)?-\s*([0-9]+)\s*(?:to|through|until|till|-)\s*(?:D(?:ays?)?\s*)?-?\s*([0-9]+)"
        r"(?:\s*days?)?(?=\s*(?:$|\(|before|prior))(?:\s+(?:before|prior\s+to)\s+first\s+dose)?",
        _of_day_numbers,
    ),
)
_LENGTHS = (
    meant(
        rf"^\s*(?:(?:no|not)\s+more\s+than|up\s+to|at\s+most|max(?:imum|\.)?(?:\s+of)?|≤|<=)\s*"
        rf"([0-9]+\s+{_UNIT})\s*(?=$|\()",
        "{0} ",
    ),
    meant(rf"^\s*([0-9]+\s+{_UNIT})\s+(?:max(?:imum|\.)?|at\s+most)\s*(?=$|\()", "{0} "),
)
"""A length of time under a key that says "at most" already."""
_SAME_DAY = (
    meant(
        r"^\s*(?:on\s+)?(?:the\s+)?same\s+(?:day|date)\s+(?:as|of)\s+|^\s*(?:together|concurrently|simultaneously"
        r"|along)\s+with\s+|^\s*with\s+(?=each|every)",
        "on ",
    ),
    meant(
        r"^\s*on\s+(?:each|every|the)\s+([\w-]+)(?=\s*(?:$|\())(?<!day)(?<!visit)(?<!cycle)(?<!dose)",
        "on every {0} dose",
    ),
    meant(
        r"^\s*(?:on|at)\s+the\s+first\s+day\s+of\s+(?:each|every)\s+(?:([\w-]+)\s+)?cycle\b",
        lambda match: (f"on every {match[1] or 'drug'} day 1",),
    ),
    meant(
        r"^\s*(?:at|on)?\s*(?:the\s+)?(?:end|last\s+day)\s+of\s+(?:([\w-]+)\s+)?cycle\s+([0-9]+)",
        lambda match: (f"on the last day of {match[1] or 'drug'} cycle {match[2]}",),
    ),
    meant(r"^\s*(?:(?:single\s+dose|once(?:\s+only)?|only)(?:,?\s+on|\s+at)?\s+(?=D(?:ay)?\s*[0-9]))", "on "),
    meant(r"(?<=[0-9])\s+only\s*$", ""),
    meant(r"^\s*(?:single\s+dose|once(?:\s+only)?|one\s+dose|one-?time)\s*(?=$|\()", "on first dose"),
    meant(r"^\s*(?:starting|start|beginning|begin)\s+(?:on|at|from)?\s*", ""),
    exactly(r"^\s*EOT\s*(?=$|\()", "on end of treatment "),
    meant(
        r"^\s*(?:the\s+)?(end\s+of\s+treatment|progression|randomisation|first\s+dose|consent)\s*(?=$|\()", "on {0} "
    ),
)
_FROM = r"(?:the\s+)?(progression|randomi[sz]ation|first\s+dose|last\s+dose|end\s+of\s+treatment|consent)(?!\w)"
_REPEATED = (
    meant(r"^\s*once\s+(?:a|per|every|each)\s+(day|week|month|year)\b(?=.*\S)", "every 1 {0}"),
    exactly(rf"\b{_AFTER}\s+EOT\b", "from end of treatment"),
    meant(rf"\b(every\s+[0-9]+\s+{_UNIT}(?:\s+{WINDOW})?)\s+{_AFTER}\s+{_FROM}", "{0} from {1}"),
    meant(
        rf"^\s*([0-9]+\s+{_UNIT})\s+{_AFTER}\s+{_FROM}\s*,?\s*(?:and\s+)?(?:then\s+)?every\s+\1"
        r"(?:\s+(?:thereafter|afterwards))?",
        "every {0} from {1}",
    ),
    meant(r"^\s*(?:on\s+)?every\s+(other|second|third|[0-9]+)\s+cycles?\b", _ordinal),
    meant(
        r"^\s*(?:on\s+)?(?:D(?:ay)?\s*1\s+of\s+)?cycles?\s*(?:>=|≥)\s*([0-9]+)(?:,?\s*D(?:ay)?\s*1)?(?!\s*[0-9])",
        "on {drug} cycles {0} and later",
    ),
    meant(
        r"^\s*(?:on\s+|from\s+)?(?:D(?:ay)?\s*1\s+of\s+)?(?:from\s+)?cycles?\s+([0-9]+)\s*(?:onwards?|and\s+"
        r"(?:later|beyond|thereafter|up|subsequent\s+cycles)|\+)(?!\w)",
        "on {drug} cycles {0} and later",
    ),
    meant(
        r"^\s*(?:continuous\s+|in\s+|consecutive\s+)*([0-9]+)\s*-?\s*(day|week)s?\s+cycles?\s*(?=$|\()",
        lambda match: (f"{match[1]} {match[2]}s after the previous cycle",),
    ),
    meant(
        r"^\s*(?:on\s+)?(D(?:ays?)?\s*[0-9][0-9, Dand&]*?)\s+(?:of|in)\s+(?:each|every|a|the)\s+[0-9]+\s*-?\s*"
        r"(?:days?|weeks?)\s+cycles?(?:\s*,?\s*for\s+[0-9 or]+\s+cycles)?",
        "{0} of each cycle",
    ),
    meant(
        r"^\s*(?:on\s+)?(D(?:ays?)?\s*[0-9][0-9, Dand&]*?)\s*,?\s+(?:every\s+[0-9]+\s+(?:days|weeks)"
        r"|q\s*[0-9]+\s*(?:days|weeks|d|w|wks?))(?!\w)",
        "{0} of each cycle",
    ),
    meant(r"^\s*on\s+(?=days?\s+[0-9].*of\s+each\s+cycle)", ""),
    meant(r"^\s*D(?=[0-9][0-9, Dand&]*\s+of\s+each\s+cycle)", "days "),
    meant(r"(?<=[0-9 ])D(?=[0-9]+[^D]*\s+of\s+each\s+cycle)", ""),
    meant(r"(?<=[0-9])\s*,?\s*(?:and|&)\s*(?=[0-9][0-9, and]*\s+of\s+each\s+cycle)", ", "),
    meant(r"\bq\s*([0-9]+)\s*-?\s*(?:weeks?|wks?|w)(?!\w)", "every {0} weeks"),
    meant(r"\bq\s*([0-9]+)\s*-?\s*(?:weeks?|wks?|w)(?!\w)", "every {0} weeks"),
    meant(r"\bq\s*([0-9]+)\s*-?\s*(?:days?|d)(?!\w)", "every {0} days"),
    meant(r"\bq\s*([0-9]+)\s*-?\s*(?:months?|mo|m)(?!\w)", "every {0} months"),
    meant(r"(?<![0-9]\s)(?<!twice\s)(?<!times\s)\b(?:once\s+)?weekly\b", "every 1 week"),
    meant(r"(?<![0-9]\s)(?<!twice\s)(?<!times\s)\b(?:once\s+)?weekly\b", "every 1 week"),
    meant(r"\b(?:once\s+)?monthly\b", "every 1 month"),
    meant(r"\b(?:once\s+)?daily\b(?=\s+(?:for|from|until|starting))", "every 1 day"),
    meant(r"\bfor\s+first\s+(?=[0-9])", "for the first "),
    meant(
        rf"\s*,\s*(?:and\s+)?(every\s+[0-9]+\s+{_UNIT}(?:\s+{WINDOW})?)\s+(?:thereafter|afterwards|after\s+that)\b",
        ", then {0}",
    ),
    meant(r",?\s*\b(?:and\s+)?(?:thereafter|afterwards|followed\s+by|after\s+that)\s*,?\s+(?=every)", ", then "),
    meant(r"(?<![,\s])\s+then\s+(?=every)", ", then "),
    meant(
        r"^\s*every\s+1\s+day\s+for\s+([0-9]+)\s+days\s+(?:after|following|from)\s+(?:each|every)\s+(?:([\w-]+)\s+)?dose\b",
        lambda match: (f"{match[1]} days from every {match[2] or 'drug'} dose",),
    ),
    meant(
        rf"(?P<grid>every\s+[0-9]+\s+{_UNIT}(?:\s+{WINDOW})?)\s+from\s+(?P<anchor>[^,()]+?)\s+for\s+"
        rf"(?:the\s+first\s+)?(?P<long>[0-9]+\s+{_UNIT})",
        lambda match: (f"{match['grid']} from {match['anchor']}, until {match['long']} after {match['anchor']}",),
    ),
)
_LASTING = (
    meant(
        rf"^\s*(?:daily\s+)?for\s+([0-9]+\s+{_UNIT})\s+(?:from|after|starting\s+(?:on|at|from))\s+([^,()]+?)\s*(?=$|\()",
        "from {1} until the day before {0} after {1} ",
    ),
    meant(rf"^\s*for\s+([0-9]+\s+{_UNIT})\s*(?=$|\()", "from first dose until the day before {0} after first dose "),
)
"""What goes on every day for so long: the first of these days counts, and so the last is the day before."""
_AGES = (
    meant(rf"^\s*(?:at\s+)?(?:the\s+)?age\s+(?:of\s+)?([0-9][0-9, and]*\s+{_UNIT})", "at {0} of age"),
    meant(rf"^\s*(?:when|at)?\s*([0-9][0-9, and]*\s+{_UNIT})\s+(?:old|of\s+age)\b", "at {0} of age"),
    meant(r"^\s*(?:at|on)\s+(?:the\s+day\s+of\s+)?birth\s*(?=$|\()", "on date of birth "),
    meant(r"\b(after|before|from|on)\s+(?:the\s+)?(?:day\s+of\s+)?birth\b", "{0} date of birth"),
)
_WEEKS = (
    meant(r"^\s*(?:at\s+|on\s+|in\s+)?(week|month)s\s+([0-9]+)\s*(?:-|to)\s*([0-9]+)\s*(?=$|\()", _range_of_weeks),
    meant(rf"^\s*(?:at\s+|on\s+|in\s+)?(week|month)s?\s+([0-9]+)\s*({WINDOW})", _week_with_window),
    exactly(r"^\s*W(?:k)?([0-9]+)\s*(?=$|\(|±)", "week {0} "),
    exactly(r"^\s*M([0-9]+)\s*(?=$|\(|±)", "month {0} "),
    meant(
        r"^\s*(?:on\s+)?(?:study\s+)?W(?:eek)?\s*([1-9][0-9]*),?\s*D(?:ay)?\s*([1-7])(?=\s*(?:$|\(|±))", _day_of_week
    ),
    meant(r"^\s*(?:at\s+)?(?:week|month)\s+0\s*(?=$|\()", "on first dose"),
    meant(
        r"\s*,?\s*\b(?:until|through|thru|up\s+to|to)\s+(?:end\s+of\s+)?(week|month)\s+([0-9]+)(?!\s+(?:after|from))",
        _until_week,
    ),
)
TIMINGS = (
    *_ANCHORS,
    *_BRACKETS,
    *_OFFSETS,
    *_WINDOWS_LAST,
    *_LENGTHS,
    *_SAME_DAY,
    *_REPEATED,
    *_LASTING,
    *_AGES,
    *_WEEKS,
)
