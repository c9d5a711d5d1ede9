"""How often on a day a diary asks, and at what times: ecological momentary assessment."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.protocol.plan.clause import Clause


@dataclass(frozen=True, slots=True)
class Prompts:
    """So many prompts on each day of a diary.

    ``at`` are their local times, "HH:MM", where the protocol says them; ``between`` is the first and the last time of a stretch
    in which they come at times that nobody knows before.
    """

    a_day: int
    clause: Clause
    at: tuple[str, ...] = ()
    between: tuple[str, str] | None = None

    def __str__(self) -> str:
        times = f" at {', '.join(self.at)}" if self.at else ""
        stretch = f" between {self.between[0]} and {self.between[1]}" if self.between is not None else ""
        return f"{self.a_day} times a day{times}{stretch}"
