"""Doses that cannot be made from what the pharmacy has: 100 mg from tablets of 40 mg."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.dosing.bands import Band
from scheduler.protocol.plan.dosing.calculation import Onto
from scheduler.protocol.plan.dosing.give import Give, per_of, unit_of
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.dosing.strengths import made_of, sum_at_least, sum_at_most
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.sentences.dosing.giving import ROUTES, convert
from scheduler.protocol.text.sentence_place import At
from scheduler.vocabulary.dosage_forms import FORMS, MILLILITRE, Counted


def check_units(protocol: Protocol) -> Iterator[Finding]:
    """Every amount that is given is a whole number of the product's units, in a unit that can be compared."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            for product in plan.products_of(give.name, line.name)[:1]:
                if is_rounded_to_what_can_be_given(give):
                    continue
                for amount, unit, at in _amounts(protocol, line, give):
                    yield from _judge(product, amount, unit, at, at_home=line.kind == "oral")


def is_rounded_to_what_can_be_given(give: Give) -> bool:
    """True where a sentence says to which volume, or to which half, a dose is rounded."""
    rounding = give.calculation.round_to
    return rounding is not None and (rounding.onto is Onto.HALVES or rounding.unit == MILLILITRE)


def _is_drawn(product: Product, *, at_home: bool) -> bool:
    """True where any part is taken from it: from a vial, and from what is drawn up at the site."""
    counted = product.of_form.counted
    return counted is Counted.DRAWN or (counted is Counted.MEASURED and not at_home)


def _amounts(protocol: Protocol, line: Timeline, give: Give) -> Iterator[tuple[Decimal, str, At]]:
    if give.amount is not None and give.per is None:
        yield give.amount, give.unit, protocol.at(give.clause)
    if line.ladder is not None and line.ladder.per is None:
        at = protocol.at(line.ladder.clause)
        yield from ((amount, line.ladder.unit, at) for amount in line.ladder.amounts if amount)
    for band in give.calculation.bands:
        yield from _amounts_of_band(protocol, line, give, band)


def _amounts_of_band(protocol: Protocol, line: Timeline, give: Give, band: Band) -> Iterator[tuple[Decimal, str, At]]:
    """What a band makes of the dose, or of each of its levels."""
    if give.calculation.round_to is not None:
        return
    at = protocol.at(band.clause)
    if band.levels and band.unit is not None and band.per is None:
        yield from ((amount, band.unit, at) for amount in band.levels if amount)
    elif band.amount is not None and band.unit is not None and band.per is None:
        yield band.amount, band.unit, at
    elif band.share is not None and not band.is_full:
        amounts = [give.amount] if give.amount is not None else line.ladder.amounts if line.ladder is not None else ()
        unit = unit_of(give) if give.amount is not None or line.ladder is None else line.ladder.unit
        if per_of(unit) is None:
            yield from ((band.of_dose(amount).normalize(), unit, at) for amount in amounts if amount)


def _judge(product: Product, amount: Decimal, unit: str, at: At, *, at_home: bool) -> Iterator[Finding]:
    same = convert(amount, unit, product.unit)
    if same is None:
        message = f"{amount:f} {unit} cannot be made from {_shown(product)}: the units differ"
        yield at.finding("unit-mismatch", message, _same_unit(product, amount, unit))
    elif made_of(same, product.sizes) is None and not _is_drawn(product, at_home=at_home):
        message = f"{amount:f} {unit} cannot be made from {_shown(product)}"
        nearest = (sum_at_most(same, product.sizes), sum_at_least(same, product.sizes))
        sums = ", ".join(f"{each.normalize():f}" for each in nearest if each is not None)
        hint = f"{product.parts} make {sums} {product.unit}"
        yield at.finding("cannot-be-made", message, hint, word=f"{amount:f}")


def _same_unit(product: Product, amount: Decimal, unit: str) -> str:
    if unit == MILLILITRE and product.of_form.is_measured:
        # A volume is never a dose by itself: the same mL of another strength are another dose.
        return f"write what these mL hold: {(amount * product.unit_amount).normalize():f} {product.unit}"
    return "use the same unit in both"


