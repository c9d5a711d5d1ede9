"""One treatment or visit as written, to its timeline in one arm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.protocol.compile_giving import compile_gives, compile_ladder, entry_kind
from scheduler.protocol.model import AnyDate, DateText, ProtocolText, TreatmentText, VisitText
from scheduler.protocol.moments import Edge
from scheduler.protocol.names import At, Elsewhere, Names
from scheduler.protocol.plan import (
    CountLimit,
    DateLimit,
    Follows,
    Give,
    HeldDays,
    IfClosed,
    Limits,
    NotDone,
    Role,
    Timeline,
    Timing,
)
from scheduler.protocol.timing_phrases import LimitPhrase, TimingPhrase


@dataclass(slots=True)
class _When:
    """The timings of one timeline, gathered."""

    numbered: dict[int, Timing]
    then: Timing | None = None
    last: Timing | None = None
    pieces: tuple[Timing, ...] = ()
    follows: Follows | None = None

    def all(self) -> Iterable[Timing]:
        yield from self.numbered.values()
        yield from self.pieces
        yield from (timing for timing in (self.then, self.last) if timing is not None)


def spelled_title(name: str) -> str:
    """A title for what has none: the name with spaces, its first letter large."""
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def compile_timeline(
    name: str,
    text: TreatmentText | VisitText,
    arm: str,
    protocol: ProtocolText,
    names: Names,
    at: At,
    order: int,
    at_when: At | None = None,
) -> Timeline:
    """The timeline of one treatment or visit in one arm; what is wrong with it goes to the findings of ``names``."""
    compiler = _Compiler(name, arm, names, at)
    when = compiler.when(text.when, at_when or at.below("when"))
    counts, limits_by_date = compiler.until(text.until)
    common = Timeline(
        name=name,
        title=text.title or spelled_title(name),
        role=Role.VISIT,
        kind="visit",
        order=order,
        numbered=when.numbered,
        then=when.then,
        last=when.last,
        pieces=when.pieces,
        first_number=min(when.numbered, default=1),
        follows=when.follows,
        each=next((each for timing in when.all() if (each := _each(timing)) is not None), None),
        counts=counts,
        limits_by_date=limits_by_date,
        resource=text.open.resource,
        open_days=text.open.days,
        if_closed=_if_closed(text, when),
    )
    if isinstance(text, TreatmentText):
        return compiler.treatment(common, text, protocol, when)
    return compiler.visit(common, text, protocol)


def compile_date(name: str, spec: AnyDate, names: Names, at: At) -> Timeline | None:
    """Where a named date comes from until it is recorded; None where it is only recorded."""
    if not isinstance(spec, DateText):
        return None
    timing = _Compiler(name, "", names, at).timing(spec.when, at.below("when")).timing
    if_closed = IfClosed(spec.if_closed) if spec.if_closed else IfClosed.LATER
    return Timeline(
        name=name,
        title=spelled_title(name),
        role=Role.DATE,
        kind="visit",
        order=0,
        numbered={1: timing},
        resource=spec.open.resource,
        open_days=spec.open.days,
        if_closed=if_closed,
    )


def _each(timing: Timing) -> str | None:
    return getattr(timing.moment, "name", None) if type(timing.moment).__name__ == "EachEvent" else None


def _if_closed(text: TreatmentText | VisitText, when: _When) -> IfClosed:
    """As written; else later for treatment, earlier for what must precede its moment, nearest for other visits."""
    if text.if_closed is not None:
        return IfClosed(text.if_closed)
    if isinstance(text, TreatmentText):
        return IfClosed.LATER
    return IfClosed.EARLIER if all(timing.precedes for timing in when.all()) else IfClosed.NEAREST


@dataclass(slots=True)
class _Compiler:
    name: str
    arm: str
    names: Names
    at: At

    def when(self, written: Any, at: At) -> _When:
        """All timings of a "when", whatever its shape."""
        if isinstance(written, list):
            phrases = [self.timing(phrase, at.below(index)) for index, phrase in enumerate(written)]
            return _When({}, pieces=tuple(phrase.timing for phrase in phrases))
        if isinstance(written, Mapping):
            if self.arm in written:
                return self.when(written[self.arm], at.below(self.arm))
            return self._by_number(written, at)
        phrase = self.timing(written, at)
        if phrase.timing.every is not None:
            return _When({}, pieces=(phrase.timing,))
        if phrase.follows is not None or _each(phrase.timing) is not None:
            return _When({}, then=phrase.timing, follows=phrase.follows)
        return _When({1: phrase.timing})

    def _by_number(self, written: Mapping[str, TimingPhrase], at: At) -> _When:
        found = _When({})
        for key, phrase in written.items():
            timing = self.timing(phrase, at.below(key)).timing
            if key == "then":
                found.then = None if timing.every is not None else timing
                found.pieces = (timing,) if timing.every is not None else ()
            elif key == "last":
                found.last = timing
            else:
                first, _, last = key.partition("-")
                for n in range(int(first), int(last or first) + 1):
                    if n in found.numbered:
                        self.names.findings.append(at.below(key).finding("twice", f"number {n} has a timing already"))
                    found.numbered[n] = timing
        if not (found.numbered or found.then or found.pieces or found.last):
            known = ", ".join(written) or "nothing"
            message = f"no timing for arm '{self.arm}'"
            self.names.findings.append(at.finding("no-timing", message, f"found {known}: name the arm, or use a number or 'then'"))
        return found

    def timing(self, phrase: TimingPhrase, at: At) -> TimingPhrase:
        """One timing with its names resolved and its line cited."""
        timing = phrase.timing
        clause = replace(timing.clause, line=at.line)
        if phrase.follows is not None and not self._known(phrase.follows.timeline, at):
            return phrase
        try:
            moment = self.names.moment(timing.moment, self.name, at) or timing.moment
        except Elsewhere as missing:
            self._not_in_this_arm(missing.name, at)
            moment = timing.moment
        resolved = replace(
            timing,
            clause=clause,
            moment=moment,
            not_before=self._edges(timing.not_before, at),
            not_after=self._edges(timing.not_after, at),
            until=self._limits(timing.until, at),
        )
        return replace(phrase, timing=resolved)

    def _known(self, name: str, at: At) -> bool:
        try:
            return self.names.timeline(name, at)
        except Elsewhere:
            self._not_in_this_arm(name, at)
            return False

    def _not_in_this_arm(self, missing: str, at: At) -> None:
        message = f"arm '{self.arm}' has no {missing}"
        hint = "list the arms that have this under 'arms', or write a sentence for each arm"
        self.names.findings.append(at.finding("not-in-this-arm", message, hint, word=missing))

    def _edges(self, edges: tuple[Edge, ...], at: At) -> tuple[Edge, ...]:
        found = []
        for edge in edges:
            try:
                resolved = self.names.edge(edge, self.name, at)
            except Elsewhere as missing:
                message = f"in arm '{self.arm}' there is no {missing.name}, so \"{edge.words}\" is no wait there"
                self.names.findings.append(at.note("no-wait", message))
                continue
            if resolved is not None:
                found.append(resolved)
        return tuple(found)

    def _limits(self, limits: tuple[DateLimit, ...], at: At) -> tuple[DateLimit, ...]:
        found = []
        for limit in limits:
            edges = self._edges((limit.edge,), at)
            clause = replace(limit.clause, line=at.line)
            found += [replace(limit, edge=edge, clause=clause) for edge in edges]
        return tuple(found)

    def until(self, written: Any) -> tuple[tuple[CountLimit, ...], tuple[DateLimit, ...]]:
        """The limits of an "until", by number and by date."""
        phrases: list[LimitPhrase] = written if isinstance(written, list) else [written] if written is not None else []
        counts: list[CountLimit] = []
        by_date: list[DateLimit] = []
        for index, phrase in enumerate(phrases):
            at = self.at.below("until", index) if isinstance(written, list) else self.at.below("until")
            if isinstance(phrase.limit, CountLimit):
                counts.append(replace(phrase.limit, clause=replace(phrase.limit.clause, line=at.line)))
            else:
                by_date += self._limits((phrase.limit,), at)
        return tuple(counts), tuple(by_date)

    def treatment(self, common: Timeline, text: TreatmentText, protocol: ProtocolText, when: _When) -> Timeline:
        """What only a treatment has: what is given, levels, holds, limits."""
        gives = compile_gives(self.name, text.give, self.arm, set(protocol.arms), self.at, self.names.findings)
        ladder = compile_ladder(text.levels, self.arm, set(protocol.arms), self.at, self.names.findings)
        return replace(
            common,
            role=Role.TREATMENT,
            kind=entry_kind(gives),
            called=_called(gives, when),
            has_days=entry_kind(gives) == "oral" or any(give.days != ((1, 1),) for give in gives),
            gives=gives,
            ladder=ladder,
            held_days=HeldDays(text.held_days),
            not_done=NotDone(text.not_done),
            together_with=text.together_with if self._pair(text.together_with) else None,
            limits=self._treatment_limits(text),
        )

    def _pair(self, other: str | None) -> bool:
        return other is not None and self._known(other, self.at.below("together with"))

    def _treatment_limits(self, text: TreatmentText) -> Limits:
        start_by = None
        if text.start_by is not None:
            edges = self._edges((text.start_by[0],), self.at.below("start by"))
            start_by = edges[0] if edges else None
        return Limits(
            hold_at_most=text.hold_at_most[0] if text.hold_at_most else None,
            gap_at_most=text.gap_at_most[0] if text.gap_at_most else None,
            start_by=start_by,
            finish_within=text.finish_within[0] if text.finish_within else None,
        )

    def visit(self, common: Timeline, text: VisitText, protocol: ProtocolText) -> Timeline:
        """What only a visit has: its kind, its group, what makes it unnecessary."""
        if text.only_for is not None and text.only_for not in protocol.groups:
            message = f"the study has no group '{text.only_for}'"
            self.names.findings.append(self.at.below("only for").finding("unknown-group", message, "define it under 'groups'"))
        unless = text.unless.split()[0] if text.unless else None
        if unless is not None and not self._known(unless, self.at.below("unless")):
            unless = None
        kind = text.kind or ("scan" if text.open.resource == "imaging" else "visit")
        return replace(common, kind=kind, unless=unless, only_for=text.only_for)


def _called(gives: tuple[Give, ...], when: _When) -> str:
    """What one occurrence is called: a fraction, a cycle where it has days or is said so, else a dose."""
    if entry_kind(gives) == "fraction":
        return "fraction"
    has_days = any(give.days != ((1, 1),) for give in gives)
    said = any("cycle" in timing.clause.text for timing in when.all())
    return "cycle" if has_days or said else "dose"


