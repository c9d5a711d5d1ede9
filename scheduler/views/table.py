"""A list as rows and columns: the dispensing list, the worklist, the deviations and one patient's dates are all this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal | date | None
"""What one field of a list holds. A missing value is None: never an empty text, never 0."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list that can be read on a screen, printed, opened in a spreadsheet or handed to a program.

    Every row has one cell for each column. Dates are civil dates at the site; amounts are Decimal with their unit in a column
    of its own.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        """A row that is too long or too short would put a dose under a wrong heading: refused."""
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} of '{self.title}' has {len(row)} cells for {len(self.columns)} columns")


def without_zeros(amount: Decimal | None) -> Decimal | None:
    """An amount as it is read aloud: 80, never 80.00, which is read as 8000."""
    return None if amount is None else Decimal(f"{amount.normalize():f}")
