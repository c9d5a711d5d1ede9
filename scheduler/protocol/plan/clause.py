"""A sentence of the protocol that a date, a dose or a limit can cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the protocol: its line, its words, the assumptions it rests on."""

    line: int
    text: str
    assumptions: tuple[str, ...] = ()


def clauses_in(value: object) -> Iterator[Clause]:
    """The clauses in a plan or in any part of one; those that stand in several places come several times."""
    if isinstance(value, Clause):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from clauses_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from clauses_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from clauses_in(getattr(value, field.name))
