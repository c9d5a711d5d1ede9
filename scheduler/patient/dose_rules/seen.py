"""What an event shows of a finding, looked at once for all rules that ask about it and differ in how bad it has to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.patient.dose_rules.grades import Course
from scheduler.patient.dose_rules.reading import Look
from scheduler.patient.dose_rules.values import as_bad, in_range
from scheduler.patient.log import Fact
from scheduler.protocol.rules import GradeIs, ValueIs

NO = Look(False)


@dataclass(frozen=True, slots=True)
class SeenGrade:
    """The steps of a term, up to the one that the event makes."""

    steps: Course
    at: int

    @property
    def grade(self) -> int:
        """The grade that the event gives the term."""
        return self.steps[self.at].grade

    def look(self, asked: GradeIs) -> Look:
        """Whether the grade is in the range. Where it is not, the event alone says so."""
        step = self.steps[self.at]
        if not asked.low <= step.grade <= asked.high:
            return NO
        return Look(True, self.facts, step.before >= asked.low)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What gave the term its grades up to the event."""
        return tuple([step.fact for step in self.steps[: self.at + 1]])


@dataclass(frozen=True, slots=True)
class SeenValue:
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

    def _reached(self, asked: ValueIs) -> bool | None:
        return None if self.before is None else any(as_bad(number, asked) for number in self.before)
