"""A dose that goes up or down on the way, said in one sentence: the lines of a list, each with its days or its numbers.

100 mg on day 1, 200 mg on day 2 and 400 mg on days 3-28 by mouth
0.25 mg once weekly for 4 weeks, then 0.5 mg once weekly
0.25 mg once weekly, increased every 4 weeks to 0.5, 1 and 1.7 mg
"""

from __future__ import annotations

import re
from itertools import pairwise

from scheduler.protocol.sentences.habits.habit import Looks

_AMOUNT = r"[0-9]+(?:\.[0-9]+)?\s*(?:mcg|mg|g|mL|IU|U|MBq|GBq)(?:/(?:m2|kg))?(?![\w/])"
_DAYS = r"\bon\s+(?:study\s+)?days?\s+[0-9]+(?:\s*-\s*[0-9]+)?"
_NEXT = Looks(rf"\s*(?:,|;|\band\b|\bthen\b|\bfollowed\s+by\b)+\s*(?:and\s+|then\s+)?(?={_AMOUNT})")
_CITED = Looks(r"\s*\([^()]*\)\s*$")
_WEEKLY = r"(?:once\s+(?:a\s+|every\s+)?week(?:ly)?|weekly|once-weekly|every\s+week|qw)"
_ALSO_WEEKLY = Looks(rf"\s*\b{_WEEKLY}\b")
_FOR_WEEKS = Looks(r"\s*\bfor\s+(?:the\s+first\s+|another\s+|the\s+next\s+)?(?P<weeks>[0-9]+)\s+weeks\b")
_INCREASED = Looks(
    rf"^(?P<first>{_AMOUNT})(?P<how>.*?)\s*,?\s*(?:and\s+)?(?:increased|increasing|escalated|raised)\s+(?:every|at\s+intervals\s+of)\s+(?P<weeks>[0-9]+)\s+weeks"
    r"\s+to\s+(?P<later>[0-9.]+(?:\s*(?:mg|mcg))?(?:\s*(?:(?:,|and|to|then)\s*)+[0-9.]+(?:\s*(?:mg|mcg))?)*)(?P<rest>.*)$",
)
_LOADING = Looks(
    r"""^\s*(?P<first>[0-9.]+\s*\S+)(?P<before>\s[^,]*?)??\s+(?:as\s+an?\s+)?(?:loading|initial|starting)\s+dose\s*,?\s*(?P<between>[^,]*?)\s*,?\s*(?:then|followed\s+by)\s+
    (?P<later>[0-9.]+\s*[a-zA-Z/2]+)(?:\s+maintenance(?:\s+dose)?s?)?(?P<rest>.*)$""",
    spaced=True,
)
APART = Looks(
    r"\b(?:every\s+(?P<many>[0-9]+)\s+(?P<unit>days|weeks)|q\s*(?P<n>[0-9]+)\s*(?P<u>[dw])(?:k|ks)?\b|(?:"
    r"(?:once\s+)?weekly|every\s+week)\b)",
)
_EVERY_WEEK = "1 week after the previous dose"


def steps_of_dose(text: str) -> tuple[tuple[str, ...], str | None]:
    """The sentences of a dose that changes on the way, and how often it is given where they say it; none for any other."""
    loading = _LOADING.pattern.match(text)
    if loading is not None:
        return _first_and_later(loading)
    cited = _CITED.pattern.search(text)
    body, source = (text[: cited.start()], f" {cited[0].strip()}") if cited is not None else (text, "")
    steps = _raised(body) or _by_weeks(body)
    if steps:
        return tuple(f"{each}{source}" for each in steps), _EVERY_WEEK
    return tuple(f"{each}{source}" for each in _by_days(body)), None


def after_the_previous(often: re.Match[str]) -> str:
    """ "every 3 weeks" as a timing."""
    many = int(often["many"] or often["n"] or 1)
    unit = "day" if (often["unit"] or often["u"] or "w").lower().startswith("d") else "week"
    return f"{many} {unit}{'' if many == 1 else 's'} after the previous dose"


def _first_and_later(match: re.Match[str]) -> tuple[tuple[str, ...], str | None]:
    """ "400 mg/m2 loading dose, then 250 mg/m2 weekly": one line for dose 1, one for the later doses."""
    how = APART.pattern.sub(" ", match["rest"]).strip()
    own = (match["before"] or match["between"]).strip()
    cited = _CITED.pattern.search(how)
    source = cited[0].strip() if cited is not None else ""
    how = how.removesuffix(source).strip()
    often = APART.pattern.search(match["rest"])
    rows = (
        f"{match['first']} {own or how} of dose 1 {source}",
        f"{match['later']} {how or own} of doses 2 and later {source}",
    )
    return tuple(" ".join(each.split()) for each in rows), after_the_previous(often) if often is not None else None


