"""What the names in a protocol's sentences mean in one arm: which timeline, which date.

A name that nobody defined is a finding at its place. A name that only another arm has is no moment here: `Elsewhere`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.moment_phrases import NAMED_DATES
from scheduler.protocol.moments import (
    OWN,
    DayOf,
    DueOf,
    EachEvent,
    Edge,
    EndOf,
    IdealOf,
    LastDayOf,
    LastDose,
    Moment,
    Named,
    StartOf,
)
from scheduler.source import Node, Step

EVENTS_TO_FOLLOW = ("iUPD",)
"""The events that a sentence may follow with "each"."""


@dataclass(frozen=True, slots=True)
class At:
    """Where a sentence stands in the file: the way to it through the keys."""

    node: Node
    path: tuple[Step, ...]

    def below(self, *steps: Step) -> At:
        """The same place, some keys further in."""
        return At(self.node, (*self.path, *steps))

    @property
    def line(self) -> int:
        """The line that the sentence stands on."""
        return self.node.place(*self.path).line

    def finding(self, code: str, message: str, hint: str | None = None, *, word: str | None = None) -> Finding:
        """An error at this sentence, or at a word in it."""
        return self._finding(Severity.ERROR, code, message, hint, word)

    def warning(self, code: str, message: str, hint: str | None = None, *, word: str | None = None) -> Finding:
        """A warning at this sentence, or at a word in it."""
        return self._finding(Severity.WARNING, code, message, hint, word)

    def note(self, code: str, message: str, hint: str | None = None) -> Finding:
        """A note at this sentence."""
        return self._finding(Severity.NOTE, code, message, hint, None)

    def _finding(self, severity: Severity, code: str, message: str, hint: str | None, word: str | None) -> Finding:
        place = self.node.place(*self.path)
        if word is not None:
            try:
                text = self.node.at(*self.path).value
            except KeyError:
                text = None
            offset = text.find(word) if isinstance(text, str) else -1
            if offset > 0:
                place = self.node.place_in(self.path, offset)
        return Finding(code, severity, message, hint, place)


class Elsewhere(Exception):  # noqa: N818
    """The sentence names a timeline that this arm does not have. Never leaves the compiler."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


@dataclass(slots=True)
class Names:
    """The names that sentences of one arm may use, and the findings of those that may not."""

    here: frozenset[str]
    everywhere: frozenset[str]
    dates: frozenset[str]
    numbers: Mapping[str, frozenset[int] | None]
    findings: list[Finding] = field(default_factory=list)

    def moment(self, moment: Moment, own: str, at: At) -> Moment | None:
        """The moment with its names resolved; None, with a finding, where a name is unknown. Raises Elsewhere."""
        if isinstance(moment, Named):
            return self._named(moment, at)
        if isinstance(moment, EachEvent):
            return moment if self._known(moment.name, EVENTS_TO_FOLLOW, at) else None
        if isinstance(moment, LastDose):
            return moment if moment.timeline is None or self.timeline(moment.timeline, at) else None
        if isinstance(moment, StartOf | DayOf | LastDayOf | IdealOf | DueOf):
            name = moment.timeline if moment.timeline != OWN else own
            if not self.timeline(name, at):
                return None
            self._check_number(name, moment.which, at)
            return replace(moment, timeline=name)
        if isinstance(moment, EndOf):
            return moment if self.timeline(moment.timeline, at) else None
        return moment

    def edge(self, edge: Edge, own: str, at: At) -> Edge | None:
        """The edge with its moment resolved; None, with a finding, where it cannot be. Raises Elsewhere."""
        moment = self.moment(edge.moment, own, at)
        return replace(edge, moment=moment) if moment is not None else None

    def timeline(self, name: str, at: At) -> bool:
        """True when this arm has that timeline; else a finding, or Elsewhere where another arm has it."""
        if name in self.here:
            return True
        if name in self.everywhere:
            raise Elsewhere(name)
        return self._known(name, self.everywhere, at)

    def _named(self, moment: Named, at: At) -> Moment | None:
        if moment.name in self.dates:
            return moment
        if moment.name in self.everywhere:
            return StartOf(moment.name, 1) if self.timeline(moment.name, at) else None
        known = {*self.dates, *self.everywhere, *NAMED_DATES}
        return moment if self._known(moment.name, known, at) else None

    def _known(self, name: str, known: Iterable[str], at: At) -> bool:
        if name in known:
            return True
        message = f"'{name}' is not a date, treatment or visit of this study"
        self.findings.append(at.finding("unknown-anchor", message, did_you_mean(name, known), word=name))
        return False

    def _check_number(self, name: str, which: object, at: At) -> None:
        numbers = self.numbers.get(name)
        if isinstance(which, int) and numbers is not None and which not in numbers:
            message = f"{name} has no number {which}"
            hint = f"it has {', '.join(str(n) for n in sorted(numbers)[:8])}"
            self.findings.append(at.finding("unknown-occurrence", message, hint, word=name))
