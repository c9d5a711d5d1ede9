"""A dose that is a multiple of another: twice the maintenance dose, half of dose 1."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times which dose. ``share`` is divided by ``parts``: 1 of 3 for a third.

    ``of`` is the treatment whose dose it is, None where it is the treatment's own; ``number`` is that of its dose, None where
    it has but one.
    """

    share: Decimal
    parts: int = 1
    of: str | None = None
    number: int | None = None

    def of_amount(self, amount: Decimal) -> Decimal:
        """So many times an amount."""
        return amount * self.share / self.parts
