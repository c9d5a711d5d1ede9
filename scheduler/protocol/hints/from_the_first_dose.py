"""Hints for what is given: its first dose is on the day that it counts from, and "for 2 years" ends on the day before.

The first of a grid is one interval after what it counts from: right for a scan every 8 weeks, and not for an infusion "every 6
weeks from day 1". A scan after 2 years belongs to "every 3 months for 2 years"; the first day after 2 years of tablets does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.dates import add_months
from scheduler.source.node import Step

_FOUR_YEARS = 4 * 365 + 1
_SPAN = r"[0-9]+ (?:days?|weeks?|months?|years?)"
_DAY = r"(?P<day>first dose|Study Day 1|[\w-]+ cycle 1 day 1)"
_GRID = re.compile(
    rf"^every (?P<span>{_SPAN}(?: [±+-][^,(]*?)?) from {_DAY}(?P<rest>(?![\w-]).*)$",
    re.DOTALL,
)
_PIECES = re.compile(
    rf"^\[\"every (?P<many>[0-9]+) (?P<unit>day|week|month|year)s?(?P<window>[^,]*?) from {_DAY}, until (?P<long>[0-9]+) "
    r"(?P<unit_>day|week|month|year)s? after [\w ]+\", every (?P<later>[^,]+?) after that\]$"
)
_FOR = re.compile(rf"\bfor (?:the first |up to |at most |another )?(?P<long>{_SPAN})\b", re.IGNORECASE)
_FIRST_DOSE = re.compile(r"\s*first dose\b", re.IGNORECASE)


def from_the_first_dose(said: Iterable[str], typed: str, reference: str, path: tuple[Step, ...]) -> Iterator[str]:
    """Sentences under 'when' of a treatment, as they give what was typed; others as they are."""
    if path[:1] != ("treatments",) or path[2:3] not in (("when",), ("until",)):
        yield from said
        return
    own, phrases = str(path[1]), dict[str, None]()
    for each in said:
        for sentence in _begun(each, reference) if path[2:] == ("when",) else (each,):
            phrases[_to_the_day(sentence, typed)] = None
    # What begins with its own first cycle never begins.
    yield from [each for each in phrases if f"{own} cycle 1 day 1" not in each or own in typed] or phrases


def _begun(sentence: str, reference: str) -> Iterator[str]:
    """ "every 6 weeks from first dose" as a table whose first is on that day: from dose to dose, or on the grid."""
    pieces, grid = _PIECES.match(sentence), _GRID.match(sentence)
    if pieces is not None and (table := _table_of(pieces, reference)) is not None:
        yield table
    elif grid is None:
        yield sentence
    else:
        day, rest = _day(grid["day"], reference), grid["rest"]
        rest, beside, most = rest.partition(", and beside")
        rolling, fixed = f"{grid['span']} after the previous dose{rest}", f"every {grid['span']} from {day}{rest}"
        yield f"{rolling}{beside}{most}" if day == "first dose" else f"{_from(day, rolling)}{beside}{most}"
        yield f"{_from(day, fixed)}{beside}{most}"


def _table_of(match: re.Match[str], reference: str) -> str | None:
    """A grid that widens: the doses up to its end by number, and the later ones; None where their number hangs on the date."""
    many = int(match["many"])
    unit = f"{match['many']} {match['unit']}{'' if many == 1 else 's'}{match['window']}"
    whole, step = _days(int(match["long"]), match["unit_"]), _days(many, match["unit"])
    if match["unit"] == match["unit_"]:
        fewest = most = int(match["long"]) // many
    else:
        fewest, most = whole[0] // step[1], whole[1] // step[0]
    if fewest != most or not fewest:
        return None
    last = fewest + 1
    numbers = "2" if last == 2 else f"2-{last}"
    after = "after the previous dose"
    day = _day(match["day"], reference)
    return f"{{1: on {day}, {numbers}: {unit} {after}, then: {match['later']} {after}}}"


def _days(amount: int, unit: str) -> tuple[int, int]:
    """How many days so many units have at least and at most."""
    if unit in ("day", "week"):
        days = amount * (7 if unit == "week" else 1)
        return days, days
    months = amount * (12 if unit == "year" else 1)
    start = date(2000, 2, 1).toordinal()
    lengths = [add_months(first, months) - first for first in range(start, start + _FOUR_YEARS)]
    return min(lengths), max(lengths)


def _from(day: str, then: str) -> str:
    quoted = f'"{then}"' if "," in then else then
    return f"{{1: on {day}, then: {quoted}}}"


def _day(day: str, reference: str) -> str:
    return "first dose" if day == "Study Day 1" and _FIRST_DOSE.match(reference) else day


def _to_the_day(sentence: str, typed: str) -> str:
    """What was typed as "for 2 years" ends on the day before 2 years after the first."""
    long = _FOR.search(typed)
    if long is None:
        return sentence
    span = re.escape(long["long"])
    sentence = re.sub(rf"\buntil (?={span} after )", "until the day before ", sentence)
    return re.sub(rf"^(?={span} after )", "before ", sentence)
