"""A case of a dose rule in words: "grade 2, 3rd time or later, without liver tumour"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.protocol.checks.rules.boxes import GRADE, OCCURRENCE, TRUE, Box, Stretch
from scheduler.protocol.plan.values import Basis

_OF_VALUES = ("value", "either")


def case_in_words(box: Box) -> str:
    """What a case is, as a row would say it; only what a reader needs to find it."""
    return ", ".join(_parts(box)) or "every case"


def _parts(box: Box) -> Iterator[str]:
    if GRADE in box:
        yield f"grade {_numbers(box[GRADE])}"
    yield from (line[1] if line[0] == "either" else _value(line, box[line]) for line in box if line[0] in _OF_VALUES)
    if OCCURRENCE in box:
        yield _times(box[OCCURRENCE])
    for line, stretch in box.items():
        if line[0] == "attribute":
            yield f"{'with' if stretch == TRUE else 'without'} {line[1]}"
        elif line[0] == "medicine" and line[2] == "time":
            yield f"on {line[1]} for more than {stretch.low[0]} days"
        elif line[0] in ("on hold", "since the last dose"):
            yield f"more than {stretch.low[0]} days {line[0]}"
        elif line[0] in ("no level left", "lowest level"):
            yield "no lower level is left"


def _numbers(stretch: Stretch) -> str:
    first = int(stretch.low[0]) + stretch.low[1]
    last = int(stretch.high[0]) - 1 + stretch.high[1]
    return str(first) if first == last else f"{first}-{last}"


def _times(stretch: Stretch) -> str:
    first = 1 if stretch.open_below else int(stretch.low[0]) + stretch.low[1]
    if stretch.open_above:
        return f"{_ordinal(first)} time or later"
    last = int(stretch.high[0]) - 1 + stretch.high[1]
    return f"{_ordinal(first)} time" if first == last else f"{_ordinal(first)} to {_ordinal(last)} time"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def _value(line: tuple[str, ...], stretch: Stretch) -> str:
    _, test, basis, unit, when = line
    change = Basis(basis).is_change
    of, over, under = Basis(basis).of(unit), *(("more than", "less than") if change else ("above", "below"))
    name = f"{test} at baseline" if when == "baseline" else test
    low = "" if stretch.open_below else f"{'at least' if stretch.low[1] == 0 else over} {_plain(stretch.low[0])}"
    high = "" if stretch.open_above else f"{under if stretch.high[1] == 0 else 'up to'} {_plain(stretch.high[0])}"
    if low and high:
        return f"{name} {low} to {high.removeprefix('up to ')} {of}"
    return f"{name} {low or high} {of}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
