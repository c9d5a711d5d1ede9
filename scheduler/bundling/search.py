"""Asking CP-SAT: fewest trips first, then the least distance from the ideal days, doses before visits, then the fewest moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scheduler.bundling.model import model_of
from scheduler.bundling.occurrence import Key, Occurrence
from scheduler.bundling.variables import Cut, Model, Rooms
from scheduler.dates import Day
from scheduler.said import Said

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_NEARER, _DOSES = 1_000_000, 1_000
"""One day nearer to the ideal counts for more than which of two dates it is, and a dose for more than how many dates stay."""
_MOST_CLASHES = 10
_SHORTEST = 0.05
"""Seconds that a search has though none are left: what is easy is still found."""


class TimeToSearch:
    """The seconds of searching that are left to a question; every search takes its own from them."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def solve(self, solver: cp_model.CpSolver, model: Model) -> Any:
        status = solver.solve(model.cp)
        self.left -= solver.wall_time
        return status

    def share(self, among: int) -> TimeToSearch:
        """One of so many equal parts, taken out; what is not used is given back."""
        part = TimeToSearch(max(0.0, self.left) / among)
        self.left -= part.left
        return part

    def give_back(self, part: TimeToSearch) -> None:
        self.left += part.left


@dataclass(frozen=True, slots=True)
class Found:
    """The dates of the best plan of the model, its trips, and the number below which no plan can come.

    ``dates`` is None where there is no plan at all (``impossible``), or none was found in the time.
    """

    dates: dict[Key, Day] | None
    trips: int
    at_least: int
    impossible: bool = False


def search(
    occurrences: Iterable[Occurrence],
    after: Day,
    rooms: Rooms,
    cuts: Iterable[Cut],
    time: TimeToSearch,
    least: Mapping[int, int],
) -> Found:
    """The plan with the fewest trips that keeps all rules of the model. The same every time, where it is proven.

    ``least`` is known already: so many trips each of these patients needs at least. What it takes is taken from ``time``.
    """
    known = tuple(occurrences)
    model = model_of(known, after, rooms, cuts, least)
    from ortools.sat.python import cp_model

    trips: Any = model.trips
    _hint(model, known)
    model.cp.minimize(trips)
    solver = _solver(time)
    status = time.solve(solver, model)
    if status == cp_model.INFEASIBLE:
        return Found(None, 0, 0, impossible=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, 0, max(0, round(solver.best_objective_bound)))
    fewest, at_least = round(solver.objective_value), -int(-solver.best_objective_bound // 1)
    dates = {key: solver.value(date) for key, date in model.dates.items()}
    model.cp.add(trips <= fewest)
    model.cp.minimize(_NEARER * sum(model.far) + _DOSES * sum(model.far_doses) + sum(model.moved))
    nearer = _solver(time)
    if time.solve(nearer, model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        dates = {key: nearer.value(date) for key, date in model.dates.items()}
    return Found(dates, fewest, fewest if status == cp_model.OPTIMAL else at_least)


def clashes(
    occurrences: Iterable[Occurrence], after: Day, rooms: Rooms, time: TimeToSearch
) -> tuple[tuple[Said, ...], ...]:
    """Rules that cannot be kept all at once, each set with none that could be left out; empty where all can be kept.

    No rule is in two sets: once one set is put right, others may show.
    """
    model = model_of(occurrences, after, rooms, naming=True)
    told = {literal.index: words for literal, words in model.rules}
    literals = {literal.index: literal for literal, _ in model.rules}
    left, found = list(told), list[tuple[Said, ...]]()
    while len(found) < _MOST_CLASHES and (core := _core(model, literals, left, time)):
        for index in tuple(core):
            core = _core(model, literals, [each for each in core if each != index], time) or core
        found.append(tuple(dict.fromkeys(told[index] for index in sorted(core))))
        left = [each for each in left if each not in core]
    return tuple(found)


def _core(model: Model, literals: Mapping[int, Any], assumed: list[int], time: TimeToSearch) -> list[int]:
    """Of these rules some that cannot be kept together; empty where all can, or nobody knows in the time."""
    from ortools.sat.python import cp_model

    model.cp.clear_assumptions()
    model.cp.add_assumptions([literals[index] for index in assumed])
    solver = _solver(time)
    if time.solve(solver, model) != cp_model.INFEASIBLE:
        return []
    return [index for index in solver.sufficient_assumptions_for_infeasibility() if index in assumed]


def _hint(model: Model, known: tuple[Occurrence, ...]) -> None:
    """Begin with the calendar as it stands."""
    for each in known:
        if len(model.domains[each.key]) > 1:
            model.cp.add_hint(model.dates[each.key], each.day)


def _solver(time: TimeToSearch) -> cp_model.CpSolver:
    """A solver that takes the same way every time: one thread, one seed."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = max(_SHORTEST, time.left)
    return solver
