"""What people write by habit, and how this language spells it: shorthand, signs of other keyboards, words left out.

Signs that mean one thing are read as that (`plain`). None of the rest is guessed at by the reader: a wrong sentence gets a
finding, and `scheduler.protocol.sentences.mending` makes of these spellings the sentence to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from scheduler.source.ambiguous import date_readings, number_readings

_WIDE = {0xFF01 + index: chr(0x21 + index) for index in range(0x5E)}
_SIGNS = str.maketrans(
    {
        **{code: sign for code, sign in _WIDE.items() if sign != "~"},
        **dict.fromkeys("\u3000\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        "、": ",",
        "×": "x",
        "μ": "µ",
    }
)
_SQUARE = re.compile(r"(?<=m)²")


def plain(text: str) -> str:
    """A sentence with the signs of an English keyboard, sign by sign, so that each stays at its place.

    Full-width forms, other spaces and dashes, and m²; a superscript elsewhere stays, because 10⁹ is not 109.
    """
    return _SQUARE.sub("2", text.translate(_SIGNS))


Spelling: TypeAlias = str | Callable[[re.Match[str]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit: how it looks, and all that may be meant by it. ``advice`` is told but is no part of a sentence."""

    pattern: re.Pattern[str]
    meant: tuple[Spelling, ...]
    advice: bool = False

    def spellings(self, match: re.Match[str], names: Iterable[str]) -> tuple[str, ...]:
        """The right spellings; where a treatment must be named, one for each of these."""
        found: list[str] = []
        for spelling in self.meant:
            if callable(spelling):
                found += spelling(match)
            elif "{drug}" in spelling:
                found += [spelling.format(*match.groups(""), drug=name) for name in names]
            else:
                found.append(spelling.format(*match.groups("")))
        return tuple(dict.fromkeys(found))


def _meant(pattern: str, *spellings: Spelling) -> Habit:
    return Habit(re.compile(pattern, re.IGNORECASE), spellings)


def _advised(pattern: str, words: str) -> Habit:
    return Habit(re.compile(pattern, re.IGNORECASE), (words,), advice=True)


_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _in_digits(match: re.Match[str]) -> tuple[str, ...]:
    return (str(_NUMBERS.index(match[1].lower()) + 1),)


def _ordinal_in_digits(match: re.Match[str]) -> tuple[str, ...]:
    number = ("first", "second", "third", "fourth", "fifth").index(match[1].lower()) + 1
    return (f"{number}{('st', 'nd', 'rd', 'th', 'th')[number - 1]} {match[2]}",)


def _days_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A date in the order of some country: all the days that it may be."""
    return date_readings(match[0])


def _numbers_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A number with a comma, or with zeros behind the point: all that it may be, because countries differ."""
    return number_readings(match[0])


def _ideal_first(match: re.Match[str]) -> tuple[str, ...]:
    """ "28 to 1 days before": the ideal day is the first number."""
    far, near, unit, word = int(match[1]), int(match[2]), match[3], match[4]
    if far <= near or not unit.lower().startswith(("day", "week")):
        return ()
    days = (far - near) * (7 if unit.lower().startswith("week") else 1)
    sign = "+" if word.lower() == "before" else "-"
    return f"{near} to {far} {unit} {word}", f"{far} {unit} {sign}{days} {word}"


def _ordered_levels(match: re.Match[str]) -> tuple[str, ...]:
    """ "120 mg, 80 mg": the unit stands once, at the end."""
    amounts = re.findall(r"[0-9]+(?:\.[0-9]+)?", match[1])
    units = dict.fromkeys(re.findall(r"[^\W\d_]+(?:/m2|/kg)?", match[1]))
    return (f"{', '.join(amounts)} {next(iter(units))}",) if len(units) == 1 else ()


def _times_meant(match: re.Match[str]) -> tuple[str, ...]:
    often = {"1": "once daily", "2": "twice daily", "3": "three times daily"}.get(match[1])
    return (often,) if often else ()


def _hourly_meant(match: re.Match[str]) -> tuple[str, ...]:
    often = {"24": "once daily", "12": "twice daily", "8": "three times daily"}.get(match[1] or match[2])
    return (often,) if often else ()


def _repeated(span: str) -> Callable[[re.Match[str]], tuple[str, ...]]:
    """ "every 3 weeks" from dose to dose, so that a delay moves all that follow, or on a grid from the first."""

    def meant(match: re.Match[str]) -> tuple[str, ...]:
        length = span.format(*match.groups("")) + (match["window"] or "")
        return f"{length} after the previous dose", f"every {length} from first dose"

    return meant


def _cells_meant(match: re.Match[str]) -> tuple[str, ...]:
    """A count in a microlitre or mm3, in G/L: 1000 are 1 G/L."""
    readings = number_readings(match[1]) or (match[1],)
    return tuple(f"{Decimal(each) / 1000:f} G/L" for each in readings)


