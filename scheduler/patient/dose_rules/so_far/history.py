"""What of one patient the dose rules look at, arranged once: grades by term, values by test, attributes, medicines, levels."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.identity import Memo
from scheduler.patient import events as ev
from scheduler.patient.course import Course, LevelChange
from scheduler.patient.dose_rules.facts.as_measured import facts_as_measured
from scheduler.patient.dose_rules.facts.grades import Course as Grades
from scheduler.patient.dose_rules.facts.grades import courses_by_term
from scheduler.patient.dose_rules.facts.names import attribute_key
from scheduler.patient.dose_rules.facts.values import Values, measurements_by_test
from scheduler.patient.dose_rules.so_far.decided import Decision, decision_of, is_possible
from scheduler.patient.dose_rules.so_far.index import Index, index_of
from scheduler.patient.dose_rules.so_far.seen import SeenGrade, SeenValue
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.give import Ladder
from scheduler.protocol.plan.rules import Attribution
from scheduler.protocol.plan.study import Plan

_GRADED = frozenset((ev.AdverseEvent, ev.Regraded, ev.Resolved))
_MEDICINES = (ev.MedicineStarted, ev.MedicineChanged, ev.MedicineStopped)
_ORDERS = (ev.Held, ev.Resumed, ev.DoseChanged, ev.Discontinued)
_LOOKED_AT = frozenset((*_GRADED, ev.Measured, ev.Attribute, *_MEDICINES, ev.Decided, *_ORDERS))
_HAPPENED = frozenset((ev.Pregnancy, ev.Surgery, ev.NewAnticancerTherapy))
_RAISES = frozenset((ev.AdverseEvent, ev.Regraded, ev.Measured, ev.Attribute))
"""The kinds of event that a rule can be read against."""

End = tuple[Fact, Day, Day | None]
"""What ended a treatment, its day, and the day from which that no longer held."""


class FirstDose(NamedTuple):
    """The day of a treatment's first dose, and the fact that says so."""

    day: Day
    fact: Fact


