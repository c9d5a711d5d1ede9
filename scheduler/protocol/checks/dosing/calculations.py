"""Doses that are worked out for each patient: caps, roundings and totals in another unit, products that nobody named."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.dosing.bands import Measure, measures_of
from scheduler.protocol.plan.dosing.calculation import Onto
from scheduler.protocol.plan.dosing.give import Give, plain_unit
from scheduler.protocol.plan.dosing.product import HALF
from scheduler.protocol.plan.study import Timeline
from scheduler.vocabulary.dosage_forms import MILLILITRE


def check_calculated_units(protocol: Protocol) -> Iterator[Finding]:
    """A cap, a rounding and a total are in the unit of the dose; a total may be per m2 where the dose is."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            unit = _unit(line, give)
            liquid = any(each.of_form.is_measured for each in plan.products_of(give.name, line.name))
            for clause, other, allowed in _amounts(give, unit, _per(line, give), liquid=liquid):
                if other not in allowed:
                    message = f"{give.name} is given in {unit}, not in {other}"
                    yield protocol.at(clause).finding("unit-mismatch", message, f"write it in {unit}", word=other)


def _unit(line: Timeline, give: Give) -> str:
    return give.unit if line.ladder is None or give.amount is not None else plain_unit(line.ladder.unit)


def _amounts(give: Give, unit: str, per: str | None, *, liquid: bool) -> Iterator[tuple[Clause, str, tuple[str, ...]]]:
    how = give.calculation
    if how.at_most is not None:
        yield how.at_most.clause, how.at_most.unit, (unit,)
    if how.in_total is not None:
        yield how.in_total.clause, how.in_total.unit, (unit, f"{unit}/{per}") if per else (unit,)
    if how.round_to is not None and how.round_to.unit is not None:
        yield how.round_to.clause, how.round_to.unit, (unit, MILLILITRE) if liquid else (unit,)


def check_rounding_has_its_product(protocol: Protocol) -> Iterator[Finding]:
    """Whole tablets or vials need a product that says what one holds."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            rounding = give.calculation.round_to
            if rounding is None or rounding.onto not in (Onto.TABLETS, Onto.HALVES, Onto.VIALS):
                continue
            if rounding.onto is Onto.HALVES and any(
                each.step != HALF for each in plan.products_of(give.name, line.name)
            ):
                message = f"no half of {give.name} is given: its tablets are not scored"
                hint = "write 'scored' behind the tablet, or: whole tablets"
                yield protocol.at(rounding.clause).finding("not-scored", message, hint)
            if give.name not in plan.products and line.name not in plan.products:
                message = f"no product says what one unit of {give.name} holds"
                hint = f"name it under 'products': {give.name}: {{unit: 50 mg vial}}"
                yield protocol.at(rounding.clause).finding("no-product", message, hint)


_NEEDED_BY = {"body surface": {"m2"}, "weight": {"m2", "kg"}, "clearance": {"AUC"}}


def check_formula_has_its_dose(protocol: Protocol) -> Iterator[Finding]:
    """A formula of the body surface, a weight or a clearance is for doses that need it."""
    for name, text in protocol.text.treatments.items():
        gives = [give for _, line in protocol.treatments() if line.name == name for give in line.gives]
        ladders = [line.ladder for _, line in protocol.treatments() if line.name == name and line.ladder is not None]
        per: set[str | None] = {give.per for give in gives} | {ladder.per for ladder in ladders}
        if any(Measure.BODY_SURFACE in measures_of(give.calculation.bands) for give in gives):
            per |= {"m2"}
        at = protocol.root.below("treatments", name)
        written = {"body surface": text.body_surface, "weight": text.weight, "clearance": text.clearance}
        for key, doses in _NEEDED_BY.items():
            if written[key] is not None and not per & doses:
                message = f"no dose of {name} is {' or '.join(_said(dose) for dose in sorted(doses))}"
                yield at.below(key).warning("not-needed", message, "leave it out, or write the dose so")


def check_weight_is_used(protocol: Protocol) -> Iterator[Finding]:
    """A weight for doses per m2 counts only where the formula of the body surface is named."""
    for name, text in protocol.text.treatments.items():
        if text.weight is None or text.body_surface is not None:
            continue
        lines = [line for _, line in protocol.treatments() if line.name == name]
        per = {_per(line, give) for line in lines for give in line.gives}
        if "m2" in per and "kg" not in per:
            message = f"a weight works out no dose of {name}: the formula of the body surface is not named"
            hint = "write it beside 'weight', body surface: Mosteller; or leave 'weight' out"
            yield protocol.root.below("treatments", name, "weight").warning("no-formula", message, hint)


def _per(line: Timeline, give: Give) -> str | None:
    return line.ladder.per if line.ladder is not None and give.amount is None else give.per


def _said(dose: str) -> str:
    return "by AUC" if dose == "AUC" else f"per {dose}"
