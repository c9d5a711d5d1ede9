from __future__ import annotations

from collections import Counter

import pytest

from scheduler.vocabulary import GROUPS, TERMS, TESTS, term_named, terms_of

GRADES = {
    "Palmar-plantar erythrodysesthesia syndrome": (1, 2, 3),
    "Myocarditis": (2, 3, 4, 5),
    "Rash maculo-papular": (1, 2, 3),
    "Hypertension": (1, 2, 3, 4, 5),
    "Pneumonitis": (1, 2, 3, 4, 5),
    "Infusion related reaction": (1, 2, 3, 4, 5),
    "Alanine aminotransferase increased": (1, 2, 3, 4),
    "Toxic epidermal necrolysis": (4, 5),
    "Reversible posterior leukoencephalopathy syndrome": (2, 3, 4, 5),
    "Fatigue": (1, 2, 3),
    "Bacteremia": (2,),
}


@pytest.mark.parametrize("name", GRADES)
def test_grades_that_ctcae_has(name: str) -> None:
    assert TERMS[name].grades == GRADES[name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("hand-foot skin reaction", "Palmar-plantar erythrodysesthesia syndrome"),
        ("PPE", "Palmar-plantar erythrodysesthesia syndrome"),
        ("  palmar-plantar   ERYTHRODYSESTHESIA syndrome ", "Palmar-plantar erythrodysesthesia syndrome"),
        ("diarrhoea", "Diarrhea"),
        ("radiation dermatitis", "Dermatitis radiation"),
        ("ALT increased", "Alanine aminotransferase increased"),
        ("PRES", "Reversible posterior leukoencephalopathy syndrome"),
    ],
)
def test_other_names_of_a_term(said: str, name: str) -> None:
    term = term_named(said)
    assert term is not None
    assert term.name == name


def test_a_name_that_nobody_knows() -> None:
    assert (term_named("bad mood"), terms_of("bad mood")) == (None, None)


def test_no_name_means_two_terms() -> None:
    names = Counter(spelling.casefold() for term in TERMS.values() for spelling in (term.name, *term.synonyms))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_term_is_under_its_own_name_and_has_a_grade() -> None:
    assert {name: term.name for name, term in TERMS.items()} == {name: name for name in TERMS}
    assert [
        name for name, term in TERMS.items() if not term.grades or max(term.grades) > 5 or min(term.grades) < 1
    ] == []


def test_groups_are_many_terms() -> None:
    assert {group: len(terms) > 25 for group, terms in GROUPS.items()} == dict.fromkeys(GROUPS, True)
    infections = terms_of("Any infection")
    assert infections is not None
    assert {"Sepsis", "Lung infection", "Urinary tract infection"} <= set(infections)


def test_tests_grade_terms_that_exist() -> None:
    assert [term for test in TESTS.values() for term in test.terms if term not in TERMS] == []