@dataclass(slots=True)
class History:
    """The facts of one patient under one plan, sorted by what rules ask for.

    ``raising`` is what rules are read against: grades, and since the first dose of anything all that rules ask for. ``places``
    says by its number which measurement a fact is, ``seen_values`` keeps what conditions have looked at.
    """

    plan: Plan
    course: Course
    index: Index = field(init=False)
    graded: list[Fact] = field(default_factory=list)
    measured: list[Fact] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    attributes: dict[str, list[Fact]] = field(default_factory=dict)
    medicines: list[Fact] = field(default_factory=list)
    orders: list[Fact] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    raising: list[Fact] = field(default_factory=list)
    values: Values = field(init=False)
    _grades: Memo[Attribution, dict[tuple[str, ...], dict[str, Grades]]] = field(default_factory=Memo)
    _steps: Memo[Attribution, dict[tuple[str, ...], Memo[Fact, SeenGrade]]] = field(default_factory=Memo)
    seen_values: Memo[Fact, dict[tuple[object, ...], SeenValue]] = field(default_factory=Memo)
    _ends: dict[str, list[End]] = field(default_factory=dict)
    _first_doses: dict[str, FirstDose | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.index = index_of(self.plan.rules)
        first_dose, first_day = self.course.first_dose, self.course.first_day
        start = date.fromordinal(first_day) if first_day is not None else date.max
        as_measured = facts_as_measured(self.course.facts)
        for fact in self.course.facts:
            kind = type(fact.event)
            if kind in _LOOKED_AT:
                self._sort(fact)
                if kind in _RAISES and (kind in _GRADED or fact.event.on >= start):
                    self.raising.append(fact)
                if kind is ev.Attribute and fact.number in as_measured:
                    measured = as_measured[fact.number]
                    self._sort(measured)
                    if fact.event.on >= start:
                        self.raising.append(measured)
            elif kind in _HAPPENED and self.index.happenings and fact.event.on >= start:
                self.raising.append(fact)
        self.values = Values(measurements_by_test(self.measured), self.attributes, first_dose, first_day)

    def _sort(self, fact: Fact) -> None:
        event = fact.event
        if type(event) in _GRADED:
            self.graded.append(fact)
        elif type(event) is ev.Measured:
            self.places[fact.number] = len(self.measured)
            self.measured.append(fact)
        elif type(event) is ev.Attribute:
            self.attributes.setdefault(attribute_key(event.name), []).append(fact)
        elif isinstance(event, _MEDICINES):
            self.medicines.append(fact)
        elif type(event) is ev.Decided:
            if is_possible(self.plan, self.course, fact):
                self.decisions.append(decision_of(self.plan, self.course, fact, event))
        else:
            self.orders.append(fact)

    def grades(self, treatments: tuple[str, ...], attributed: Attribution) -> dict[str, Grades]:
        """The course of each term, of the adverse events that are for a treatment, or for any of those that a rule names."""
        known = self._grades.of(attributed, dict)
        by_term = known.get(treatments)
        if by_term is None:
            names = {name.casefold() for name in treatments}
            lines = (line for name in treatments if (line := self.plan.timelines.get(name)) is not None)
            names |= {give.name.casefold() for line in lines for give in line.gives}
            by_term = known[treatments] = courses_by_term(self.graded, names, attributed)
        return by_term

    def grade(self, treatments: tuple[str, ...], attributed: Attribution, trigger: Fact) -> SeenGrade | None:
        """The step that an event makes in its term, where it counts for these treatments."""
        known = self._steps.of(attributed, dict)
        seen = known.get(treatments)
        if seen is None:
            courses = self.grades(treatments, attributed)
            seen = known[treatments] = Memo(
                (step.fact, SeenGrade(term, steps, at))
                for term, steps in courses.items()
                for at, step in enumerate(steps)
            )
        return seen.get(trigger)

    def first_dose_of(self, treatment: str) -> FirstDose | None:
        """The first dose of one treatment that somebody recorded or reported; None while there is none."""
        if treatment not in self._first_doses:
            given = [FirstDose(fact.day, fact) for fact in self.course.doses.get(treatment, ())[:1]]
            taken = [FirstDose(day, report.fact) for day, report in self.course.taken.get(treatment, ())[:1]]
            self._first_doses[treatment] = min((*given, *taken), key=lambda each: each.day, default=None)
        return self._first_doses[treatment]

    def attributes_until(self, name: str, trigger: Fact) -> list[Fact]:
        """What was recorded of an attribute up to the day of an event, or up to the event where it is one of them.

        The last is in force.
        """
        known = self.attributes.get(attribute_key(name), []) if self.attributes else []
        for at, fact in enumerate(known):
            if fact is trigger:
                return known[: at + 1]
        return [fact for fact in known if fact.event.on <= trigger.event.on]

    def fact(self, number: int) -> Fact | None:
        """The fact that an event of that number makes; None where it no longer stands."""
        return next((fact for fact in self.course.facts if fact.numbers[0] == number), None)

    def ladder(self, treatment: str) -> Ladder | None:
        """The dose levels of a treatment, where it has several."""
        line = self.plan.timelines.get(treatment)
        return line.ladder if line is not None else None

    def level_before(self, treatment: str, day: Day) -> LevelChange | None:
        """The last change of dose level before a day: what came up on a day came up under the level of before."""
        known = self.course.levels.get(treatment, ())
        for change in reversed(known):
            if change.day < day:
                return change
        return None

    def orders_for(self, treatment: str, first: Day) -> list[Fact]:
        """What was ordered for a treatment on a day or later; decisions are not orders of this kind."""
        return [
            fact
            for fact in self.orders
            if fact.day >= first and getattr(fact.event, "treatment", treatment) == treatment
        ]

    def closed_by(self, first: Day) -> Fact | None:
        """What ended all treatment on a day or later, the first of it: it decides nothing, and leaves nothing to decide."""
        ends = [fact for fact in _of_all_treatment(self.course) if fact.day >= first]
        return min(ends, key=lambda fact: (fact.day, fact.number), default=None)

    def reached_on(self, day: Day) -> Fact | None:
        """The first fact of that day or a later one: it shows that the day has come."""
        facts = self.course.facts
        first = bisect_left(facts, day, key=lambda fact: fact.day)
        return facts[first] if first < len(facts) else None

    def ended_by(self, treatment: str, day: Day) -> Fact | None:
        """What had ended the treatment before a day, if anything did: then nothing is left to decide."""
        ends = self._ends.get(treatment)
        if ends is None:
            ends = self._ends[treatment] = _ends(self.course, treatment)
        for fact, ended, until in ends:
            if ended < day and (until is None or day < until):
                return fact
        return None

    def taken_up_again(self, treatment: str, day: Day) -> tuple[Fact, ...]:
        """What took the treatment up again, by that day, after it had ended: without it nothing would be left to decide."""
        ends = self._ends.get(treatment, ())
        if not any(until is not None and ended < day and until <= day for _, ended, until in ends):
            return ()
        return tuple(fact for fact in self.course.reopened.get(treatment, ()) if fact.day <= day)


def _of_all_treatment(course: Course) -> list[Fact]:
    died = [course.death] if course.death is not None else []
    return [*course.ends_of_treatment, *died, *course.withdrew]


def _ends(course: Course, treatment: str) -> list[End]:
    holds = [hold for hold in course.holds.get(treatment, ()) if hold.discontinued]
    return [
        *((fact, fact.day, _taken_up_again(course, treatment, fact)) for fact in _of_all_treatment(course)),
        *((hold.opened, hold.opened.day, hold.end) for hold in holds),
    ]


def _taken_up_again(course: Course, treatment: str, end: Fact) -> Day | None:
    """The day on which a treatment was taken up again, with a reason, after all had ended; a death ends it for good."""
    if end is course.death:
        return None
    later = (fact.day for fact in course.reopened.get(treatment, ()) if (fact.day, fact.number) > (end.day, end.number))
    return min(later, default=None)
