"""The sentences of one treatment or visit in one arm: names resolved, lines cited, waits of other arms left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.dates import Span
from scheduler.protocol.compiling.names import ARMS, Elsewhere, Names
from scheduler.protocol.compiling.numbering import follows_another
from scheduler.protocol.plan.times.follows import THE_CYCLES
from scheduler.protocol.plan.times.moments import DayOf, Edge, Moment, StartOf
from scheduler.protocol.plan.times.timing import CountLimit, DateLimit, Timing
from scheduler.protocol.sentences.times.timing import LimitPhrase, TimingPhrase
from scheduler.protocol.text.sentence_place import At


@dataclass(slots=True)
class Sentences:
    """Compiles sentences; ``name`` is their timeline, "" for a date, which has no occurrences of its own."""

    name: str
    names: Names

    def alone(self, phrase: TimingPhrase, at: At) -> Timing:
        """A timing that has to be one day: that of a date."""
        if follows_another(phrase) or phrase.timing.every is not None or phrase.ages:
            hint = "write one moment, such as: 1 to 3 days after randomisation"
            self.names.findings.append(at.finding("not-one-day", "a date is one day, not many", hint))
        return self.timing(phrase, at).timing

    def timing(self, phrase: TimingPhrase, at: At) -> TimingPhrase:
        """One timing with its names resolved and its line cited."""
        if phrase.follows is not None and phrase.follows.timeline == THE_CYCLES:
            name = self.names.the_cycles(at)
            if name is None:
                return phrase
            phrase = _in(phrase, name)
        timing = phrase.timing
        if phrase.follows is not None:
            if not self.names.timeline_in_arm(phrase.follows.timeline, at):
                return phrase
            for n in phrase.follows.selection.listed:
                self.names.check_number(phrase.follows.timeline, n, at)
        moment = timing.moment if timing.continues else self.names.moment_in_arm(timing.moment, self.name, at)
        self._has_a_time(timing.span, moment, at, timing)
        resolved = replace(
            timing,
            clause=replace(timing.clause, line=at.line),
            moment=moment or timing.moment,
            not_before=self.edges(timing.not_before, at, "is no wait"),
            not_after=self.edges(timing.not_after, at, "is no limit"),
            until=self._limits(timing.until, at),
        )
        return replace(phrase, timing=resolved)

    def edges(self, edges: tuple[Edge, ...], at: At, role: str) -> tuple[Edge, ...]:
        """Moments with their names resolved; what this arm does not have is left out, with a note."""
        limits = []
        for edge in edges:
            try:
                resolved = self.names.edge(edge, self.name, at)
            except Elsewhere as missing:
                message = f'{ARMS} no {missing.name}, so "{edge.words}" {role} there'
                self.names.findings.append(at.note("no-wait", message, word=missing.name))
                continue
            if resolved is not None:
                self._has_a_time(resolved.span, resolved.moment, at)
                limits.append(resolved)
        return tuple(limits)

    def _has_a_time(self, span: Span | None, moment: Moment | None, at: At, timing: Timing | None = None) -> None:
        """Hours count from something that is recorded with its time: a dose, a fraction, a visit by its number."""
        if span is None or span.hours is None or moment is None:
            return
        if not isinstance(moment, StartOf):
            hint = f"name a dose, such as: {span} after every drug dose; or count in days: {Span(span.in_days or 0)}"
            if timing is not None and timing.late:
                since = timing.clause.text.partition(" after ")[2].removeprefix("the ")
                hint = f"write: {span.in_days or 0} to {(span.in_days or 0) + timing.late} days after {since}"
            message = f"{span} after what time? Only a dose, a fraction or a visit is recorded with its time"
            self.names.findings.append(at.finding("no-time", message, hint, word="hours"))

    def _limits(self, limits: tuple[DateLimit, ...], at: At) -> tuple[DateLimit, ...]:
        by_date = []
        for limit in limits:
            clause = replace(limit.clause, line=at.line)
            edges = self.edges((limit.edge,), at, "is no end")
            by_date += [replace(limit, edge=edge, clause=clause) for edge in edges]
        return tuple(by_date)

    def until(self, written: Any, at: At) -> tuple[tuple[CountLimit, ...], tuple[DateLimit, ...]]:
        """The limits of an "until", by number and by date."""
        if isinstance(written, Mapping):
            if self.names.arm not in written:
                hint = "name the arm, or give it what would end it, such as progression"
                self.names.findings.append(at.finding("no-limit", f"{ARMS} no limit here", hint))
                return (), ()
            return self.until(written[self.names.arm], at.below(self.names.arm))
        phrases: list[LimitPhrase] = written if isinstance(written, list) else [written] if written is not None else []
        counts: list[CountLimit] = []
        by_date: list[DateLimit] = []
        for index, phrase in enumerate(phrases):
            here = at.below(index) if isinstance(written, list) else at
            if isinstance(phrase.limit, CountLimit):
                counts.append(replace(phrase.limit, clause=replace(phrase.limit.clause, line=here.line)))
            else:
                by_date += self._limits((phrase.limit,), here)
        return tuple(counts), tuple(by_date)

    def other(self, name: str | None, at: At) -> str | None:
        """The name of another timeline of this arm; None, with a finding, where it is not."""
        if name is None:
            return None
        if name == self.name:
            self.names.findings.append(
                at.finding("names-itself", f"this is {name} itself", "name another one", word=name)
            )
            return None
        return name if self.names.timeline_in_arm(name, at) else None


def _in(phrase: TimingPhrase, cycles: str) -> TimingPhrase:
    """The timing with the name of the cycles that it did not name."""
    moment, follows = phrase.timing.moment, phrase.follows
    if follows is None or not isinstance(moment, StartOf | DayOf):
        return phrase
    timing = replace(phrase.timing, moment=replace(moment, timeline=cycles))
    return replace(phrase, timing=timing, follows=replace(follows, timeline=cycles))
