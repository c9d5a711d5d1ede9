"""What an end point of one patient is: a value, the days it was counted from and to, and why it is that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from scheduler.dates import Day
from scheduler.patient.log import Fact
from scheduler.said import Listed, Said

DAYS_OF_A_MONTH = Decimal("30.4375")
"""365.25 / 12: how reports turn days into months."""

EITHER = "either"
"""Stands for the criteria where progression counts by whichever set of criteria says so first, as on the calendar."""

_HUNDREDTH = Decimal("0.01")


class EndPoint(StrEnum):
    """The end points of a patient."""

    OVERALL_SURVIVAL = "overall survival"
    PROGRESSION_FREE_SURVIVAL = "progression-free survival"
    DURATION_OF_RESPONSE = "duration of response"


class Why(StrEnum):
    """What ended the time of an end point, in a word that other programs read."""

    DIED = "died"
    PROGRESSED = "progressed"
    NEVER_CONFIRMED = "unconfirmed progression, followed no further"
    LAST_KNOWN_ALIVE = "last known alive"
    LAST_ASSESSMENT = "last assessment"
    NO_ASSESSMENT = "no assessment"
    AWAITS_CONFIRMATION = "unconfirmed progression"
    OTHER_THERAPY = "new anticancer therapy"
    MISSED_SCANS = "missed scans"
    HORIZON = "end of the time that is counted"
    NOT_STARTED = "not started"
    OTHER_CRITERIA = "assessed by other criteria"
    NO_RESPONSE = "no response"


@dataclass(frozen=True, slots=True)
class TimeToEvent:
    """How long it took until an event, or for how long it is known not to have come: then it is censored.

    ``event`` is None where the patient is not counted; then there are no days. ``criteria`` are None for survival. ``events`` are
    the numbers of the events of the log behind it.
    """

    end_point: EndPoint
    criteria: str | None
    first: date | None
    last: date | None
    event: bool | None
    why: Why
    reason: Said | Listed
    events: tuple[int, ...]

    @classmethod
    def of(
        cls,
        end_point: EndPoint,
        criteria: str | None,
        days: tuple[Day, Day] | None,
        event: bool | None,
        why: Why,
        reason: Said | Listed,
        facts: Iterable[Fact],
    ) -> TimeToEvent:
        """From the first of these days to the last, both included, as these facts say."""
        numbers = sorted({number for fact in facts for number in fact.numbers})
        first, last = (date.fromordinal(day) for day in days) if days is not None else (None, None)
        return cls(end_point, criteria, first, last, event, why, reason, tuple(numbers))

    @property
    def days(self) -> int | None:
        """The days, the first and the last included: last - first + 1."""
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1

    @property
    def months(self) -> Decimal | None:
        """The same in months of 30.4375 days."""
        return None if self.days is None else in_months(self.days)


@dataclass(frozen=True, slots=True)
class BestOverall:
    """The best overall response by one set of criteria, and what it adds to the response and the control rate.

    ``assessed`` is False where nothing was assessed, ``counted`` where the patient is in no rate by these criteria. ``confirmed``
    is None unless the best is a response.
    """

    criteria: str
    best: str | None
    best_on: date | None
    confirmed: bool | None
    best_if_confirmed: str | None
    response: bool
    control: bool
    assessed: bool
    counted: bool
    reason: Said | Listed
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst grade of a patient's adverse events that began or got worse in the time of collection; None where none did.

    ``counted`` is False where that time has not begun. ``events`` are the numbers of the events of the log about those of that
    grade.
    """

    grade: int | None
    serious: bool
    counted: bool
    reason: Said | Listed
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PatientEndPoints:
    """All end points of one patient."""

    subject: str
    arm: str
    survival: TimeToEvent
    progression_free: tuple[TimeToEvent, ...]
    best: tuple[BestOverall, ...]
    durations: tuple[TimeToEvent, ...]
    worst: Worst

    @property
    def times(self) -> tuple[TimeToEvent, ...]:
        """All that is a time until an event."""
        return (self.survival, *self.progression_free, *self.durations)

    def time(self, end_point: EndPoint, criteria: str | None = None) -> TimeToEvent:
        """The one by these criteria."""
        return next(each for each in self.times if (each.end_point, each.criteria) == (end_point, criteria))

    def best_by(self, criteria: str) -> BestOverall:
        """The best response by these criteria."""
        return next(each for each in self.best if each.criteria == criteria)


def in_months(days: int | Decimal) -> Decimal:
    """Days in months of 30.4375 days, rounded half up to a hundredth."""
    return (Decimal(days) / DAYS_OF_A_MONTH).quantize(_HUNDREDTH, ROUND_HALF_UP)
