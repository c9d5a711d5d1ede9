"""One patient's calendar while it is being worked out: questions are answered when they are asked, and remembered.

Timelines may wait for each other in a circle, occurrences may not: an occurrence that is asked for while it is being answered
is a finding, and it stays pending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from scheduler.calendar.engine.evaluation.answers import Answer
from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Alike, Bearing, LastDay
from scheduler.calendar.engine.evaluation.ended_early import Stop, stop_of
from scheduler.calendar.engine.evaluation.held_cycles import drugs_of, end_of_cycles, holds_of_cycles
from scheduler.calendar.engine.evaluation.placement import PENDING, Placement, entry_id
from scheduler.calendar.engine.evaluation.restarts import Restarts, restarts_of
from scheduler.calendar.entries.because import After, Because, Event, Reason, Step, Unknown, distinct, highest
from scheduler.calendar.entries.entry import Dose, Run
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.identity import Memo
from scheduler.patient.branches import KnownFacts
from scheduler.patient.course import Course, Hold, LevelChange
from scheduler.patient.dose_rules.facts.values import Values
from scheduler.patient.dose_rules.facts.values_needed import NO_VALUES, values_of
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import Edge, Moment
from scheduler.protocol.plan.times.timing import DateLimit
from scheduler.said import Code, listed, said, said_as
from scheduler.site.site import Site

_WHICH_WAITS_FOR = said_as("between the members of a list", ", which waits for ")

_TREATMENT, _CYCLES = Role.TREATMENT, Role.CYCLES

Doses: TypeAlias = tuple[tuple[Dose, ...], tuple[Reason, ...]]
"""The doses of a day, with what says so."""

HowToPlace: TypeAlias = "Callable[[Evaluation, Timeline, int, int, str], Placement]"
"""How one occurrence is placed, by its number, its day of the cycle and its id: `scheduler.calendar.engine.placing.place`."""


@dataclass(slots=True, eq=False)
class Evaluation:
    """What is asked about one patient, and the answers so far.

    ``horizon`` bounds open-ended timelines. ``answers`` and ``edges`` are of the very moments that were asked for, ``answered``
    of all that are alike. Nothing here changes the plan, the site or the course. ``rests_on`` is what decisions, as reasons,
    were about, and the dose levels that they count from.
    """

    plan: Plan
    site: Site
    course: Course
    how: HowToPlace
    horizon: Day | None = None
    findings: list[Finding] = field(default_factory=list)
    answers: Memo[Moment, Answer] = field(default_factory=Memo)
    answered: dict[Moment, Answer] = field(default_factory=dict)
    edges: defaultdict[str, Memo[Edge, Answer]] = field(default_factory=partial(defaultdict, Memo))
    goes_on_up_to: defaultdict[str, Memo[DateLimit, int]] = field(default_factory=partial(defaultdict, Memo))
    placed: dict[str, Placement] = field(default_factory=dict)
    restarts: dict[str, Restarts] = field(default_factory=dict)
    rests_on: Memo[Reason, tuple[Reason, ...]] = field(default_factory=Memo)
    runs: dict[str, tuple[Run, ...]] = field(default_factory=dict)
    alike: Memo[Timeline, Alike] = field(default_factory=Memo)
    doses: Memo[Timeline, Memo[LevelChange | None, Doses]] = field(default_factory=Memo)
    bearings: Memo[Timeline, Bearing] = field(default_factory=Memo)
    chains: Memo[Timeline, object] = field(default_factory=Memo)
    cycles: dict[tuple[str, int | None], tuple[list[Hold], Stop | None]] = field(default_factory=dict)
    missed: Memo[Hold, Day | None] = field(default_factory=Memo)
    held_on: Memo[str, dict[int, Hold]] = field(default_factory=Memo)
    stops: dict[str, Stop | None] = field(default_factory=dict)
    values: Values = field(init=False)
    last_days: dict[str, LastDay | None] = field(default_factory=dict)
    ends_that_wait: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    earlier: dict[int, Evaluation] = field(default_factory=dict)
    facts: KnownFacts | None = None
    _placements: dict[tuple[str, int, int], Placement] = field(default_factory=dict)
    _being_placed: dict[str, None] = field(default_factory=dict)
    _events: dict[int, Event] = field(default_factory=dict)
    _by_numbers: dict[tuple[int, ...], tuple[Event, ...]] = field(default_factory=dict)
    _links: dict[str, After] = field(default_factory=dict)
    _holds: Memo[Hold, tuple[tuple[Event, ...], int]] = field(default_factory=Memo)

    def __post_init__(self) -> None:
        self.values = values_of(self.course) if self.plan.waits_for_values else NO_VALUES

    def at(self, course: Course) -> Evaluation:
        """The same patient by what was known at another time, telling events by the same reasons."""
        other = Evaluation(self.plan, self.site, course, self.how)
        other._events, other._by_numbers = self._events, self._by_numbers
        return other

    def place(self, line: Timeline, n: int, cycle_day: int = 0) -> Placement:
        """Where the n-th occurrence of a timeline is put."""
        key = (line.name, n, cycle_day)
        placement = self._placements.get(key)
        if placement is not None:
            return placement
        asked = entry_id(line, n, cycle_day)
        if asked in self._being_placed:
            return self._waits_for_itself(line, n, cycle_day, asked)
        self._being_placed[asked] = None
        placement = self.how(self, line, n, cycle_day, asked)
        del self._being_placed[asked]
        self._placements[key] = self.placed[asked] = placement
        return placement

    def keep(self, placement: Placement) -> Placement:
        """Remember where an occurrence is put that was not asked for yet."""
        self._placements[placement.line.name, placement.n, placement.cycle_day] = placement
        self.placed[placement.id] = placement
        return placement

    def _waits_for_itself(self, line: Timeline, n: int, cycle_day: int, asked: str) -> Placement:
        order = list(self._being_placed)
        circle = order[order.index(asked) :]
        message = said("{asked} waits for itself", asked=Code(asked))
        if circle[1:]:
            steps = listed(*map(Code, (*circle[1:], asked)), how=_WHICH_WAITS_FOR)
            message = said("{asked} waits for {steps}", asked=Code(asked), steps=steps)
        hint = said("take one of these waits out of the protocol")
        self.findings.append(Finding.of("circular-wait", Severity.ERROR, message, hint, entry=asked))
        unknown = Unknown(said("{entry}, which waits for itself", entry=Code(asked)))
        return Placement(line, n, cycle_day, asked, standing=PENDING, set_by=(unknown,))

    def event(self, number: int) -> Event:
        """An event as a reason."""
        reason = self._events.get(number)
        if reason is None:
            reason = self._events[number] = Event(number)
        return reason

    def events(self, *facts: Fact) -> tuple[Event, ...]:
        """Facts as reasons: their events, and those that corrected them."""
        if len(facts) == 1:
            numbers = facts[0].numbers
            return self._by_numbers.get(numbers) or self._events_of(numbers)
        return tuple(event for fact in facts for event in self._events_of(fact.numbers))

    def _events_of(self, numbers: tuple[int, ...]) -> tuple[Event, ...]:
        found = self._by_numbers.get(numbers)
        if found is None:
            found = self._by_numbers[numbers] = tuple([self.event(number) for number in numbers])
        return found

    def events_of_hold(self, hold: Hold) -> tuple[Event, ...]:
        """What began a hold and what ended it, as reasons."""
        return self.told_of_hold(hold)[0]

    def told_of_hold(self, hold: Hold) -> tuple[tuple[Event, ...], int]:
        """What began a hold and what ended it, as reasons, and the highest event number among them."""
        return self._holds.of(hold, lambda: (self.events(*hold.facts), latest_of(*hold.facts)))

    def because(
        self, set_by: tuple[Reason, ...], looked: tuple[Reason, ...], latest: int, steps: tuple[Step, ...] = ()
    ) -> Because:
        """The reasons of something. What a decision changed also looked at what the decision rests on."""
        if self.rests_on:
            more = [reason for cited in (*set_by, *looked) for reason in self.rests_on.get(cited) or ()]
            looked, latest = (*looked, *distinct(more, (*set_by, *looked))), highest(more, latest)
        return Because(set_by, looked, latest, steps)

    def after(self, entry: str) -> After:
        """Another entry as a reason."""
        reason = self._links.get(entry)
        if reason is None:
            reason = self._links[entry] = After(entry)
        return reason

    def stop(self, line: Timeline) -> Stop | None:
        """What ends a timeline before its own end, if anything did."""
        if line.role is _CYCLES:
            return self.of_cycles(line)[1]
        if line.name not in self.stops:
            self.stops[line.name] = stop_of(self.course, line)
        return self.stops[line.name]

    def holds(self, line: Timeline) -> list[Hold]:
        """The holds of a treatment, in the order of their first days. One that broke a cycle off is marked as a stop."""
        if line.long_holds:
            return self.restarts_of(line).holds
        if line.role is _CYCLES:
            return self.of_cycles(line)[0]
        return self.course.holds.get(line.name, []) if line.role is _TREATMENT else []

    def of_cycles(self, line: Timeline, n: int | None = None) -> tuple[list[Hold], Stop | None]:
        """When no cycle begins, and what ends them; of the n-th by the drugs that it has."""
        holds_and_stop = self.cycles.get((line.name, n))
        if holds_and_stop is None:
            drugs = drugs_of(self.plan, line, n)
            holds_and_stop = holds_of_cycles(self.course, line, drugs), end_of_cycles(self.course, drugs)
            self.cycles[line.name, n] = holds_and_stop
        return holds_and_stop

    def restarts_of(self, line: Timeline) -> Restarts:
        """What long holds did to a treatment."""
        found = self.restarts.get(line.name)
        if found is None:
            found = self.restarts[line.name] = restarts_of(self.course, line)
        return found


def look_at_holds(ev: Evaluation, placement: BeingPlaced, holds: list[Hold], day: Day) -> None:
    """Every hold that began up to a day was looked at: it could have moved what is on that day."""
    for hold in holds:
        if hold.start <= day:
            events, latest = ev.told_of_hold(hold)
            placement.looked += events
            placement.reach(latest)


def latest_of(*facts: Fact) -> int:
    """The highest event number among facts."""
    latest = 0
    for fact in facts:
        # What corrects a fact comes after it, so its last number is its highest.
        if fact.numbers[-1] > latest:
            latest = fact.numbers[-1]
    return latest
