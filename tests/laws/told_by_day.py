"""What a calendar says of each treatment on each day, told anew from its runs: what every output is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind, Status
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.protocol.plan.study import Plan

DRUGS = (Kind.ORAL, Kind.INFUSION, Kind.INJECTION, Kind.FRACTION)
STANDS = (Status.PLANNED, Status.DONE)
TIMES = {
    None: 1,
    "once in the evening": 1,
    "once in the morning": 1,
    "twice daily": 2,
    "three times daily": 3,
    "four times daily": 4,
    "every 4 hours": 6,
    "every 6 hours": 4,
    "every 8 hours": 3,
    "daily by continuous infusion": None,
}


@dataclass(frozen=True)
class Said:
    """One day of one treatment. ``name`` is how the public JSON calls it; ``leads``: the patient comes for it."""

    name: str
    entry: Entry
    on: date
    status: Status
    doses: tuple[Dose, ...]
    awaits: bool
    provisional: bool
    leads: bool

    @property
    def is_sure(self) -> bool:
        """Planned or done, and nobody has to decide."""
        return self.status in STANDS and not self.awaits

    @property
    def kind(self) -> Kind:
        return self.entry.kind


def said_by(calendar: Calendar) -> Iterator[Said]:
    """Every dated thing but periods, dosing days one by one."""
    for entry in calendar.entries:
        if entry.kind is Kind.PERIOD:
            continue
        if not entry.runs and entry.date is not None:
            name = f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id
            yield _said(name, entry, entry.date, entry.status, entry.doses, entry.flags, leads=True)
        for place, run in enumerate(entry.runs):
            for step in range((run.last_date - run.first_date).days + 1):
                flags = (*entry.flags, *run.flags)
                on = run.first_date + timedelta(days=step)
                leads = place == step == 0
                yield _said(f"{entry.id}.{run.first_day + step}", entry, on, run.status, run.doses, flags, leads=leads)


def _said(
    name: str, entry: Entry, on: date, status: Status, doses: tuple[Dose, ...], flags: tuple[Flag, ...], *, leads: bool
) -> Said:
    awaits, provisional = Flag.AWAITING_DECISION in flags, Flag.PROVISIONAL in flags
    return Said(name, entry, on, status, doses, awaits, provisional, leads)


def amounts_a_day(said: Said) -> Iterator[tuple[str, str, Decimal | None]]:
    """Drug, unit and amount of the whole day. A report states a whole day, an order each dose of it."""
    for dose in said.doses:
        times = 1 if said.status is Status.DONE and dose.level is None else TIMES.get(dose.often, 1)
        known = None if dose.amount is None or times is None else dose.amount * times
        yield dose.of or treatment_of(said.entry.timeline), dose.unit, known


def tablets_a_day(said: Said, plan: Plan) -> int | None:
    """How many tablets the day takes, None where that is no whole number."""
    total = 0
    for drug, unit, amount in amounts_a_day(said):
        product, *others = plan.products.get(drug) or (None,)
        assert not others
        if product is None or amount is None or unit != product.unit or amount % product.unit_amount:
            return None
        total += int(amount / product.unit_amount)
    return total
