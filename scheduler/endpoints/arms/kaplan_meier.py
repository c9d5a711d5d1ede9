"""Survival over time by the product limit of Kaplan and Meier, worked out by the library lifelines.

The intervals are those of the logarithm of minus the logarithm of survival, with Greenwood's variance. The median is the first
day on which survival is one half or less, and its interval that of Brookmeyer and Crowley: the days on which the interval of
survival has one half in it. Where all or none are left without the event, there is no interval. Of an event and
a censored time on one day, the event came first.

The library is an extra, ``scheduler[analysis]``: it is imported where a curve is made, and only there.
Sources: Kaplan and Meier, J Am Stat Assoc 1958;53:457; Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data;
Brookmeyer and Crowley, Biometrics 1982;38:29.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from typing import NamedTuple

from scheduler.findings import Finding, Severity

_PLACES = Decimal("0.000001")
_HALF = Decimal("0.5")


class Step(NamedTuple):
    """A day on which somebody had the event or was censored. Survival is that after the day, at risk who was there before it."""

    day: int
    at_risk: int
    events: int
    censored: int
    survival: Decimal
    low: Decimal | None
    high: Decimal | None


class At(NamedTuple):
    """Survival at a time, with its interval; None where nobody was followed for so long. ``at_risk`` were there until then."""

    survival: Decimal | None
    low: Decimal | None
    high: Decimal | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Survival over time. Days count the first and the last. A median or a bound that is not reached is None."""

    number: int
    events: int
    steps: tuple[Step, ...]
    median: int | None
    median_low: int | None
    median_high: int | None

    def at(self, day: int | Decimal) -> At:
        """Survival at a time."""
        before = [step for step in self.steps if step.day <= day]
        at_risk = self.at_risk(day)
        if not before:
            return At(Decimal(1) if at_risk else None, None, None, at_risk)
        last = before[-1]
        if not at_risk and last.survival and last.day < day:
            return At(None, None, None, 0)
        return At(last.survival, last.low, last.high, at_risk)

    def at_risk(self, day: int | Decimal) -> int:
        """How many were followed until a time without an event before it."""
        return next((step.at_risk for step in self.steps if step.day >= day), 0)


def missing_extra() -> Finding | None:
    """What to say where the library is not installed."""
    if find_spec("lifelines") is not None:
        return None
    message = "survival over time was not estimated: what estimates it is not installed"
    hint = "pip install 'scheduler[analysis]'; each patient's end points and all counts stand without it"
    return Finding("no-survival-curves", Severity.WARNING, message, hint)


def survival_curve(times: Iterable[tuple[int, bool]]) -> Curve:
    """From the days of each patient, with True where they end with the event."""
    from lifelines import KaplanMeierFitter

    known = sorted(times)
    if not known:
        return Curve(0, 0, (), None, None, None)
    fitted = KaplanMeierFitter().fit([days for days, _ in known], [int(event) for _, event in known])
    survival = fitted.survival_function_.iloc[:, 0]
    intervals = fitted.confidence_interval_survival_function_
    steps = tuple(
        Step(
            int(day),
            int(row["at_risk"]),
            int(row["observed"]),
            int(row["censored"]),
            _part(survival[day]),
            *(_bounds(intervals.loc[day]) if 0 < survival[day] < 1 else (None, None)),
        )
        for day, row in fitted.event_table.iterrows()
        if day > 0
    )
    return Curve(
        len(known),
        sum(step.events for step in steps),
        steps,
        # The library compares what it rounded: after 3 of 6 it has 0.5000000000000001, and no median yet.
        next((step.day for step in steps if step.survival <= _HALF), None),
        next((step.day for step in steps if step.low is not None and step.low <= _HALF), None),
        next((step.day for step in steps if step.high is not None and step.high <= _HALF), None),
    )


def _bounds(interval: Iterable[float]) -> tuple[Decimal, ...]:
    """The lower and the upper bound."""
    return tuple(_part(bound) for bound in interval)


def _part(number: float) -> Decimal:
    return Decimal(float(number)).quantize(_PLACES, ROUND_HALF_UP)
