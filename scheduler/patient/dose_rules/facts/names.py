"""One spelling for what people call differently: terms of CTCAE, laboratory tests, attributes about a baseline."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from scheduler.patient.events import Measured
from scheduler.vocabulary import ADVERSE_EVENTS, Either, Specified, laboratory_named
from scheduler.vocabulary.looking_up import folded
from scheduler.vocabulary.term_synonyms import EITHER
from scheduler.vocabulary.units import convert

BASELINE = "baseline "


@lru_cache(maxsize=4096)
def term_key(text: str) -> str:
    """What an adverse event is compared by: CTCAE's name where it is known, else the words as written.

    What may be either of some terms is compared by both names; what CTCAE does not name, by its class and its own words.
    """
    term = ADVERSE_EVENTS.known(text)
    if term is None:
        return folded(text)
    if isinstance(term, Either):
        return " or ".join(term.names).casefold()
    return term.name.casefold()


@lru_cache(maxsize=4096)
def test_key(text: str) -> str:
    """What a measurement is compared by."""
    test = laboratory_named(text)
    return (test.name if test is not None else " ".join(text.split())).casefold()


def keys_measured(event: Measured) -> tuple[str, ...]:
    """What a measurement is compared by: one test, or the two that its numbers are."""
    return tuple([test_key(test) for test, _ in event.readings])


@lru_cache(maxsize=1024)
def test_keys(texts: tuple[str, ...]) -> tuple[str, ...]:
    """What measurements of these tests are compared by."""
    return tuple(test_key(text) for text in texts)


@lru_cache(maxsize=1024)
def attribute_key(text: str) -> str:
    """What an attribute is compared by: "baseline GPT" is "baseline ALT", "body weight" is "weight", "liver tumor" a tumour."""
    name = " ".join(text.split()).casefold()
    if name.startswith(BASELINE):
        return f"{BASELINE}{test_key(name.removeprefix(BASELINE))}"
    return test_key(name) if laboratory_named(name) is not None else folded(name)


@lru_cache(maxsize=1024)
def term_keys(terms: tuple[str, ...]) -> frozenset[str]:
    """What adverse events of these terms are compared by. What may be one of them, or something else, is among them."""
    own = frozenset(term_key(term) for term in terms)
    return own | {key for key, names in _EITHERS.items() if not own.isdisjoint(names)}


@lru_cache(maxsize=1024)
def terms_left_out(terms: tuple[str, ...]) -> frozenset[str]:
    """What a table on any other adverse event leaves to others. What may be something else is not left out."""
    own = frozenset(term_key(term) for term in terms)
    return own | {key for key, names in _EITHERS.items() if own.issuperset(names)}


_EITHERS = {" or ".join(names).casefold(): frozenset(name.casefold() for name in names) for names in EITHER.values()}


@lru_cache(maxsize=4096)
def rule_key(term: str) -> str:
    """The key that rules know a recorded term's key by: "... - Other, specify" without what was specified."""
    found = ADVERSE_EVENTS.known(term)
    return found.term.casefold() if isinstance(found, Specified) else term


def in_unit(amount: Decimal, unit: str, to: str | None, test: str) -> Decimal | None:
    """An amount of a test in another unit; None where the two cannot be compared."""
    if to is None or to == unit:
        return amount
    known = laboratory_named(test)
    return convert(amount, unit, to, known.molar_mass if known is not None else None)
