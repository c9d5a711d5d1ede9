"""A record of several fractions of a day, as a record of each of them."""

from __future__ import annotations

from decimal import Decimal

from scheduler.patient.events import Given, parse_amount
from scheduler.patient.log import Fact

_FINEST = Decimal("0.0001")
"""Finer than any dose is said. What a division leaves over goes to the last, so that the sum is what was recorded."""


def one_by_one(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts, with each fraction by itself. Those of one record have its numbers: they are corrected and struck together.

    Each has its share of the amount. The time of the record is that of the first; nobody knows that of the others.
    """
    if not any(_has_several(fact) for fact in facts):
        return facts
    return tuple(each for fact in facts for each in (_each(fact) if _has_several(fact) else (fact,)))


def _has_several(fact: Fact) -> bool:
    return type(fact.event) is Given and fact.event.fractions is not None and fact.event.fractions > 1


def _each(fact: Fact) -> tuple[Fact, ...]:
    event = fact.event
    assert isinstance(event, Given)
    of = event.fractions or 1
    whole = [_shares(*parse_amount(event.amount), of)] if event.amount is not None else []
    named = [[f"{share} {name}" for share in _shares(amount, unit, of)] for amount, unit, name in event.parts]
    return tuple(
        Fact(
            event.model_copy(
                update={
                    "n": event.n + number,
                    "fractions": None,
                    "at": event.at if number == 0 else None,
                    "amount": whole[0][number] if whole else None,
                    "amounts": tuple(shares[number] for shares in named),
                }
            ),
            fact.numbers,
        )
        for number in range(of)
    )


def _shares(amount: Decimal, unit: str, of: int) -> tuple[str, ...]:
    """An amount in equal shares, as texts: 2.4 Gy in two are 1.2 Gy and 1.2 Gy."""
    share = (amount / of).quantize(_FINEST)
    shares = (*(share,) * (of - 1), amount - share * (of - 1))
    return tuple(f"{each.normalize():f} {unit}" for each in shares)
