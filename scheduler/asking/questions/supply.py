"""What the pharmacy hands out and counts: lots past their day, parts of packs, more back than was handed out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import ceil

from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.questions.numbers import skipped_before
from scheduler.calendar.entries.doses_in_words import count_in_words
from scheduler.calendar.entries.entry import Entry, Status
from scheduler.patient.course import Course
from scheduler.patient.events import Dispensed, Lost, OfUnits, Returned
from scheduler.patient.supply import Cycle, Supply, supplies
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.dosing.products_in_words import parts_in_words, product_in_words
from scheduler.said import Code, counted, said
from scheduler.vocabulary.dosage_forms import Count, as_count


def expired_lot(candidate: Candidate) -> Iterator[Told]:
    """Units whose last day comes before that of the dosing that they are for."""
    event = candidate.event
    if not isinstance(event, Dispensed) or event.expires is None:
        return
    if event.expires < event.on:
        what = said(
            "the lot expired on {expires}, before it was handed out on {on}",
            expires=Code(f"{event.expires}"),
            on=Code(f"{event.on}"),
        )
        yield Told(what, "expires", said("look at the day on the pack; an expired pack goes back to the pharmacy"))
        return
    last = _last_dosing_day(candidate, event)
    if last is not None and event.expires < last:
        what = said(
            "the lot expires on {expires}, before {last}, the last day of dosing that it is for",
            expires=Code(f"{event.expires}"),
            last=Code(f"{last}"),
        )
        yield Told(what, "expires", said("hand out a pack that lasts, or plan another for the days after"))


def _last_dosing_day(candidate: Candidate, event: Dispensed) -> date | None:
    cycle = _cycle_of(candidate.course_after, event, candidate.number)
    entry = candidate.calendar_after.entry(f"{event.treatment}.{cycle}") if cycle is not None else None
    if entry is None or not entry.runs:
        return entry.date if entry is not None else None
    return max((run.last_date for run in entry.runs if run.status is not Status.CANCELLED), default=None)


def _cycle_of(course: Course, event: OfUnits, number: int) -> Cycle:
    for cycle, supply in supplies(course, event.treatment).items():
        if any(number in fact.numbers for fact in supply.facts):
            return cycle
    return event.cycle


def more_than_the_cycle_takes(candidate: Candidate) -> Iterator[Told]:
    """More units handed out for a cycle than its days take and one pack: a tenfold number, or the same bottles twice."""
    event = candidate.event
    product = _product(candidate, event) if isinstance(event, Dispensed) else None
    if not isinstance(event, Dispensed) or product is None or product.strengths or not product.per_pack:
        return
    cycle = _cycle_of(candidate.course_after, event, candidate.number)
    entry = candidate.calendar_after.entry(f"{event.treatment}.{cycle}")
    supply = supplies(candidate.course_after, event.treatment, product).get(cycle)
    needed = _needed(entry, product) if entry is not None else None
    if supply is None or needed is None:
        return
    left = (supply.dispensed or 0) - _gone(supply)
    most = (ceil(needed / product.per_pack) + 1) * product.per_pack
    if left > most:
        what = said(
            "{left} units are handed out for cycle {cycle}, which takes {needed}",
            left=Code(f"{left}"),
            cycle=Code(f"{cycle}"),
            needed=Code(f"{as_count(needed)}"),
        )
        yield Told(what, "quantity", said("look at the number, at the cycle, and whether it was recorded before"))


def _needed(entry: Entry, product: Product) -> Decimal | None:
    """The units that the days of a cycle take; None where nobody can tell."""
    units = Decimal(0)
    for run in entry.runs:
        for dose in run.doses:
            of_day = dose.of_day if dose.unit == product.unit and dose.most_of_day is None else None
            if of_day is None:
                return None
            units += of_day / product.unit_amount * (run.last_day - run.first_day + 1)
    return units or None


def cycle_ahead(candidate: Candidate) -> Iterator[Told]:
    """Units for a cycle after the next one: handed out in order, each cycle comes after one that began or has its units."""
    event = candidate.event
    line = candidate.treatment(event.treatment) if isinstance(event, Dispensed) else None
    if not isinstance(event, Dispensed) or event.cycle is None or line is None:
        return
    handed_out = {each for each in supplies(candidate.course, event.treatment) if each is not None}
    skipped = skipped_before(candidate, line, event.cycle, handed_out)
    if skipped:
        what = said(
            "the units are for cycle {cycle}, and the next one is cycle {next}",
            cycle=Code(f"{event.cycle}"),
            next=Code(f"{skipped[0]}"),
        )
        yield Told(what, "cycle", said("look at the cycle; what was handed out before belongs into the log first"))


def part_of_a_pack(candidate: Candidate) -> Iterator[Told]:
    """A number of units that is no number of whole packs."""
    event = candidate.event
    product = _product(candidate, event) if isinstance(event, Dispensed) else None
    if isinstance(event, Dispensed) and product is not None and product.per_pack and event.quantity % product.per_pack:
        packs, form = ceil(event.quantity / product.per_pack), product.of_form
        number = Code(form.number(event.quantity))
        if form.is_measured:
            what = said("{number} mL are no number of whole packs of {units}", number=number, units=product.per_pack)
        else:
            what = said("{number} units are no number of whole packs of {units}", number=number, units=product.per_pack)
        hint = counted(
            "{n} whole pack is {units}", "{n} whole packs are {units}", packs, units=packs * product.per_pack
        )
        yield Told(what, "quantity", hint)


def part_of_a_unit(candidate: Candidate) -> Iterator[Told]:
    """Half a tablet that nobody can have, or a part of a mL that nobody can measure: likely a slip of the hand."""
    event = candidate.event
    product = _product(candidate, event) if isinstance(event, OfUnits) else None
    if isinstance(event, OfUnits) and product is not None and event.quantity % product.step:
        form = product.of_form
        what = said(
            "{english} cannot be counted: {product} is given in {parts}",
            english=count_in_words(form, event.quantity),
            product=product_in_words(product),
            parts=parts_in_words(product),
        )
        yield Told(what, "quantity", said("count again, in single units and not in packs"))


def _product(candidate: Candidate, event: OfUnits) -> Product | None:
    """The product that the units are of, by their strength: of a cycle started under an earlier version, that version's."""
    calendar, cycle = candidate.calendar_after, _cycle_of(candidate.course_after, event, candidate.number)
    its = calendar.products_before.get(f"{event.treatment}.{cycle}", calendar.products)
    plans = sorted(candidate.plans(), key=lambda plan: plan.products != its)
    found = (each for plan in plans for each in plan.handed_out_as(event.treatment))
    return next((each for each in found if each.strength in (None, event.strength_in_short)), None)


