"""The pharmacy's list of a period over all patients of a study: what to hand out, prepare, count and collect, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from scheduler.calendar.engine.proposals.open_decisions import open_decisions
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.entry import Kind, Pending
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import Plan
from scheduler.said import SEMICOLONS, Value, listed, said, text_of
from scheduler.views.patients import Patient, patient_on
from scheduler.views.pharmacy.dispensing_line import (
    SURE,
    DispensingLine,
    DispensingList,
    LineStatus,
    ProductTotal,
    Work,
)
from scheduler.views.pharmacy.doses_to_prepare import PREPARED, doses_to_prepare
from scheduler.views.pharmacy.last_print import compared, is_in
from scheduler.views.pharmacy.open_decisions import marked_where_undecided
from scheduler.views.pharmacy.tablets_to_dispense import tablets_to_dispense
from scheduler.views.pharmacy.units_of_dose import unit_name
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.reader.hidden import DRUG_KINDS
from scheduler.vocabulary.dosage_forms import Count, as_count

NOT_SURE = (LineStatus.PROVISIONAL, LineStatus.AWAITING_DECISION, LineStatus.ON_HOLD, LineStatus.PENDING)
"""What may still be needed. A cancelled or moved line of the last print is not."""


def dispensing_list(
    patients: Iterable[Patient],
    first: date,
    last: date,
    printed: Iterable[DispensingLine] | None = None,
    lines_of: Callable[[Patient], Iterable[DispensingLine]] | None = None,
    on: date | None = None,
) -> DispensingList:
    """The list from the first to the last day, both included.

    ``lines_of`` gives a patient's lines where somebody has kept them: they are `lines_of_patient`, of the period at least, and
    whatever the period where there is a print before.

    What hangs on an open decision is listed apart, every later line of it. ``on`` is the day that it is looked at: what time
    alone makes the protocol propose by then is open too. Without it, what is open by the log alone.

    ``printed`` are all lines of the list that was printed last (its ``everything``): what differs is marked as changed.
    Raises ValueError for a calendar that ends before the period does: a dose would be missing without a word.
    """
    known = tuple(patients)
    for patient in known:
        end = patient.calendar.until
        if end is not None and end < last:
            raise ValueError(f"the calendar of {patient.subject} ends on {end}, before the list does on {last}")
    # What was printed may have moved out of the period: its lines are compared with all of now.
    period = (first, last) if printed is None else None
    lines = [line for each in known for line in marked_where_undecided(each, _lines_on(each, on, lines_of, period), on)]
    if printed is None:
        wanted = [line for line in lines if is_in(line, first, last)]
    else:
        wanted = list(compared(lines, printed, first, last))
    wanted.sort(key=_reading_order)
    return DispensingList(
        study=known[0].calendar.study if known else "",
        first=first,
        last=last,
        lines=tuple(line for line in wanted if line.status in SURE),
        apart=tuple(line for line in wanted if line.status not in SURE),
        totals=_totals(wanted, [patient.plan for patient in known if patient.plan is not None]),
    )


def _lines_on(
    patient: Patient,
    on: date | None,
    lines_of: Callable[[Patient], Iterable[DispensingLine]] | None,
    period: tuple[date, date] | None,
) -> Iterable[DispensingLine]:
    """A patient's lines on a day. Those that somebody has kept know of no day, but orders and proposals do."""
    of_the_log = open_decisions(patient.calendar, on) == open_decisions(patient.calendar, None)
    if lines_of is None or patient.calendar.before_orders or not of_the_log:
        return lines_of_patient(patient_on(patient, on), period)
    return lines_of(patient)


def lines_of_patient(
    patient: Patient, period: tuple[date, date] | None = None, as_planned_from: date | None = None
) -> Iterator[DispensingLine]:
    """All lines of one patient, whatever their dates; with a period all of its days, and what else comes with them.

    Cycles from ``as_planned_from`` on are looked at as if all goes as planned: for a forecast, never for a list to hand out by.
    """
    yield from tablets_to_dispense(patient, period, as_planned_from)
    yield from doses_to_prepare(patient, period)
    for pending in patient.calendar.pending:
        if pending.kind in DRUG_KINDS:
            yield _waiting(patient, pending)


