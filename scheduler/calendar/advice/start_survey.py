"""Every day on which a patient could start, looked at one after another: what goes wrong, how often, and for whom first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.advice.planned_starts import (
    Gap,
    HowToStart,
    Start,
    Trouble,
    can_start,
    clauses_reached,
    how_to_start,
    planned_start,
    timings_of,
)
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan
from scheduler.protocol.plan.times.moments import EachEvent
from scheduler.site.site import Site

Tell = Callable[[str], None]
"""Told how far the work has come."""


@dataclass(frozen=True, slots=True)
class CounterExample:
    """What can go wrong at one sentence, the earliest start day for which it does, and for how many start days it does.

    ``always`` is true when no start day escapes it: then the protocol contradicts itself.
    """

    trouble: Trouble
    start: date
    starts: int
    always: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """All start days of one arm from ``first`` to ``last``, both included.

    ``starts`` are those on which all that the first dose needs is open. ``counted_to`` is the last day whose holidays are
    published: visits after it are not counted. None where there is no such day. ``reached`` are the sentences that dated
    something, or wait for an event, for the first seven start days, to the protocol's horizon: these seven are a sample.
    """

    plan: Plan
    how: HowToStart
    first: date
    last: date
    counted_to: date | None
    starts: tuple[Start, ...]
    reached: frozenset[Clause] = frozenset()

    @property
    def days(self) -> int:
        """How many days were looked at, those on which nobody can start among them."""
        return (self.last - self.first).days + 1

    def counter_examples(self) -> tuple[CounterExample, ...]:
        """What goes wrong, each sentence and kind of trouble once, with its smallest counter-example."""
        first: dict[tuple[str, str, Clause | None], tuple[date, Trouble]] = {}
        days: dict[tuple[str, str, Clause | None], set[date]] = {}
        for start in self.starts:
            for trouble in start.troubles:
                key = (trouble.code, trouble.timeline, trouble.clause)
                first.setdefault(key, (start.day, trouble))
                days.setdefault(key, set()).add(start.day)
        return tuple(
            CounterExample(trouble, day, len(days[key]), len(days[key]) == len(self.starts))
            for key, (day, trouble) in first.items()
        )

    def longest_gap(self) -> tuple[date, Gap] | None:
        """The longest time without an attendance, and the earliest start day that has it."""
        gaps = [(start.day, start.gap) for start in self.starts if start.gap is not None]
        return max(gaps, key=lambda each: (each[1].days, -each[0].toordinal()), default=None)

    def unreached(self) -> tuple[tuple[str, Clause], ...]:
        """Sentences that date nothing, and wait for no event either, whatever the start day; each with its timeline."""
        lines = self.plan.timelines.values()
        said = ((line.name, timing) for line in lines for timing in timings_of(line))
        return tuple(
            (name, timing.clause)
            for name, timing in said
            if timing.clause not in self.reached and not isinstance(timing.moment, EachEvent)
        )


def survey(
    plan: Plan, milestones: tuple[str, ...], site: Site, first: date, last: date, tell: Tell = lambda _: None
) -> Survey:
    """Plan a patient for every day from ``first`` to ``last``. Exhaustive: no start day in between is left out."""
    how = how_to_start(plan, milestones, first)
    published = site.provisional_from
    counted_to = published - timedelta(days=1) if published is not None else None
    starts = []
    for day in _days(first, last):
        if can_start(plan, site, day):
            tell(f"{plan.arm}, start {day}")
            starts.append(planned_start(plan, site, how, day, counted_to))
    week = [start.day for start in starts[:7]]
    reached = frozenset().union(*(clauses_reached(plan, site, how, day) for day in week))
    return Survey(plan, how, first, last, counted_to, tuple(starts), reached)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
