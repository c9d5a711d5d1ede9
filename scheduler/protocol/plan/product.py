"""What the pharmacy hands out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scheduler.dates import Span
from scheduler.findings import said_together
from scheduler.protocol.plan.strengths import Strengths, made_of, only_way


@dataclass(frozen=True, slots=True)
class Product:
    """What the pharmacy hands out: one unit's amount, units in a pack, how long an opened pack lasts, and for how long it is
    handed out at a time (None: for the whole cycle).

    A drug that comes in several strengths is as many products; ``strengths`` are those of all of them, in one unit, the largest
    first. Where there is one strength it is empty.
    """

    name: str
    unit_amount: Decimal
    unit: str
    form: str
    per_pack: int | None = None
    pack: str | None = None
    opened_lasts: Span | None = None
    handed_out_every: Span | None = None
    strengths: Strengths = ()

    def __str__(self) -> str:
        """One unit: "40 mg tablet"."""
        return f"{self.unit_amount.normalize():f} {self.unit} {self.form}"

    @property
    def sizes(self) -> Strengths:
        """What one unit of each strength holds that a dose may be made of, the largest first."""
        return self.strengths or (self.unit_amount,)

    @property
    def strength(self) -> str | None:
        """How this strength is told from the others, such as "20 mg"; None where there are no others."""
        return f"{self.unit_amount.normalize():f} {self.unit}" if self.strengths else None

    @property
    def all_units(self) -> str:
        """What a dose is made of: "40 mg tablets", "20 mg and 15 mg tablets"."""
        return f"{said_together(f'{each.normalize():f} {self.unit}' for each in self.sizes)} {self.form}s"

    def units_in(self, amount: Decimal) -> int | None:
        """How many units of this strength are in an amount in its unit: 0 for one made of others, None where none make it."""
        return self._own(made_of(amount, self.sizes))

    def units_in_taken(self, amount: Decimal, times: int | None = None) -> int | None:
        """How many units of this strength were in the amount of a whole day, of so many doses where that is known.

        Equal doses where units make them; else the one way to make the amount. None where there are several ways, or none.
        """
        each = self.units_in(amount / times) if times is not None else None
        return each * times if each is not None and times is not None else self._own(only_way(amount, self.sizes))

    def _own(self, counts: tuple[int, ...] | None) -> int | None:
        return counts[self.sizes.index(self.unit_amount)] if counts is not None else None
