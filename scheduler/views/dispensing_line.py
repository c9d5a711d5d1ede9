"""What the pharmacy reads: a line for each thing to hand out, prepare, count or collect, and what the period needs in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scheduler.views.table import Table

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
    ``covers`` are the first and the last date of the doses that the line is for. ``changed`` says what differs from the last print.
    """

    subject: str
    entry: str
    work: Work
    visit: str
    date: date | None
    earliest: date | None
    latest: date | None
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
    expires: date | None = None
    covers: tuple[date, date] | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class ProductTotal:
    """What a period needs of one product: units and whole packs still to be handed out.

    ``apart`` counts the units of lines that are not sure. ``unknown`` is the number of lines whose number cannot be told: while
    it is not 0, the totals are too low.
    """

    treatment: str
    form: str | None
    units: int
    packs: int | None
    apart: int
    unknown: int


@dataclass(frozen=True, slots=True)
class DispensingList:
    """The pharmacy's list of a period, over all patients of a study. Both days are included.

    ``lines`` are sure; ``apart`` is on hold, awaiting a decision, pending, provisional, cancelled, or moved since the last print.
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

    def table(self) -> Table:
        """Every line, sure ones first, with exactly the columns of the public CSV."""
        return Table(self.title, COLUMNS, ())

    def tables(self) -> tuple[Table, ...]:
        """The lists to print: to hand out (with room to write), listed apart, totals."""
        return (self.table(),)
