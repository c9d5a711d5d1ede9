"""Doses as publications say them: 3 weeks on 1 week off, for 14 consecutive days, as a 90-minute infusion."""

from __future__ import annotations

import re
from decimal import Decimal

from scheduler.protocol.plan.times.frequency import as_needed
from scheduler.protocol.sentences.habits.everywhere import POWERS_OF_TEN
from scheduler.protocol.sentences.habits.habit import exactly, meant


def _of_or(match: re.Match[str]) -> tuple[str, ...]:
    return f"AUC {match[1]}", f"AUC {match[2]}", f"AUC {match[1]} or {match[2]} prescribed "


def _of_times(match: re.Match[str]) -> tuple[str, ...]:
    """ "over 30-60 min": the longer time is the safe one to plan with, the shorter may be meant."""
    return f"over {match[2]} {match[3]}", f"over {match[1]} {match[3]}"


def _infused(match: re.Match[str]) -> tuple[str, ...]:
    long, unit = (group for group in match.groups() if group)
    return (f" intravenously over {long} {'minutes' if unit.lower().startswith('m') else 'hours'} ",)


_TIME = r"([0-9]+)\s*-?\s*(min|mins|minutes?|h|hrs?|hours?)"
_DOSE = r"(?:infusion|dose|cycle|administration)"
_TOLERATED = r"(?:,?\s*if\s+(?:well\s+)?tolerated,?)?"


def _slower_first(match: re.Match[str]) -> tuple[str, ...]:
    """ "over 60 min for the first infusion, then over 30 min thereafter": what is tolerated is for the physician to say."""
    first, unit, later, other = (group for group in match.groups() if group)
    return (f" over {_time_of(first, unit)} for dose 1, over {_time_of(later, other)} from dose 2 ",)


def _time_of(number: str, unit: str) -> str:
    return f"{number} {'minute' if unit.lower().startswith('m') else 'hour'}{'' if number == '1' else 's'}"


