"""What an event shows of a finding, looked at once for all rules that ask about it and differ in how bad it has to be."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from scheduler.patient.dose_rules.facts.grades import Course, GradeStep
from scheduler.patient.dose_rules.facts.values import as_bad, in_range
from scheduler.patient.dose_rules.so_far.reading import Look
from scheduler.patient.log import Fact
from scheduler.protocol.plan.rules import GradeIs
from scheduler.protocol.plan.values import ValueIs

NO = Look(False)


class SeenGrade(NamedTuple):
    """The steps of a term, up to the one that the event makes."""

    term: str
    steps: Course
    at: int

    @property
    def step(self) -> GradeStep:
        """The step that the event makes."""
        return self.steps[self.at]

    @property
    def later(self) -> Course:
        """The steps of the term after it."""
        return self.steps[self.at + 1 :]

    def look(self, asked: GradeIs) -> Look:
        """Whether the grade is in the range. Where it is not, the event alone says so."""
        step = self.step
        if not asked.low <= step.grade <= asked.high:
            return NO
        return Look(True, self.facts, step.before >= asked.low)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What gave the term its grades up to the event."""
        return tuple([step.fact for step in self.steps[: self.at + 1]])


class SeenValue(NamedTuple):
    """The values of some tests by one basis: those that stand on the event's day, and those of before it.

    None is a value whose basis nobody recorded. What was there before a baseline is not asked: ``before`` is None.
    """

    now: tuple[Decimal | None, ...]
    before: tuple[Decimal | None, ...] | None
    no: Look

    def look(self, asked: ValueIs) -> Look:
        """Whether one of the values is in the range."""
        for number in self.now:
            if in_range(number, asked):
                return Look(True, self.no.facts, self._reached(asked))
        return self.no

    def was_reached(self, asked: ValueIs) -> bool:
        """Whether one of the values had been in the range, or beyond it, before the event."""
        return bool(self._reached(asked))

    def _reached(self, asked: ValueIs) -> bool | None:
        return None if self.before is None else any(as_bad(number, asked) for number in self.before)
