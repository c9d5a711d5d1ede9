"""A recorder: which events were looked at while each date was placed, and which of them the date does not cite.

Each placing is a frame. What it asks of another occurrence it has by a link alone, so that what was read there stays there. What
was answered before is read again with the answer: each question that is remembered keeps what was read for it. What bears on a
whole timeline is gathered once and is not counted as read, but each hold of it is, when somebody asks for its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from scheduler.calendar import build
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement, entry_id
from scheduler.calendar.engine.placing.place import place
from scheduler.identity import Memo
from scheduler.patient.course import Hold, LevelChange
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Timeline

NOT_COUNTED = ("bearings", "chains")
"""What is gathered for a whole timeline: it has every event about it."""


@dataclass
class Reads:
    """What was read, by occurrence, and the questions that are being answered, the innermost last."""

    by_entry: dict[str, set[int | str]] = field(default_factory=dict)
    open: list[tuple[object, set[int | str]]] = field(default_factory=list)
    kept: dict[object, set[int | str]] = field(default_factory=dict)

    def read(self, *what: int | str) -> None:
        """An event by its number, or another occurrence by its id."""
        if self.open:
            self.open[-1][1].update(what)

    def ask(self, question: object) -> None:
        self.open.append((question, set()))

    def answer(self, question: object) -> set[int | str]:
        """Close a question, and those in it that nobody answered; give what was read."""
        read: set[int | str] = set()
        while self.open:
            asked, numbers = self.open.pop()
            read |= numbers
            if asked == question:
                break
        return read


class _Remembering(dict[Any, Any]):
    """A dictionary of answers: one that is not there yet is being worked out from now on; one that is there was read."""

    def __init__(self, reads: Reads, name: str) -> None:
        super().__init__()
        self.reads, self.name = reads, name

    def _look(self, key: object) -> bool:
        there = super().__contains__(key)
        if there:
            self.reads.read(*self.reads.kept.get((self.name, key), ()))
        else:
            self.reads.ask((self.name, key))
        return there

    def get(self, key: object, default: Any = None) -> Any:
        return super().get(key, default) if self._look(key) else default

    def __contains__(self, key: object) -> bool:
        return self._look(key)

    def __setitem__(self, key: object, answer: Any) -> None:
        super().__setitem__(key, answer)
        if any(asked == (self.name, key) for asked, _ in self.reads.open):
            read = self.reads.answer((self.name, key))
            if self.name not in NOT_COUNTED:
                self.reads.kept[self.name, key] = read
                self.reads.read(*read)


class _RememberingMemo(Memo[Any, Any]):
    __slots__ = ("reads",)

    def __init__(self, reads: Reads, name: str) -> None:
        super().__init__()
        self._found = _Remembering(reads, name)

    def of(self, asked: Any, find: Callable[[], Any]) -> Any:
        return self._found[id(asked)] if id(asked) in self._found else self.keep(asked, find())


class _ByLine(dict[str, _RememberingMemo]):
    def __init__(self, reads: Reads, name: str) -> None:
        super().__init__()
        self.reads, self.name = reads, name

    def __missing__(self, line: str) -> _RememberingMemo:
        memo = self[line] = _RememberingMemo(self.reads, f"{self.name} of {line}")
        return memo


_MEMOS_OF_LINES = ("edges", "goes_on_up_to")
_MEMOS = ("answers", "alike", "doses", "bearings", "missed", "_holds")
_DICTIONARIES = ("answered", "stops", "cycles", "restarts", "last_days")


def _read(cls: type, name: str, reads: Reads, numbers: Callable[[Any], tuple[int, ...]]) -> property:
    slot = cls.__dict__[name]

    def get(self: Any) -> Any:
        if reads.open:
            reads.read(*numbers(self))
        return slot.__get__(self)

    return property(get, slot.__set__)


def _of_facts(value: LevelChange) -> tuple[int, ...]:
    return tuple(number for fact in value.facts for number in fact.numbers)


@contextmanager
def recording() -> Iterator[Reads]:
    """Record what calendars read that are built inside."""
    reads = Reads()

    def placed(ev: Evaluation, line: Timeline, n: int, cycle_day: int, entry: str) -> Placement:
        if not isinstance(ev.answered, _Remembering):
            for name in _MEMOS:
                setattr(ev, name, _RememberingMemo(reads, name))
            for name in _DICTIONARIES:
                setattr(ev, name, _Remembering(reads, name))
            for name in _MEMOS_OF_LINES:
                setattr(ev, name, _ByLine(reads, name))
        outer, reads.open = reads.open, [("placing", set())]
        put = place(ev, line, n, cycle_day, entry)
        reads.by_entry[entry] = set().union(*(numbers for _, numbers in reads.open))
        reads.open = outer
        return put

    ask = Evaluation.place

    def asked(ev: Evaluation, line: Timeline, n: int, cycle_day: int = 0) -> Placement:
        reads.read(entry_id(line, n, cycle_day))
        return ask(ev, line, n, cycle_day)

    with (
        patch.object(Evaluation, "place", asked),
        patch.object(build, "place_in_chains", placed),
        patch.object(Fact, "day", _read(Fact, "day", reads, lambda fact: fact.numbers)),
        patch.object(Fact, "event", _read(Fact, "event", reads, lambda fact: fact.numbers)),
        patch.object(Hold, "start", _read(Hold, "start", reads, lambda hold: hold.opened.numbers)),
        patch.object(Hold, "end", _read(Hold, "end", reads, lambda hold: hold.closed.numbers if hold.closed else ())),
        patch.object(LevelChange, "day", _read(LevelChange, "day", reads, _of_facts)),
    ):
        yield reads
