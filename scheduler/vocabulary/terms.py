"""The adverse events of CTCAE by any name: how each is called, what belongs together, and what a written word is read as.

A version of CTCAE is a module with its names and grades. Version 5.0 is the one that there is; another one is a second module,
and no rewrite of records.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.said import Code, said, text_of
from scheduler.vocabulary import ctcae_v5
from scheduler.vocabulary.laboratory_tests import TESTS
from scheduler.vocabulary.looking_up import Either, Known, Specified, Synonym, Vocabulary
from scheduler.vocabulary.term import Term, read_terms
from scheduler.vocabulary.term_synonyms import EITHER, SYNONYMS

VERSION = "5.0"
"""The version that a protocol means which names none."""

TERMS: dict[str, Term] = read_terms(ctcae_v5.TEXT)
"""All terms of CTCAE v5.0, by name."""


def _classes() -> dict[str, dict[str, Term]]:
    found: dict[str, dict[str, Term]] = {}
    for name, term in TERMS.items():
        found.setdefault(term.organ_class, {})[name] = term
    return found


CLASSES: dict[str, dict[str, Term]] = _classes()
"""The system organ classes of CTCAE v5.0 with their terms."""

_BLEEDING = ("hemorrhage", "bleeding", "epistaxis", "hematoma", "hematuria", "menorrhagia", "hematosalpinx")
_NO_INFECTION = ("Conjunctivitis", "Myelitis", "Papulopustular rash")


def _infections() -> dict[str, Term]:
    infections = CLASSES["Infections and infestations"]
    return {name: term for name, term in infections.items() if name not in _NO_INFECTION}


def _with_a_word(*words: str) -> dict[str, Term]:
    return {name: term for name, term in TERMS.items() if any(word in name.casefold() for word in words)}


GROUPS: dict[str, dict[str, Term]] = {
    "any infection": _infections(),
    "any haemorrhage": _with_a_word(*_BLEEDING),
    "any perforation or fistula": {
        name: term
        for name, term in _with_a_word("fistula", "perforation").items()
        if term.organ_class != "Infections and infestations"
    },
}
"""Groups that a rule may name and CTCAE does not have. Infections are the class without what is often none: conjunctivitis,
myelitis, papulopustular rash."""


def _written(column: int) -> Iterator[tuple[str, str]]:
    for line in SYNONYMS.strip().splitlines():
        name, *columns = (part.strip() for part in line.split("|"))
        yield from ((said.strip(), name) for said in columns[column].split(",") if said.strip())


def _by_value() -> Iterator[tuple[str, str]]:
    """ "Raised GPT" and "ANC low": the tests by all their names, where one term is about the value being high, or low."""
    for test in TESTS.values():
        words = _RISEN if test.terms[-1:] and test.terms[-1].endswith(" increased") else _FALLEN
        if len(test.terms) == 1 and test.terms[0].endswith((" increased", " decreased")):
            for name in (test.name, *test.synonyms):
                yield from ((said.format(name), test.terms[0]) for said in words)


_RISEN = (
    "{} increased",
    "increased {}",
    "{} elevated",
    "elevated {}",
    "{} elevation",
    "{} raised",
    "raised {}",
    "high {}",
)
_FALLEN = ("{} decreased", "decreased {}", "{} reduced", "reduced {}", "low {}", "{} low")

ADVERSE_EVENTS = Vocabulary(
    text_of(said("a term of CTCAE v{version}", version=Code(VERSION))),
    tuple(TERMS),
    synonyms=dict(_by_value()) | dict(_written(0)),
    ours=dict(_written(1)),
    either=EITHER,
    others=tuple(name for name, term in TERMS.items() if term.is_other),
)
"""Adverse events by CTCAE v5.0. What it does not name is its class's "... - Other, specify: " with words behind the colon."""

_GROUPS = Vocabulary("a group of terms", (*GROUPS, *CLASSES))


def other_of(organ_class: str) -> Term | None:
    """The "Other, specify" of a class: what an event is recorded as that CTCAE does not name."""
    name = _GROUPS.named(organ_class)
    return next((term for term in CLASSES.get(name or "", {}).values() if term.is_other), None)


def term_named(text: str) -> Term | None:
    """The one term that is called so, by its own name or by a listed other one, in any spelling."""
    match ADVERSE_EVENTS.known(text):
        case Known(name) | Synonym(name) | Specified(name):
            return TERMS[name]
        case _:
            return None


def terms_of(text: str) -> tuple[str, ...] | None:
    """The names of the terms that a rule means: of a class, of a group, or the one of that name; None where nobody knows it."""
    group = _GROUPS.named(text)
    if group is not None:
        return tuple(GROUPS.get(group) or CLASSES[group])
    term = term_named(text)
    return (term.name,) if term is not None else None


def grades_of(text: str) -> tuple[int, ...] | None:
    """The grades that what was recorded can have; None where nobody knows the word. Of several terms, those that any has."""
    found = ADVERSE_EVENTS.known(text)
    if isinstance(found, Either):
        return tuple(sorted({grade for name in found.names for grade in TERMS[name].grades}))
    term = term_named(text)
    return term.grades if term is not None else None