def _by_days(body: str) -> list[str]:
    """Each amount with its days; how it is taken is said once, for all."""
    chunks = _NEXT.pattern.split(body.strip())
    amounts = [re.match(_AMOUNT, chunk) for chunk in chunks]
    days = [re.findall(_DAYS, chunk, re.IGNORECASE) for chunk in chunks]
    if len(chunks) < 2 or not all(amounts) or not all(1 <= len(each) <= 2 for each in days):
        return []
    hows = [
        _without(re.sub(_DAYS, " ", chunk[amount.end() :], flags=re.IGNORECASE))
        for chunk, amount in zip(chunks, amounts, strict=True)
        if amount
    ]
    how = next((each for each in reversed(hows) if each), "")
    last = days[-1]
    if len(last) == 2 and not _begins_together(last):
        return []
    until = re.search(r"-\s*([0-9]+)", last[-1])
    if len(last) == 2 and until is not None:
        days[-1] = [f"on days {_first(last[0])}-{until[1]}"]
    if any(len(each) != 1 for each in days) or any(_first(b[0]) <= _last(a[0]) for a, b in pairwise(days)):
        return []
    return [
        f"{amount[0]} {own or how} {each[0]}" for amount, own, each in zip(amounts, hows, days, strict=True) if amount
    ]


def _begins_together(days: list[str]) -> bool:
    """ "on day 3 and thereafter ... on days 1-28": the days of the whole cycle, said again."""
    return _first(days[0]) == _last(days[0]) and _first(days[1]) <= _first(days[0]) < _last(days[1])


def _first(days: str) -> int:
    return int(re.findall("[0-9]+", days)[0])


def _last(days: str) -> int:
    return int(re.findall("[0-9]+", days)[-1])


def _without(how: str) -> str:
    how = re.sub(
        r"\b(?:and|then|thereafter|afterwards|onwards?|of\s+(?:each|every)\s+cycle)\b", " ", how, flags=re.IGNORECASE
    )
    return " ".join(how.replace(",", " ").split())


def _by_weeks(body: str) -> list[str]:
    """Doses by their numbers, where one is given each week."""
    chunks = _NEXT.pattern.split(body.strip())
    if len(chunks) < 2 or _ALSO_WEEKLY.pattern.search(chunks[0]) is None:
        return []
    lengths = [_FOR_WEEKS.pattern.search(chunk) for chunk in chunks]
    if not all(lengths[:-1]) or lengths[-1] is not None:
        return []
    amounts = [re.match(_AMOUNT, chunk) for chunk in chunks]
    if not all(amounts):
        return []
    rests = [
        _without(_ALSO_WEEKLY.pattern.sub(" ", _FOR_WEEKS.pattern.sub(" ", chunk[amount.end() :])))
        for chunk, amount in zip(chunks, amounts, strict=True)
        if amount
    ]
    how = next((each for each in rests if each), "")
    weeks = [int(length["weeks"]) for length in lengths if length is not None]
    return _numbered([amount[0] for amount in amounts if amount], weeks, [rest or how for rest in rests])


def _raised(body: str) -> list[str]:
    """ "0.25 mg once weekly, increased every 4 weeks to 0.5, 1 and 1.7 mg"."""
    match = _INCREASED.pattern.match(body.strip())
    if match is None or _ALSO_WEEKLY.pattern.search(match["how"]) is None:
        return []
    every, first = int(match["weeks"]), _FOR_WEEKS.pattern.search(match["how"])
    if first is not None and int(first["weeks"]) != every:
        return []
    unit = re.sub(r"^[0-9.]+\s*", "", match["first"])
    later = re.findall(r"[0-9]+(?:\.[0-9]+)?", match["later"])
    rest = match["rest"].strip().removeprefix(unit)
    how = _without(f"{_ALSO_WEEKLY.pattern.sub(' ', _FOR_WEEKS.pattern.sub(' ', match['how']))} {rest}")
    amounts = [match["first"], *(f"{each} {unit}" for each in later)]
    return _numbered(amounts, [every] * len(later), [how] * len(amounts))


def _numbered(amounts: list[str], weeks: list[int], hows: list[str]) -> list[str]:
    found, following = [], 1
    for amount, how, many in zip(amounts, hows, [*weeks, 0], strict=True):
        numbers = (
            f"{following}-{following + many - 1}" if many > 1 else f"{following}" if many else f"{following} and later"
        )
        found.append(f"{amount} {how} of dose{'' if many == 1 else 's'} {numbers}")
        following += many
    return found
