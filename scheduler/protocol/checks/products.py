"""Doses that cannot be made from what the pharmacy has: 100 mg from tablets of 40 mg."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.findings import Finding, Severity, did_you_mean
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.study import Give, Product, Timeline
from scheduler.protocol.sentences.giving import convert
from scheduler.protocol.text.sentence_place import At

DRAWN_FROM = frozenset({"vial", "vials", "ampoule", "bag", "bottle", "syringe", "pen", "solution"})
"""What a part can be taken from. Anything else is given whole: tablets, capsules, sachets."""


def check_units(protocol: Protocol) -> Iterator[Finding]:
    """Every amount that is given is a whole number of the product's units, in a unit that can be compared."""
    for plan, line in protocol.treatments():
        for give in line.gives:
            product = plan.products.get(give.name) or plan.products.get(line.name)
            if product is None:
                continue
            for amount, unit, at in _amounts(protocol, line, give):
                yield from _judge(product, amount, unit, at)


def _amounts(protocol: Protocol, line: Timeline, give: Give) -> Iterator[tuple[Decimal, str, At]]:
    if give.amount is not None and give.per is None:
        yield give.amount, give.unit, protocol.at(give.clause)
    if line.ladder is not None and "/" not in line.ladder.unit:
        at = protocol.at(line.ladder.clause)
        yield from ((amount, line.ladder.unit, at) for amount in line.ladder.amounts)


def _judge(product: Product, amount: Decimal, unit: str, at: At) -> Iterator[Finding]:
    same = convert(amount, unit, product.unit)
    if same is None:
        message = f"{amount:f} {unit} cannot be made from a {_shown(product)}: the units differ"
        yield at.finding("unit-mismatch", message, "use the same unit in both")
    elif same % product.unit_amount and product.form not in DRAWN_FROM:
        message = f"{amount:f} {unit} cannot be made from a {_shown(product)}"
        hint = f"whole ones make {', '.join(_nearest(product, same))} {product.unit}"
        yield at.finding("cannot-be-made", message, hint, word=f"{amount:f}")


def _shown(product: Product) -> str:
    return f"{product.unit_amount:f} {product.unit} {product.form}"


def _nearest(product: Product, amount: Decimal) -> list[str]:
    below = amount // product.unit_amount * product.unit_amount
    return [f"{each:f}" for each in (below, below + product.unit_amount) if each > 0]


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
