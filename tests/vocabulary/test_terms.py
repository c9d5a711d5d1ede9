from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    CLASSES,
    GROUPS,
    TERMS,
    TESTS,
    Known,
    ctcae_v5,
    grades_of,
    other_of,
    term_named,
    terms_of,
)
from scheduler.vocabulary.looking_up import folded
from tests.vocabulary.ctcae_module import module_text, rows

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


def test_the_module_is_what_the_table_makes() -> None:
    assert Path(ctcae_v5.__file__).read_text("utf-8") == module_text()


def test_all_of_the_table_is_known_by_class_with_its_grades() -> None:
    assert len(TERMS) == 837
    assert {(term.organ_class, name, term.grades) for name, term in TERMS.items()} == set(rows())


def test_every_class_has_one_term_for_what_ctcae_does_not_name() -> None:
    others = {name: [term.name for term in terms.values() if term.is_other] for name, terms in CLASSES.items()}
    assert {name: len(found) for name, found in others.items()} == dict.fromkeys(CLASSES, 1)
    assert len(CLASSES) == 26
    assert other_of("cardiac disorders") == TERMS["Cardiac disorders - Other, specify"]


def test_ten_terms_have_gaps_in_their_grades() -> None:
    gaps = [name for name, term in TERMS.items() if term.grades != tuple(range(term.grades[0], term.grades[-1] + 1))]
    assert len(gaps) == 10
    assert TERMS["Eosinophilia"].grades == (1, 3)


def test_every_other_name_leads_to_a_term_and_none_hides_one() -> None:
    written = [*ADVERSE_EVENTS.synonyms.items(), *ADVERSE_EVENTS.ours.items()]
    assert [said for said, name in written if name not in TERMS] == []
    assert [said for said, names in ADVERSE_EVENTS.either.items() if not set(names) <= set(TERMS)] == []
    assert [said for said, name in written if said in TERMS and said != name] == []
    assert [name for name in TERMS if ADVERSE_EVENTS.known(name) != Known(name)] == []


def test_no_other_name_is_given_to_two_terms() -> None:
    written = [(folded(said), name) for said, name in [*ADVERSE_EVENTS.synonyms.items(), *ADVERSE_EVENTS.ours.items()]]
    names: dict[str, set[str]] = {}
    for said, name in written:
        names.setdefault(said, set()).add(name)
    either = {folded(said) for said in ADVERSE_EVENTS.either}
    assert {said: found for said, found in names.items() if len(found) > 1 or said in either} == {}


def test_grades_however_it_is_called() -> None:
    assert grades_of("HFS") == (1, 2, 3)
    assert grades_of("Cardiac disorders - Other, specify: sarcoidosis") == (1, 2, 3, 4, 5)
    assert grades_of("GI bleed") == (1, 2, 3, 4, 5)
    assert grades_of("bad mood") is None


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


def test_a_rule_may_name_a_class() -> None:
    assert terms_of("Eye disorders") == tuple(CLASSES["Eye disorders"])


def test_tests_grade_terms_that_exist() -> None:
    assert [term for test in TESTS.values() for term in test.terms if term not in TERMS] == []
