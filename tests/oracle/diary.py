"""The diary: what was written on its pages, and the slips of paper for what is still to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day
from datetime import timedelta

PENDING = "pending"
PLANNED = "planned"
DONE = "done"
NOT_DONE = "not done"
CANCELLED = "cancelled"
NO_RECORD = "no record"
"""Planned before everything stopped, and nobody knows whether it took place."""


@dataclass(frozen=True)
class Told:
    """One line of the diary: the day, what it says ("80 mg", "held", "planned", ...), and the window where there is one."""

    date: Day | None
    says: str
    ideal: Day | None = None
    window: tuple[Day, Day] | None = None


@dataclass
class Slip:
    """Something still to come: when it is due, how far it may move, and what it has to wait for."""

    name: str
    due: Day
    early: int = 0
    late: int = 0
    rule: str = "nearest"
    treatment: str | None = None
    not_before: list[Day] = field(default_factory=list)
    after: Day | None = None
    after_radiotherapy: bool = False
    never_planned_before: Day | None = None
    on_hold: bool = False

    @property
    def number(self) -> int:
        return int(self.name.partition(".")[2])

    @property
    def ideal(self) -> Day:
        return max([self.due, *self.not_before])

    @property
    def window(self) -> tuple[Day, Day]:
        first = max([self.due - timedelta(days=self.early), *self.not_before])
        return first, self.ideal + timedelta(days=self.late)

    @property
    def has_window(self) -> bool:
        return bool(self.early or self.late)
