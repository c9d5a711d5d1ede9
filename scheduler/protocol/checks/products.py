"""Doses that cannot be made from what the pharmacy has: 100 mg from tablets of 40 mg."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.bands import Band
from scheduler.protocol.plan.calculation import Onto
from scheduler.protocol.plan.give import Give, per_of, unit_of
from scheduler.protocol.plan.product import Product
from scheduler.protocol.plan.strengths import made_of, sum_at_least, sum_at_most
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.sentences.giving import convert
from scheduler.protocol.text.sentence_place import At

DRAWN_FROM = frozenset({"vial", "vials", "ampoule", "bag", "bottle", "syringe", "pen", "solution"})
"""What a part can be taken from. Anything else is given whole: tablets, capsules, sachets."""


def check_units(protocol: Protocol) -> Iterator[Finding]:
    """Every amount that is given is a whole number of the product's units, in a unit that can be compared."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            for product in plan.products_of(give.name, line.name)[:1]:
                for amount, unit, at in _amounts(protocol, line, give):
                    yield from _judge(product, amount, unit, at)


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
    if band.amount is not None and band.unit is not None and band.per is None:
        yield band.amount, band.unit, at
    elif band.share is not None and band.share != 1:
        amounts = [give.amount] if give.amount is not None else line.ladder.amounts if line.ladder is not None else ()
        unit = unit_of(give) if give.amount is not None or line.ladder is None else line.ladder.unit
        if per_of(unit) is None:
            yield from (((amount * band.share).normalize(), unit, at) for amount in amounts if amount)


def _judge(product: Product, amount: Decimal, unit: str, at: At) -> Iterator[Finding]:
    same = convert(amount, unit, product.unit)
    if same is None:
        message = f"{amount:f} {unit} cannot be made from {_shown(product)}: the units differ"
        yield at.finding("unit-mismatch", message, "use the same unit in both")
    elif made_of(same, product.sizes) is None and product.form not in DRAWN_FROM:
        message = f"{amount:f} {unit} cannot be made from {_shown(product)}"
        nearest = (sum_at_most(same, product.sizes), sum_at_least(same, product.sizes))
        hint = f"whole ones make {', '.join(f'{each:f}' for each in nearest if each is not None)} {product.unit}"
        yield at.finding("cannot-be-made", message, hint, word=f"{amount:f}")


def _shown(product: Product) -> str:
    return product.all_units if product.strengths else f"a {product}"


def check_roundings_can_be_made(protocol: Protocol) -> Iterator[Finding]:
    """A dose that is rounded to a multiple may be one that the tablets cannot make: then no list has their number."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            rounding = give.calculation.round_to
            for product in plan.products_of(give.name, line.name)[:1]:
                if rounding is None or rounding.onto is not Onto.STEP or rounding.unit != product.unit:
                    continue
                unmade = _unmade(rounding.amounts[0], product)
                if unmade is not None and product.form not in DRAWN_FROM:
                    message = f"{unmade} cannot be made from {_shown(product)}"
                    hint = "a dose of so much has no number of tablets on any list; or write 'round to: whole tablets'"
                    yield protocol.at(rounding.clause).note("cannot-be-made", message, hint)


_MULTIPLES = 40


def _unmade(step: Decimal, product: Product) -> str | None:
    """The multiples of a step that no sum of units makes, in words; None where each can be made."""
    first = [step * number for number in range(1, _MULTIPLES + 1)]
    found = [amount for amount in first if made_of(amount, product.sizes) is None]
    if first[-1] in found or first[-2] in found:
        return f"not every multiple of {step.normalize():f} {product.unit} can be a dose: some"
    return f"{', '.join(f'{each.normalize():f}' for each in found)} {product.unit}" if found else None


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
