"""Accountability: what was handed out, brought back and lost, by treatment and cycle, and what that says about the taking.

    dispensed = returned + taken + lost + missing

Tablets that are gone were taken only as far as the days account for them. What nobody can explain is *missing*, and never
taken. Before the return is counted nothing is known of taken and missing. What came back is never handed out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias, cast

from scheduler.dates import add_span
from scheduler.patient.course import Course
from scheduler.patient.events import CycleStarted, Dispensed, Lost, OfUnits, Returned
from scheduler.patient.log import Fact
from scheduler.protocol.plan.dosing.product import Product
from scheduler.vocabulary.dosage_forms import Count, as_count

LEAST_COMPLIANCE = Decimal(80)
"""Percent. Source: the usual bounds of oral oncology trials; below and above, somebody has to ask."""

MOST_COMPLIANCE = Decimal(120)
"""Percent."""

Cycle: TypeAlias = int | None
"""The number of a cycle; None for units that belong to no cycle that anybody started."""


@dataclass(frozen=True, slots=True)
class Supply:
    """The facts about the units of one treatment in one cycle, in the order they count.

    ``strength`` is that of its units where the treatment has several.
    """

    treatment: str
    cycle: Cycle
    facts: tuple[Fact, ...] = ()
    strength: str | None = None

    @property
    def dispensed(self) -> Count | None:
        """Units handed out; None while nobody recorded any."""
        return self._sum(Dispensed)

    @property
    def returned(self) -> Count | None:
        """Units that were brought back and counted; None until they were. An empty bottle that is counted is 0."""
        return self._sum(Returned)

    @property
    def lost(self) -> Count | None:
        """Units lost by the patient's account; None where none were reported."""
        return self._sum(Lost)

    def before(self, day: date) -> Supply:
        """What was known of it at the start of a day: the facts of earlier days."""
        return replace(self, facts=tuple(fact for fact in self.facts if fact.event.on < day))

    def since(self, day: date) -> Supply:
        """The facts of that day and later ones."""
        return replace(self, facts=tuple(fact for fact in self.facts if fact.event.on >= day))

    @property
    def handed_out(self) -> tuple[Dispensed, ...]:
        """Each time that units were handed out."""
        return tuple(fact.event for fact in self.facts if isinstance(fact.event, Dispensed))

    def expiring_before(self, last: date) -> list[Dispensed]:
        """What was handed out and may be used no longer than to a day before the last one that it is for."""
        return [event for event in self.handed_out if event.expires is not None and event.expires < last]

    def _sum(self, kind: type[OfUnits]) -> Count | None:
        quantities = [fact.event.quantity for fact in self.facts if isinstance(fact.event, kind)]
        return _in_short(sum(quantities)) if quantities else None


@dataclass(frozen=True, slots=True)
class Accountability:
    """What became of the units of one cycle. ``expected`` are the units of its dosing days, without off-days and ordered holds.

    ``taken``, ``missing`` and ``compliance`` are None until the return is counted, and where more came back than was handed
    out. ``extra`` are those of them that were taken on days without a planned dose. ``by_days`` are the units that the days
    explain, reported or presumed; None where no number can be told, and then neither are taken and missing.
    ``events`` are the numbers of the events that it rests on. ``strength`` is whose units these are, where there are
    several; ``in_ml``: these are mL of a liquid.
    """

    treatment: str
    cycle: Cycle
    dispensed: Count | None
    returned: Count | None
    lost: Count | None
    taken: Count | None
    missing: Count | None
    expected: Count | None
    events: tuple[int, ...] = ()
    extra: Count = 0
    by_days: Count | None = None
    strength: str | None = None
    in_ml: bool = False

    @property
    def compliance(self) -> Decimal | None:
        """Percent taken of what was expected; None until the return is counted, or where nothing was expected.

        Extra units make up for no missed ones: more than was expected is told as it is, less without them.
        """
        if self.taken is None or not self.expected:
            return None
        counted = self.taken if self.taken > self.expected else self.taken - self.extra
        return Decimal(100) * max(0, counted) / self.expected

    @property
    def out_of_bounds(self) -> bool:
        """True when compliance is below 80 or above 120 percent. While it is not known, it is not out of bounds."""
        compliance = self.compliance
        return compliance is not None and not LEAST_COMPLIANCE <= compliance <= MOST_COMPLIANCE

    @property
    def fewer_than_the_days(self) -> bool:
        """True when fewer units are gone than the days account for: a day that is told or presumed as taken was not."""
        return self.taken is not None and self.by_days is not None and self.taken < self.by_days

    @property
    def contradicts_itself(self) -> bool:
        """True when more came back or was lost than had been handed out: somebody has miscounted."""
        gone = (self.returned or 0) + (self.lost or 0)
        return gone > (self.dispensed or 0)