def _centigrays(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{(Decimal(match[1]) / 100).normalize():f} Gy",)


def _table_of_weeks(match: re.Match[str]) -> tuple[str, ...]:
    """ "weeks 6 and 12 after randomisation": one sentence for each number."""
    weeks = re.findall(r"[0-9]+", match[1])
    from_what = match[2] or "first dose"
    rows = ", ".join(f"{n}: {week} weeks after {from_what}" for n, week in enumerate(weeks, 1))
    return (f"a table by number under 'when': {{{rows}}}",)


def _shortest(match: re.Match[str]) -> tuple[str, ...]:
    """From so many days on, as more than one day less."""
    return (f"more than {int(match[1]) - 1} days after",)


_WINDOW = r"(?:±\s*[0-9]+|-\s*[0-9]+\s*\+\s*[0-9]+|[+-]\s*[0-9]+)(?:\s+days?|\s+weeks?)?"
_UNIT = r"(days?|weeks?|months?|years?)"
_THING = r"(cycle|dose|fraction|visit|scan)"
_WITH_COMMA = r"(?<![0-9,.])[0-9]+,[0-9]+\b(?!,)"
_EVERYWHERE = (
    Habit(re.compile(r"(?<![\w/.])[0-9]{1,4}[/.][0-9]{1,2}[/.][0-9]{2,4}(?![\w/.])"), (_days_meant,)),
    _meant(rf"\b({'|'.join(_NUMBERS)})\b(?! of)", _in_digits),
    _meant(r"\(?(?:\+\s*/?\s*-|\+-|±)\s*([0-9]+)\s*(?:d|days?)\s*\)?(?<!days)(?<!day)", "±{0} days"),
    _meant(r"\b([0-9]+)\s*\(?\s*±\s*([0-9]+)\s*\)?\s*(days|weeks)\b", "{0} {2} ±{1} {2}"),
    _meant(r"\(\s*±\s*([0-9]+)\s*(days?|weeks?)?\s*\)", "±{0} {1}"),
    _meant(r"\+\s*/?\s*-\s*([0-9]+)(?:\s*(?:d|days?)\b)?", "±{0}"),
    _meant(r"\bplus\s+or\s+minus\s+([0-9]+)", "±{0}"),
    _meant(r"±\s*([0-9]+)\s*d\b", "±{0} days"),
    _meant(r"±\s*([0-9]+)\s*(?:w|wk|wks)\b", "±{0} weeks"),
    _meant(r"([0-9]+)\s*-?\s*(?:d|day|days)\b(?<! day)(?<! days)", "{0} days"),
    _meant(r"([0-9]+)\s*-?\s*(?:w|wk|wks|weeks?)\b(?<! week)(?<! weeks)", "{0} weeks"),
    _meant(r"([0-9]+)\s*-?\s*(?:mo|mos|mth|mths|months?)\b(?<! month)(?<! months)", "{0} months"),
    _meant(r"([0-9]+)\s*-?\s*(?:y|yr|yrs|years?)\b(?<! year)(?<! years)", "{0} years"),
    _meant(r"([0-9]+)\s*[—~～〜]\s*([0-9]+)", "{0}-{1}"),
    _meant(r"\b(\w+)\s*;", "{0},"),
    _meant(r";", ","),
)
_SHARED = (
    _meant(r"(?<=s )([0-9]+)\s+to\s+([0-9]+)\b(?!\s+(?:days?|weeks?|months?|years?)\b)", "{0}-{1}"),
    _meant(r"\b([0-9]+),?\s*(?:and|&)\s*([0-9]+)\b", "{0}, {1}"),
    _meant(r"\bC([0-9]+)\s*D([0-9]+)\b", "{drug} cycle {0} day {1}"),
)
_IN_TIMINGS = (
    *(
        _meant(rf"^\s*(?:given\s+)?{often}(?P<window>\s*{_WINDOW})?(?=\s*(?:$|,|\())", _repeated(span))
        for often, span in (
            (rf"(?:every|each)\s+([0-9]+)\s+{_UNIT}", "{0} {1}"),
            (r"q\s*([0-9]+)\s*d(?:ays?)?", "{0} days"),
            (r"q\s*([0-9]+)\s*w(?:k|ks|eeks?)?", "{0} weeks"),
            (r"q\s*([0-9]+)\s*m(?:o|os|onths?)?", "{0} months"),
            (r"q\s*w(?:k|eek)?", "1 week"),
            (r"(?:once\s+)?(?:weekly|a\s+week|(?:every|each|per)\s+week)", "1 week"),
            (r"(?:once\s+)?(?:daily|a\s+day|(?:every|each)\s+day)", "1 day"),
            (r"(?:once\s+)?(?:monthly|(?:every|each)\s+month)", "1 month"),
            (r"([0-9]+)\s*-?\s*weekly", "{0} weeks"),
            (r"(?:fortnightly|every\s+(?:other|second|2nd)\s+week)", "2 weeks"),
        )
    ),
    _meant(
        r"^\s*(?:(?:every|each)\s+(?:working\s+day|weekday)|(?:daily|every\s+day),?\s+(?:Monday\s*(?:to|-)\s*Friday|on\s+weekdays))",
        "at least 1 day after the previous fraction",
    ),
    _meant(rf"\bevery\s+{_UNIT}\b", "every 1 {0}"),
    _meant(r"\bthe\s+(day|week)\s+(before|after)\b", "1 {0} {1}"),
    Habit(
        re.compile(
            r"^\s*weeks?\s+([0-9]+(?:(?:\s*,\s*|\s+and\s+)[0-9]+)+)(?:\s+(?:from|after|since)\s+([\w-]+(?: [\w-]+)*))?"
        ),
        (_table_of_weeks,),
        advice=True,
    ),
    _meant(r"^\s*(?:on\s+|at\s+)?weeks?\s+([0-9]+)\s+(?:from|after|since)\s+", "{0} weeks after "),
    _meant(
        r"^\s*(?:on\s+|at\s+|in\s+)?weeks?\s+([1-9][0-9]*)\b(?!\s+day)",
        "{0} weeks after first dose",
        lambda match: (f"on Study Day {7 * int(match[1]) - 6}",),
    ),
    _advised(
        r"\bd(?:ays?)?\s*([0-9]+)\s*(?:-|to)\s*d?(?:ays?)?\s*([0-9]+)\b",
        "dosing days under 'give': ... on days {0}-{1}",
    ),
    _meant(r"^\s*(?:on\s+)?(?:every|each)\s+(cycle|dose|fraction)\b", "on every {drug} {0}"),
    _meant(r"\beach\s+([\w-]+)\s+(cycle|dose|fraction|visit|scan)\b", "every {0} {1}"),
    _meant(r"\b(cycle|dose|fraction)\s+([0-9]+)\s*(?:to|-)\s*([0-9]+)\b", "{0}s {1}-{2}"),
    _meant(r"(?<!,)\s+until\s+(?:PD|(?:disease\s+)?progression|progressive\s+disease)\b", ", until progression"),
    _meant(r"(?<!,)\s+(?=until\s+)", ", "),
    _advised(r"\btogether\s+with\s+([\w-]+)", "together with: {0}, in a line of its own beside 'when'"),
    _meant(
        r"\bevery\s+([0-9]+(?:st|nd|rd|th))\s+([\w-]+)\s+(cycle|dose|visit)s?,?\s+from\s+(?:\w+\s+)?([0-9]+)",
        "{1} {2}s {3}, then every {0}",
    ),
    *_SHARED,
    _meant(r"^\s*(?:on\s+)?cycle\s+([0-9]+),?\s+day\s+([0-9]+)", "on {drug} cycle {0} day {1}"),
    _meant(r"^(?!\s*on\b)\s*([\w-]+\s+cycle\s+[0-9]+\s+day\s+[0-9]+)", "on {0}"),
    _meant(r"^\s*(?:on\s+)?day\s+([0-9]+)\s+(?:of|in)\s+cycle\s+([0-9]+)", "on {drug} cycle {1} day {0}"),
    _meant(
        r"\b(?:on\s+)?days?\s+([0-9, -]+?)\s+(?:of|in)\s+(?:each|every|all|a|the)\s+(?:[0-9]+-day\s+)?cycles?\b",
        "on every {drug} day {0}",
    ),
    _meant(
        r"\bdays?\s+-([0-9]+)\s*(?:to|-)\s*(?:day\s*)?-([0-9]+)\b",
        lambda match: (f"{match[2]} to {match[1]} days before first dose",) if int(match[2]) < int(match[1]) else (),
    ),
    _meant(r"\bstudy\s+D([0-9]+)\b", "Study Day {0}"),
    _meant(r"^\s*D(?:ay\s+)?(-[0-9]+)\b", "on Study Day {0}"),
    _meant(r"^\s*D(?:ay\s+)?([0-9]+)\b", "on Study Day {0}", "on {drug} cycle 1 day {0}"),
    _meant(r"\bD(-?[0-9]+)\b", "Study Day {0}"),
    _meant(r"\blast\s+day\s+of\b", "the last day of"),
    _meant(r"\b(?:the\s+)?(?:final|last)\s+dose\s+of\s+(?:the\s+)?(\w[\w-]*)", "the last {0} dose"),
    _meant(r"\b(?:the\s+final|final|last)\s+dose\b", "the last dose"),
    _meant(r"\blast\s+(\w[\w-]*)\s+dose\b", "the last {0} dose"),
    _meant(r"\bthe\s+(?:prior|preceding|last)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {0}"),
    _meant(r"\b(?:the\s+)?(previous|prior|preceding)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {1}"),
    _meant(r"\blast\s+(cycle|fraction|visit|scan)\b", "the previous {0}"),
    _meant(r"\b(?:each|every)\s+(cycle|dose|fraction|visit|scan)\b", "the previous {0}"),
    _meant(r"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?:study\s+)?(?:treatment|therapy|dosing)\b", "first dose"),
    _meant(r"\b(?:the\s+)?first\s+(?:administration|day\s+of\s+(?:treatment|dosing)|drug|dosing)\b", "first dose"),
    _meant(r"\b(?:the\s+)?end\s+of\s+(?:study\s+)?(?:treatment|therapy)\b|\bEOT\b", "end of treatment"),
    _meant(r"\bend\s+of\s+(\w[\w-]*)", "the end of {0}"),
    _meant(r"\brandomi[sz]ed\b|\brandomization\b", "randomisation"),
    _meant(r"\b(?:disease\s+progression|progressive\s+disease|progress|PD)\b", "progression"),
    _meant(r"\b(?:informed\s+consent|ICF|signing\s+consent)\b", "consent"),
    _meant(r"(?<!cycle )(?<!study )\bday\s+([1-9][0-9]*)\b", "Study Day {0}", "{drug} cycle 1 day {0}"),
    _meant(r"(?<!study )\bday\s+(-[1-9][0-9]*)\b", "Study Day {0}"),
    _meant(r"\bbut\s+(?:no|not)\s+(?:earlier|before)\b(?:\s+than\b)?", ", not before"),
    _meant(r"\b(?:no|not)\s+(?:earlier|sooner)\s+than\b", "not before"),
    _meant(r"\b(?:no|not)\s+later\s+than\b", "not after"),
    _meant(r"(?<![,\s])\s+(?=not\s+(?:before|after)\b)", ", "),
    _meant(
        rf"\b(?:within|in)\s+(?:the\s+)?([0-9]+)\s+{_UNIT}\s+(?:prior\s+to|before)\b",
        "1 to {0} {1} before",
        "0 to {0} {1} before",
    ),
    _meant(
        rf"\b(?:within|in)\s+(?:the\s+)?([0-9]+)\s+{_UNIT}\s+(?:after|following|from|post)\b",
        "1 to {0} {1} after",
        "0 to {0} {1} after",
    ),
    _meant(rf"\bwithin\s+([0-9]+)\s+{_UNIT}\s+of\b", "0 to {0} {1} after", "0 to {0} {1} before"),
    _meant(r"\bbetween\s+([0-9]+)\s+and\s+([0-9]+)\b", "{0} to {1}"),
    _meant(rf"\b([0-9]+)\s*-\s*([0-9]+)\s+(?={_UNIT}\b)", "{0} to {1} "),
    _meant(rf"\b([0-9]+)\s+to\s+([0-9]+)\s+{_UNIT}\s+(before|after)\b", _ideal_first),
    _meant(r"\+([0-9]+)\s*(?:days?)?\s*[,/]?\s*-([0-9]+)(?=\D)", "-{1} +{0}"),
    _meant(r"\b(?:prior\s+to|ahead\s+of|preceding)\b", "before"),
    _meant(r"\b(?:following|post|since|from|later\s+than)\b", "after"),
    _meant(r"^\s*(?:at|from)\s+", "on "),
    _meant(r"\b(?:minimum|min\.?|no\s+less\s+than)\s+(?=[0-9])", "at least "),
    _meant(r"≥\s*", "at least "),
)
_IN_LIMITS = (
    _meant(
        r"^\s*(?:for\s+)?(?:up\s+to|for)\s+([0-9]+)\s+(months?|years?|weeks?|days?)",
        "{0} {1} after first dose",
        "{0} {1} after randomisation",
    ),
    _meant(
        r"^\s*([0-9]+)\s+(months?|years?|weeks?|days?)\s*$", "{0} {1} after first dose", "{0} {1} after randomisation"
    ),
    _meant(
        r"\b(?:for\s+)?(?:a\s+)?(?:max(?:imum)?\.?(?:\s+of)?|up\s+to|no\s+more\s+than|not\s+more\s+than)(?:\s+of)?\s+(?=[0-9])",
        "at most ",
    ),
    _meant(r"≤\s*", "at most "),
    _meant(r"^\s*([0-9]+)\s+(\w+)\s*,?\s+(?:max(?:imum)?\.?|at\s+most)", "at most {0} {1}"),
    _meant(r"^\s*for\s+([0-9]+)", "{0}"),
    _meant(r"^\s*at\s+most\s+([0-9]+)\s*(?=$|\()", "at most {0} doses"),
    _advised(r"^\s*(.+?)\s+or\s+(?!so\b)(.+?)\s*$", "a list, of which the first to come counts: [{0}, {1}]"),
    _meant(r"^\s*until\s+", ""),
    _meant(
        r"\b(?:disease\s+progression|progression|progressive\s+disease|PD)\s+(?:or|and)\s+(?:unacceptable\s+)?toxicity\b",
        "progression",
    ),
    _meant(r"\b(injections|infusions|administrations|courses|treatments|sessions)\b", "doses"),
)
_IN_DOSES = (
    Habit(re.compile(_WITH_COMMA), (_numbers_meant,)),
    Habit(re.compile(r"(?<![0-9,.])[0-9]{1,3}\.[0-9]{2}0(?![0-9])"), (_numbers_meant,)),
    _meant(r"(?<![0-9.])\.([0-9]+)", "0.{0}"),
    _meant(r"([0-9]+)\s*-?\s*(?:h|hr|hrs|hours?)\b(?<! hour)(?<! hours)", "{0} hours"),
    _meant(r"([0-9]+)\s*-?\s*(?:min|mins|minutes?)\b(?<! minute)(?<! minutes)", "{0} minutes"),
    Habit(
        re.compile(r"([0-9]+)(mg|mcg|µg|g|mL|Gy|IU|MBq|GBq|kBq|mmol)(?=\b|/)"),
        ("{0} {1}",),
    ),
    _meant(
        r"(?:\b(?:on|from|for)\s+)?\bd(?:ays?)?\s*([0-9]+)\s*(?:-|~|to|through|until)\s*(?:d(?:ays?)?\s*)?([0-9]+)\b",
        "on days {0}-{1}",
    ),
    _meant(
        r"(?:\bon\s+)?\bd([0-9]+)((?:\s*,\s*d?[0-9]+)*)",
        lambda match: (f"on day{'s' if match[2] else ''} {match[1]}{_without_d(match[2])}",),
    ),
    _meant(r"(?<!on )\b(days?\s+[0-9])", "on {0}"),
    _meant(r"\b([0-9]+),?\s+(?:and|&)\s+d?([0-9]+)\b", "{0}, {1}"),
    _meant(r"\b(?:doses|dose)\s+([0-9]+)\s*(?:\+|onwards?)", "doses {0} and later"),
    _meant(r"\b(?:cycles|cycle)\s+([0-9]+)\s*(?:\+|onwards?)", "cycles {0} and later"),
    _meant(
        r"\b(?:from|starting\s+with)\s+(cycle|dose)s?\s+([0-9]+)\s*(?:on(?:wards?)?|\+)?(?=\s*(?:$|\())",
        "of {0}s {1} and later",
    ),
    _meant(r"\bin\s+(?=(?:cycle|dose)s?\s+[0-9])", "of "),
    _meant(r"(?<!of )\b((?:cycle|dose)s?\s+[0-9])", "of {0}"),
    _meant(r"\bday\s+([0-9]+)\s+(evening|morning)\b", "from the evening of day 1 to the morning of day 15"),
    *_SHARED,
    _meant(r"\bfor\s+([0-9]+)\s+days\b", "on days 1-{0}"),
    _meant(r"\b([0-9]+)\s*AUC\b|\bAUC\s*(?:=|of)?\s*([0-9]+)", lambda match: (f"AUC {match[1] or match[2]}",)),
    _advised(
        r"\b(?:weekly|every\s+(?:week|[0-9]+\s+(?:days|weeks))|q[0-9]+[wd])\b",
        "how often under 'when': 7 days after the previous dose",
    ),
    _meant(r"\b(?:q([0-9]+)h|every\s+([0-9]+)\s+hours)\b", _hourly_meant),
    _meant(r"\b([1-3])\s*(?:x|times)\s*(?:daily|/\s*day|a\s+day|per\s+day)\b", _times_meant),
    _meant(
        r"\b(?:q\.?d\.?|o\.?d\.?|once\s+(?:a|per)\s+day|once\s+every\s+day|per\s+day|/\s*day)(?!\w)",
        "once daily",
    ),
    _meant(r"\b(?:b\.?i\.?d\.?|twice\s+(?:a|per|every)\s+day)(?!\w)", "twice daily"),
    _meant(r"\b(?:t\.?i\.?d\.?|three\s+times\s+(?:a|per|every)\s+day|thrice\s+daily)(?!\w)", "three times daily"),
    _meant(r"\b(?:q\.?o\.?d\.?|every\s+second\s+day|alternate\s+days)(?!\w)", "every other day"),
    _meant(r"\b(?:p\.?o\.?|orally|per\s+os|oral)(?!\w)", "by mouth"),
    _meant(
        r"\b(?:as\s+an?\s+|by\s+)?(?:i\.?v\.?|intravenous)(?:\s+(?:infusion|bolus|drip))?(?!\w)|\b(?:by\s+)?infusion\b|\bintravenously\s+infused\b",
        "intravenously",
    ),
    _meant(r"\b(?:by\s+)?(?:s\.?c\.?|sub-?cut|subcutaneous)(?:\s+injection)?(?!\w)", "subcutaneously"),
    _meant(r"\b(?:by\s+)?(?:i\.?m\.?|intramuscular)(?:\s+injection)?(?!\w)", "intramuscularly"),
    _meant(r"\bm(?:\^2|\*\*2)|(?<=/)(?:sqm|sq\.?\s*m)\b", "m2"),
    _meant(r"\b(mg|mcg|g|IU|U|MBq)/sq\.?\s*m\b", "{0}/m2"),
    _meant(r"(?<=[a-z])\s*(?:/|\bper\b)\s*(m2|kg)\b(?<!\w/m2)(?<!\w/kg)", "/{0}"),
    *(
        Habit(re.compile(rf"(?<=[0-9])(?=\s*[㎎㎍㎖㎏㎡g])\s*{sign}"), (f" {unit}",))
        for sign, unit in (("㎎", "mg"), ("㎍", "mcg"), ("㎖", "mL"))
    ),
    _meant(r"㎎", "mg"),
    _meant(r"㎡", "m2"),
    _meant(r"㎏", "kg"),
    _meant(r"(?<=/)kg\s*(?:bw|bodyweight|body\s+weight)\b", "kg"),
    _meant(r"\bug\b|\bmicrograms?\b", "mcg"),
    _meant(r"\bmgs\b|\bmilligrams?\b", "mg"),
    _meant(r"\bgrams?\b", "g"),
    _meant(r"\b(mg|mcg)(?=/|\b)", lambda match: (match[1].lower(),)),
    _meant(r"\bml\b", "mL"),
    _meant(r"\bgrays?\b|\bgy\b", "Gy"),
    _meant(r"\bunits?\b", "U"),
    _meant(r"([0-9.]+)\s*cGy\b", _centigrays),
    _meant(r"\bGy\s*(?:/|\bper\s+|\ba\s+)\s*(?:fraction|fx|session)\b", "Gy"),
    _advised(r"(?<=Gy )x\s*([0-9]+)\b", "how many under 'until': {0} fractions"),
    _meant(r"\s*\b(?:flat|fixed)(?:\s+dose)?\b", ""),
    _meant(r"\binfused\b", "intravenously"),
    _meant(r"([0-9.]+)\s*x\s*10\s*\^\s*([0-9]{1,2})\b", "{0}e{1}"),
    _advised(
        r",?\s*\b(?:then|followed\s+by)\b.*\boff\b|,?\s*[0-9]+\s+(?:days|weeks)\s+off\b",
        "only the days with doses; how long a cycle is stands under 'when'",
    ),
    _advised(r"\bcontinuous(?:ly)?\b(?! infusion)", "the days of the cycle: on days 1-28"),
)
_IN_PRODUCTS = (
    _meant(r"^\s*(tablet|vial|capsule|syringe)s?\s+(?:of\s+)?([0-9.]+)\s*([a-z]+)", "{1} {2} {0}"),
    _meant(r"(?<=[a-z] )(?:film-coated|coated|hard|soft|prefilled|pre-filled|single-dose)\s+(?=\w)", ""),
    _meant(r"^\s*([1-9][0-9.]*\s+(?:mg|g|mcg))\s*(?=$|\()", "{0} tablet", "{0} vial"),
    _meant(r"\btablets\b", "tablet"),
    _meant(r"\b(vial|capsule|syringe|sachet|patche?|ampoule)s\b", "{0}"),
    _meant(r"\b(bottle|box|blister|pack|carton)\s+(?:with|containing|à)\s+", "{0} of "),
    _meant(r"(?<=of )([0-9]+)\s+(?:tablet|capsule|vial|unit|pill)s?\b", "{0}"),
)
_IN_LEVELS = (
    _meant(r"\s+(?:p\.?o\.?|by\s+mouth|orally|i\.?v\.?|intravenously|once\s+daily|qd)\s*(?=$|\()", ""),
    _meant(r"^([0-9., a-z>→/2-]+?)(?=\s*(?:$|\())", _ordered_levels),
    _meant(r"(?<=[0-9])\s*(?:/|>|→|->)\s*(?=[0-9])", ", "),
)
_LIMIT = r"(?:ULN|upper\s+limit\s+of\s+(?:the\s+)?normal)\b"
_IN_RULES = (
    _meant(r"\b([0-9]+(?:,[0-9]{3})?)\s*(?:cells\s*)?/\s*(?:µL|uL|mm3|mm³|mm\^3|cmm)(?!\w)", _cells_meant),
    Habit(re.compile(rf"{_WITH_COMMA}(?=\s*[A-Za-z×%])|\b[0-9]+,[0-9]{{3}}\b"), (_numbers_meant,)),
    _meant(rf"([0-9.]+)\s*-\s*([0-9.]+)\s*[x×]?\s*(?:the\s+)?{_LIMIT}", "above {0} to {1} x upper limit"),
    _meant(rf"([0-9.]+)\s*[x×]?\s*(?:the\s+)?{_LIMIT}", "{0} x upper limit"),
    _meant(r"([0-9.]+)\s*[x×*]\s*10\s*(?:\^|\*\*)?\s*(?:9|⁹)\s*/\s*l\b", "{0} G/L"),
    _meant(r"(?<=[0-9])\s*(?:10\^9|10⁹|giga)\s*/\s*l\b", " G/L"),
    _meant(r"([0-9.]+)[x×](?!\w)", "{0} x"),
    _meant(r"(?:grade\s*)?(?:>=|≥)\s*(?:grade\s*|G)?([1-3])\b(?!\s*x|\s*[0-9.]|\s*[GgMm]/)", "grade {0}-4"),
    _meant(
        r"(?:until\s+)(?:recovery\s+to\s+)?(?:(?:<=|≤)\s*grade\s*|grade\s*(?:<=|≤)\s*)([0-3])\b", "until grade 0-{0}"
    ),
    _meant(r"\buntil\s+(?:recovery\s+to\s+|recovered\s+to\s+)grade\s+(?:0-)?([1-3])\b", "until grade 0-{0}"),
    _meant(r"\buntil\s+grade\s+([1-3])\b(?!-)", "until grade 0-{0}"),
    _meant(r"(?<=until )(?:recovery|recovered|resolution)\b", "resolved"),
    _meant(r"\bgrades\s+(?=[0-4])", "grade "),
    _meant(r"\bgrade\s+([1-4])\s*(?:/|or|to|and)\s*([1-4])\b", "grade {0}-{1}"),
    _meant(r"(?:>=|≥)\s*([0-9.]+)", "at least {0}"),
    _meant(r"(?:<=|≤)\s*([0-9.]+)", "up to {0}"),
    _meant(r"(?:>|\bmore than|\bover|\bgreater than)\s*([0-9.]+)", "above {0}"),
    _meant(r"(?:<|\bless than|\bunder)\s*([0-9.]+)", "below {0}"),
    _meant(r"\bG([1-4])\b(?!/)", "grade {0}"),
    _meant(r"\b(first|second|third|fourth|fifth)\s+(time)\b", _ordinal_in_digits),
    _meant(r"\b(?:first)\s+(?:occurrence|episode)\b", "1st time"),
    _meant(r"\b(?:second)\s+(?:occurrence|episode)\b", "2nd time"),
    _meant(r"\b(?:third)\s+(?:occurrence|episode)\b", "3rd time"),
    _meant(r"\b([0-9]+(?:st|nd|rd|th))\s+(?:occurrence|episode)\b", "{0} time"),
    _meant(r"\bpermanently\s+discontinue\b|\bdiscontinue\s+permanently\b|\bstop(?:\s+treatment)?\b", "discontinue"),
    _meant(r"\b(?:interrupt|withhold|suspend|delay)\b", "hold"),
    _meant(r"\b(?:maintain|no change)\b", "continue"),
    _meant(r"(?<=, )(?:and\s+|then\s+)?(?:restart|rechallenge|reintroduce|resume)\b(?<!then resume)", "then resume"),
    _meant(r"(?<!,)\s+(?:and\s+|then\s+)?(?:restart|rechallenge|reintroduce|resume)\b", ", then resume"),
    _meant(r"\b(?:at\s+)?(?:the\s+)?same\s+(?:dose|level)(?:\s+level)?\b", "at the same level"),
    _meant(r"\breduce\s+(?:by\s+)?(?:one|1|a)\s+(?:dose\s+)?level\b", "reduce by 1 level"),
    _meant(
        r"\b(?:at\s+)?(?:one|1|a|the\s+next)\s+(?:dose\s+)?(?:level\s+lower|lower\s+(?:dose\s+)?level)\b",
        "1 level lower",
    ),
    _meant(rf"\b({'|'.join(_NUMBERS)})\b(?! of)", _in_digits),
)
_IN_RESTARTS = (
    _meant(r"\bafter\s+(?:more\s+than|>)\s*([0-9]+)\s*(days|weeks)\b", "more than {0} {1} after any dose"),
    _meant(
        r"(?:>|over|longer than)\s*([0-9]+)\s*(days|weeks)\b(?:\s+(?:after|since|from)\b)?", "more than {0} {1} after"
    ),
    _meant(r"(?:>=|≥|at least)\s*([0-9]+)\s*days\b(?:\s+after\b)?", _shortest),
    _meant(r"([0-9]+)(?:\s*(?:to|-)\s*[0-9]+| or more)\s+days\b(?:\s+after\b)?", _shortest),
    _meant(r"\b([0-9]+)\s+(days|weeks)\s+after\b", "more than {0} {1} after"),
    _meant(r"\b(?:(?:each|every)\s+(?:dose|cycle))\b", "any dose"),
    _meant(r"\b(?:doses|dose)\s+([0-9]+)\s*(?:\+|and up|onwards?)", "doses {0} and later"),
    _meant(
        r"\b(?:restart|begin|start|repeat)\b(?:\s+(?:again|at|from|with|step-up)\b)*\s+dose\s+([0-9]+)",
        "again from dose {0}",
    ),
)
_IN_CALCULATIONS = (
    _meant(r"^\s*(?:BSA|body\s+surface(?:\s+area)?)\s*(?:by|:)?\s*", ""),
    _meant(r"^\s*at\s+most\s+([0-9.]+)\s*$", "at most {0} mL/min"),
    _meant(r"\bdubois\b|\bDu-Bois\b", "Du Bois"),
    _meant(r"(?:^|\b)(?:formula\s+of\s+)?(mosteller|du\s+bois)\s+formula\b", "{0}"),
    _meant(
        r"^\s*(?:(?:creatinine\s+clearance|CrCl|CLcr|GFR)\s*:?\s*)?(?:(?:max(?:imum|\.)?|capped\s+at|at\s+most|up\s+to|cap|<=|≤)\s*)?([0-9.]+)\s*mL/min\b",
        "at most {0} mL/min",
    ),
    _meant(
        r",?\s*\b(?:max(?:imum|\.)?(?:\s+of)?|capped\s+at|cap|up\s+to|≤)\s*([0-9.]+)\s*m(?:2|\^2)", ", at most {0} m2"
    ),
    _meant(r"^\s*(?:max(?:imum|\.)?(?:\s+of)?|capped\s+at|at\s+most|up\s+to|≤)\s*", ""),
    _meant(r"\s*(?:/\s*|\bper\s+|\beach\s+|\bin\s+one\s+)dose\b", " a dose"),
    _meant(r"^\s*([1-9][0-9.]*\s+\w+)\s*$", "{0} a dose"),
    _meant(r"^\s*(?:(?:to\s+)?(?:the\s+)?nearest|to|steps\s+of|multiples\s+of)\s+", ""),
    _meant(r"^\s*(?:actual|current|in\s+use)(?:\s+weight)?\b", "in force"),
    _meant(r"\b(?:full|complete|entire)\s+(vial|tablet|capsule)s?\b", "whole {0}s"),
    _meant(r"\bwhole\s+(vial|tablet|capsule)\b", "whole {0}s"),
    _meant(r"±\s*([0-9.]+)\s*%", "within {0} %"),
    _meant(r"(?<=[0-9])\s*mg\b", " mg"),
)
_IN_PLACES = (
    _meant(r"\ball\s+visits\b|\beach\s+visit\b|\bevery\s+visits\b", "every visit"),
    _meant(r"^\s*(?:every|each|all)\s+(cycle|dose|fraction)s?\s*$", "every {drug} {0}"),
    _meant(r"^\s*(?:every|each)\s+([0-9]+(?:st|nd|rd|th))\s+(cycle|dose|fraction)s?\s*$", "every {0} {drug} {1}"),
    _meant(r"^\s*(?:every\s+(?:other|second))\s+([\w-]+)\s+(cycle|dose|fraction)s?", "every 2nd {0} {1}"),
    _meant(r"^\s*(cycle|dose|fraction)\s+([0-9]+)\s*$", "{drug} {0} {1}"),
    _meant(r"^\s*(cycle|dose|fraction)s?\s+([0-9][0-9, -]*)", "{drug} {0}s {1}"),
    _meant(r"\b(any|every|all)\s*days?\b", "any day"),
)
_IN_REFERENCES = (
    _meant(
        r"^\s*(?:study\s+)?day\s+([01])\s*(?:is|=)\s*(?:the\s+)?(?:day\s+of\s+)?randomi[sz]ation\b",
        "randomisation is Day {0}",
    ),
    _meant(
        r"^\s*(?:study\s+)?day\s+([01])\s*(?:is|=)\s*(?:the\s+)?(?:day\s+of\s+)?(?:the\s+)?(.+?)\s*$", "{1} is Day {0}"
    ),
    _meant(r"\s*=\s*(?:study\s+)?day\s*", " is Day "),
    _meant(r"\bis\s+(?:the\s+)?(?:study\s+)?(?:day\s+|D)([01])\b", "is Day {0}"),
    _meant(
        r"\b(?:the\s+)?(?:start|beginning)\s+of\s+(?:study\s+)?(?:treatment|therapy|dosing)\b|\bC1D1\b", "first dose"
    ),
)


def _without_d(listed: str) -> str:
    return re.sub(r"\s*,\s*d?", ", ", listed, flags=re.IGNORECASE)


class Habits(Enum):
    """Which habits to look for: those of timings, of limits, of doses, and so on."""

    TIMINGS = (*_IN_TIMINGS, *_EVERYWHERE)
    LIMITS = (*_IN_LIMITS, *_IN_TIMINGS, *_EVERYWHERE)
    DOSES = (*_IN_DOSES, *_EVERYWHERE)
    PRODUCTS = (*_IN_PRODUCTS, *_IN_DOSES, *_EVERYWHERE)
    LEVELS = (*_IN_LEVELS, *_IN_DOSES, *_EVERYWHERE)
    RESTARTS = (*_IN_RESTARTS, *_EVERYWHERE)
    RULES = (*_IN_RULES, *_EVERYWHERE)
    CALCULATIONS = (*_IN_CALCULATIONS, *_IN_DOSES, *_EVERYWHERE)
    PLACES = (*_IN_PLACES, *_SHARED, *_EVERYWHERE)
    REFERENCES = (*_IN_REFERENCES, *_EVERYWHERE)


def habits_at(text: str, offset: int, habits: Habits) -> Iterator[tuple[Habit, re.Match[str]]]:
    """Every habit that the words at this place of a sentence may be one of; then those of the words just before it."""
    near: list[tuple[Habit, re.Match[str]]] = []
    for habit in habits.value:
        for match in habit.pattern.finditer(text):
            if match.start() > offset:
                break
            if offset < match.end() or not text[match.end() : offset].strip():
                yield habit, match
            elif len(text[match.end() : offset].split()) == 1:
                near.append((habit, match))
    yield from near


def right_spelling(text: str, offset: int, habits: Habits) -> str | None:
    """How the words at this place of a sentence are spelled, where they are one of the known habits."""
    for habit, match in habits_at(text, offset, habits):
        found = habit.spellings(match, ("drug",))
        if found and offset < match.end() and match[0] not in found and all(found):
            return ", or: ".join(found)
    return None
