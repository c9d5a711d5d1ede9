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


_AMOUNT = r"(?:[0-9.]+\s+(?:mc?g|g|mL|U|IU)(?:/(?:m2|kg))?|AUC\s+[0-9.]+)"
_ROUTE = r"(?:\s+(?:iv|sc|im|po|intravenously|subcutaneously|intramuscularly|by\s+mouth))?"
_ORDINALS = {"other": 2, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def _on_and_off(match: re.Match[str]) -> tuple[str, ...]:
    """ "4 weeks on, 2 weeks off": days 1-28 of a cycle of 42."""
    on, off = (int(match[each]) * (7 if match[f"{each}_in"].lower().startswith("w") else 1) for each in ("on", "off"))
    return (f"on days 1-{on} every {on + off} days",)


def _days_then_off(match: re.Match[str]) -> tuple[str, ...]:
    """ "days 1-21 followed by 7 days off": every 28 days."""
    last, off = int(match["last"]), int(match["off"]) * (7 if match["off_in"].lower().startswith("w") else 1)
    return (f"on days 1-{last} every {last + off} days",)


def _every_other(match: re.Match[str]) -> tuple[str, ...]:
    return (f"every {_ORDINALS[match['which'].lower()]} {match['unit'].lower()}s",)


def _doses_apart(match: re.Match[str]) -> tuple[str, ...]:
    """ "two doses 21 days apart": at days 0, 21."""
    number = {"two": 2, "2": 2, "three": 3, "3": 3}[match["number"].lower()]
    apart, unit = int(match["apart"]), match["unit"].lower().rstrip("s")
    return (f"at {unit}s {', '.join(str(apart * each) for each in range(number))}",)


def _loading(match: re.Match[str]) -> tuple[str, ...]:
    """ "8 mg/kg loading dose, then 6 mg/kg": the first dose, and the later ones."""
    return (
        f"{match['first']}{match['route'] or match['between'] or ''} of dose 1, {match['then']} of doses 2 and later",
    )


def _weekly_steps(match: re.Match[str]) -> tuple[str, ...]:
    """ "0.25 mg weekly for 4 weeks, then 0.5 mg": doses 1-4, and the later ones; with an end where the last is for some weeks."""
    said, following, steps = re.findall(_STEP, match[0], re.IGNORECASE), 1, []
    if not all(weeks for _, _, weeks in said[:-1]) or len({route.strip() for _, route, _ in said if route}) > 1:
        return ()
    for amount, route, weeks in said[:-1]:
        steps.append(f"{amount}{route} of doses {following}-{following + int(weeks) - 1}")
        following += int(weeks)
    amount, _, weeks = said[-1]
    steps.append(f"{amount} of doses {following} and later")
    end = f" up to {following + int(weeks) - 1} weeks" if weeks else ""
    return (f"{', '.join(steps)} every 7 days{end}",)


_WEEKLY = r"(?:\s+(?:once[\s-]+(?:a\s+|every\s+)?)?week(?:ly)?)"
_FOR_WEEKS = r"\s+for\s+(?:the\s+first\s+|another\s+)?"
_STEP = rf"({_AMOUNT})({_ROUTE}){_WEEKLY}?(?:{_FOR_WEEKS}([0-9]+)\s+weeks)?"

IN_SUMMARIES = (
    meant(
        rf"{_AMOUNT}{_ROUTE}{_WEEKLY}{_FOR_WEEKS}[0-9]+\s+weeks(?:\s*,?\s*(?:and\s+)?(?:then|followed\s+by)\s+{_AMOUNT}{_ROUTE}"
        rf"{_WEEKLY}?(?:{_FOR_WEEKS}[0-9]+\s+weeks)?)+",
        _weekly_steps,
    ),
    meant(
        rf"(?P<first>{_AMOUNT})(?P<route>{_ROUTE})\s+(?:as\s+an?\s+|\()?(?:loading|initial)(?:\s+dose)?\)?(?P<between>{_ROUTE})"
        rf"\s*,?\s*(?:and\s+)?(?:then|followed\s+by|thereafter)\s+(?P<then>{_AMOUNT})(?:\s*\(?maintenance(?:\s+dose)?\)?)?",
        _loading,
    ),
    meant(
        rf"(?:loading|initial)\s+dose\s+(?:of\s+)?(?P<first>{_AMOUNT})(?P<route>{_ROUTE})(?P<between>)"
        rf"\s*,?\s*(?:and\s+)?(?:then|followed\s+by|thereafter)\s+(?:a\s+maintenance\s+dose\s+of\s+)?(?P<then>{_AMOUNT})",
        _loading,
    ),
    meant(r"\bevery\s+([0-9]+)\s+(weeks|days)\s*[(,]\s*Q\s*\1\s*[wd]\)?", lambda said: (f"every {said[1]} {said[2]}",)),
    meant(r"\bq\s*([0-9]+)\s*w\s*\(\s*every\s+\1\s+weeks\s*\)", lambda said: (f"every {said[1]} weeks",)),
    meant(
        r"\bon\s+day\s+1\s+of\s+(?:each|every|a)\s+([0-9]+)[\s-]*(day|week)\s+cycle",
        lambda said: (f"every {said[1]} {said[2]}s",),
    ),
    meant(r"\b(?:for|until)\s+up\s+to\b", "up to"),
    meant(r"\bfor\s+a\s+(?:total|maximum)\s+of\b", "for"),
    meant(
        r"(?:\bon\s+)?\bdays?\s+1\s*(?:-|to|through)\s*(?:day\s+)?(?P<last>[0-9]+)\s*,?\s*(?:then|followed\s+by|with|and)?\s*"
        r"(?P<off>[0-9]+)[\s-]+(?P<off_in>days?|weeks?)\s+(?:off|rest|break|without)\b",
        _days_then_off,
    ),
    meant(
        r"(?:\bfor\s+)?(?P<on>[0-9]+)[\s-]+(?P<on_in>days?|weeks?)(?:\s+on)?\s*(?:,|/|and|followed\s+by|then)*\s*(?P<off>[0-9]+)[\s-]+"
        r"(?P<off_in>days?|weeks?)\s+(?:off|rest|break)\b(?:\s+(?:schedule|cycle))?",
        _on_and_off,
    ),
    meant(r"\bdays?\s+([0-9]+)\s+(?:to|through)\s+(?:day\s+)?([0-9]+)", "days {0}-{1}"),
    meant(r"\bdaily\s+for\s+([0-9]+)\s+days\b(?=.*\bevery\b)", lambda said: (f"daily on days 1-{said[1]}",)),
    meant(r"\b((?:once|twice)\s+daily)\s*,?\s+(?:continuous(?:ly)?|on\s+a\s+continuous\s+schedule)\b", "{0}"),
    meant(r"(?<=[0-9])\s*(mc?g|g)\s*/\s*day\b", " {0} once daily"),
    meant(
        r"\b(?:area\s+under\s+the\s+(?:concentration[\w-]*\s+)?curve)\s*(?:\(?AUC\)?)?\s*(?:of\s+)?([0-9]+)", "AUC {0}"
    ),
    meant(r"\bAUC\s*([0-9.]+)\s*mg\s*/?\s*(?:mL|ml)\s*(?:[x/.*]\s*min|per\s+min(?:ute)?)?", "AUC {0}"),
    meant(r"\bevery\s+(?P<which>other|second|2nd|third|3rd|fourth|4th)\s+(?P<unit>week|month)\b", _every_other),
    meant(
        r"\b(?:once[\s-]+(?:a\s+|every\s+)?)?(?:month(?:ly)?)\b(?!s)(?=\s*(?:$|[,;]|for|up|until))",
        "every 4 weeks",
        "every 1 month",
    ),
    meant(
        r"\b(?P<number>two|three|2|3)\s+doses\s*,?\s+(?:given\s+)?(?P<apart>[0-9]+)\s+(?P<unit>days?|weeks?|months?)\s+apart",
        _doses_apart,
    ),
    meant(
        r"\bat\s+(weeks?|months?)\s+(0(?:\s*,\s*[0-9]+)*)\s*,?\s+and\s+(?:then\s+)?every\s+([0-9]+)\s+(weeks|months)\s+thereafter",
        lambda said: (f"at {said[1].rstrip('s')}s {said[2]}, then every {said[3]} {said[4]}",),
    ),
    meant(
        r"\bat\s+week\s+0\s*,?\s*(?:and\s+)?week\s+([0-9]+)\s*,?\s*(?:and\s+|then\s+)+(?:every\s+([0-9]+)\s+weeks\b)(?:\s+thereafter)?",
        lambda said: (f"at weeks 0, {said[1]}, then every {said[2]} weeks",),
    ),
    meant(r"\bevery\s+([0-9]+)\s+(weeks|months)\s+thereafter", "then every {0} {1}"),
    meant(
        r"\buntil\s+(?:disease\s+|tumou?r\s+)?progression\s*(?:,|or)+\s*(?:unacceptable|intolerable|prohibitive)\s+toxicity\b",
        "until progression",
    ),
    meant(r"\bx\s*([0-9]+)\s*fractions\b", "{0} fractions"),
    meant(r"(?<=\s)x\s*([0-9]+)(?=\s*(?:$|[,;]))", "for {0} doses"),
    meant(
        r"\b(?:once[\s-]+)?(?:every\s+week|weekly)\s+for\s+([0-9]+)\s+weeks\b(?!\s*,?\s*(?:and\s+)?then\s+[0-9])",
        lambda said: (f"every 7 days up to {said[1]} weeks",),
    ),
    meant(
        r"^\s*([A-Za-z][\w-]*)\s+(?!(?:iv|sc|im|po|once|twice|daily|over|every|on|at|AUC|of|for)\b)([A-Za-z][\w-]*)(?=\s+(?:[0-9]|AUC))",
        "{0}-{1}",
    ),
    meant(r"\bq\s*([0-9]+)\s*w(?:eeks?|ks?)?\b", "every {0} weeks"),
    meant(r"\bq\s*([0-9]+)\s*d(?:ays?)?\b", "every {0} days"),
    meant(r"\b(?:qw|(?:once[\s-]+)?weekly|every\s+week|once\s+a\s+week)\b", "every 7 days"),
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
