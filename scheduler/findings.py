"""What is wrong with a text, a log or a calendar, said so that the person who wrote it can put it right.

A finding is a value, never an exception on its way to a traceback: all findings of a text are collected and shown at once,
each with its place, what is wrong and what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.said import COMMAS, Code, Quoted, Said, listed, said, said_as

OR = said_as("between what a finding names", " or ")
"""a or b or c."""
AND = said_as("between what a finding names", " and ")
"""a and b and c."""


class Severity(StrEnum):
    """How bad it is: an error stops a protocol from being used, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a text: file, line and column as an editor shows them, counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: a stable code, what is wrong, what to do about it, and where.

    ``place`` is where in a text; ``entry`` is which entry of a calendar; ``events`` are the numbers of the log's events that
    it is about. ``path`` is where in what was given, step by step: a key, the number of an item from 0, and at the end the key
    that is missing; empty for the whole. Any of them may be missing.

    ``message`` and ``hint`` are English, for programs. What people who read other languages come across is made by `of`, and told
    by ``told`` and ``what_to_do``.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    place: Place | None = None
    entry: str | None = None
    events: tuple[int, ...] = ()
    path: tuple[str | int, ...] | None = None
    said: Said | None = field(default=None, compare=False, repr=False)
    said_hint: Said | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        code: str,
        severity: Severity,
        message: Said,
        hint: Said | None = None,
        place: Place | None = None,
        entry: str | None = None,
        events: tuple[int, ...] = (),
    ) -> Finding:
        """A finding that is told in the reader's language."""
        words = str(hint) if hint is not None else None
        return cls(code, severity, str(message), words, place, entry, events, said=message, said_hint=hint)

    @property
    def told(self) -> Said | Quoted:
        """What is wrong, for a reader of any language; English where it has no words in others."""
        return self.said if self.said is not None else Quoted(self.message, "en")

    @property
    def what_to_do(self) -> Said | Quoted | None:
        """The hint likewise."""
        if self.said_hint is not None or self.hint is None:
            return self.said_hint
        return Quoted(self.hint, "en")

    def __str__(self) -> str:
        start = f"{self.place}: " if self.place else f"{self.entry}: " if self.entry else ""
        end = f" ({self.hint})" if self.hint else ""
        return f"{start}{self.severity}: {self.message}{end} [{self.code}]"


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of reading: by place, then by entry, then by code; each finding once."""
    return tuple(sorted(dict.fromkeys(findings), key=_reading_order))


def _reading_order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.place or Place("", 0, 0)
    return (place.file, place.line, place.column, finding.entry or "", finding.code, finding.message)


def has_errors(findings: Iterable[Finding]) -> bool:
    """True when at least one finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def said_together(words: Iterable[str]) -> str:
    """What is named in one breath: "ANC", "ANC and platelets", "ANC, platelets and bilirubin"."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known word, or the few that there are; None when nothing helps."""
    hint = nearest_known(word, known)
    return None if hint is None else str(hint)


def nearest_known(word: str, known: Iterable[str]) -> Said | None:
    """The same for a reader of any language."""
    candidates = sorted(set(known))
    near = difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    if near:
        return said("did you mean '{name}'?", name=Code(near[0]))
    if candidates and len(candidates) <= 12:
        return said("known here: {names}", names=listed(*map(Code, candidates), how=COMMAS))
    return None
