"""What one patient's infusions and injections ask of the pharmacy: a line for each day and drug, in whole vials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TypeAlias

from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.placing.by_version import as_started
from scheduler.calendar.entries.doses_in_words import time_in_words
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.said import SEMICOLONS, Said, joined, said, text_of
from scheduler.site.site import EVERY_DAY
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work
from scheduler.views.pharmacy.units_of_dose import band_in_words, drawn_from, unit_name, units_a_day
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.table import without_zeros
from scheduler.vocabulary.dosage_forms import Count

CivilDate: TypeAlias = date

PREPARED = (Kind.INFUSION, Kind.INJECTION)
"""What the pharmacy makes ready for one patient and one day. Fractions are not pharmacy."""

_STATUS = {
    Status.DONE: LineStatus.DONE,
    Status.NOT_DONE: LineStatus.NOT_DONE,
    Status.CANCELLED: LineStatus.CANCELLED,
    Status.HELD: LineStatus.ON_HOLD,
}


def doses_to_prepare(patient: Patient, period: tuple[date, date] | None = None) -> Iterator[DispensingLine]:
    """Every line for the infusions and injections of one patient, whatever the period, or those on its days."""
    plan = patient.plan
    if plan is None:
        return
    started = as_started(plan, EVERY_DAY, patient.course)
    for entry in patient.calendar.entries:
        line = plan.timelines.get(entry.timeline)
        if line is None or entry.kind not in PREPARED:
            continue
        days = [day for day in _days(entry) if period is None or period[0] <= day.date <= period[1]]
        own = started(line, entry.n) if days else line
        for day in days:
            yield from _of_day(patient, plan.that_has(own), own, entry, day)


@dataclass(frozen=True, slots=True)
class _Day:
    """One day on which something is to be given. ``number`` is None where the entry has a single day."""

    id: str
    number: int | None
    date: CivilDate
    status: Status
    doses: tuple[Dose, ...]
    flags: tuple[Flag, ...]


def _days(entry: Entry) -> Iterator[_Day]:
    if not entry.runs:
        if entry.date is not None:
            yield _Day(entry.id, None, entry.date, entry.status, entry.doses, entry.flags)
        return
    for run in entry.runs:
        for number in range(run.first_day, run.last_day + 1):
            on = run.first_date + timedelta(days=number - run.first_day)
            flags = tuple(dict.fromkeys((*entry.flags, *run.flags)))
            yield _Day(f"{entry.id}.{number}", number, on, run.status, run.doses, flags)


def _of_day(patient: Patient, plan: Plan, line: Timeline, entry: Entry, day: _Day) -> Iterator[DispensingLine]:
    gives = gives_on_day(line, entry.counts_as, day.number or 1)
    if not day.doses or len(day.doses) != len(gives):
        for name in dict.fromkeys(give.name for give in gives) or (line.name,):
            yield _line(patient, entry, day, name, None, None, _without_dose(day))
        return
    for give, dose in zip(gives, day.doses, strict=True):
        for product in plan.products.get(give.name) or (None,):
            units = units_a_day(dose, give, product, entry.kind)
            if product is None or units.count is None:
                yield _line(patient, entry, day, give.name, dose, None, units.why, product=product)
            elif units.count or not product.strengths:
                packs = None if product.per_pack is None else ceil(units.count / product.per_pack)
                note = drawn_from(units.count, product)
                yield _line(patient, entry, day, give.name, dose, units.count, note, packs, product)


def _without_dose(day: _Day) -> str:
    if day.status is Status.HELD:
        return text_of(said("on hold: prepare nothing"))
    if day.status in (Status.CANCELLED, Status.NOT_DONE):
        return text_of(said("{status}: prepare nothing", status=Said(day.status.value, context="status")))
    return text_of(said("the record does not say which drug and how much"))


def _line(
    patient: Patient,
    entry: Entry,
    day: _Day,
    drug: str,
    dose: Dose | None,
    units: Count | None,
    note: str | None,
    packs: int | None = None,
    product: Product | None = None,
) -> DispensingLine:
    leads = day.number is None or day.date == entry.date
    window = entry.window if leads else None
    return DispensingLine(
        subject=patient.subject,
        entry=day.id,
        work=Work.PREPARE,
        visit=visit_of(entry.title, day.number),
        date=day.date,
        earliest=window[0] if window is not None else None,
        latest=window[1] if window is not None else None,
        treatment=drug_called(patient.calendar, drug),
        dose=without_zeros(dose.amount) if dose is not None else None,
        unit=dose.unit if dose is not None else None,
        level=dose.level if dose is not None else None,
        units=units,
        packs=packs,
        status=_status(day),
        note=_note(dose, note),
        collect=None,
        lot=None,
        expires=None,
        covers=(day.date, day.date) if day.status in (Status.PLANNED, Status.DONE) else None,
        changed=None,
        in_packs=None,
        product=unit_name(product) if product is not None else None,
        strength=product.strength if product is not None else None,
    )


def _note(dose: Dose | None, note: str | None) -> str | None:
    over = None
    if dose is not None and dose.over is not None:
        over = text_of(said("over {time}", time=time_in_words(dose.over)))
    told = [part for part in (over, note, band_in_words(dose)) if part]
    return joined(told, SEMICOLONS) if told else None


def visit_of(title: str, day: int | None) -> str:
    """Toripalimab, dose 2; Regorafenib, cycle 3, day 15."""
    what = title_in_words(title)
    return text_of(what if day is None else said("{what}, day {day}", what=what, day=day))


def _status(day: _Day) -> LineStatus:
    if day.status in _STATUS:
        return _STATUS[day.status]
    if Flag.AWAITING_DECISION in day.flags:
        return LineStatus.AWAITING_DECISION
    return LineStatus.PROVISIONAL if Flag.PROVISIONAL in day.flags else LineStatus.PLANNED
