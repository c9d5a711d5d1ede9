"""The variables of the search: a whole number for each date, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from scheduler.bundling.occurrence import Key, Where
from scheduler.dates import Day
from scheduler.said import Said

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

Cut = tuple[tuple[Key, Day], ...]
"""Dates that the engine refused together."""


Rooms = Mapping[Where, int]
"""For how many patients there is room on one day; what is not named has room for all."""


class Counted(NamedTuple):
    """A day as an expression of the model, with the least and the greatest that it can be."""

    day: Any
    least: Day
    most: Day


@dataclass(slots=True)
class Model:
    """The model and its variables. ``rules`` has a sentence for each assumption and whose it is, where clashes are to be told."""

    cp: cp_model.CpModel
    naming: bool
    dates: dict[Key, Any] = field(default_factory=dict)
    domains: dict[Key, list[Day]] = field(default_factory=dict)
    ideals: dict[Key, Counted] = field(default_factory=dict)
    on_day: dict[tuple[Key, Day], Any] = field(default_factory=dict)
    shared: list[Any] = field(default_factory=list)
    alone: int = 0
    far: list[Any] = field(default_factory=list)
    far_doses: list[Any] = field(default_factory=list)
    moved: list[Any] = field(default_factory=list)
    rules: list[tuple[Any, Said, int | None]] = field(default_factory=list)

    @property
    def trips(self) -> Any:
        """The trips of all patients: one for each attendance, less those that share the day of another."""
        return self.alone - sum(self.shared)

    def is_on(self, key: Key, day: Day) -> Any:
        """Whether an entry is on a day: a literal, or the answer where it has no other day, or cannot be there."""
        days = self.domains[key]
        if len(days) == 1 or day not in days:
            return days == [day]
        literal = self.on_day.get((key, day))
        if literal is None:
            literal = self.on_day[key, day] = self.cp.new_bool_var(f"{key.entry} on {day}")
            self.cp.add(self.dates[key] == day).only_enforce_if(literal)
            self.cp.add(self.dates[key] != day).only_enforce_if(literal.negated())
        return literal

    def rule(self, constraint: Any, told: Said, of: int | None = None) -> None:
        """Keep a rule, of a patient or of all; where clashes are to be told, only as far as its assumption holds."""
        if self.naming:
            literal = self.cp.new_bool_var(f"rule {len(self.rules)}")
            constraint.only_enforce_if(literal)
            self.rules.append((literal, told, of))
