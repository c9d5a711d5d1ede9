"""A dose that was worked out for a patient, said so that a pharmacist can check it by hand: values, formula, cap, rounding.

And the values with which it goes on: which result counted.

The engine has worked it out already. Here it is worked out again only to say it aloud, and what does not lead to the dose that
the calendar holds is left untold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.engine.dosing.banded import Banded
from scheduler.calendar.engine.dosing.body import CLEARANCE, HEIGHT, UNITS, WEIGHT, Known
from scheduler.calendar.engine.dosing.dose_in_force import workings_on
from scheduler.calendar.engine.dosing.own_doses import OwnDose
from scheduler.calendar.engine.dosing.totals import limited, totals
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.by_version import place_by_version
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Kind
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.patient.dose_rules.facts.values_needed import Seen, look_at_values, values_of
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.dosing.calculation import Calculation, Worked
from scheduler.protocol.plan.dosing.dose_arithmetic import CLEARANCE_AT_MOST, NON_RENAL_CLEARANCE
from scheduler.protocol.plan.dosing.give import unit_as_said
from scheduler.protocol.plan.dosing.product import WHOLE, Product
from scheduler.protocol.plan.dosing.strengths import made_of
from scheduler.protocol.plan.limits import GoesOn
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import in_powers
from scheduler.site.site import EVERY_DAY

_TENTH = Decimal("0.1")


def working_in_words(
    plan: Plan, log: Log, timeline: str, n: int, cycle_day: int, day: date, doses: tuple[Dose, ...]
) -> Iterator[str]:
    """A sentence for each of the doses of a day that was worked out: "6 mg/kg x 95 kg (weight of 2026-03-02) = 570 mg.".

    And one for each that is made of units of several strengths: "Made of 1 x 20 mg + 3 x 15 mg tablets, the fewest."; or of
    parts of a unit: "100 mg is 2.5 mL of 40 mg/mL oral solution.".
    """
    line = plan.timelines.get(timeline)
    if line is None:
        return
    ev = Evaluation(plan, EVERY_DAY, with_decisions(replay(log), plan), place_by_version if plan.earlier else place)
    line = ev.place(line, n).line
    for start, found in workings_on(ev, line, n, cycle_day, day.toordinal()):
        told = [dose for dose in doses if dose.amount == found.worked.amount and dose.unit == found.worked.unit]
        if found.by_band.counts is not None and (told or found.worked.amount is None):
            yield _by_band(start, found.by_band)
        if found.worked.exact is None or not _is_worked_out(found):
            continue
        others = [dose for dose in doses if dose.of == start.of and dose.amount is not None]
        if told:
            yield "; ".join(_parts(start, found, "Worked out")) + "."
        elif len(others) == 1:
            # What was given or ordered is another amount: the reader sees how far it is from the protocol's.
            other = others[0]
            yield "; ".join((*_parts(start, found, "By the protocol it is"), f"here it is {other}")) + "."
    for dose in doses:
        yield from _made_of(plan.that_has(line), line, dose)


def _made_of(plan: Plan, line: Timeline, dose: Dose) -> Iterator[str]:
    product = next(iter(plan.products_of(dose.of or line.name, line.name)), None)
    # A report says what was taken on a whole day; of what is drawn from vials the list tells how many.
    if (
        product is None
        or not _is_to_be_told(product)
        or line.kind != Kind.ORAL
        or dose.amount is None
        or dose.level is None
    ):
        return
    amount = convert(dose.amount, dose.unit, product.unit)
    counts = made_of(amount, product.sizes) if amount is not None else None
    if counts is not None and not product.strengths:
        count = product.units_in(amount) if amount is not None else None
        yield f"{said(dose.amount)} {dose.unit} is {product.in_units(count or 0)}."
    elif counts is not None:
        found = [f"{n} x {said(size)} {product.unit}" for n, size in zip(counts, product.sizes, strict=True) if n]
        yield f"Made of {' + '.join(found)} {product.of_form.one if sum(counts) == 1 else product.of_form.many}, the fewest."
    elif amount is not None:
        yield f"{said(amount)} {product.unit} cannot be made of {product.all_units}: no list tells a number of them."


def _is_to_be_told(product: Product) -> bool:
    """True where an amount and a number of units are easily taken for each other: strengths, parts of tablets, volumes."""
    return bool(product.strengths) or product.step != WHOLE


def _by_band(start: Dose, found: Banded) -> str:
    """The values, their days and their bands, and what that makes of the dose."""
    assert found.counts is not None
    assert found.counts.band is not None
    assert found.amount is not None
    band = found.counts.band
    amount = f"{said(found.amount, found.unit)} {unit_as_said(found.unit, found.per)}"
    if band.share is not None and not band.is_full and start.amount is not None:
        amount = f"{band.share_in_words} of {said(start.amount, start.unit)} {start.unit} = {amount}"
    return f"By band: {found.said}: {amount}."


def _is_worked_out(found: OwnDose) -> bool:
    """True where more than the band makes the dose."""
    how = found.how
    return found.per is not None or how.at_most is not None or how.round_to is not None or not how.bands


def total_in_words(plan: Plan, calendar: Calendar, entry: Entry) -> Iterator[str]:
    """A sentence for each drug with a highest total: "With it bleomycin comes to 60 U, at most 400 U; 340 U (85 %) left."."""
    line = plan.timelines.get(entry.timeline)
    for give, limit in limited(line) if line is not None else ():
        for each in totals(line, give, limit, calendar.entries) if line is not None else ():
            if each.entry.id == entry.id and each.total is not None:
                yield f"With it {give.name} comes to {each}, at most {limit.clause.text} in total; {each.left_in_words}."


def _parts(start: Dose, found: OwnDose, lead: str) -> Iterator[str]:
    worked, how = found.worked, found.how
    assert worked.exact is not None
    yield f"{lead}: {_formula(start, found)} = {said(worked.exact, worked.unit)} {worked.unit}"
    if worked.capped is not None and worked.capped < worked.exact and how.at_most is not None:
        yield f"at most {how.at_most.clause.text}: {said(worked.capped, worked.unit)} {worked.unit}"
    if how.round_to is not None and worked.amount is not None:
        yield f"rounded to {how.round_to.clause.text}: {said(worked.amount, worked.unit)} {worked.unit}, {_moved(worked)}"


def _formula(start: Dose, found: OwnDose) -> str:
    band = found.by_band
    assert band.amount is not None
    start = replace(start, amount=band.amount, unit=unit_as_said(band.unit, band.per))
    body, how = found.known.body, found.how
    amount = said(band.amount, start.unit)
    match found.per:
        case "m2" if found.worked.surface is not None and how.surface is not None:
            capped = f", at most {said(how.surface.at_most)} m2" if how.surface.at_most is not None else ""
            values = f"{_value(found.known, HEIGHT, body.height)}, {_value(found.known, WEIGHT, body.weight)}"
            return f"{amount} {start.unit} x {said(found.worked.surface)} m2 ({how.surface.formula}{capped}, {values})"
        case "kg" if body.weight is not None:
            return f"{amount} {start.unit} x {said(body.weight)} kg ({_value(found.known, WEIGHT, None)})"
        case "AUC" if body.clearance is not None:
            counted = _counted(body.clearance, how)
            shown = _value(found.known, CLEARANCE, body.clearance)
            cap = "" if counted == body.clearance else f", counted as {said(counted)}"
            return f"AUC {amount} x ({said(counted)} + {said(NON_RENAL_CLEARANCE)}) ({shown}{cap})"
    return f"{amount} {start.unit}"


def _counted(clearance: Decimal, how: Calculation) -> Decimal:
    at_most = how.clearance.at_most if how.clearance is not None else CLEARANCE_AT_MOST
    return clearance if at_most is None else min(clearance, at_most)


def _value(known: Known, name: str, value: Decimal | None) -> str:
    """A value with the day of the record that it comes from."""
    facts = known.behind(name)
    day = f" of {facts[-1].event.on}" if facts else ""
    return f"{name}{day}" if value is None else f"{name} {said(value)} {UNITS[name]}{day}"


def _moved(worked: Worked) -> str:
    moved = worked.moved
    if not moved:
        return "as it was"
    percent = said(abs(moved).quantize(_TENTH, ROUND_HALF_UP))
    return f"{percent} % {'more' if moved > 0 else 'less'}"


def said(amount: Decimal, unit: str = "") -> str:
    """An amount without trailing zeros; millions of cells as powers of ten."""
    return in_powers(amount, unit) or f"{amount.normalize():f}"


def values_in_words(plan: Plan, log: Log, entry: Entry) -> Iterator[str]:
    """A sentence for each value that a dose or a cycle waits for: "Of ANC counts 2 G/L on Tuesday 24 March 2026."."""
    goes_on = _goes_on(plan, plan.timelines.get(entry.timeline), entry.n)
    if goes_on is None or entry.date is None:
        return
    day = entry.date.toordinal()
    for seen in look_at_values(values_of(replay(log)), goes_on, day - goes_on.within, day):
        if seen.last is not None:
            yield _said(seen)


def _goes_on(plan: Plan, line: Timeline | None, n: int) -> GoesOn | None:
    """What the dose waits for itself, or with the cycle that it is in."""
    if line is not None and line.goes_on is None and line.follows is not None:
        line = plan.timelines.get(line.follows.timeline)
    return line.goes_on.at(n) if line is not None and line.goes_on is not None else None


def _said(seen: Seen) -> str:
    assert seen.last is not None
    day, needed = in_words(date.fromordinal(seen.last.day)), seen.needed
    return f"Of {needed.test} counts {seen.last.amount} on {day}; {needed.words} is asked for."
