"""What a person has to look at in doses that are worked out: missing values, roundings out of reach, totals passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.engine.dosing.banded import Banded
from scheduler.calendar.engine.dosing.body import AGE, UNITS
from scheduler.calendar.engine.dosing.dose_in_force import level_on, ordered_until
from scheduler.calendar.engine.dosing.own_doses import OwnDose, of_its_band, worked_out
from scheduler.calendar.engine.dosing.totals import Total, limited, totals
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.findings.doses.values_needed import VALUE_NEEDED
from scheduler.calendar.entries.doses_in_words import need_in_words
from scheduler.calendar.entries.entry import Dose, Entry, Kind, Status
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.events import parse_amount
from scheduler.protocol.plan.dosing.calculation import NO_CALCULATION, Worked
from scheduler.protocol.plan.dosing.give import Give, unit_of
from scheduler.protocol.plan.dosing.products_in_words import all_units_in_words, parts_in_words
from scheduler.protocol.plan.dosing.strengths import made_of, sum_at_least, sum_at_most
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import COMMAS, Amount, Code, Quoted, Value, listed, said, said_of

MOST_MOVED = Decimal(10)
"""Percent by which rounding may move a dose without a word. Source: HOPA on dose rounding, J Oncol Pract 2018;14:e130."""

_TENTH = Decimal("0.1")


def dose_findings(ev: Evaluation, entries: list[Entry]) -> Iterator[Finding]:
    """What keeps doses from being worked out or rounded, once for each drug, and totals that will be passed."""
    for line in ev.plan.treatments():
        calculated = {give.name: give for give in line.gives if give.calculation != NO_CALCULATION}
        if not calculated:
            continue
        own = [
            entry for entry in entries if entry.timeline == line.name and entry.status in (Status.PLANNED, Status.DONE)
        ]
        for give in calculated.values():
            yield from _of_another_band(ev, line, give)
            told: set[str] = set()
            for entry in own:
                for finding in _of_entry(ev, line, give, entry):
                    if finding.message not in told:
                        told.add(finding.message)
                        yield finding
        yield from _in_total(line, own)


def _of_entry(ev: Evaluation, line: Timeline, give: Give, entry: Entry) -> Iterator[Finding]:
    if give.calculation.bands:
        yield from _of_bands(ev, line, give, entry)
    if entry.date is None or entry.status is not Status.PLANNED:
        return
    banded = _found(ev, line, give, _by_orders_of(ev, entry, entry.date))
    if banded is None or banded.by_band.amount is None:
        return
    for name in banded.worked.missing:
        message = said(
            "{name} cannot be worked out: no {name_b} is recorded", name=Code(give.name), name_b=need_in_words(name)
        )
        hint = (
            said(
                "record 'attribute' with name: {name} and its value in {name_b}",
                name=Code(name),
                name_b=Code(UNITS[name]),
            )
            if name in UNITS
            else None
        )
        yield Finding.of("dose-not-worked-out", Severity.WARNING, message, hint, entry=entry.id)
    for remark in banded.worked.remarks:
        hint = said("the calculated dose stands; agree with the pharmacy")
        yield Finding.of(
            "dose-not-rounded",
            Severity.WARNING,
            said("{name}: {remark}", name=Code(give.name), remark=said_of(remark)),
            hint,
            entry=entry.id,
        )
    yield from _moved_far(give, banded.worked, entry)
    if entry.kind is Kind.ORAL and not banded.worked.remarks:
        yield from _not_made(ev, line, give, banded.worked, entry)


def _of_bands(ev: Evaluation, line: Timeline, give: Give, entry: Entry) -> Iterator[Finding]:
    """Every day of an entry that is planned and has no dose, because a value is missing or in no band."""
    days = [run.first_date for run in entry.runs if run.status is Status.PLANNED]
    days = days or [entry.date] if entry.date is not None and entry.status is Status.PLANNED else days
    for day in days:
        found = _found(ev, line, give, _by_orders_of(ev, entry, day))
        if found is not None and found.by_band.amount is None:
            yield from _without_band(give, found.by_band, entry)


def _of_another_band(ev: Evaluation, line: Timeline, give: Give) -> Iterator[Finding]:
    """An order that names the amount of another band for its level: the level counts, and the amount may be what was meant."""
    if not any(band.levels for band in give.calculation.bands):
        return
    for change in ev.course.levels.get(line.name, ()):
        event = change.fact.event
        ordered, amount = getattr(event, "dose", None), of_its_band(ev, give, line, change.level, change.day)
        if ordered is None or amount is None or event.override is not None or parse_amount(ordered)[0] == amount:
            continue
        unit = line.ladder.unit if line.ladder is not None else ""
        message = said(
            "{ordered} was ordered on {day}, and dose level {level} of {treatment} is {amount} in this band",
            ordered=Quoted(ordered),
            day=Code(f"{event.on}"),
            level=change.level,
            treatment=Code(line.name),
            amount=Amount(amount.normalize(), unit),
        )
        hint = said(
            "the level counts; ask who ordered it: correct the dose, or record it with 'override' where it was meant"
        )
        yield Finding.of("order-of-another-band", Severity.WARNING, message, hint, events=change.fact.numbers)


def _by_orders_of(ev: Evaluation, entry: Entry, on: date) -> Day:
    """The last day whose orders bear on a dose: its own, or for what nobody recorded that of an order which came since."""
    placement, day = ev.placed.get(entry.id), on.toordinal()
    return ordered_until(ev, placement, day) if placement is not None else day


def _found(ev: Evaluation, line: Timeline, give: Give, day: Day) -> OwnDose | None:
    said = _said(ev, line, give, day)
    return worked_out(ev, give, said, day, line) if said is not None else None


def _without_band(give: Give, banded: Banded, entry: Entry) -> Iterator[Finding]:
    """A dose that depends on a value which nobody recorded, or which is in no band: it is not planned as a guess."""
    for name in banded.missing:
        old = next((fact.event.on for each in banded.measured for fact in each.facts if name in each.missing), None)
        what = need_in_words(name)
        why = said("no {name} is recorded", name=what)
        if old is not None and name == AGE:
            why = said("the {name} of {day} is out of date", name=what, day=Code(f"{old}"))
        hint = said(
            "record 'attribute' with name: {name} and its value in {name_b}", name=Code(name), name_b=Code(UNITS[name])
        )
        message = said(
            "value needed: the dose of {name} depends on {name_b}, and {why}",
            name=Code(give.name),
            name_b=what,
            why=why,
        )
        yield Finding.of(VALUE_NEEDED, Severity.WARNING, message, hint, entry=entry.id)
    for each in banded.outside:
        message = said(
            "no band of the protocol is for {each}: the dose of {name} is not known",
            each=each,
            name=Code(give.name),
        )
        numbers = tuple(number for fact in each.facts for number in fact.numbers)
        hint = said("the investigator decides; record the amount that is given")
        yield Finding.of("no-band", Severity.WARNING, message, hint, None, entry.id, numbers)


def _said(ev: Evaluation, line: Timeline, give: Give, day: Day) -> Dose | None:
    """What the protocol says on a day: its own amount, or that of the level in force."""
    if give.amount is not None:
        return Dose(give.amount, unit_of(give))
    if line.ladder is None:
        return None
    change = level_on(ev, line.name, day)
    return Dose(line.ladder.amount(change.level if change is not None else line.ladder.start), line.ladder.unit)


def _not_made(ev: Evaluation, line: Timeline, give: Give, worked: Worked, entry: Entry) -> Iterator[Finding]:
    """A patient's own dose that no sum of tablets makes: no list and no diary tells a number of them."""
    for product in ev.plan.products_of(give.name, line.name)[:1]:
        amount = convert(worked.amount, worked.unit, product.unit) if worked.amount is not None else None
        if amount is None or made_of(amount, product.sizes) is not None:
            continue
        nearest = (sum_at_most(amount, product.sizes), sum_at_least(amount, product.sizes))
        sums = listed(*(each.normalize() for each in nearest if each is not None), how=COMMAS)
        message = said(
            "{name}: {amount} cannot be made of {all_units}",
            name=Code(give.name),
            amount=Amount(amount.normalize(), product.unit),
            all_units=all_units_in_words(product),
        )
        hint = said(
            "{parts} make {sums} {unit}; the investigator or the pharmacist decides",
            parts=parts_in_words(product),
            sums=sums,
            unit=Code(product.unit),
        )
        yield Finding.of("dose-cannot-be-made", Severity.WARNING, message, hint, entry=entry.id)


