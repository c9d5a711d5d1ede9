"""The study's work in figures: deviations by month, decisions that wait and for how long, what is overdue, levels by cycle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Kind, Status
from scheduler.calendar.entries.proposal import State
from scheduler.views.patients import Patient


@dataclass(frozen=True, slots=True)
class DeviationsOfKind:
    """How many of one kind in each of the months, with those of which nobody knows the day in the total alone."""

    kind: Deviated
    by_month: tuple[int, ...]
    all: int


@dataclass(frozen=True, slots=True)
class DeviationsByMonth:
    """The months from the first to the last in which there is one, each named by its first day, and the kinds, most first."""

    months: tuple[date, ...]
    kinds: tuple[DeviationsOfKind, ...]


def deviations_by_month(deviations: Iterable[Deviation], most: int = 12) -> DeviationsByMonth:
    """The deviations of the last ``most`` months one by one; the total is of all months."""
    found: defaultdict[Deviated, Counter[date | None]] = defaultdict(Counter)
    for each in deviations:
        found[each.kind][each.date.replace(day=1) if each.date is not None else None] += 1
    days = sorted({day for counts in found.values() for day in counts if day is not None})
    months = _months(days[0], days[-1])[-most:] if days else ()
    kinds = [DeviationsOfKind(kind, tuple(by[month] for month in months), by.total()) for kind, by in found.items()]
    return DeviationsByMonth(months, tuple(sorted(kinds, key=lambda each: (-each.all, each.kind.value))))


def _months(first: date, last: date) -> tuple[date, ...]:
    months = []
    while first <= last:
        months.append(first)
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return tuple(months)


@dataclass(frozen=True, slots=True)
class WaitingDecision:
    """A decision that the protocol calls for and nobody has taken. ``days`` is since when, in days."""

    subject: str
    title: str
    days: int


def decisions_waiting(patients: Iterable[tuple[Patient, date]]) -> tuple[WaitingDecision, ...]:
    """All of them, the one that waits longest first, each by the today of the patient's own site."""
    found = [
        WaitingDecision(patient.subject, proposal.title, max(0, (on - proposal.raised).days))
        for patient, on in patients
        for proposal in patient.calendar.proposals
        if proposal.state is State.OPEN
    ]
    return tuple(sorted(found, key=lambda each: (-each.days, each.subject, each.title)))


@dataclass(frozen=True, slots=True)
class LevelsOfCycle:
    """How many patients began that cycle at each of the levels."""

    cycle: int
    patients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LevelsByCycle:
    """One treatment at home that has levels: 0 is the full dose, then -1, -2."""

    title: str
    levels: tuple[int, ...]
    cycles: tuple[LevelsOfCycle, ...]


def levels_by_cycle(patients: Sequence[Patient]) -> tuple[LevelsByCycle, ...]:
    """At which level each cycle at home was begun, of cycles with a record, by treatment."""
    found: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    titles: dict[str, str] = {}
    for patient in patients:
        for entry in patient.calendar.entries:
            level = next((dose.level for run in entry.runs for dose in run.doses if dose.level is not None), None)
            if entry.kind is Kind.ORAL and entry.status is Status.DONE and level is not None:
                found[entry.timeline][entry.n, level] += 1
                plan = patient.plan
                titles[entry.timeline] = plan.timelines[entry.timeline].title if plan is not None else entry.timeline
    return tuple(_by_cycle(titles[name], found[name]) for name in sorted(found))


def _by_cycle(title: str, counts: Counter[tuple[int, int]]) -> LevelsByCycle:
    levels = tuple(sorted({level for _, level in counts}, reverse=True))
    cycles = sorted({cycle for cycle, _ in counts})
    rows = tuple(LevelsOfCycle(cycle, tuple(counts[cycle, level] for level in levels)) for cycle in cycles)
    return LevelsByCycle(title, levels, rows)
