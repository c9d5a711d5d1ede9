"""Circular waits, found on the plan: treatments may wait for each other in turn, occurrences of them may not.

regorafenib.2 waits for the end of radiotherapy, which waits for regorafenib.1: that is a queue, not a circle. Every occurrence
that a sentence can ask for is a node; asking is an edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.hints.in_its_place import named_in_full
from scheduler.protocol.plan.combined_ends import cannot_end_before
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import (
    DayOf,
    DueOf,
    Edge,
    EndOf,
    HasHad,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    OnStudyDay,
    Relative,
    StartOf,
    Which,
)
from scheduler.protocol.plan.times.timing import DateLimit, Timing

_AHEAD = 3
"""How many occurrences of an open-ended timeline are looked at after the last that has a timing of its own."""

LAST = -1
"""Stands for the closing occurrence of a timeline."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An occurrence that something waits for: a cycle, a dose, a visit, or a date by name. ``due`` is only its rule."""

    name: str
    n: int
    due: bool = False

    def __str__(self) -> str:
        if self.n == 0 and not self.due and " " in self.name:
            return self.name
        number = "last" if self.n == LAST else str(self.n)
        return f"{self.name}.{number}"


def check_circles(protocol: Protocol) -> Iterator[Finding]:
    """Occurrences that wait for each other in a circle; the circle is shown."""
    for plan in protocol.version.arms.values():
        graph = _Graph(plan)
        told: set[frozenset[Asked]] = set()
        for circle in graph.circles():
            members = frozenset(Asked(each.name, 0) for each in circle)
            if members not in told:
                told.add(members)
                yield _finding(protocol, plan, graph, circle)


def _finding(protocol: Protocol, plan: Plan, graph: _Graph, circle: list[Asked]) -> Finding:
    names = [str(each) for each in circle]
    rest = " which waits for ".join(f"{name}," for name in (*names[1:], names[0]))
    message = f"{names[0]} waits for {rest}"[:-1] if len(names) > 1 else f"{names[0]} waits for itself"
    limit = next((each for asked in circle for each in graph.limits(asked) if each.edge.moment == _THE_END), None)
    if limit is not None:
        what_ends_it = "leave it out: all treatments end with it; here stands what ends this one, such as: progression"
        return protocol.at(limit.clause).finding("circular-wait", message, what_ends_it)
    timing = graph.timing(circle[0])
    at = protocol.at(timing.clause) if timing is not None else protocol.root
    hint = _meant_instead(protocol, timing.clause.text) if timing is not None and len(names) == 1 else None
    return at.finding("circular-wait", message, hint or "take one of these waits out")


def _meant_instead(protocol: Protocol, sentence: str) -> str | None:
    """What is meant by a sentence that waits for itself: the dose before, or the cycle of a treatment."""
    if re.search(r"\bthe last dose\b", sentence):
        return f"write: {sentence.replace('the last dose', 'the previous dose')}"
    if re.search(r"\b(?:until|from|on) (?:the )?end of treatment\b", sentence):
        return "the end of treatment hangs on this itself: write what ends it, such as: until progression"
    own_day = re.match(r"on every [\w-]+ day (?P<days>[0-9][0-9, -]*)", sentence)
    if own_day is not None and "cycles" in protocol.node.children:
        return f"write: in every cycle on day {own_day['days'].strip()}"
    named = named_in_full(sentence, protocol.node)
    return f"write: {', or: '.join(named)}" if named else None


_THE_END = Named("end of treatment")