def _moved_far(give: Give, worked: Worked, entry: Entry) -> Iterator[Finding]:
    """A dose that rounding moved by more than a tenth: the protocol's sentence says how, a person says that it may."""
    moved = worked.moved
    if moved is None or worked.capped is None or worked.amount is None or abs(moved) <= MOST_MOVED:
        return
    percent = abs(moved).quantize(_TENTH, ROUND_HALF_UP).normalize()
    about: dict[str, Value] = {
        "name": Code(give.name),
        "was": Amount(worked.capped.normalize(), worked.unit),
        "now": Amount(worked.amount.normalize(), worked.unit),
        "percent": percent,
    }
    message = said("{name}: {was} was rounded to {now}, {percent} % less", **about)
    if moved > 0:
        message = said("{name}: {was} was rounded to {now}, {percent} % more", **about)
    hint = said("the investigator or the pharmacist says whether it may be")
    yield Finding.of("dose-moved-far", Severity.WARNING, message, hint, entry=entry.id)


def _in_total(line: Timeline, entries: list[Entry]) -> Iterator[Finding]:
    """What is left of a drug's highest total, once some was given; and the first dose that would bring it above that."""
    for give, limit in limited(line):
        sums = totals(line, give, limit, entries)
        passing = next((each for each in sums if each.left is not None and each.left < 0), None)
        given = totals(line, give, limit, [entry for entry in entries if entry.status is Status.DONE])
        if given:
            yield _total_left(given[-1], passing)
        if passing is not None:
            message = said(
                "{entry} brings {name} to {total}, at most {rule}",
                entry=Code(passing.entry.id),
                name=Code(give.name),
                total=passing.in_words,
                rule=Quoted(limit.clause.text, "en"),
            )
            before = sums[sums.index(passing) - 1] if sums.index(passing) else None
            if before is not None:
                message = said("{passes}; {left} before it", passes=message, left=before.left_said)
            hint = said("the investigator decides")
            yield Finding.of("total-dose", Severity.WARNING, message, hint, entry=passing.entry.id)


def _total_left(given: Total, passing: Total | None) -> Finding:
    what = said("at most {rule} in total", rule=Quoted(given.limit.clause.text, "en"))
    if given.left is None:
        message = said(
            "{drug}: {what}, and what was given up to {entry} cannot be added up in {unit}",
            drug=Code(given.drug),
            what=what,
            entry=Code(given.entry.id),
            unit=Code(given.limit.unit),
        )
        hint = said("record the amounts in {unit}, or what the dose is worked out from", unit=Code(given.limit.unit))
        return Finding.of("total-left", Severity.NOTE, message, hint)
    message = said(
        "{drug}: {given} given, {what}; {left}",
        drug=Code(given.drug),
        given=given.in_words,
        what=what,
        left=given.left_said,
    )
    if passing is None or passing.entry.status is not Status.PLANNED:
        return Finding.of("total-left", Severity.NOTE, message)
    return Finding.of("total-left", Severity.NOTE, message, said("{entry} would pass it", entry=Code(passing.entry.id)))
