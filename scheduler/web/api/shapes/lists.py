"""Lists to work by: the coordinator's day and the pharmacy's weeks."""

from __future__ import annotations

from scheduler.views.pharmacy.dispensing_line import LineStatus, Work
from scheduler.web.api.shapes.shape import CivilDate, Shape


class WorklistLine(Shape):
    """One thing to look at."""

    subject: str
    """Whose it is."""
    entry: str | None
    """The entry of the calendar."""
    title: str
    """What it is."""
    date: CivilDate | None
    """When it is planned or was due."""
    time: str | None
    """The local time of an appointment."""
    window: tuple[CivilDate, CivilDate] | None
    """The first and the last allowed day."""
    days_left: int | None
    """How many days of the window are left; below 0 when it has closed."""
    status: str
    """Where it stands."""
    flags: list[str]
    """What else is to be known about it."""
    to_do: str
    """What to do."""


class Worklist(Shape):
    """The work of a day. An entry may be on two lists, which ask different things."""

    study: str
    """The study."""
    on: CivilDate
    """The day."""
    ahead_days: int
    """How many days it looks ahead."""
    due: list[WorklistLine]
    """Planned from that day on."""
    closing: list[WorklistLine]
    """Not recorded yet, and the window closes soon."""
    overdue: list[WorklistLine]
    """The date has passed and nobody recorded anything."""
    decisions: list[WorklistLine]
    """What a person has to decide, correct or record."""


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
    dose: str | None
    """The amount of one dose, as text."""
    unit: str | None
    """Its unit."""
    level: int | None
    """The dose level."""
    units: int | None
    """Tablets or vials to hand out; 0 where there is only something to count; null where it cannot be told."""
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


class ProductTotal(Shape):
    """What the period needs of one product."""

    treatment: str
    """The treatment."""
    product: str | None
    """The product."""
    units: int
    """Units still to be handed out."""
    packs: int | None
    """Whole packs still to be handed out."""
    unknown: int
    """Lines without a number: while this is not 0, the totals are too low."""
    apart: int
    """Units of lines that are not sure."""
    packs_apart: int | None
    """Packs of lines that are not sure."""
    lines_apart: int
    """How many lines these are."""


class Printed(Shape):
    """When the list was printed last."""

    first: CivilDate
    """The first day of that list."""
    last: CivilDate
    """Its last day."""
    at: str
    """When, in UTC."""
    by: str
    """By whom."""


class Dispensing(Shape):
    """The pharmacy's list of a period, both days included."""

    study: str
    """The study."""
    first: CivilDate
    """The first day."""
    last: CivilDate
    """The last day."""
    head: str
    """How far the study's log had come when the list was made. Give it back when the list is printed."""
    lines: list[DispensingLine]
    """What is sure."""
    apart: list[DispensingLine]
    """On hold, awaiting a decision, pending, provisional, cancelled, or moved since the last print: ask first."""
    totals: list[ProductTotal]
    """What the period needs of each product."""
    printed: Printed | None
    """The print that changes are marked against."""