class _Graph:
    """Which occurrence asks for which, in one arm."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.edges: dict[Asked, tuple[Asked, ...]] = {}

    def circles(self) -> Iterator[list[Asked]]:
        """One circle for every place where the way comes back to itself."""
        done: set[Asked] = set()
        for line in self.plan.timelines.values():
            for n in _looked_at(line):
                yield from self._walk(Asked(line.name, n), done)

    def _walk(self, start: Asked, done: set[Asked]) -> Iterator[list[Asked]]:
        way: dict[Asked, None] = {}
        stack: list[tuple[Asked, Iterator[Asked]]] = []
        if start not in done:
            way[start] = None
            stack.append((start, iter(self.asks(start))))
        while stack:
            here, following = stack[-1]
            asked = next(following, None)
            if asked is None:
                stack.pop()
                way.pop(here)
                done.add(here)
            elif asked in way:
                order = list(way)
                yield order[order.index(asked) :]
            elif asked not in done:
                way[asked] = None
                stack.append((asked, iter(self.asks(asked))))

    def asks(self, asked: Asked) -> tuple[Asked, ...]:
        """What an occurrence asks for."""
        found = self.edges.get(asked)
        if found is None:
            found = self.edges[asked] = tuple(dict.fromkeys(self._asks(asked)))
        return found

    def timing(self, asked: Asked) -> Timing | None:
        """The timing of an occurrence."""
        line = self._line(asked.name)
        if line is None:
            return None
        if asked.n == LAST:
            return line.last
        return line.timing(asked.n) or (line.pieces[0] if line.pieces else None)

    def limits(self, asked: Asked) -> tuple[DateLimit, ...]:
        """What ends the timeline of an occurrence under its own 'until'."""
        line = self._line(asked.name)
        return () if line is None else line.limits_by_date

    def _line(self, name: str) -> Timeline | None:
        return self.plan.timelines.get(name) or self.plan.dates.get(name)

    def _asks(self, asked: Asked) -> Iterator[Asked]:
        line, timing = self._line(asked.name), self.timing(asked)
        if line is None or timing is None or (asked.n != LAST and asked.n < line.first_number and asked.n != 0):
            return
        yield from self._moment(timing.moment, asked.n)
        if asked.due:
            return
        edges: list[Edge] = [*timing.not_before, *timing.not_after]
        limits = (*timing.until, *line.limits_by_date)
        edges += [limit.edge for limit in limits if asked.n > cannot_end_before(self.plan, line, limit)]
        for edge in edges:
            yield from self._moment(edge.moment, asked.n)
        if line.together_with is not None:
            yield from self._all_of(line.together_with)

    def _moment(self, moment: Moment, n: int) -> Iterator[Asked]:
        if isinstance(moment, DueOf):
            yield from self._occurrence(moment.timeline, moment.which, n, due=True)
        elif isinstance(moment, StartOf | DayOf | LastDayOf | IdealOf):
            yield from self._occurrence(moment.timeline, moment.which, n)
        elif isinstance(moment, EndOf | HasHad):
            yield from self._all_of(moment.timeline) if isinstance(moment, EndOf) else self._had(moment)
        elif isinstance(moment, LastDose):
            names = (
                [moment.timeline]
                if moment.timeline is not None
                else [line.name for line in self.plan.study_treatments()]
            )
            for name in names:
                yield from self._all_of(name)
        elif isinstance(moment, OnStudyDay):
            yield from self._moment(self.plan.reference, n)
        elif isinstance(moment, Named) and moment.name in self.plan.dates:
            yield Asked(moment.name, 1)
        elif moment == _THE_END:
            for line in self.plan.study_treatments():
                yield from self._all_of(line.name)

    def _occurrence(self, name: str, which: Which, n: int, *, due: bool = False) -> Iterator[Asked]:
        number = which if isinstance(which, int) else n - 1 if which is Relative.PREVIOUS else n
        line = self.plan.timelines.get(name)
        if line is not None and number >= line.first_number and _has(line, number):
            yield Asked(name, number, due)

    def _had(self, moment: HasHad) -> Iterator[Asked]:
        line = self.plan.timelines.get(moment.timeline)
        if line is not None:
            number = line.follows.number_of(moment.most) if line.follows is not None else moment.most
            yield from self._occurrence(line.name, number, 0)

    def _all_of(self, name: str) -> Iterator[Asked]:
        line = self.plan.timelines.get(name)
        if line is not None:
            yield from (Asked(name, n) for n in _looked_at(line))


def _has(line: Timeline, n: int) -> bool:
    if line.follows is not None:
        return line.follows.includes(n)
    return all(n <= limit.most for limit in line.counts) and (line.timing(n) is not None or bool(line.pieces))


def _looked_at(line: Timeline) -> Iterator[int]:
    last = max(line.numbered, default=line.first_number - 1)
    if line.then is not None or line.pieces:
        last += _AHEAD
    if line.follows is not None:
        selections = [part.selection for part in line.follows.parts]
        last = max(max((*each.listed, (each.every or 1) * 2 + 1)) for each in selections)
    yield from (n for n in range(line.first_number, last + 1) if _has(line, n))
    if line.last is not None:
        yield LAST