_NEEDED = r"(?:PRN|p\.r\.n\.|as\s+(?:needed|required)|(?:when|if)\s+(?:needed|required))"
_AT_MOST = (
    r"\(?\s*(?:up\s+to|at\s+most|max(?:imum)?\.?(?:\s+of)?|(?:no|not)\s+more\s+than)\s+"
    r"([0-9]+|once|twice|two|three|four|five|six)\s*(?:x|times?|doses?)?\s*(?:(?:a|per|in\s+a|each)\s+day|/\s*day|daily"
    r"|(?:in|per)\s+24\s+h(?:ours)?)\s*\)?"
)
_NUMBERS = {"once": "1", "twice": "2", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def _as_needed(match: re.Match[str]) -> tuple[str, ...]:
    """ "8 mg by mouth as needed, at most 3 times a day": how often stands behind the amount."""
    amount, before, after = match[1], match[2].strip(" ,;"), match[5].strip(" ,;")
    most = _NUMBERS.get((match[3] or match[4]).lower(), match[3] or match[4])
    often = as_needed(int(most))
    return (f"{amount} {often}, {before} {after}",)


def _from_their_week(match: re.Match[str]) -> tuple[str, ...]:
    """ "on days 15, 17, 19 of each week": those of the week that begins on day 15, and of each one after it."""
    days = [int(day) for day in re.findall(r"[0-9]+", match[1])]
    week = (days[0] - 1) // 7 * 7
    if week == 0 or not all(week < day <= week + 7 for day in days):
        return ()
    return (f"on days {', '.join(str(day - week) for day in days)} of each week from day {week + 1} until",)


_CURIES = r"(?:mCi|millicuries?)"
_MBQ_OF_A_MILLICURIE = 37
_RATHER_IN_GBQ = 1000


def _in_becquerels(match: re.Match[str]) -> tuple[str, ...]:
    """A millicurie is 37 MBq."""
    amount = Decimal(match[1]) * _MBQ_OF_A_MILLICURIE
    return (f"{amount / 1000:f} GBq" if amount >= _RATHER_IN_GBQ else f"{amount:f} MBq",)


def _same_activity(match: re.Match[str]) -> tuple[str, ...]:
    """ "7.4 GBq (200 mCi)": the same activity twice, of which the first stays; nothing where it is another."""
    number, before = (
        re.search(r"[0-9.]+", match[0]),
        re.search(r"([0-9.]+)\s*(GBq|MBq)\s*$", match.string[: match.start()]),
    )
    if number is None or before is None:
        return ()
    said = Decimal(before[1]) * (_RATHER_IN_GBQ if before[2] == "GBq" else 1)
    again = Decimal(number[0]) * _MBQ_OF_A_MILLICURIE
    return ("",) if abs(said - again) * 50 <= said else ()


_CHOSEN = (
    r"\s*,?\s*\(?(?:flexibl[ey](?:\s+dos(?:e|es|ed|ing))?\s*,?|as\s+(?:the\s+)?investigator\s+chooses|(?:at|by)\s+(?:the\s+)?(?:investigator['’]?s?['’]?\s+)?"
    r"(?:discretion|choice)(?:\s+of\s+the\s+investigator)?)\)?"
)

_WHOSE = r"(?:the\s+)?(?:last\s+)?(?!(?:dose|last|previous|first)\b)([A-Za-z][\w-]*)\s+dose\b"

DOSES = (
    meant(r"^\s*(?:an?\s+|the\s+)?loading\s+dose\s+(?:of\s+)?(?=(?:[0-9.]+\s*(?:x|times)\s|twice|double|half)\b)", ""),
    meant(
        r"^\s*(?:an?\s+)?(?:loading|initial|starting)\s+dose\s+(?:of\s+)?(?P<first>[0-9.]+\s*[a-zA-Z]+(?:/(?:m2|kg))?)(?P<rest>.*\b(?:then|followed\s+by)\b.*)$",
        "{0} loading dose {1}",
    ),
    meant(
        r"^(?!.*\b(?:then|followed\s+by)\b)(.*?)\s*\b(?:as\s+an?\s+)?(?:loading|maintenance|initial|starting)\s+doses?(?:\s+of)?\b(?!\s+(?:intravenously|by\s+mouth)?\s*of\s+[0-9]+\s*x)",
        "{0} ",
    ),
    meant(
        r"\b(?:of|for|in|on)\s+(?:all\s+|each\s+|every\s+)?(?:the\s+)?(?:subsequent|following|later)\s+(cycle|dose)s?\b",
        "of {0}s 2 and later",
    ),
    meant(rf"\b(?:twice|double|two\s+times)\s+{_WHOSE}", lambda said: (f"2 x the {said[1]} dose",)),
    meant(rf"\b([0-9.]+)\s*(?:times|x)\s+{_WHOSE}", "{0} x the {1} dose"),
    meant(rf"\bhalf\s+(?:of\s+)?{_WHOSE}", "half the {0} dose"),
    meant(r"\bon\s+days\s+([0-9]+(?:,\s*[0-9]+)*)\s+of\s+each\s+week\s+until\b", _from_their_week),
    meant(
        rf"^\s*([0-9.]+\s*[a-zA-Z]+)\s+(.*?)(?:(?:{_NEEDED}[\s,;]*{_AT_MOST})|(?:{_AT_MOST}[\s,;]*{_NEEDED}))(.*)$",
        _as_needed,
    ),
    meant(
        rf"\bover\s+{_TIME}\s*\(?(?:\s*(?:for|at|on|in|with)\s+)?(?:the\s+)?(?:first|1st|initial)\s+{_DOSE}\)?\s*[,;]?\s*"
        rf"(?:(?:and|then),?\s*)*{_TOLERATED}\s*(?:over\s+)?{_TIME}\s*\(?(?:for\s+)?(?:all\s+)?(?:the\s+)?"
        rf"(?:subsequent|following|later|further|thereafter|afterwards)(?:\s+{_DOSE}s?)?\)?{_TOLERATED}"
        rf"|\bover\s+{_TIME}\s*[,;]?\s*(?:and\s+|then\s+)?(?:all\s+)?(?:subsequent|following|later|further)\s+{_DOSE}s"
        rf"\s+(?:over\s+)?{_TIME}\b{_TOLERATED}",
        _slower_first,
    ),
    *POWERS_OF_TEN,
    meant(
        r"(?<=[0-9] )(?:(?:viable|transduced|anti-\w+|CAR(?:[- ]?T|\s*\+|-positive)?(?:-positive)?|T)[\s-]+)+cells\b",
        "cells",
    ),
    meant(r"(?<=[a-z0-9])\s*/\s*dose\b", ""),
    meant(r"(?<!minute )(?<!minutes )(?<!hour )(?<!hours )\bfor\s+(doses?|cycles?)\s+(?=[0-9])", "of {0} "),
    meant(r"(?<=[0-9])E(?=[0-9]{1,2}\b)", "e"),
    meant(r"^\s*(?:a\s+)?single\s+doses?\s+(?:of\s+)?(?=[0-9])", ""),
    meant(r"\bconsecutive\s+(?=days)", ""),
    meant(r"\bfor\s+([0-9]+)\s+days\b", "on days 1-{0}"),
    meant(r"\b(?:for\s+)?(?:the\s+)?first\s+([0-9]+)\s+days\b", "on days 1-{0}"),
    meant(r"(?<=daily)\s+(?:x|×)\s*([0-9]+)(?:\s*d(?:ays?)?)?\b", " on days 1-{0}"),
    meant(r"\s+(?:x|×)\s*([0-9]+)\s*d(?:ays?)?\b", " on days 1-{0}"),
    meant(r"\bon\s+(?=d[0-9])", ""),
    meant(r"(?<=[0-9a-z])\s*/\s*(?:d|day)(?=\s)", " once daily "),
    meant(
        r"\bcontinuous\s+(?:i\.?v\.?\s+|intravenous\s+)?infusion\b(?<!by continuous infusion)", "by continuous infusion"
    ),
    exactly(r"(?<!\w)(?:CIV|CIVI|C\.I\.V\.)(?!\w)", "by continuous infusion"),
    meant(r"\bby\s+by\b", "by"),
    meant(
        r"\b(?:as|by|via|in)\s+an?\s+([0-9]+)\s*-?\s*(min|minutes?|h|hours?)\s+(?:i\.?v\.?\s+|intravenous\s+)?infusion\b"
        r"|(?<=[0-9a-z])\s+([0-9]+)\s*-?\s*(min|minutes?|h|hours?)\s+(?:i\.?v\.?\s+|intravenous\s+)?infusion\b"
        r"|\b(?:as|by)\s+([0-9]+)\s*-?\s*(min|minutes?|h|hours?)\s+(?:i\.?v\.?\s+|intravenous\s+)?infusion\b",
        _infused,
    ),
    meant(r"\bover\s+([0-9]+)\s*(?:-|to)\s*([0-9]+)\s*(min|mins|minutes|h|hours)\b", _of_times),
    meant(
        r"^\s*((?:AUC\s*)?[0-9.]+)\s*(?:-|to)\s*([0-9.]+)(\s*(?:mcg|mg|g|IU|U|mL|MBq|GBq)(?:/(?:m2|kg))?)?(?!\s*prescribed)"
        rf"(?<=\w)(?=\W)(.*?){_CHOSEN}(.*)$",
        "{0}-{1}{2} prescribed{3} {4}",
    ),
    meant(
        r"^\s*((?:AUC\s*)?[0-9.]+(?:,\s*[0-9.]+)*\s+or\s+[0-9.]+)(\s*(?:mcg|mg|g|IU|U|mL|MBq|GBq)(?:/(?:m2|kg))?)?"
        rf"(?!\s*prescribed)(?<=\w)(?=\W)(.*?){_CHOSEN}(.*)$",
        "{0}{1} prescribed{2} {3}",
    ),
    meant(
        r"^\s*([0-9.]+(?:,\s+[0-9.]+)*\s+or\s+[0-9.]+\s*(?:mcg|mg|g|IU|U|mL|MBq|GBq)(?:/(?:m2|kg))?)(?!\s*(?:\w+\s+)?prescribed)(?=\W|$)",
        "{0} prescribed",
    ),
    meant(rf"\s*\(\s*(?:=|≈|~)?\s*[0-9.]+\s*{_CURIES}\s*\)", _same_activity),
    meant(rf"\b([0-9.]+)\s*{_CURIES}(?!\w)", _in_becquerels),
    meant(r"\bAUC\s*([0-9.]+)\s*(?:-|to)\s*(?:AUC\s*)?([0-9.]+)(?!\s*prescribed)", "AUC {0}-{1} prescribed"),
    meant(r"\bAUC\s*([0-9.]+)\s+or\s+(?:AUC\s*)?([0-9.]+)(?!\s*prescribed)", _of_or),
    meant(r"\b(?:by\s+)?(?:slow\s+)?(?:i\.?v\.?|intravenous)\s+(?:push|bolus|injection)\b", "intravenously"),
    meant(
        r"\b(?:once\s+(?:daily\s+)?)?(?:at\s+(?:bedtime|night)|(?:every|in\s+the)\s+evening|nightly|qhs|h\.s\."
        r"|q\.?p\.?m\.?)(?!\w)(?<!once in the evening)",
        "once in the evening",
    ),
    meant(
        r"\b(?:once\s+(?:daily\s+)?)?(?:(?:every|in\s+the)\s+morning|q\.?a\.?m\.?)(?!\w)(?<!once in the morning)",
        "once in the morning",
    ),
    meant(r"\b(?:once\s+)?daily\s+(?=once\s+in\s+the)", ""),
    meant(r"(?<![\w.])(?:t\.?d\.?s\.?|three\s+times\s+daily)(?!\w)", "three times daily"),
    meant(r"\bon\s+an\s+empty\s+stomach\b|\b(?:fasted|fasting|with\s+food|after\s+food|with\s+(?:a\s+)?meals?)\b", ""),
    meant(
        r"\bin\s+cycle\s+([0-9]+)\s+only\b|\b(?:only\s+in|for)\s+cycle\s+([0-9]+)\b",
        lambda match: (f"of cycle {match[1] or match[2]}",),
    ),
    meant(r"\b(?:matching|matched)\s+placebo\b", ""),
    meant(r"\bcontinuously\b|\bcontinuous\s+daily\s+dosing\b", "every day"),
)
"""How something is taken, with food or without, is no part of a dose sentence; a title or an activity says it."""
