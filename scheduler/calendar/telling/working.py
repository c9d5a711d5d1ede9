"""A dose that was worked out for a patient, said so that a pharmacist can check it by hand: values, formula, cap, rounding.

And the values with which it goes on: which result counted.

The engine has worked it out already. Here it is worked out again only to say it aloud, and what does not lead to the dose that
the calendar holds is left untold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.calendar.engine.dosing.banded import Banded
from scheduler.calendar.engine.dosing.body import CLEARANCE, HEIGHT, UNITS, WEIGHT, Known
from scheduler.calendar.engine.dosing.dose_in_force import orders_after, workings_on
from scheduler.calendar.engine.dosing.own_doses import OwnDose
from scheduler.calendar.engine.dosing.totals import limited, totals
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.by_version import place_by_version
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.doses_in_words import count_in_words, dose_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Kind
from scheduler.dates import Day
from scheduler.patient.dose_rules.facts.values_needed import Seen, look_at_values, values_of
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.dosing.calculation import Calculation, Worked
from scheduler.protocol.plan.dosing.dose_arithmetic import CLEARANCE_AT_MOST, NON_RENAL_CLEARANCE
from scheduler.protocol.plan.dosing.give import unit_as_said
from scheduler.protocol.plan.dosing.product import WHOLE, Product
from scheduler.protocol.plan.dosing.products_in_words import all_units_in_words, product_in_words
from scheduler.protocol.plan.dosing.strengths import made_of
from scheduler.protocol.plan.limits import GoesOn
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import BESIDE, SEMICOLONS, Amount, Code, Name, Quoted, Said, Value, filled, listed, said, said_of
from scheduler.site.site import EVERY_DAY
from scheduler.vocabulary.dosage_forms import Count

_TENTH = Decimal("0.1")


def working_in_words(
    plan: Plan, log: Log, timeline: str, n: int, cycle_day: int, day: date, doses: tuple[Dose, ...]
) -> Iterator[Said]:
    """A sentence for each of the doses of a day that was worked out: "6 mg/kg x 95 kg (weight of 2026-03-02) = 570 mg.".

    And one for each that is made of units of several strengths: "Made of 1 x 20 mg + 3 x 15 mg tablets, the fewest."; or of
    parts of a unit: "100 mg is 2.5 mL of 40 mg/mL oral solution.".
    """
    line = plan.timelines.get(timeline)
    if line is None:
        return
    ev = Evaluation(plan, EVERY_DAY, with_decisions(replay(log), plan), place_by_version if plan.earlier else place)
    line = ev.place(line, n).line
    known = _by_orders_of(ev, line, n, cycle_day, day.toordinal(), doses)
    for start, worked in workings_on(ev, line, n, cycle_day, known):
        told = [dose for dose in doses if dose.amount == worked.worked.amount and dose.unit == worked.worked.unit]
        if worked.by_band.counts is not None and (told or worked.worked.amount is None):
            yield _by_band(start, worked.by_band)
        if worked.worked.exact is None or not _is_worked_out(worked):
            continue
        others = [dose for dose in doses if dose.of == start.of and dose.amount is not None]
        if told:
            yield said("{working}.", working=listed(*_parts(start, worked, _WORKED_OUT), how=SEMICOLONS))
        elif len(others) == 1:
            # What was given or ordered is another amount: the reader sees how far it is from the protocol's.
            here = said("here it is {dose}", dose=dose_in_words(others[0]))
            yield said("{working}.", working=listed(*_parts(start, worked, _BY_THE_PROTOCOL), here, how=SEMICOLONS))
    for dose in doses:
        yield from _made_of(plan.that_has(line), line, dose)


def _by_orders_of(ev: Evaluation, line: Timeline, n: int, cycle_day: int, day: Day, doses: tuple[Dose, ...]) -> Day:
    """The day whose orders doses follow from: their own, or for what nobody recorded that of an order which came since."""
    told = {(dose.amount, dose.unit) for dose in doses}
    later = (
        ()
        if any(fact.day == day for fact in ev.course.doses.get(line.name, ()))
        else orders_after(ev, line, n, day).days
    )
    for known in (day, *later):
        if any(
            (found.worked.amount, found.worked.unit) in told for _, found in workings_on(ev, line, n, cycle_day, known)
        ):
            return known
    return day


def _made_of(plan: Plan, line: Timeline, dose: Dose) -> Iterator[Said]:
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
        yield said("{amount} is {units}.", amount=_plain(dose.amount, dose.unit), units=_in_units(product, count or 0))
    elif counts is not None:
        of_size = zip(counts, product.sizes, strict=True)
        found = [said("{n} x {size}", n=n, size=_plain(size, product.unit)) for n, size in of_size if n]
        form = product.of_form
        things = Name((("en", form.one if sum(counts) == 1 else form.many), ("zh", form.chinese)))
        yield said("Made of {units} {things}, the fewest.", units=listed(*found, how=BESIDE), things=things)
    elif amount is not None:
        yield said(
            "{amount} cannot be made of {units}: no list tells a number of them.",
            amount=_plain(amount, product.unit),
            units=all_units_in_words(product),
        )


def _in_units(product: Product, count: Count) -> Said:
    each: Value = product_in_words(product)
    if not product.of_form.is_measured:
        each = _plain(product.unit_amount, product.unit)
    return said("{count} of {each}", count=count_in_words(product.of_form, count), each=each)


def _is_to_be_told(product: Product) -> bool:
    """True where an amount and a number of units are easily taken for each other: strengths, parts of tablets, volumes."""
    return bool(product.strengths) or product.step != WHOLE


def _by_band(start: Dose, banded: Banded) -> Said:
    """The values, their days and their bands, and what that makes of the dose."""
    assert banded.counts is not None
    assert banded.counts.band is not None
    assert banded.amount is not None
    band = banded.counts.band
    amount: Value = _plain(banded.amount, unit_as_said(banded.unit, banded.per))
    if band.share is not None and not band.is_full and start.amount is not None:
        amount = said(
            "{share} of {whole} = {amount}",
            share=band.share_said,
            whole=_plain(start.amount, start.unit),
            amount=amount,
        )
    return said("By band: {band}: {amount}.", band=said_of(banded.said or ""), amount=amount)


def _is_worked_out(worked: OwnDose) -> bool:
    """True where more than the band makes the dose."""
    how = worked.how
    return worked.per is not None or how.at_most is not None or how.round_to is not None or not how.bands


def total_in_words(plan: Plan, calendar: Calendar, entry: Entry) -> Iterator[Said]:
    """A sentence for each drug with a highest total: "With it bleomycin comes to 60 U, at most 400 U; 340 U (85 %) left."."""
    line = plan.timelines.get(entry.timeline)
    for give, limit in limited(line) if line is not None else ():
        for each in totals(line, give, limit, calendar.entries) if line is not None else ():
            if each.entry.id == entry.id and each.total is not None:
                yield said(
                    "With it {name} comes to {total}, at most {rule} in total; {left}.",
                    name=Code(give.name),
                    total=each.in_words,
                    rule=Quoted(limit.clause.text, "en"),
                    left=each.left_said,
                )


_WORKED_OUT = said("Worked out: {formula} = {amount}")
_BY_THE_PROTOCOL = said("By the protocol it is: {formula} = {amount}")


def _parts(start: Dose, own: OwnDose, lead: Said) -> Iterator[Said]:
    worked, how = own.worked, own.how
    assert worked.exact is not None
    exact = _plain(worked.exact, worked.unit)
    yield filled(lead, formula=_formula(start, own), amount=exact)
    if worked.capped is not None and worked.capped < worked.exact and how.at_most is not None:
        rule, capped = Quoted(how.at_most.clause.text, "en"), _plain(worked.capped, worked.unit)
        yield said("at most {rule}: {amount}", rule=rule, amount=capped)
    if how.round_to is not None and worked.amount is not None:
        rule, rounded = Quoted(how.round_to.clause.text, "en"), _plain(worked.amount, worked.unit)
        yield said("rounded to {rule}: {amount}, {moved}", rule=rule, amount=rounded, moved=_moved(worked))


def _formula(start: Dose, worked: OwnDose) -> Value:
    band = worked.by_band
    assert band.amount is not None
    body, how, known = worked.known.body, worked.how, worked.known
    amount = _plain(band.amount, unit_as_said(band.unit, band.per))
    match worked.per:
        case "m2" if worked.worked.surface is not None and how.surface is not None:
            formula: Value = Quoted(str(how.surface.formula), "en")
            if how.surface.at_most is not None:
                most = _plain(how.surface.at_most, "m2")
                formula = said("{formula}, at most {most}", formula=formula, most=most)
            return said(
                "{amount} x {surface} ({formula}, {height}, {weight})",
                amount=amount,
                surface=_plain(worked.worked.surface, "m2"),
                formula=formula,
                height=_value(known, HEIGHT, body.height),
                weight=_value(known, WEIGHT, body.weight),
            )
        case "kg" if body.weight is not None:
            weight = _plain(body.weight, "kg")
            return said("{amount} x {weight} ({of})", amount=amount, weight=weight, of=_value(known, WEIGHT, None))
        case "AUC" if body.clearance is not None:
            counts = _counted(body.clearance, how)
            shown = _value(known, CLEARANCE, body.clearance)
            if counts != body.clearance:
                shown = said("{value}, counted as {number}", value=shown, number=_number(counts))
            return said(
                "AUC {amount} x ({clearance} + {other}) ({value})",
                amount=_number(band.amount),
                clearance=_number(counts),
                other=_number(NON_RENAL_CLEARANCE),
                value=shown,
            )
    return amount


def _counted(clearance: Decimal, how: Calculation) -> Decimal:
    at_most = how.clearance.at_most if how.clearance is not None else CLEARANCE_AT_MOST
    return clearance if at_most is None else min(clearance, at_most)


def _value(known: Known, name: str, value: Decimal | None) -> Value:
    """A value with the day of the record that it comes from."""
    facts, told = known.behind(name), _MEASURES.get(name, Quoted(name, "en"))
    if value is not None:
        told = said("{measure} {value}", measure=told, value=_plain(value, UNITS[name]))
    return said("{value} of {day}", value=told, day=Code(f"{facts[-1].event.on}")) if facts else told


_MEASURES: dict[str, Value] = {
    WEIGHT: said("weight"),
    HEIGHT: said("height"),
    CLEARANCE: said("creatinine clearance"),
}


def _moved(worked: Worked) -> Said:
    moved = worked.moved
    if not moved:
        return said("as it was")
    percent = _number(abs(moved).quantize(_TENTH, ROUND_HALF_UP))
    return said("{percent} % more", percent=percent) if moved > 0 else said("{percent} % less", percent=percent)


def _plain(amount: Decimal, unit: str) -> Amount:
    """An amount without trailing zeros."""
    return Amount(amount.normalize(), unit)


def _number(amount: Decimal) -> Decimal:
    return amount.normalize()


def values_in_words(plan: Plan, log: Log, entry: Entry) -> Iterator[Said]:
    """A sentence for each value that a dose or a cycle waits for: "Of ANC counts 2 G/L on Tuesday 24 March 2026."."""
    goes_on = _goes_on(plan, plan.timelines.get(entry.timeline), entry.n)
    if goes_on is None or entry.date is None:
        return
    day = entry.date.toordinal()
    for seen in look_at_values(values_of(replay(log)), goes_on, day - goes_on.within, day):
        if seen.last is not None:
            yield _counts(seen)


def _goes_on(plan: Plan, line: Timeline | None, n: int) -> GoesOn | None:
    """What the dose waits for itself, or with the cycle that it is in."""
    if line is not None and line.goes_on is None and line.follows is not None:
        line = plan.timelines.get(line.follows.timeline)
    return line.goes_on.at(n) if line is not None and line.goes_on is not None else None


def _counts(seen: Seen) -> Said:
    assert seen.last is not None
    return said(
        "Of {test} counts {amount} on {day}; {needed} is asked for.",
        test=Quoted(seen.needed.test, "en"),
        amount=Quoted(str(seen.last.amount), "en"),
        day=date.fromordinal(seen.last.day),
        needed=Quoted(seen.needed.words, "en"),
    )
