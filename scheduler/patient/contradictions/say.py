"""How a contradiction is told: a code, what is wrong, what to do, and the numbers of the events that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from scheduler.findings import Finding, Severity
from scheduler.patient.log import Fact
from scheduler.said import Code, Said, said

CORRECT_ONE = said("correct or strike one of them")


def refuse(code: str, message: Said, hint: Said | None, *facts: Fact) -> Finding:
    """A contradiction between these facts, or of one of them with the protocol."""
    return _finding(code, Severity.ERROR, message, hint, facts)


def warn(code: str, message: Said, hint: Said | None, *facts: Fact) -> Finding:
    """Something that stands, but that somebody should look at."""
    return _finding(code, Severity.WARNING, message, hint, facts)


def _finding(code: str, severity: Severity, message: Said, hint: Said | None, facts: tuple[Fact, ...]) -> Finding:
    numbers = tuple(sorted({number for fact in facts for number in fact.numbers}))
    return Finding.of(code, severity, message, hint, events=numbers)


def told(fact: Fact) -> Said:
    """An event by its date and number: "on 2026-03-02 (event 2)"."""
    return said("on {day} (event {number})", day=Code(f"{fact.event.on}"), number=fact.number)


def repeats(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """The first of some facts that can be true only once, with each later one."""
    facts = tuple(facts)
    return ((facts[0], other) for other in islice(facts, 1, None))
