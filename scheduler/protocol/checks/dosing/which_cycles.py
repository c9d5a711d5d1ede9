"""Doses by the number of the cycle and by its days: each number has a dose, and a day is named in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Plan, Timeline

_AHEAD = 2
"""How many numbers are looked at after the last that a sentence names: beyond it all are alike."""


def check_cycles_have_a_dose(protocol: Protocol) -> Iterator[Finding]:
    """A cycle or dose for which no sentence says a dose: it would be planned, and nothing given."""
    for plan, line in protocol.treatments():
        if not line.gives or any(give.cycles is None for give in line.gives):
            continue
        numbers = [n for n in _numbers(plan, line) if not any(_includes(give, n) for give in line.gives)]
        if not numbers:
            continue
        last = max(_numbers(plan, line))
        goes_on = numbers[-1] == last and not _ends_at(plan, line, last)
        called = f"{line.called}s" if goes_on or len(numbers) > 1 else line.called
        which = f"{called} {_in_words(numbers, goes_on)}"
        message = f"no sentence says a dose of {line.name} for {which}, so nothing is given there"
        hint = f"say the dose of {which}, or leave these numbers out under 'when' or 'until'"
        yield protocol.at(line.gives[-1].clause).warning("no-dose-said", message, hint)


def check_days_named_once(protocol: Protocol) -> Iterator[Finding]:
    """Days of the cycle under "when" and again under "give": each day would begin a block of its own.

    A block at each of these days is meant where it begins on its own day 1 and is over before the next: tablets on days 1-3.
    """
    for _, line in protocol.treatments():
        if line.follows is None or not line.follows.has_days:
            continue
        for part, timing in zip(line.follows.parts, line.by_part or (line.then,), strict=True):
            gap = min((after - before for before, after in pairwise(part.days)), default=None)
            for give in line.gives if gap is not None and timing is not None else ():
                first, last = min(first for first, _ in give.days), max(last for _, last in give.days)
                if give.every_day or (first == 1 and last <= (gap or last)):
                    continue
                assert timing is not None
                days = ", ".join(map(str, part.days))
                message = (
                    f"days {days} of the cycle are under 'when', and day {last} here would be counted from each of them"
                )
                yield protocol.at(give.clause).finding("days-named-twice", message, _once(timing.clause.text))


def _once(when: str) -> str:
    """The same sentence without its days, where it says the cycles before them."""
    found = re.fullmatch(r"(in (?:every|[\w-]* ?cycles?)[^()]*?) on days? [0-9, -]+(.*)", when.strip(), re.IGNORECASE)
    if found is None:
        return "name the days here alone, and under 'when' the cycles"
    without = f"{found[1]}{found[2]}".strip()
    return f"write under 'when': {without}; and here the days of the cycle"


def _numbers(plan: Plan, line: Timeline) -> list[int]:
    """The numbers that a treatment has, as far as its sentences tell them apart."""
    asked = [n for give in line.gives if give.cycles is not None for n in give.cycles.listed]
    parts = line.follows.parts if line.follows is not None else ()
    listed = [n for part in parts for n in part.selection.listed]
    furthest = max([*asked, *listed, *line.numbered], default=0) + _AHEAD
    found = [n for n in range(line.first_number, furthest + 1) if _has(line, n) and not _ends_at(plan, line, n - 1)]
    return found


def _has(line: Timeline, n: int) -> bool:
    if line.follows is not None:
        return line.follows.includes(n)
    return line.timing(n) is not None or bool(line.pieces)


def _ends_at(plan: Plan, line: Timeline, n: int) -> bool:
    """True where the numbers end there at the latest: by its own end, or that of what it follows."""
    parent = plan.timelines.get(line.follows.timeline) if line.follows is not None else None
    lines = [line, parent] if parent is not None else [line]
    return any(limit.most <= n for each in lines for limit in each.counts) or not _goes_on(lines[-1], n)


def _goes_on(line: Timeline, n: int) -> bool:
    return line.then is not None or bool(line.pieces) or line.follows is not None or n < max(line.numbered, default=0)


def _includes(give: Give, n: int) -> bool:
    return give.cycles is not None and give.cycles.includes(n)


def _in_words(numbers: list[int], goes_on: bool) -> str:
    if goes_on:
        tail = numbers[-1]
        while tail - 1 in numbers:
            tail -= 1
        before = [str(n) for n in numbers if n < tail]
        return ", ".join([*before, f"{tail} and later"])
    return ", ".join(map(str, numbers))
