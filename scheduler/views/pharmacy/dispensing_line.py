"""What the pharmacy reads: a line for each thing to hand out, prepare, count or collect, and what the period needs in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from scheduler.views.table import Cell, Table

CivilDate: TypeAlias = date

COLUMNS = (
    "subject",
    "date",
    "earliest",
    "latest",
    "treatment",
    "dose",
    "unit",
    "level",
    "units",
    "packs",
    "status",
    "note",
)
"""The columns of the CSV: a public interface."""

ROOM = ("visit", "collect back", "lot", "expiry", "prepared by", "checked by")
"""What the printed list has beside them: what to collect, and room for the pharmacist's pen."""

TOTAL_COLUMNS = (
    "treatment",
    "product",
    "units",
    "packs",
    "lines without a number",
    "units apart",
    "packs apart",
    "lines apart",
)
"""The columns of the totals."""


class Work(StrEnum):
    """What a line asks the pharmacy to do."""

    DISPENSE = "dispense"
    PREPARE = "prepare"
    HOLD = "hold"
    RESUME = "resume"
    RELABEL = "relabel"
    COLLECT = "collect"


class LineStatus(StrEnum):
    """How a line stands by the log alone."""

    PLANNED = "planned"
    DONE = "done"
    NO_RECORD = "no record"
    NOT_DONE = "not done"
    PROVISIONAL = "provisional"
    AWAITING_DECISION = "awaiting decision"
    ON_HOLD = "on hold"
    PENDING = "pending"
    CANCELLED = "cancelled"
    MOVED = "moved"


SURE = (LineStatus.PLANNED, LineStatus.DONE, LineStatus.NO_RECORD, LineStatus.NOT_DONE)
"""What stands on the list itself. Everything else is listed apart: nothing is prepared for it before somebody has asked."""


@dataclass(frozen=True, slots=True)
class DispensingLine:
    """One line of the pharmacy's list. Dates are civil dates at the site.

    ``units`` is how many tablets or vials to hand out: 0 where there is only something to count or to collect, None where the
    number cannot be told (and ``note`` says why). ``packs`` are whole packs; None where the product comes without packs.
    ``covers`` are the first and the last date of the doses that the line is for; ``changed`` says what differs from the last
    print.
    """

    subject: str
    entry: str
    work: Work
    visit: str
    date: CivilDate | None
    earliest: CivilDate | None
    latest: CivilDate | None
    treatment: str
    dose: Decimal | None
    unit: str | None
    level: int | None
    units: int | None
    packs: int | None
    status: LineStatus
    note: str | None = None
    collect: str | None = None
    lot: str | None = None
    expires: CivilDate | None = None
    covers: tuple[CivilDate, CivilDate] | None = None
    changed: str | None = None

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of the public CSV."""
        return (
            self.subject,
            self.date,
            self.earliest,
            self.latest,
            self.treatment,
            self.dose,
            self.unit,
            self.level,
            self.units,
            self.packs,
            self.status.value,
            "; ".join(part for part in (self.changed, self.note) if part) or None,
        )

    def cells_with_room(self) -> tuple[Cell, ...]:
        """The same with what the printed list has beside it: two cells stay empty for the pharmacist's pen."""
        return (*self.cells(), self.visit, self.collect, self.lot, self.expires, None, None)


@dataclass(frozen=True, slots=True)
class ProductTotal:
    """What a period needs of one product: units and whole packs still to be handed out.

    ``apart`` are the units and ``packs_apart`` the packs of lines that are not sure, ``lines_apart`` how many lines these are.
    ``unknown`` is the number of sure lines whose number cannot be told: while it is not 0, the totals are too low.
    """

    treatment: str
    product: str | None
    units: int
    packs: int | None
    unknown: int
    apart: int
    packs_apart: int | None
    lines_apart: int


@dataclass(frozen=True, slots=True)
class DispensingList:
    """The pharmacy's list of a period, over all patients of a study. Both days are included.

    ``lines`` are sure. ``apart`` is on hold, awaiting a decision, pending, provisional, cancelled, or moved since the last print.
    """

    study: str
    first: date
    last: date
    lines: tuple[DispensingLine, ...]
    apart: tuple[DispensingLine, ...]
    totals: tuple[ProductTotal, ...]

    @property
    def title(self) -> str:
        """What the list is called."""
        return f"{self.study} dispensing, {self.first} to {self.last}"

    @property
    def everything(self) -> tuple[DispensingLine, ...]:
        """All lines, the sure ones first: what the next list is compared with."""
        return (*self.lines, *self.apart)

    def table(self) -> Table:
        """Every line, the sure ones first, with exactly the columns of the public CSV."""
        return Table(self.title, COLUMNS, tuple(line.cells() for line in self.everything))

    def tables(self) -> tuple[Table, ...]:
        """The lists to print: to hand out (with room to write), listed apart, totals."""
        return (
            Table(self.title, (*COLUMNS, *ROOM), tuple(line.cells_with_room() for line in self.lines)),
            Table("Listed apart: ask first", (*COLUMNS, *ROOM), tuple(line.cells_with_room() for line in self.apart)),
            Table("Totals", TOTAL_COLUMNS, tuple(_cells_of(total) for total in self.totals)),
        )


def _cells_of(total: ProductTotal) -> tuple[Cell, ...]:
    return (
        total.treatment,
        total.product,
        total.units,
        total.packs,
        total.unknown,
        total.apart,
        total.packs_apart,
        total.lines_apart,
    )
