"""One treatment or visit as written, to its timeline in one arm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.at import At
from scheduler.protocol.compile_giving import compile_gives, compile_ladder, entry_kind
from scheduler.protocol.model import AnyDate, DateText, ProtocolText, TreatmentText, VisitText
from scheduler.protocol.moments import Edge
from scheduler.protocol.names import ARMS, Elsewhere, Names
from scheduler.protocol.numbering import follows_another, is_table, numbers_of_key
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
    each: str | None = None

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
    protocol: ProtocolText,
    names: Names,
    at: At,
    order: int,
    at_when: At | None = None,
) -> Timeline:
    """The timeline of one treatment or visit in one arm; what is wrong with it goes to the findings of ``names``."""
    compiler = _Compiler(name, names, at)
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
        each=when.each,
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
    timing = _Compiler("", names, at).alone(spec.when, at.below("when"))
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


def _if_closed(text: TreatmentText | VisitText, when: _When) -> IfClosed:
    """As written; else later for treatment, earlier for what must precede its moment, nearest for other visits."""
    if text.if_closed is not None:
        return IfClosed(text.if_closed)
    if isinstance(text, TreatmentText):
        return IfClosed.LATER
    return IfClosed.EARLIER if all(timing.precedes for timing in when.all()) else IfClosed.NEAREST


@dataclass(slots=True)
class _Compiler:
    """Compiles the sentences of one treatment or visit; ``name`` is "" for a date, which has no occurrences of its own."""

    name: str
    names: Names
    at: At

    def when(self, written: Any, at: At) -> _When:
        """All timings of a "when", whatever its shape."""
        if isinstance(written, list):
            return _When({}, pieces=self._grids(written, at))
        if isinstance(written, Mapping):
            if self.names.arm in written:
                return self.when(written[self.names.arm], at.below(self.names.arm))
            return self._by_number(written, at) if is_table(written) else self._no_timing(written, at)
        phrase = self.timing(written, at)
        if phrase.timing.every is not None:
            return _When({}, pieces=self._grids([written], at))
        if follows_another(phrase):
            return _When({}, then=phrase.timing, follows=phrase.follows, each=phrase.each)
        return _When({1: phrase.timing})

    def _no_timing(self, written: Mapping[str, TimingPhrase], at: At) -> _When:
        hint = f"found {', '.join(written) or 'nothing'}: name the arm, or use a number, 'then' or 'last'"
        self.names.findings.append(at.finding("no-timing", f"{ARMS} no timing here", hint))
        return _When({})

    def _grids(self, written: list[TimingPhrase], at: At) -> tuple[Timing, ...]:
        found = []
        for index, phrase in enumerate(written):
            here = at.below(index) if len(written) > 1 or isinstance(at.node.at(*at.path).value, list) else at
            if phrase.timing.every is None:
                hint = "a list holds grids: every 8 weeks from randomisation, then every 24 weeks after that"
                self.names.findings.append(here.finding("not-a-grid", "this is not 'every ...'", hint))
            elif phrase.timing.continues and index == 0:
                hint = "say what it counts from: every 24 weeks from randomisation"
                self.names.findings.append(
                    here.finding("not-a-grid", "there is nothing before this to go on after", hint)
                )
            else:
                found.append(self.timing(phrase, here).timing)
        return tuple(found)

    def _by_number(self, written: Mapping[str, TimingPhrase], at: At) -> _When:
        found = _When({})
        for key, phrase in written.items():
            here = at.below(key)
            self._refuse_in_table(key, phrase, here)
            timing = self.timing(phrase, here).timing
            if key == "then":
                found.then = None if timing.every is not None else timing
                found.pieces = (timing,) if timing.every is not None else ()
            elif key == "last":
                found.last = timing
            else:
                self._number(found, key, timing, here)
        return found

    def _number(self, found: _When, key: str, timing: Timing, at: At) -> None:
        numbers = numbers_of_key(key)
        if not numbers:
            self.names.findings.append(
                Finding("twice", Severity.ERROR, f"{key} runs backwards", "write the smaller number first", at.key())
            )
        for n in numbers:
            if n in found.numbered:
                message = f"number {n} has a timing already"
                self.names.findings.append(Finding("twice", Severity.ERROR, message, "keep one of them", at.key()))
                return
            found.numbered[n] = timing

    def _refuse_in_table(self, key: str, phrase: TimingPhrase, at: At) -> None:
        """What makes many occurrences cannot be the timing of one."""
        if follows_another(phrase):
            hint = "write it as the whole 'when', without numbers"
            self.names.findings.append(at.finding("not-in-a-table", "this has numbers of its own", hint))
        elif phrase.timing.every is not None and key != "then":
            hint = "write 'on' or a span for a number, and 'every' for 'then'"
            self.names.findings.append(at.finding("not-in-a-table", "'every' is not one occurrence", hint))
        elif phrase.timing.continues:
            hint = "say what it counts from: every 24 weeks from randomisation"
            self.names.findings.append(at.finding("not-a-grid", "there is no grid before this to go on after", hint))

    def alone(self, phrase: TimingPhrase, at: At) -> Timing:
        """A timing that has to be one day: that of a date."""
        if follows_another(phrase) or phrase.timing.every is not None:
            hint = "write one moment, such as: 1 to 3 days after randomisation"
            self.names.findings.append(at.finding("not-one-day", "a date is one day, not many", hint))
        return self.timing(phrase, at).timing

    def timing(self, phrase: TimingPhrase, at: At) -> TimingPhrase:
        """One timing with its names resolved and its line cited."""
        timing = phrase.timing
        if phrase.follows is not None:
            if not self.names.timeline_in_arm(phrase.follows.timeline, at):
                return phrase
            for n in phrase.follows.selection.listed:
                self.names.check_number(phrase.follows.timeline, n, at)
        moment = timing.moment if timing.continues else self.names.moment_in_arm(timing.moment, self.name, at)
        resolved = replace(
            timing,
            clause=replace(timing.clause, line=at.line),
            moment=moment or timing.moment,
            not_before=self._edges(timing.not_before, at, "is no wait"),
            not_after=self._edges(timing.not_after, at, "is no limit"),
            until=self._limits(timing.until, at),
        )
        return replace(phrase, timing=resolved)

    def _edges(self, edges: tuple[Edge, ...], at: At, role: str) -> tuple[Edge, ...]:
        found = []
        for edge in edges:
            try:
                resolved = self.names.edge(edge, self.name, at)
            except Elsewhere as missing:
                message = f'{ARMS} no {missing.name}, so "{edge.words}" {role} there'
                self.names.findings.append(at.note("no-wait", message, word=missing.name))
                continue
            if resolved is not None:
                found.append(resolved)
        return tuple(found)

    def _limits(self, limits: tuple[DateLimit, ...], at: At) -> tuple[DateLimit, ...]:
        found = []
        for limit in limits:
            clause = replace(limit.clause, line=at.line)
            edges = self._edges((limit.edge,), at, "is no end")
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
        gives = compile_gives(self.name, text.give, set(protocol.arms), self.at, self.names)
        ladder = compile_ladder(text.levels, set(protocol.arms), self.at, self.names)
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
            together_with=self._other(text.together_with, self.at.below("together with")),
            limits=self._treatment_limits(text),
        )

    def _other(self, name: str | None, at: At) -> str | None:
        """The name of another timeline of this arm; None, with a finding, where it is not."""
        if name is None:
            return None
        if name == self.name:
            self.names.findings.append(
                at.finding("names-itself", f"this is {name} itself", "name another one", word=name)
            )
            return None
        return name if self.names.timeline_in_arm(name, at) else None

    def _treatment_limits(self, text: TreatmentText) -> Limits:
        start_by = None
        if text.start_by is not None:
            edges = self._edges((text.start_by[0],), self.at.below("start by"), "is no limit")
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
            hint = did_you_mean(text.only_for, protocol.groups) or "define it under 'groups'"
            self.names.findings.append(self.at.below("only for").finding("unknown-group", message, hint))
        unless = self._other(text.unless.split()[0] if text.unless else None, self.at.below("unless"))
        kind = text.kind or ("scan" if text.open.resource == "imaging" else "visit")
        return replace(common, kind=kind, unless=unless, only_for=text.only_for)


def _called(gives: tuple[Give, ...], when: _When) -> str:
    """What one occurrence is called: a fraction, a cycle where it has days or is said so, else a dose."""
    if entry_kind(gives) == "fraction":
        return "fraction"
    has_days = any(give.days != ((1, 1),) for give in gives)
    said = any(_OWN_CYCLE.search(timing.clause.text) for timing in when.all())
    return "cycle" if has_days or said else "dose"


_OWN_CYCLE = re.compile(r"\b(?:the previous|after|before) cycle\b", re.IGNORECASE)
