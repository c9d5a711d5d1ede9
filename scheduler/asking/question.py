"""A question about something that somebody is about to record, and the digest of what was asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from scheduler.errors import SchedulerError
from scheduler.findings import Finding, Severity
from scheduler.said import Listed, Quoted, Said, said, said_of

Words: TypeAlias = str | Said | Quoted | Listed
"""What is said to the person; a text is English."""


class Strength(StrEnum):
    """How strongly it is asked."""

    REFUSED = "refused"
    """It cannot be: it contradicts the log, or lies in the future. No reason lets it stand."""
    ASKED = "asked"
    """It can happen, but it is likely a slip, or dangerous. With a reason it stands, as a deviation or a finding."""
    SAID = "said"
    """It is taken, and somebody is told how: a synonym stands for the word of the list."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, or refused, or said.

    ``code`` is stable. ``what`` is one plain sentence. ``protocol`` is what the protocol says about it, with its line, where it
    says something. ``hint`` is the right way to say it. ``index`` is which of the events it is about, counted from 0, and
    ``field`` the field of that event, as a case file spells it: "term", or "with.term" inside a correction. ``answer`` is the
    field that takes the reason, "confirmed" or "override"; None where no reason helps. ``reason`` is what the event gives there.
    ``events`` are the numbers of earlier events of the log that it is about.
    """

    strength: Strength
    code: str
    what: Words
    protocol: str | None
    hint: Words | None
    index: int
    field: str
    answer: str | None = None
    reason: str | None = None
    events: tuple[int, ...] = ()

    @property
    def path(self) -> str:
        """Where in the list of events it is: "0.term"."""
        return f"{self.index}.{self.field}"

    @property
    def is_open(self) -> bool:
        """True while it keeps the event from being recorded: it is refused, or asked and nobody has given a reason."""
        return self.strength is Strength.REFUSED or (self.strength is Strength.ASKED and self.reason is None)

    @property
    def finding(self) -> Finding:
        """The same as a finding, for those who show findings."""
        severity = {Strength.REFUSED: Severity.ERROR, Strength.ASKED: Severity.WARNING, Strength.SAID: Severity.NOTE}
        what, hint = self.what, self._what_to_do
        return Finding(
            self.code,
            severity[self.strength],
            str(what),
            _text(hint),
            events=self.events,
            said=what if isinstance(what, Said) else None,
            said_hint=hint if isinstance(hint, Said) else None,
        )

    @property
    def _what_to_do(self) -> Words | None:
        if self.protocol is None:
            return self.hint
        sentence = said_of(self.protocol)
        if self.hint is None:
            return said("the protocol says, {sentence}", sentence=sentence)
        hint = said_of(self.hint) if isinstance(self.hint, str) else self.hint
        return said("the protocol says, {sentence}; {hint}", sentence=sentence, hint=hint)


def questions_open(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that keep the events from being recorded."""
    return tuple(question for question in questions if question.is_open)


class Seen(Protocol):
    """A log that somebody saw, a patient's or a site's: how many events it had."""

    @property
    def length(self) -> int:
        """The number of its last event."""
        ...


def digest_of(questions: Iterable[Question], log: Seen) -> str:
    """What somebody saw: the SHA-256 over the list and the log's length, as 64 hexadecimal digits.

    The reasons are no part of it, so that the list stays the same when it is answered. It proves who saw what to nobody: it is
    no signature.
    """
    asked = [
        [
            each.path,
            each.strength.value,
            each.code,
            str(each.what),
            each.protocol,
            _text(each.hint),
            each.answer,
            *each.events,
        ]
        for each in questions
    ]
    text = json.dumps([log.length, asked], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _text(words: Words | None) -> str | None:
    return None if words is None else str(words)


class AskedFirst(SchedulerError):
    """Nothing was recorded: something was asked first. ``questions`` is the whole list, ``digest`` its `digest_of`."""

    def __init__(self, questions: tuple[Question, ...], log: Seen) -> None:
        self.questions = questions
        self.digest = digest_of(questions, log)
        super().__init__("\n".join(str(each.what) for each in questions_open(questions)))
