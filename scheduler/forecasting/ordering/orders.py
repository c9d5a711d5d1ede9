"""What to order of one article, and when: before the first week at risk, by the lead time, and enough to last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from scheduler.forecasting.expecting.rates import Lot, Supply
from scheduler.forecasting.ordering.stock import RunDown, may_be_used, run_down
from scheduler.forecasting.simulating.needs import PART
from scheduler.forecasting.weeks import Weeks
from scheduler.site.open_days import OpenDays

if TYPE_CHECKING:
    from scheduler.forecasting.ordering.stock import Parts

CivilDate: TypeAlias = date

SOON = timedelta(days=31)
"""An order that is due by then is told even where the forecast ends before it is used up."""

RISKS = (Fraction(1, 5), Fraction(1, 10), Fraction(1, 20), Fraction(1, 50), Fraction(1, 100))
"""The chances of running short for which a quantity is told beside the one that is borne."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A quantity, the chance that it does not last, and what is left of it at the end, on the mean of all runs."""

    quantity: int
    chance: Fraction
    left_over: Fraction


@dataclass(frozen=True, slots=True)
class Planned:
    """One order. ``week`` is the first at risk without it, ``chance`` how likely it runs short in it.

    It is placed on ``order_by`` at the latest, for the weeks from ``begins`` to ``ends``, both included; ``lot`` is what comes.
    ``late`` are the days from the first day of the week at risk to the day on which it comes, where that is after it. ``cut``:
    it would last longer than is looked ahead.
    """

    week: int
    chance: Fraction
    order_by: CivilDate
    begins: int
    ends: int
    late: int
    cut: bool
    lot: Lot
    choice: Choice
    others: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """All orders of one article up to the last week, how its stock runs down with them, and what no order can help.

    ``helpless`` are weeks at risk, with the chance of each, for which what is ordered today comes too late or expires too soon.
    ``further`` is the day of the next order after these, which the forecast ends too early to reckon.
    """

    orders: tuple[Planned, ...]
    stock: RunDown
    helpless: tuple[tuple[int, Fraction], ...]
    further: CivilDate | None = None


@dataclass(frozen=True, slots=True)
class Ordering:
    """How one article is ordered: its supply, the weeks, how long what is handed out lasts, and when orders can be placed."""

    supply: Supply
    weeks: Weeks
    lasts: int
    open_days: OpenDays

    def plans(self, need: Parts) -> Plans:
        """All orders. ``need`` has a row for each week and a column for each run, in thousandths of what is ordered."""
        supply, weeks = self.supply, self.weeks
        lots, orders, helpless, week = list(supply.lots), list[Planned](), list[tuple[int, Fraction]](), 0
        while True:
            now = run_down(need, lots, weeks, self.lasts, supply.safety)
            chances = [Fraction(int(short.sum()), len(short)) for short in now.short]
            at_risk = next((each for each in range(week, weeks.number) if chances[each] > supply.risk), None)
            if at_risk is None:
                return Plans(tuple(orders), now, tuple(helpless))
            planned = self._order(now, at_risk, chances[at_risk])
            if planned is None:
                helpless.append((at_risk, chances[at_risk]))
                week = at_risk + 1
                continue
            if planned.cut and planned.order_by > weeks.first + SOON:
                return Plans(tuple(orders), now, tuple(helpless), planned.order_by)
            helpless += [
                (each, chances[each]) for each in range(at_risk, planned.begins) if chances[each] > supply.risk
            ]
            orders.append(planned)
            lots.append(planned.lot)
            week = planned.ends + 1

    def _order(self, now: RunDown, week: int, chance: Fraction) -> Planned | None:
        """The order for a week at risk; None where nothing that is ordered helps before the last week is over."""
        supply, weeks = self.supply, self.weeks
        wanted = weeks.begin(week)
        order_by = self._last_open(wanted - timedelta(days=supply.lead))
        arrives = order_by + timedelta(days=supply.lead)
        begins = next((each for each in range(week, weeks.number) if weeks.begin(each) >= arrives), None)
        if begins is None:
            return None
        lot = Lot(0, None if supply.shelf_life is None else arrives + timedelta(days=supply.shelf_life), arrives)
        upto = max(wanted, arrives) + timedelta(days=supply.cover)
        usable = (each for each in range(begins, weeks.number) if weeks.begin(each) < upto)
        ends = max((each for each in usable if may_be_used(lot, each, weeks, self.lasts)), default=None)
        if ends is None:
            return None
        short = _short_of(now, begins, ends, supply.safety)
        used = now.missing[begins : ends + 1].sum(axis=0)
        choice = _choice(short, used, supply.risk)
        if choice.quantity == 0:
            return None
        others = tuple(
            dict.fromkeys(_choice(short, used, risk) for risk in sorted({*RISKS, supply.risk}, reverse=True))
        )
        return Planned(
            week=week,
            chance=chance,
            order_by=order_by,
            begins=begins,
            ends=ends,
            late=max(0, (arrives - wanted).days),
            cut=upto > weeks.last + timedelta(days=1) and ends == weeks.number - 1,
            lot=replace(lot, quantity=choice.quantity),
            choice=choice,
            others=others,
        )

    def _last_open(self, day: date) -> date:
        """The last day on or before that one on which somebody can order; today, where it is too late."""
        today = self.weeks.first
        if day <= today:
            return today
        found = self.open_days.last_open(day.toordinal(), today.toordinal())
        return today if found is None else date.fromordinal(found)


def _short_of(now: RunDown, first: int, last: int, safety: int) -> Parts:
    """How much each run is short of in these weeks, what is to be left among it."""
    import numpy

    missing = now.missing[first : last + 1].cumsum(axis=0)
    to_be_left = numpy.maximum(0, safety * PART - now.left[first : last + 1])
    most: Parts = (missing + to_be_left).max(axis=0)
    return most


def _choice(short: Parts, used: Parts, risk: Fraction) -> Choice:
    """The least quantity with which no more runs than are borne are short."""
    import numpy

    runs = len(short)
    enough = int(numpy.sort(short)[max(0, ceil((1 - risk) * runs) - 1)])
    quantity = ceil(Fraction(enough, PART))
    parts = quantity * PART
    left_over = Fraction(int(numpy.maximum(0, parts - used).sum()), runs * PART)
    return Choice(quantity, Fraction(int((short > parts).sum()), runs), left_over)