def supplies(course: Course, treatment: str, product: Product | None = None) -> dict[Cycle, Supply]:
    """The facts about the units of one treatment, by cycle; of a product that is one strength of several, those of its units.

    A fact that names no cycle belongs to the cycle of its day; a return to the one before, when it comes on a cycle's first
    day, because that is when the old bottles come back.
    """
    starts = _starts(course, treatment)
    strength = product.strength if product is not None else None
    by_cycle: dict[Cycle, list[Fact]] = {}
    for fact in course.of(Dispensed, Returned, Lost):
        event = cast(OfUnits, fact.event)
        if event.treatment == treatment and strength in (None, event.strength_in_short):
            by_cycle.setdefault(event.cycle or _cycle_of(event, starts), []).append(fact)
    return {cycle: Supply(treatment, cycle, tuple(facts), strength) for cycle, facts in by_cycle.items()}


def account(
    supply: Supply, expected: Count | None, accounted_for: Count | None = None, extra: Count = 0
) -> Accountability:
    """What became of the units of one cycle.

    ``expected`` are the units of the dosing days, without off-days and ordered holds. ``accounted_for`` are the units that the
    days explain, as reported or presumed; without it, ``expected``. Units that are gone beyond that are missing, and nothing is
    told where nobody knows what the days explain. ``extra`` are those among them of days without a planned dose.
    """
    taken, missing = None, None
    dispensed, returned = supply.dispensed, supply.returned
    explained = expected if accounted_for is None else accounted_for
    if dispensed is not None and returned is not None:
        gone = dispensed - returned - (supply.lost or 0)
        if gone >= 0 and explained is not None:
            taken = _in_short(min(gone, explained))
            missing = _in_short(gone - taken)
    numbers = tuple(number for fact in supply.facts for number in fact.numbers)
    return Accountability(
        supply.treatment,
        supply.cycle,
        dispensed,
        returned,
        supply.lost,
        taken,
        missing,
        expected,
        numbers,
        extra,
        explained,
        supply.strength,
    )


def of_what_is_needed(supply: Supply) -> Accountability:
    """What became of units that are taken as needed: what is gone was taken. No number is expected, and so none is missing."""
    counted, dispensed, returned = account(supply, None), supply.dispensed, supply.returned
    if dispensed is None or returned is None:
        return counted
    gone = dispensed - returned - (supply.lost or 0)
    return replace(counted, taken=_in_short(gone)) if gone >= 0 else counted


def _in_short(count: Count) -> Count:
    return as_count(Decimal(count))


def packs_for(days: Iterable[tuple[date, Count]], product: Product) -> int | None:
    """How many whole packs the units of these days need, when each lasts only so long once it is opened.

    None where the product comes without packs.
    """
    if product.per_pack is None:
        return None
    opened = run_down(days, product)
    return opened.packs


@dataclass(frozen=True, slots=True)
class Opened:
    """Packs opened one after the other: how many, what is left in the last one, and from which day on it is not used."""

    packs: int
    left: Count
    discard: date | None

    def usable(self, day: date) -> bool:
        """True while the opened pack may still be used."""
        return self.discard is None or day < self.discard


def run_down(days: Iterable[tuple[date, Count]], product: Product) -> Opened:
    """Take the units of these days, in order, from packs that are opened when the one before is empty or has expired."""
    assert product.per_pack is not None
    state = Opened(0, 0, None)
    for day, units in days:
        left: Count = state.left if state.usable(day) else 0
        packs, discard = state.packs, state.discard
        while left < units:
            packs, left, discard = packs + 1, left + product.per_pack, discard_day(day, product)
        state = Opened(packs, left - units, discard)
    return state


def discard_day(opened: date, product: Product) -> date | None:
    """The first day on which a pack opened on that day is no longer used; None where an opened pack lasts."""
    if product.opened_lasts is None:
        return None
    return date.fromordinal(add_span(opened.toordinal(), product.opened_lasts))


def _starts(course: Course, treatment: str) -> Mapping[int, date]:
    started = (cast(CycleStarted, fact.event) for fact in course.of(CycleStarted))
    return {event.cycle: event.on for event in started if event.treatment == treatment}


def _cycle_of(event: OfUnits, starts: Mapping[int, date]) -> Cycle:
    old = isinstance(event, Returned)
    begun = [cycle for cycle, start in starts.items() if start < event.on or (start == event.on and not old)]
    return max(begun, default=None)
