"""All timings of one "when" in one arm, whatever its shape: a sentence, a table by number, grids, a sentence for each arm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduler.findings import Finding, Severity
from scheduler.protocol.compiling.names import ARMS
from scheduler.protocol.compiling.numbering import follows_another, is_table, numbers_of_key
from scheduler.protocol.compiling.timings import Sentences
from scheduler.protocol.plan.times.follows import Follows
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.sentences.times.timing import TimingPhrase
from scheduler.protocol.text.sentence_place import At


@dataclass(slots=True)
class When:
    """The timings of one timeline, gathered."""

    numbered: dict[int, Timing]
    then: Timing | None = None
    last: Timing | None = None
    pieces: tuple[Timing, ...] = ()
    follows: Follows | None = None
    each: str | None = None
    by_part: tuple[Timing, ...] = ()

    def all(self) -> Iterable[Timing]:
        """Every timing, as often as it is used."""
        yield from self.numbered.values()
        yield from self.pieces
        yield from self.by_part[1:]
        yield from (timing for timing in (self.then, self.last) if timing is not None)


_FAR = range(1, 100)
"""Cycles that are looked at for two sentences about the same one."""


def _why_not_beside(parts: list[Follows], another: Follows | None) -> tuple[str, str] | None:
    """Why a sentence cannot stand beside the others of its list, and what to do; None where it can."""
    if another is None:
        return "this follows no other treatment, as the others here do", "write: on days 1, 8 of drug cycles 1-4"
    if parts and another.timeline != parts[0].timeline:
        return f"this follows {another.timeline} and not {parts[0].timeline}", "one list follows one treatment"
    shared = next((n for n in _FAR if another.includes(n) and any(part.includes(n) for part in parts)), 0)
    if shared:
        return f"cycle {shared} is in two of these sentences", "say all days of one cycle in one sentence"
    return None


@dataclass(slots=True)
class Shapes:
    """Gathers timings from the shapes that a "when" can have."""

    sentences: Sentences

    def when(self, written: Any, at: At) -> When:
        """All timings of a "when", whatever its shape."""
        if isinstance(written, list):
            if any(phrase.follows is not None for phrase in written):
                return self._followers(written, at)
            return When({}, pieces=self._grids(written, at))
        if isinstance(written, Mapping):
            if self.sentences.names.arm in written:
                return self.when(written[self.sentences.names.arm], at.below(self.sentences.names.arm))
            return self._by_number(written, at) if is_table(written) else self._no_timing(written, at)
        phrase = self.sentences.timing(written, at)
        if phrase.ages:
            return When({n: replace(phrase.timing, span=span) for n, span in enumerate(phrase.ages, 1)})
        if phrase.timing.every is not None:
            return When({}, pieces=self._grids([written], at))
        if follows_another(phrase):
            return When({}, then=phrase.timing, follows=phrase.follows, each=phrase.each)
        return When({1: phrase.timing})

    def _no_timing(self, written: Mapping[str, TimingPhrase], at: At) -> When:
        hint = f"found {', '.join(written) or 'nothing'}: name the arm, or use a number, 'then' or 'last'"
        self.sentences.names.findings.append(at.finding("no-timing", f"{ARMS} no timing here", hint))
        return When({})

    def _followers(self, written: list[TimingPhrase], at: At) -> When:
        """Other days in other cycles of one treatment: each cycle belongs to one of the sentences."""
        compiled = [self.sentences.timing(phrase, at.below(index)) for index, phrase in enumerate(written)]
        parts: list[Follows] = []
        for index, phrase in enumerate(compiled):
            wrong = _why_not_beside(parts, phrase.follows)
            if wrong is not None:
                self.sentences.names.findings.append(at.below(index).finding("not-beside", *wrong))
                continue
            assert phrase.follows is not None
            parts.append(phrase.follows)
        if len(parts) < len(compiled):
            return When({}, then=compiled[0].timing)
        timings = tuple(phrase.timing for phrase in compiled)
        return When({}, then=timings[0], follows=replace(parts[0], more=tuple(parts[1:])), by_part=timings)

    def _grids(self, written: list[TimingPhrase], at: At) -> tuple[Timing, ...]:
        grids: list[Timing] = []
        for index, phrase in enumerate(written):
            here = at.below(index) if len(written) > 1 or isinstance(at.node.at(*at.path).value, list) else at
            if phrase.timing.every is None:
                hint = "a list holds grids: every 8 weeks from randomisation, then every 24 weeks after that"
                self.sentences.names.findings.append(here.finding("not-a-grid", "this is not 'every ...'", hint))
            elif phrase.timing.of_each_year and len(written) > 1:
                hint = "write it as the whole 'when', or under 'then'"
                self.sentences.names.findings.append(
                    here.finding("not-a-grid", "days of each year are said alone", hint)
                )
            elif phrase.timing.continues and index == 0:
                hint = "say what it counts from: every 24 weeks from randomisation"
                self.sentences.names.findings.append(
                    here.finding("not-a-grid", "there is nothing before this to go on after", hint)
                )
            else:
                timing = self.sentences.timing(phrase, here).timing
                # What goes on after another grid hangs on the same moment in the end.
                grids.append(replace(timing, moment=grids[0].moment) if timing.continues and grids else timing)
        return tuple(grids)

    def _by_number(self, written: Mapping[str, TimingPhrase], at: At) -> When:
        when = When({})
        for key, phrase in written.items():
            here = at.below(key)
            self._refuse_in_table(key, phrase, here)
            timing = self.sentences.timing(phrase, here).timing
            if key == "then":
                when.then = None if timing.every is not None else timing
                when.pieces = (timing,) if timing.every is not None else ()
            elif key == "last":
                when.last = timing
            else:
                self._number(when, key, timing, here)
        return when

    def _number(self, when: When, key: str, timing: Timing, at: At) -> None:
        numbers = numbers_of_key(key)
        if not numbers:
            self.sentences.names.findings.append(
                Finding("twice", Severity.ERROR, f"{key} runs backwards", "write the smaller number first", at.key())
            )
        for n in numbers:
            if n in when.numbered:
                message = f"number {n} has a timing already"
                self.sentences.names.findings.append(
                    Finding("twice", Severity.ERROR, message, "keep one of them", at.key())
                )
                return
            when.numbered[n] = timing

    def _refuse_in_table(self, key: str, phrase: TimingPhrase, at: At) -> None:
        """What makes many occurrences cannot be the timing of one."""
        if follows_another(phrase):
            hint = "write it as the whole 'when', without numbers"
            self.sentences.names.findings.append(at.finding("not-in-a-table", "this has numbers of its own", hint))
        elif phrase.ages:
            hint = f"write the first here, at {phrase.ages[0]} of age, and the others by their numbers"
            self.sentences.names.findings.append(at.finding("not-in-a-table", "several ages are several", hint))
        elif phrase.timing.every is not None and key != "then":
            hint = "write 'on' or a span for a number, and 'every' for 'then'"
            self.sentences.names.findings.append(at.finding("not-in-a-table", "'every' is not one occurrence", hint))
        elif phrase.timing.continues:
            hint = "say what it counts from: every 24 weeks from randomisation"
            self.sentences.names.findings.append(
                at.finding("not-a-grid", "there is no grid before this to go on after", hint)
            )
