"""A stock run down in every run of the simulation at once: what expires first is handed out first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scheduler.forecasting.expecting.rates import Lot
from scheduler.forecasting.simulating.needs import PART
from scheduler.forecasting.weeks import Weeks

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

    Parts = NDArray[int64]
    Flags = NDArray[bool_]


@dataclass(frozen=True, slots=True)
class RunDown:
    """Week by week and run by run, in thousandths: what was missing, what may still be used at the end, what had expired.

    ``short`` is true where something was missing, or less was left than is to be left.
    """

    missing: Parts
    left: Parts
    expired: Parts
    short: Flags


def run_down(need: Parts, lots: Sequence[Lot], weeks: Weeks, lasts: int, safety: int) -> RunDown:
    """Hand out what each week needs, from what is in stock and comes by its first day.

    ``need`` has a row for each week and a column for each run. What is handed out lasts ``lasts`` days more, and may not expire
    before. What is missing in one week is lost: nobody takes it later.
    """
    import numpy

    runs = need.shape[1]
    in_order = sorted(lots, key=lambda lot: (lot.expires or date.max, lot.arrives or date.min))
    left = [numpy.full(runs, lot.quantity * PART, dtype=numpy.int64) for lot in in_order]
    missing, at_end, expired = (numpy.zeros_like(need) for _ in range(3))
    for week in range(len(need)):
        wanted = need[week].copy()
        for lot, parts in zip(in_order, left, strict=True):
            if not is_there(lot, week, weeks):
                continue
            if not may_be_used(lot, week, weeks, lasts):
                expired[week] += parts
                parts[:] = 0
                continue
            taken = numpy.minimum(parts, wanted)
            numpy.subtract(parts, taken, out=parts)
            wanted -= taken
            at_end[week] += parts
        missing[week] = wanted
    return RunDown(missing, at_end, expired, (missing > 0) | (at_end < safety * PART))


def is_there(lot: Lot, week: int, weeks: Weeks) -> bool:
    """True where a lot has come by the first day of a week."""
    return lot.arrives is None or lot.arrives <= weeks.begin(week)


def may_be_used(lot: Lot, week: int, weeks: Weeks, lasts: int) -> bool:
    """True where what is handed out on the last day of a week is taken before the lot expires."""
    return lot.expires is None or weeks.days(week)[-1] + timedelta(days=lasts) <= lot.expires
