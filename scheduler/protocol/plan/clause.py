"""A sentence of the protocol that a date, a dose or a limit can cite."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the protocol: its line, its words, the assumptions it rests on."""

    line: int
    text: str
    assumptions: tuple[str, ...] = ()
