"""What a treatment, a cycle or a visit hangs on: a fact about the patient that is known only once somebody has recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import AttributeIs
from scheduler.protocol.plan.values import ValueIs

ONLY_IF = "only if "
"""How such a sentence begins where it is cited."""


@dataclass(frozen=True, slots=True)
class PairIs:
    """A measurement of two numbers in a range, such as a blood pressure of at least 140/90 mmHg.

    At least and above are so where one of the two is; below and up to where both are, as blood pressures are graded.
    """

    test: str
    low: tuple[Decimal, Decimal] | None
    high: tuple[Decimal, Decimal] | None
    unit: str
    from_above: bool = False
    below: bool = False

    def holds(self, first: Decimal, second: Decimal) -> bool:
        """True where both ends of the range are kept."""
        reached = self.low is None or any(
            value > least or (self.from_above and value == least)
            for value, least in zip((first, second), self.low, strict=True)
        )
        within = self.high is None or all(
            value < most or (not self.below and value == most)
            for value, most in zip((first, second), self.high, strict=True)
        )
        return reached and within


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One fact, as the sentence asks for it; ``shown_by`` is the visit that shows it, ``negated`` asks that it is not so."""

    asked: AttributeIs | ValueIs | PairIs
    words: str
    shown_by: str | None = None
    negated: bool = False

    @property
    def name(self) -> str:
        """The attribute under which it is recorded."""
        if isinstance(self.asked, PairIs):
            return self.asked.test
        return self.asked.name if isinstance(self.asked, AttributeIs) else self.asked.tests[0]

    @property
    def is_change(self) -> bool:
        """True where it asks how far a value is from the baseline."""
        return isinstance(self.asked, ValueIs) and self.asked.basis.is_change

    @property
    def record(self) -> str:
        """What has to be recorded, in words: "the result of marrow-14: residual leukaemia"."""
        return f"the result of {self.shown_by}: {self.name}" if self.shown_by else f"a record of {self.name}"


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """All of these facts have to be so, or with ``any_of`` one of them."""

    facts: tuple[AskedFact, ...]
    any_of: bool
    clause: Clause

    @property
    def by_value(self) -> bool:
        """True where a number is asked for, as an age: it says what is so on a day, and may be another later."""
        return any(isinstance(fact.asked, ValueIs | PairIs) for fact in self.facts)
