"""What was forecast, as values: what each week needs, what to order, and each number's reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from scheduler.views.shapes.shape import CivilDate, Shape, Told

DEMAND_COLUMNS = (
    "site",
    "from",
    "to",
    "treatment",
    "product",
    "units",
    "units 5 %",
    "units 50 %",
    "units 95 %",
    "packs",
    "packs 5 %",
    "packs 50 %",
    "packs 95 %",
    "units in study",
    "units expected",
    "units not sure",
    "lines without a number",
    "why",
)
"""The columns of the CSV: a public interface."""

ORDER_COLUMNS = (
    "site",
    "treatment",
    "product",
    "order by",
    "arrives",
    "quantity",
    "in",
    "first week at risk",
    "chance %",
    "lasts to",
    "chance then %",
    "left over",
    "why",
)


@dataclass(frozen=True, slots=True)
class Spread(Shape):
    """What is needed: the mean of all runs, and what as many of 100 runs do not exceed."""

    mean: Decimal
    """The mean, to one decimal."""
    low: Decimal
    """5 of 100 runs need no more."""
    median: Decimal
    """Half of the runs need no more."""
    high: Decimal
    """95 of 100 runs need no more."""


@dataclass(frozen=True, slots=True)
class Demand(Shape):
    """What one article needs from a day to a day, both included."""

    site: str
    """The site."""
    first: CivilDate
    """The first day."""
    last: CivilDate
    """The last day."""
    treatment: str
    """The treatment, or the drug of it."""
    product: str | None
    """What one unit is: "40 mg tablet"."""
    strength: str | None
    """Which strength, where it comes in several."""
    units: Spread
    """Tablets, mL or vials that are to be taken or given."""
    packs: Spread | None
    """Whole packs to hand out; null where it comes in none."""
    in_study: Decimal
    """Of the mean units, those of patients who are in the study."""
    expected: Decimal
    """Of the mean units, those of patients who are expected."""
    unsure: Decimal
    """Of the mean units, those that hang on an open decision, or on public holidays that are not published."""
    unknown: Decimal
    """Lines without a number, on the mean: while this is not 0, the numbers are too low."""
    why: Told
    """What the mean is made of."""


@dataclass(frozen=True, slots=True)
class Option(Shape):
    """Another quantity for the same order: what it spares, and what it risks."""

    quantity: int
    """How much is ordered."""
    chance: Decimal
    """The chance in per cent that it does not last as long as it is to."""
    left_over: Decimal
    """What is then left of it, on the mean."""


@dataclass(frozen=True, slots=True)
class Order(Shape):
    """What to order of one article for one site."""

    site: str
    """The site."""
    treatment: str
    """The treatment, or the drug of it."""
    product: str | None
    """What one unit is."""
    strength: str | None
    """Which strength, where it comes in several."""
    quantity: int
    """How much: whole packs where it comes in packs, else units."""
    counted_in: str
    """What the quantity counts: the protocol's word for a pack, else for a unit."""
    order_by: CivilDate
    """The last day on which to order."""
    arrives: CivilDate
    """The day on which it comes when it is ordered then."""
    late: int
    """How many days too late it comes; 0 where it comes in time."""
    at_risk: CivilDate
    """The first day of the first week at risk without this order."""
    chance: Decimal
    """The chance in per cent of running short in that week without it."""
    until: CivilDate
    """The last day for which it is reckoned."""
    chance_then: Decimal
    """The chance in per cent of running short up to that day with it."""
    left_over: Decimal
    """What is left of it on that day, on the mean."""
    options: tuple[Option, ...]
    """What less and more would mean: overage against the risk of running short."""
    source: str
    """Where lead time, safety stock and risk come from."""
    why: Told
    """Why this much, and why by then."""


@dataclass(frozen=True, slots=True)
class StockInWeek(Shape):
    """What is left of one article at the end of a week, when everything is ordered as told; in packs, else in units."""

    last: CivilDate
    """The last day of the week."""
    low: Decimal
    """In 95 of 100 runs more is left, or as much."""
    median: Decimal
    """In half of the runs more is left, or as much."""
    high: Decimal
    """In 5 of 100 runs more is left, or as much."""
    chance: Decimal
    """The chance in per cent of running short in this week."""


@dataclass(frozen=True, slots=True)
class Stock(Shape):
    """One article at one site over the weeks, with what is ordered."""

    site: str
    """The site."""
    treatment: str
    """The treatment, or the drug of it."""
    product: str | None
    """What one unit is."""
    strength: str | None
    """Which strength, where it comes in several."""
    counted_in: str
    """What is counted: the protocol's word for a pack, else for a unit."""
    now: int
    """What is in stock now and may still be handed out."""
    safety: int
    """What is to be left at any time."""
    expiring: Decimal
    """What expires unused in these weeks, on the mean."""
    weeks: tuple[StockInWeek, ...]
    """Week by week."""
    orders: int
    """How many orders are told for it."""
    why: Told
    """What follows for it, in a sentence."""


@dataclass(frozen=True, slots=True)
class Rate(Shape):
    """One number that the forecast rests on."""

    site: str | None
    """The site that it is about; null where it is about all."""
    about: Told
    """What it says."""
    source: Told
    """Where it comes from."""


@dataclass(frozen=True, slots=True)
class Note(Shape):
    """Something that is not in the numbers."""

    site: str | None
    """The site that it is about; null where it is about all."""
    about: Told
    """What it is."""


@dataclass(frozen=True, slots=True)
class PatientsAt(Shape):
    """The patients of one site."""

    site: str
    """The site."""
    in_study: int
    """How many are in the study."""
    expected: Decimal
    """How many more are expected in these weeks, on the mean of all runs."""


@dataclass(frozen=True, slots=True)
class Forecast(Shape):
    """How much of each drug a study will need, by site and week, and what to order when."""

    study: str
    """The study."""
    first: CivilDate
    """The first day: the day on which somebody looks."""
    last: CivilDate
    """The last day of the last week."""
    runs: int
    """How often the future was made up; 1 where nothing is left to chance."""
    seed: int
    """The seed: the same one gives the same numbers."""
    calendars: int
    """How many calendars were worked out: one for each different log."""
    patients: tuple[PatientsAt, ...]
    """Whose needs these are."""
    orders: tuple[Order, ...]
    """What to order, the most urgent first."""
    stocks: tuple[Stock, ...]
    """What is left at the end of each week."""
    totals: tuple[Demand, ...]
    """What all weeks need together."""
    demand: tuple[Demand, ...]
    """What each week needs."""
    rates: tuple[Rate, ...]
    """What it rests on."""
    notes: tuple[Note, ...]
    """What is not reckoned with, or could not be."""

    def of_sites(self, may_see: Callable[[str], bool]) -> Forecast:
        """What it says of some sites, and nothing of the others."""
        return replace(
            self,
            patients=tuple(each for each in self.patients if may_see(each.site)),
            orders=tuple(each for each in self.orders if may_see(each.site)),
            stocks=tuple(each for each in self.stocks if may_see(each.site)),
            totals=tuple(each for each in self.totals if may_see(each.site)),
            demand=tuple(each for each in self.demand if may_see(each.site)),
            rates=tuple(each for each in self.rates if each.site is None or may_see(each.site)),
            notes=tuple(each for each in self.notes if each.site is None or may_see(each.site)),
        )