def _waiting(patient: Patient, pending: Pending) -> DispensingLine:
    """A dose that nobody can date yet, with what it waits for."""
    on_hold = any(hold.treatment == pending.timeline and hold.resumed is None for hold in patient.calendar.holds)
    unknown = [reason.said for reason in pending.because.set_by if isinstance(reason, Unknown)]
    return DispensingLine(
        subject=patient.subject,
        entry=_id_of(pending),
        work=Work.PREPARE if pending.kind in PREPARED else Work.DISPENSE,
        visit=text_of(title_in_words(pending.title)),
        date=None,
        earliest=pending.not_before,
        latest=None,
        treatment=drug_called(patient.calendar, pending.timeline),
        dose=None,
        unit=None,
        level=None,
        units=None,
        packs=None,
        status=LineStatus.ON_HOLD if on_hold else LineStatus.PENDING,
        note=_unknown_of(unknown) if unknown else pending.rule or None,
        collect=None,
        lot=None,
        expires=None,
        covers=None,
        changed=None,
        in_packs=None,
    )


def _unknown_of(unknown: list[Value]) -> str:
    return text_of(said("not known: {what}", what=listed(*dict.fromkeys(unknown), how=SEMICOLONS)))


def _id_of(pending: Pending) -> str:
    """The id that the line will have once it is dated: of tablets, the cycle's day 1."""
    _, _, number = pending.id.rpartition(f"{pending.timeline}.")
    return f"{pending.id}.1" if pending.kind is Kind.ORAL and "." not in number else pending.id


def _reading_order(line: DispensingLine) -> tuple[bool, date, str, str, str]:
    """By day, then by patient, and of one entry by strength, as it was; what has no date comes last."""
    return (line.date is None, line.date or date.max, line.subject, line.treatment, line.entry)


def _totals(lines: list[DispensingLine], plans: list[Plan]) -> tuple[ProductTotal, ...]:
    """A total for each treatment; for each of its strengths where there are several."""
    found: list[ProductTotal] = []
    for name in sorted({line.treatment for line in lines}):
        own = [line for line in lines if line.treatment == name]
        products = next((plan.products[name] for plan in plans if name in plan.products), ())
        if len(products) <= 1:
            found += _totals_of_each(name, products[0] if products else None, own)
            continue
        # A line that nobody can tell the strength of yet is without a number in the total of each.
        parts = [[line for line in own if line.strength in (None, product.strength)] for product in products]
        found += [_total(name, product, part) for product, part in zip(products, parts, strict=True) if part]
    return tuple(found)


def _totals_of_each(treatment: str, product: Product | None, own: list[DispensingLine]) -> list[ProductTotal]:
    """One total; one of each where a version of the protocol before had other tablets: they are no sum."""
    names = list(dict.fromkeys(line.product for line in own if line.product is not None))
    if len(names) <= 1:
        return [_total(treatment, product, own)]
    # A line that nobody can tell the tablets of yet is without a number in the total of each.
    parts = [(name, [line for line in own if line.product in (None, name)]) for name in names]
    return [replace(_total(treatment, None, part), product=name) for name, part in parts]


def _total(treatment: str, product: Product | None, lines: list[DispensingLine]) -> ProductTotal:
    planned = [line for line in lines if line.status is LineStatus.PLANNED]
    apart = [line for line in lines if line.status in NOT_SURE]
    return ProductTotal(
        treatment=treatment,
        product=unit_name(product) if product is not None else None,
        units=_sum(planned),
        packs=_packs(planned),
        unknown=sum(line.units is None for line in planned),
        apart=_sum(apart),
        packs_apart=_packs(apart),
        lines_apart=len(apart),
    )


def _sum(lines: list[DispensingLine]) -> Count:
    return as_count(sum((Decimal(line.units or 0) for line in lines), Decimal(0)))


def _packs(lines: list[DispensingLine]) -> int | None:
    packs = [line.packs for line in lines if line.packs is not None]
    return sum(packs) if packs else None
