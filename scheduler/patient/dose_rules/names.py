"""One spelling for what people call differently: terms of CTCAE, laboratory tests, and attributes about a test's baseline."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from scheduler.ctcae import laboratory_named, term_named
from scheduler.ctcae.units import convert

BASELINE = "baseline "


@lru_cache(maxsize=4096)
def term_key(text: str) -> str:
    """What an adverse event is compared by: CTCAE's name where it is known, else the words as written."""
    term = term_named(text)
    return (term.name if term is not None else " ".join(text.split())).casefold()


@lru_cache(maxsize=4096)
def test_key(text: str) -> str:
    """What a measurement is compared by."""
    test = laboratory_named(text)
    return (test.name if test is not None else " ".join(text.split())).casefold()


@lru_cache(maxsize=1024)
def test_keys(texts: tuple[str, ...]) -> tuple[str, ...]:
    """What measurements of these tests are compared by."""
    return tuple(test_key(text) for text in texts)


@lru_cache(maxsize=1024)
def attribute_key(text: str) -> str:
    """What an attribute is compared by: "baseline GPT" is "baseline ALT"."""
    name = " ".join(text.split()).casefold()
    return f"{BASELINE}{test_key(name.removeprefix(BASELINE))}" if name.startswith(BASELINE) else name


@lru_cache(maxsize=1024)
def term_keys(terms: tuple[str, ...]) -> frozenset[str]:
    """What adverse events of these terms are compared by."""
    return frozenset(term_key(term) for term in terms)


def in_unit(amount: Decimal, unit: str, to: str | None, test: str) -> Decimal | None:
    """An amount of a test in another unit; None where the two cannot be compared."""
    if to is None or to == unit:
        return amount
    known = laboratory_named(test)
    return convert(amount, unit, to, known.molar_mass if known is not None else None)
