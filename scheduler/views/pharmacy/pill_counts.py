"""Pill counts of one patient: what was handed out, brought back and lost in each cycle, beside what the days ask for.

Expected are the units of the doses in force on dosing days that have come, without off-days and ordered holds. What the days
account for is what was reported, or is presumed where nobody reported. In a cycle that nobody recorded as started nothing is
presumed: no unit is expected to be gone, and what is gone all the same is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.placing.by_version import as_started
from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.course import Course
from scheduler.patient.cut_log import as_ordered
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.patient.supply import Accountability, Supply, account, of_what_is_needed, supplies
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.site.site import Site
from scheduler.views.pharmacy.extra_days import extra_days
from scheduler.views.pharmacy.products_by_version import as_in, products_of_all
from scheduler.views.pharmacy.units_of_dose import units_a_day
from scheduler.vocabulary.dosage_forms import Count, as_count


def pill_counts(version: StudyVersion, site: Site, log: Log, until: date) -> tuple[Accountability, ...]:
    """What became of the units of each treatment and cycle by the end of a day, in the order of treatments and cycles.

    A treatment in several strengths has a count for each.
    """
    course = replay(log)
    plan = plan_for(version, course)
    if plan is None:
        return ()
    actual = calendar_of(version, site, log, until=until)
    ordered = calendar_of(version, site, as_ordered(log), until=until, as_known=True)
    started = as_started(plan, site, course)
    return tuple(
        replace(counted, in_ml=product is not None and product.of_form.is_measured)
        for line in plan.treatments()
        for product in products_of_all(each.handed_out_as(line.name) for each in reversed(plan.with_earlier))
        for counted in _of_product(plan, line, product, course, actual, ordered, until, started)
    )


def _of_product(
    plan: Plan,
    line: Timeline,
    product: Product | None,
    course: Course,
    actual: Calendar,
    ordered: Calendar,
    until: date,
    started: Callable[[Timeline, int], Timeline],
) -> Iterator[Accountability]:
    facts = supplies(course, line.name, product)
    cycles = [entry.n for entry in actual.entries if entry.timeline == line.name and entry.kind is Kind.ORAL]
    for cycle in [
        *sorted({*cycles, *(each for each in facts if each is not None)}),
        *([None] if None in facts else []),
    ]:
        own = started(line, cycle) if cycle is not None else line
        its_plan = plan.that_has(own)
        family = its_plan.handed_out_as(line.name)
        its = as_in(family, product)
        if its is None and family:
            continue
        nothing = Supply(line.name, cycle, strength=its.strength if its is not None else None)
        supply = supplies(course, line.name, its).get(cycle, nothing).before(until + timedelta(days=1))
        expected = _units(its_plan, its, own, ordered.entry(f"{line.name}.{cycle}"))
        accounted_for = _units(its_plan, its, own, actual.entry(f"{line.name}.{cycle}"))
        extra = _extra_units(its, own, actual, cycle) if cycle is not None else 0
        if supply.facts and line.as_needed:
            yield of_what_is_needed(supply)
        elif supply.facts and cycle is None:
            # Nobody started a cycle with them: no day explains what is gone.
            yield account(supply, None, 0)
        elif supply.facts and (extra is None or accounted_for is None):
            # Nobody can tell what the days explain: neither what was taken nor what is missing is known.
            yield replace(account(supply, None), expected=expected)
        elif supply.facts:
            yield account(supply, expected, (accounted_for or 0) + (extra or 0), extra or 0)


def _extra_units(product: Product | None, line: Timeline, actual: Calendar, cycle: int) -> Count | None:
    """The units taken on days without a planned dose; None where nobody can tell."""
    total: Count = 0
    for day in extra_days(line, product, actual.entries, cycle):
        if day.units.count is None:
            return None
        total += day.units.count
    return total


def _units(plan: Plan, product: Product | None, line: Timeline, entry: Entry | None) -> Count | None:
    """The units of the dosing days of one cycle; None where no number can be told."""
    if entry is None:
        return None
    if not entry.runs:
        return None if entry.kind is not Kind.ORAL else 0
    total: Count = 0
    for run in entry.runs:
        if run.status is not Status.DONE and not (run.status is Status.PLANNED and entry.status is Status.DONE):
            continue
        gives = gives_on_day(line, entry.counts_as, run.first_day)
        if len(gives) != 1 or len(run.doses) != 1:
            return None
        give, dose = gives[0], run.doses[0]
        reported = run.status is Status.DONE and dose.is_as_reported
        units = units_a_day(
            dose, give, product or _only(plan.products_of(give.name, line.name)), entry.kind, reported=reported
        )
        if units.count is None:
            return None
        total += units.count * (run.last_day - run.first_day + 1)
    return as_count(Decimal(total))


def _only(products: tuple[Product, ...]) -> Product | None:
    return products[0] if len(products) == 1 else None
