"""What one patient's tablets ask of the pharmacy: a line at each day 1, and one for each hold, resume, change and end.

Tablets of several strengths have lines of their own, each with its part of every dose.

- Day 1 covers all dosing days of that cycle at the level in force on that day, in whole packs. What is left of the cycle
  before is collected and counted then, and not reckoned with: a patient who has two opened bottles takes from the wrong one.
- Where the protocol says for how long it is handed out at a time, each of these times has its line.
- Inside a cycle only what is short is handed out: what is still needed at the new level, less what the patient should have.
- What came back is never handed out again, and an opened pack is not reckoned with once it has expired.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import cast

from scheduler.calendar.engine.dosing.cycle_days import drugs_of_cycle
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.by_version import place_by_version
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.entry import Dose, Entry, Flag, Kind, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.identity import Memo, Same
from scheduler.patient.supply import Supply, supplies
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.study import HeldDays, Timeline
from scheduler.said import SEMICOLONS, Said, Value, joined, said, said_of, text_of
from scheduler.site.site import EVERY_DAY
from scheduler.views.agenda.tablets import days_without_tablets
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work
from scheduler.views.pharmacy.doses_to_prepare import visit_of
from scheduler.views.pharmacy.extra_days import extra_days
from scheduler.views.pharmacy.oral_cycle import HandedOut, OralCycle, dosing_days
from scheduler.views.pharmacy.products_by_version import as_in, products_of_all
from scheduler.views.pharmacy.quantity import (
    Quantity,
    difference_in_words,
    expired_in_words,
    nothing_of,
    on_day_one,
    on_day_one_in_words,
    short_on,
    units_said,
)
from scheduler.views.pharmacy.supply_marks import TO_TAKE, Mark, cycle_ended, cycles_asked_for, endings_of, marks_of
from scheduler.views.pharmacy.units_of_dose import Units, band_in_words, unit_name
from scheduler.views.reader.drugs_called import drug_called
from scheduler.views.table import without_zeros
from scheduler.vocabulary.dosage_forms import Count


def tablets_to_dispense(
    patient: Patient, period: tuple[date, date] | None = None, as_planned_from: date | None = None
) -> Iterator[DispensingLine]:
    """Every line for the tablets of one patient, whatever the period, or those on its days.

    Of a cycle that begins on ``as_planned_from`` or later, what is handed out within it is counted as if all is taken as
    planned; else nobody can tell it before the cycle was recorded as started.
    """
    plan = patient.plan
    if plan is None:
        return
    ev = Evaluation(plan, EVERY_DAY, patient.course, place_by_version if plan.earlier else place)
    for line in plan.treatments():
        if line.kind != Kind.ORAL:
            continue
        for drug in dict.fromkeys(give.name for give in line.gives):
            families = [each.products.get(drug, ()) for each in reversed(plan.with_earlier)]
            for product in products_of_all(families):
                lines = _of_product(patient, ev, line, drug, product, period, as_planned_from)
                yield from (each for each in lines if period is None or _is_on(each, period))


def _is_on(line: DispensingLine, period: tuple[date, date]) -> bool:
    return line.date is not None and period[0] <= line.date <= period[1]


@dataclass(frozen=True, slots=True)
class _Told:
    """A cycle with its lines, and what they presume was handed out (None where a number is missing)."""

    cycle: OralCycle
    lines: tuple[DispensingLine, ...]
    presumed: tuple[HandedOut, ...] | None


def _of_product(
    patient: Patient,
    ev: Evaluation,
    line: Timeline,
    drug: str,
    product: Product | None,
    period: tuple[date, date] | None,
    as_planned_from: date | None,
) -> Iterator[DispensingLine]:
    alone = len({give.name for give in line.gives}) == 1
    told: dict[str, _Told] = {}
    before: _Told | None = None
    units: dict[Same, Units] = {}
    holds = days_without_tablets(patient.calendar)
    by_product: Memo[Product | None, dict[int | None, Supply]] = Memo()
    for entry in cycles_asked_for(patient, line, product, period):
        if entry.date is None:
            continue
        # A cycle that was started is finished under its version of the protocol.
        own = ev.place(line, entry.n).line if ev.plan.earlier else line
        family = ev.plan.that_has(own).products.get(drug, ())
        its = as_in(family, product)
        # Its version has no tablets of that strength, or the cycle has another drug, as the next period of a crossover.
        other_strengths = its is None and bool(family)
        if other_strengths or drug not in drugs_of_cycle(own, entry.counts_as):
            if before is not None and entry.status in (Status.DONE, Status.PLANNED):
                yield _collected_for_others(patient, before, entry, strengths=other_strengths)
                before = None
            continue
        known = by_product.of(its, partial(supplies, patient.course, line.name, its))
        supply = known.get(entry.n, Supply(line.name, entry.n))
        days = dosing_days(own, entry)
        extra = extra_days(own, its, patient.calendar.entries, entry.n)
        ordered_by = next((day for day, _ in reversed(patient.calendar.before_orders.get(entry.id, ()))), None)
        planned = as_planned_from is not None and entry.date >= as_planned_from
        cycle = OralCycle(ev, own, entry, drug, its, supply, alone, entry.date, days, extra, ordered_by, planned, units)
        this = _cycle_lines(patient, cycle, marks_of(cycle, holds, patient.course), before)
        if before is None and _asks_for_nothing(this):
            continue
        yield from this.lines
        told[entry.id] = this
        if entry.status in (Status.DONE, Status.PLANNED):
            before = this
    yield from _collected(patient, line, told)


def _asks_for_nothing(this: _Told) -> bool:
    """True for one strength of several that no dose of the cycle is made of, and of which the patient has none."""
    cycle = this.cycle
    nothing_needed = cycle.on_day_one.count == 0 and not any(line.units for line in this.lines)
    return _is_of_several(cycle) and nothing_needed and not cycle.supply.facts


def _is_for_another_strength(cycle: OralCycle, first: DispensingLine) -> bool:
    """True where the doses that day 1 provides for are made of other strengths: nothing of this one is handed out or recorded."""
    return first.units == 0 and first.collect is None and _is_of_several(cycle) and not cycle.supply.facts


def _is_of_several(cycle: OralCycle) -> bool:
    return cycle.product is not None and cycle.product.strength is not None


def _cycle_lines(patient: Patient, cycle: OralCycle, marks: Sequence[Mark], before: _Told | None) -> _Told:
    """Day 1 and what happens inside the cycle; each line reckons with what the ones before it asked for."""
    first = _day_one(patient, cycle, marks, before)
    lines = [] if _is_for_another_strength(cycle, first) else [first]
    presumed: tuple[HandedOut, ...] | None = _added((), first, cycle.product)
    for number, mark in enumerate(marks):
        following = marks[number + 1].day if number + 1 < len(marks) else None
        line = _inside(patient, cycle, mark, following, presumed)
        if line.units != 0 or not _is_of_several(cycle) or cycle.left(mark.day, presumed).count != 0:
            lines.append(line)
        presumed = _added(presumed, line, cycle.product)
    return _Told(cycle, tuple(lines), presumed)


def _added(
    presumed: tuple[HandedOut, ...] | None, line: DispensingLine, product: Product | None
) -> tuple[HandedOut, ...] | None:
    units = Quantity(line.units, line.packs).handed_out(product)
    if presumed is None or units is None or line.date is None:
        return None
    return (*presumed, HandedOut(line.date, units))


def _day_one(patient: Patient, cycle: OralCycle, marks: Sequence[Mark], before: _Told | None) -> DispensingLine:
    entry = cycle.entry
    until = marks[0].day if marks else None
    facts = cycle.supply.before(until) if until is not None else cycle.supply
    dose = cycle.dose_ordered(cycle.first_number, cycle.start)
    line = _line(patient, cycle, Work.DISPENSE, cycle.start, until, dose)
    first, last = entry.window or (None, None)
    name, visit = f"{entry.id}.{cycle.first_number}", text_of(title_in_words(entry.title))
    line = replace(line, entry=name, visit=visit, earliest=first, latest=last)
    never = cycle.is_left_out or (bool(cycle.days) and all(day.status is Status.CANCELLED for day in cycle.days))
    if entry.status in (Status.CANCELLED, Status.NOT_DONE) or never:
        status = LineStatus.NOT_DONE if entry.status is Status.NOT_DONE else LineStatus.CANCELLED
        return replace(
            line,
            dose=None,
            unit=None,
            level=None,
            status=status,
            note=text_of(said("nothing is handed out")),
            covers=None,
        )
    status = _day_one_status(cycle, line, facts)
    quantity = on_day_one(cycle)
    missing = (
        text_of(said("the cycle was started and nobody recorded what was handed out"))
        if status is LineStatus.NO_RECORD
        else None
    )
    difference = difference_in_words(facts, quantity, cycle.product)
    collect = _collect_back(before, cycle.start) if before is not None else None
    line = replace(line, status=status, collect=collect)
    expired = expired_in_words(facts, cycle.last_day_to_take(cycle.start))
    words = on_day_one_in_words(cycle, quantity)
    return _filled(line, cycle, quantity, facts, words, band_in_words(dose), missing, difference, expired)


def _day_one_status(cycle: OralCycle, line: DispensingLine, facts: Supply) -> LineStatus:
    if facts.dispensed is not None:
        return LineStatus.DONE
    if cycle.entry.status is Status.DONE:
        return LineStatus.NO_RECORD
    if line.status is LineStatus.PLANNED and Flag.PROVISIONAL in cycle.entry.flags:
        return LineStatus.PROVISIONAL
    return line.status


def _inside(
    patient: Patient, cycle: OralCycle, mark: Mark, until: date | None, presumed: tuple[HandedOut, ...] | None
) -> DispensingLine:
    left = cycle.left(mark.day, presumed)
    should = left.why or ""
    if left.count is not None:
        should = text_of(said("{units} should be left", units=units_said(left.count, cycle.product)))
    if mark.work is Work.HOLD:
        line = replace(_line(patient, cycle, mark.work, mark.day, until, None), collect=should)
        words = (
            text_of(said("on hold: recount, {what}", what=said_of(should))),
            text_of(said("hand out nothing, and record what is brought back")),
        )
        return _filled(line, cycle, nothing_of(cycle.product), Supply(cycle.line.name, cycle.entry.n), *words)
    number = cycle.days_from(mark.day)[0].number
    dose = cycle.dose_ordered(number, mark.day)
    line = _line(patient, cycle, mark.work, mark.day, until, dose)
    need = cycle.needed(mark.day, after=number - 1)
    quantity = short_on(cycle, mark.day, need, left)
    gone = _no_longer_needed(cycle, number, mark.day)
    line = replace(line, collect=should) if gone else line
    facts = cycle.supply.since(mark.day)
    facts = facts.before(until) if until is not None else facts
    if facts.dispensed is not None and quantity.units != 0:
        line = replace(line, status=LineStatus.DONE)
    return _filled(
        line,
        cycle,
        quantity,
        facts,
        _WHY[mark.work],
        need.why or _needed(cycle, number, need.count or 0, said_of(should)),
        band_in_words(dose),
        _what_to_do(mark.work, gone),
        difference_in_words(facts, quantity, cycle.product),
        expired_in_words(facts, cycle.last_day_to_take(mark.day)),
    )


def _no_longer_needed(cycle: OralCycle, number: int, known_on: date) -> bool:
    """True for one strength of several of which no dose from a day of the cycle on is made."""
    if cycle.product is None or cycle.product.strength is None:
        return False
    return all(cycle.ordered(each, known_on).count == 0 for each in cycle.numbers if each >= number)


def _what_to_do(work: Work, gone: bool) -> str:
    if gone:
        return text_of(said("no dose is made of them any more: collect them"))
    return text_of(said("recount") if work is Work.DISPENSE else said("recount and relabel"))


_WHY = {
    Work.RESUME: text_of(said("dosing goes on")),
    Work.RELABEL: text_of(said("the dose changes")),
    Work.DISPENSE: text_of(said("the next supply")),
}


def _needed(cycle: OralCycle, number: int, count: Count, should: Value) -> str:
    units, last = units_said(count, cycle.product), cycle.last_supplied(number)
    if last >= max(cycle.numbers, default=last):
        return text_of(said("{units} needed to the end of the cycle, {left}", units=units, left=should))
    return text_of(said("{units} needed to day {day}, {left}", units=units, day=last, left=should))


def _collect_back(before: _Told, day: date) -> str:
    cycle = before.cycle
    back, title = cycle.supply.returned, title_in_words(cycle.entry.title)
    if back is not None:
        return text_of(said("{cycle}: {units} came back", cycle=title, units=units_said(back, cycle.product)))
    left = cycle.left(day, before.presumed)
    what = said("what is left") if left.count is None else units_said(left.count, cycle.product)
    return text_of(said("{cycle}: {what}, and empty packs", cycle=title, what=what))


def _collected(patient: Patient, line: Timeline, told: dict[str, _Told]) -> Iterator[DispensingLine]:
    """The end of a treatment: what the patient still has comes back."""
    ended: set[str] = set()
    for ending in endings_of(patient.course, line.name):
        entry = cycle_ended(patient.calendar.entries, line.name, ending)
        # Of a strength that the cycle needed none of there is nothing to collect.
        if entry is None or entry.id in ended or entry.id not in told:
            continue
        ended.add(entry.id)
        this = told[entry.id]
        status = LineStatus.DONE if this.cycle.supply.since(ending.decided).returned is not None else LineStatus.PLANNED
        last = replace(
            _line(patient, this.cycle, Work.COLLECT, ending.decided, ending.decided, None),
            entry=f"{entry.id}.end",
            status=status,
            collect=_collect_back(this, ending.first_day),
        )
        ended_by = Said(ending.word, context="record")
        words = text_of(said("{end}: collect and count, hand out nothing", end=ended_by))
        yield _filled(last, this.cycle, nothing_of(this.cycle.product), Supply(line.name, entry.n), words)


def _collected_for_others(patient: Patient, before: _Told, following: Entry, *, strengths: bool) -> DispensingLine:
    """What is left of a strength or product comes back when a cycle begins that has none of it."""
    cycle, day = before.cycle, cast(date, following.date)
    came_back = cycle.supply.returned is not None
    line = replace(
        _line(patient, cycle, Work.COLLECT, day, day, None),
        entry=f"{cycle.entry.id}.end",
        status=LineStatus.DONE if came_back else LineStatus.PLANNED,
        collect=_collect_back(before, day),
    )
    title = title_in_words(following.title)
    words = text_of(
        said("{cycle} is of other strengths: collect and count, hand out nothing of this one", cycle=title)
        if strengths
        else said("{cycle} is of another drug: collect and count, hand out nothing of this one", cycle=title)
    )
    return _filled(line, cycle, nothing_of(cycle.product), Supply(cycle.line.name, cycle.entry.n), words)


def _line(
    patient: Patient, cycle: OralCycle, work: Work, day: date, until: date | None, dose: Dose | None
) -> DispensingLine:
    """A line with what it covers: the days to take tablets from its day up to, and without, ``until``."""
    days = [each for each in cycle.days_from(day) if until is None or each.date < until]
    to_take = [each for each in days if each.status in TO_TAKE]
    asked = any(Flag.AWAITING_DECISION in (*cycle.entry.flags, *each.flags) for each in to_take)
    number = (day - cycle.start).days + 1
    return DispensingLine(
        subject=patient.subject,
        entry=f"{cycle.entry.id}.{number}",
        work=work,
        visit=_visit(cycle, day, number),
        date=day,
        earliest=None,
        latest=None,
        treatment=drug_called(patient.calendar, cycle.drug),
        dose=without_zeros(dose.amount) if dose is not None else None,
        unit=dose.unit if dose is not None else None,
        level=dose.level if dose is not None else None,
        units=None,
        packs=None,
        status=LineStatus.AWAITING_DECISION if asked else LineStatus.PLANNED,
        note=None,
        collect=None,
        lot=None,
        expires=None,
        covers=(to_take[0].date, to_take[-1].date) if to_take else None,
        changed=None,
        in_packs=None,
        product=unit_name(cycle.product) if cycle.product is not None else None,
        strength=cycle.product.strength if cycle.product is not None else None,
    )


def _visit(cycle: OralCycle, day: date, number: int) -> str:
    """The day of the cycle; where held days are made up, the next dosing day: its number is not the days since the start."""
    if cycle.line.held_days is not HeldDays.MADE_UP or day == cycle.start:
        return visit_of(cycle.entry.title, number)
    following = next((each.number for each in cycle.days_from(day)), None)
    title = title_in_words(cycle.entry.title)
    if following is None:
        return text_of(said("{cycle}, doses put off", cycle=title))
    return text_of(said("{cycle}, from day {day}", cycle=title, day=following))


def _filled(
    line: DispensingLine, cycle: OralCycle, quantity: Quantity, facts: Supply, *words: str | None
) -> DispensingLine:
    """The line with its numbers and its words, the lots that were recorded and the first of their expiry dates."""
    lots = [event.lot for event in facts.handed_out if event.lot is not None]
    dates = [event.expires for event in facts.handed_out if event.expires is not None]
    return replace(
        line,
        units=quantity.units,
        packs=quantity.packs,
        in_packs=quantity.handed_out(cycle.product) if quantity.packs is not None else None,
        note=joined([part for part in words if part], SEMICOLONS),
        lot=", ".join(dict.fromkeys(lots)) or None,
        expires=min(dates, default=None),
    )