def _shown(product: Product) -> str:
    whole = product.strengths or product.of_form.is_measured or product.counts_itself
    return product.all_units if whole else f"a {product}"


def check_roundings_can_be_made(protocol: Protocol) -> Iterator[Finding]:
    """A dose that is rounded to a multiple may be one that the tablets cannot make: then no list has their number."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            rounding = give.calculation.round_to
            for product in plan.products_of(give.name, line.name)[:1]:
                if rounding is None or rounding.onto is not Onto.STEP or rounding.unit != product.unit:
                    continue
                unmade = _unmade(rounding.amounts[0], product)
                if unmade is not None and not _is_drawn(product, at_home=line.kind == "oral"):
                    message = f"{unmade} cannot be made from {_shown(product)}"
                    things = product.of_form.plural
                    right = "0.1 mL" if product.of_form.is_measured else f"whole {things}"
                    hint = f"a dose of so much has no number of {product.of_form.many} on any list; or write 'round to: {right}'"
                    yield protocol.at(rounding.clause).note("cannot-be-made", message, hint)


_MULTIPLES = 40


def _unmade(step: Decimal, product: Product) -> str | None:
    """The multiples of a step that no sum of units makes, in words; None where each can be made."""
    first = [step * number for number in range(1, _MULTIPLES + 1)]
    found = [amount for amount in first if made_of(amount, product.sizes) is None]
    if first[-1] in found or first[-2] in found:
        return f"not every multiple of {step.normalize():f} {product.unit} can be a dose: some"
    return f"{', '.join(f'{each.normalize():f}' for each in found)} {product.unit}" if found else None


def check_forms(protocol: Protocol) -> Iterator[Finding]:
    """Forms that lists and papers have no word for, and what is taken at home and can only be drawn up."""
    for name, text in protocol.text.products.items():
        for product in text.of_each_strength[:1]:
            if product.form not in FORMS:
                at = protocol.root.below("products", name, "unit" if text.unit is not None else "units")
                hint = did_you_mean(product.form, FORMS) or f"known here: {', '.join(FORMS)}"
                message = f"'{product.form}' is no form that papers have words for: they print it as it is"
                yield at.warning("unknown-form", message, hint)


_ROUTES_OF = {
    "patch": ("on the skin",),
    "puff": ("by inhalation",),
    "spray": ("nasally", "under the tongue", "by inhalation"),
    "suppository": ("rectally", "vaginally"),
    "drop": ("by mouth", "into the eye", "into the ear", "nasally", "under the tongue"),
}
_SWALLOWED = ("by mouth", "under the tongue", "rectally", "vaginally")


def check_form_and_route(protocol: Protocol) -> Iterator[Finding]:
    """A patch is not taken by mouth, and a tablet is not put on the skin: one of both sentences is wrong."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            for product in plan.products_of(give.name, line.name)[:1]:
                fitting = _ROUTES_OF.get(product.form, _SWALLOWED if product.of_form.swallowed else ())
                if ROUTES.get(give.route or "") == "oral" and fitting and give.route not in fitting:
                    message = f"{give.name} is a {product.form}, and it is given {give.route}"
                    hint = f"write how it is given: {' or '.join(fitting)}; or another form under 'products'"
                    yield protocol.at(give.clause).warning("form-and-route", message, hint, word=give.route)


def check_products(protocol: Protocol) -> Iterator[Finding]:
    """Products that nobody gets, and drugs that the pharmacy list would have no product for."""
    given = {give.name for _, line in protocol.treatments() for give in line.gives}
    given |= {line.name for _, line in protocol.treatments()}
    for name in protocol.text.products:
        if name not in given:
            place = protocol.root.below("products", name).key()
            hint = did_you_mean(name, given)
            yield Finding("unknown-product", Severity.ERROR, f"nothing gives '{name}'", hint, place)
    if not protocol.text.products:
        return
    for plan, line in protocol.treatments():
        for give in line.gives:
            if give.unit != "Gy" and give.name not in plan.products and line.name not in plan.products:
                hint = "define it under 'products'"
                yield protocol.at(give.clause).note("no-product", f"{give.name} has no product to hand out", hint)