def more_than_handed_out(candidate: Candidate) -> Iterator[Told]:
    """More units back, or lost, than were handed out; also where what was handed out is corrected to fewer."""
    event = candidate.event
    if not isinstance(event, OfUnits) or (isinstance(event, Dispensed) and not candidate.is_correction):
        return
    cycle = _cycle_of(candidate.course_after, event, candidate.number)
    supply = supplies(candidate.course_after, event.treatment, _product(candidate, event)).get(cycle)
    if supply is None or _gone(supply) <= (supply.dispensed or 0):
        return
    product, many = _product(candidate, event), Decimal(_gone(supply))
    measured = product is not None and product.of_form.is_measured
    gone = said("{number} mL", number=many) if measured else said("{number} units", number=many)
    if supply.strength is not None:
        gone = said("{number} of {strength}", number=gone, strength=Code(supply.strength))
    if cycle is not None:
        gone = said("{number} of cycle {cycle}", number=gone, cycle=Code(str(cycle)))
    if supply.dispensed is None:
        what = said("{number} came back or were lost, but none were recorded as handed out", number=gone)
    else:
        of = Decimal(supply.dispensed)
        what = said("{number} came back or were lost, but {of} were handed out", number=gone, of=of)
    yield Told(what, "quantity", said("count again, and look at the cycle; what was handed out is recorded first"))


def before_handed_out(candidate: Candidate) -> Iterator[Told]:
    """Units back, or lost, on a day before any were handed out; and an empty bottle of what nobody handed out."""
    event = candidate.event
    if not isinstance(event, Returned | Lost):
        return
    cycle = _cycle_of(candidate.course_after, event, candidate.number)
    supply = supplies(candidate.course_after, event.treatment).get(cycle)
    out = [fact for fact in (supply.facts if supply is not None else ()) if isinstance(fact.event, Dispensed)]
    first = min(out, key=lambda fact: fact.day, default=None)
    hint = said("look at the cycle and the day; what was handed out is recorded first")
    if first is not None and event.on < first.event.on:
        what = said(
            "the units come back or were lost on {on}, before {day}, when they were handed out",
            on=Code(f"{event.on}"),
            day=Code(f"{first.event.on}"),
        )
        yield Told(what, "on", hint, events=first.numbers)
    if first is None and not event.quantity:
        yield Told(said("nobody recorded that any units were handed out for it"), "cycle", hint)


def _gone(supply: Supply) -> Count:
    return (supply.returned or 0) + (supply.lost or 0)
