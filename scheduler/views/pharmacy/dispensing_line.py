"""What the pharmacy reads: a line for each thing to hand out, prepare, count or collect, and what the period needs in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose
from scheduler.said import SEMICOLONS, Code, Text, joined, said, text_of
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.views.table import Cell, Table, without_zeros
from scheduler.vocabulary.dosage_forms import Count

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
    "product",
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
class DispensingLine(Shape):
    """One thing to hand out, prepare, count or collect."""

    subject: str
    """Whose it is."""
    entry: str
    """The entry of the calendar."""
    work: Work
    """What the pharmacy does."""
    visit: str
    """The visit at which it is done."""
    date: CivilDate | None
    """When."""
    earliest: CivilDate | None
    """The first day on which it may be."""
    latest: CivilDate | None
    """The last day on which it may be."""
    treatment: str
    """The treatment."""
    dose: Decimal | None
    """The amount of one dose, as text."""
    unit: str | None
    """Its unit."""
    level: int | None
    """The dose level."""
    units: Count | None
    """Tablets, mL or vials to hand out; 0 where there is only something to count; null where it cannot be told."""
    packs: int | None
    """Whole packs to hand out."""
    status: LineStatus
    """How sure it is."""
    note: str | None
    """What else the pharmacist has to know."""
    collect: str | None
    """What to collect back."""
    lot: str | None
    """The lot that was handed out."""
    expires: CivilDate | None
    """Until when that may be used."""
    covers: tuple[CivilDate, CivilDate] | None
    """The first and the last day of the doses that it is for."""
    changed: str | None
    """What is different since the last print."""
    in_packs: Count | None
    """The units in the whole packs: what is handed out and counted."""
    product: str | None = None
    """What one unit is: "20 mg tablet"."""
    strength: str | None = None
    """What one unit holds, where the drug comes in several strengths: each has its own line."""

    @property
    def one_dose(self) -> str | None:
        """The amount of one dose with its unit: "80 mg", "2 puffs"."""
        return None if self.dose is None else text_of(dose_in_words(Dose(self.dose, self.unit or "")))

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of the public CSV."""
        return (
            self.subject,
            self.date,
            self.earliest,
            self.latest,
            self.treatment,
            without_zeros(self.dose),
            self.unit,
            self.level,
            self.units,
            self.packs,
            self.status.value,
            joined(parts, SEMICOLONS) if (parts := [each for each in (self.changed, self.note) if each]) else None,
            self.product,
        )

    def cells_with_room(self) -> tuple[Cell, ...]:
        """The same with what the printed list has beside it: two cells stay empty for the pharmacist's pen."""
        return (*self.cells(), self.visit, self.collect, self.lot, self.expires, None, None)


@dataclass(frozen=True, slots=True)
class ProductTotal(Shape):
    """What the period needs of one product."""

    treatment: str
    """The treatment."""
    product: str | None
    """The product."""
    units: Count
    """Units still to be handed out."""
    packs: int | None
    """Whole packs still to be handed out."""
    unknown: int
    """Lines without a number: while this is not 0, the totals are too low."""
    apart: Count
    """Units of lines that are not sure."""
    packs_apart: int | None
    """Packs of lines that are not sure."""
    lines_apart: int
    """How many lines these are."""


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
    def title(self) -> Text:
        """What the list is called."""
        first, last = Code(f"{self.first}"), Code(f"{self.last}")
        return text_of(said("{study} dispensing, {first} to {last}", study=Code(self.study), first=first, last=last))

    @property
    def everything(self) -> tuple[DispensingLine, ...]:
        """All lines, the sure ones first: what the next list is compared with."""
        return (*self.lines, *self.apart)

    def table(self) -> Table:
        """Every line, the sure ones first, with exactly the columns of the public CSV."""
        return Table(self.title, COLUMNS, tuple(line.cells() for line in self.everything))

    def tables(self) -> tuple[Table, ...]:
        """The lists to print: to hand out (with room to write), listed apart, totals."""
        sure, apart = (tuple(line.cells_with_room() for line in lines) for lines in (self.lines, self.apart))
        return (
            Table(self.title, (*COLUMNS, *ROOM), sure),
            Table(text_of(said("Listed apart: ask first")), (*COLUMNS, *ROOM), apart),
            Table(text_of(said("Totals")), TOTAL_COLUMNS, tuple(_cells_of(total) for total in self.totals)),
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
