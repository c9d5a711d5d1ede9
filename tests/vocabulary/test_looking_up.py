"""What somebody wrote is known, listed as another name, or unknown with what is nearest; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    LABORATORY_TESTS,
    MEDICINES,
    TERMS,
    Either,
    Known,
    Specified,
    Synonym,
    Unknown,
    Vocabulary,
    offer,
)

HAND_FOOT = "Palmar-plantar erythrodysesthesia syndrome"


@pytest.mark.parametrize(
    ("vocabulary", "written", "name"),
    [
        (ADVERSE_EVENTS, "HFS", HAND_FOOT),
        (ADVERSE_EVENTS, "PPE", HAND_FOOT),
        (ADVERSE_EVENTS, "hand foot syndrome", HAND_FOOT),
        (ADVERSE_EVENTS, "ILD", "Pneumonitis"),
        (ADVERSE_EVENTS, "Diarrhoea", "Diarrhea"),
        (ADVERSE_EVENTS, "anaemia", "Anemia"),
        (ADVERSE_EVENTS, "oesophageal haemorrhage", "Esophageal hemorrhage"),
        (ADVERSE_EVENTS, "Tumour pain", "Tumor pain"),
        (ADVERSE_EVENTS, "Generalised oedema", "Generalized edema"),
        (ADVERSE_EVENTS, "raised GPT", "Alanine aminotransferase increased"),
        (ADVERSE_EVENTS, "ANC low", "Neutrophil count decreased"),
        (LABORATORY_TESTS, "ALAT", "ALT"),
        (LABORATORY_TESTS, "SGPT", "ALT"),
        (LABORATORY_TESTS, "GPT", "ALT"),
        (LABORATORY_TESTS, "ASAT", "AST"),
        (LABORATORY_TESTS, "T-Bil", "bilirubin"),
        (LABORATORY_TESTS, "hemoglobin", "haemoglobin"),
        (MEDICINES, "Prednison", "prednisone"),
        (MEDICINES, "Medrol", "methylprednisolone"),
    ],
)
def test_a_listed_other_name_is_taken_and_can_be_said(vocabulary: Vocabulary, written: str, name: str) -> None:
    found = vocabulary.look_up(written)
    if found != Known(name):
        assert found == Synonym(name, written)


def test_a_chinese_name_says_that_it_is_our_own() -> None:
    assert ADVERSE_EVENTS.look_up("手足综合征") == Synonym(HAND_FOOT, "手足综合征", ours=True)
    assert LABORATORY_TESTS.look_up("总胆红素") == Synonym("bilirubin", "总胆红素", ours=True)
    assert MEDICINES.look_up("甲泼尼龙") == Synonym("methylprednisolone", "甲泼尼龙", ours=True)


def test_a_word_that_may_be_either_is_neither() -> None:
    bleeding = ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage")
    assert ADVERSE_EVENTS.look_up("GI bleed") == Either(bleeding, "GI bleed")
    assert ADVERSE_EVENTS.named("GI bleed") is None


def test_what_ctcae_does_not_name_keeps_its_class_and_its_words() -> None:
    found = ADVERSE_EVENTS.look_up("cardiac disorders - Other, specify:  Sarcoidosis of the heart")
    assert found == Specified("Cardiac disorders - Other, specify", "Sarcoidosis of the heart")
    assert found.name == "Cardiac disorders - Other, specify: Sarcoidosis of the heart"


def test_a_class_alone_or_words_behind_another_term_specify_nothing() -> None:
    assert ADVERSE_EVENTS.look_up("Cardiac disorders - Other, specify") == Known("Cardiac disorders - Other, specify")
    assert isinstance(ADVERSE_EVENTS.look_up("Pneumonitis: both lungs"), Unknown)


@pytest.mark.parametrize(
    ("vocabulary", "written", "nearest"),
    [
        (ADVERSE_EVENTS, "Hand foot syndrom", HAND_FOOT),
        (ADVERSE_EVENTS, "Pneumonitiss", "Pneumonitis"),
        (ADVERSE_EVENTS, "neutropenia febrile", "Febrile neutropenia"),
        (ADVERSE_EVENTS, "immune hepatitis", "Alanine aminotransferase increased"),
        (LABORATORY_TESTS, "ALTT", "ALT"),
        (LABORATORY_TESTS, "Kreatinin", "creatinine"),
        (MEDICINES, "dexamethsone", "dexamethasone"),
    ],
)
def test_a_misspelt_word_is_not_taken_but_asked_about(vocabulary: Vocabulary, written: str, nearest: str) -> None:
    found = vocabulary.look_up(written)
    assert isinstance(found, Unknown)
    assert found.nearest[0] == nearest


def test_what_is_like_nothing_is_offered_nothing() -> None:
    assert ADVERSE_EVENTS.look_up("bad mood") == Unknown("bad mood", ())


LONG = [name for name in TERMS if len(name) >= 7]


@given(st.data())
def test_one_slip_of_the_hand_never_hides_a_term_and_is_never_taken_for_another(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(LONG))
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("aeinrstz"))
    slip = data.draw(st.sampled_from([name[:at] + name[at + 1 :], name[:at] + letter + name[at:]]))
    found = ADVERSE_EVENTS.look_up(slip)
    if isinstance(found, Unknown):
        assert name in ADVERSE_EVENTS.nearest(slip, most=8)
    else:
        # A letter more or less in a space, a hyphen or a doubled letter is a spelling of the same word.
        assert ADVERSE_EVENTS.named(slip) == name


def test_typing_finds_what_begins_so_then_what_has_a_word_that_does() -> None:
    assert ADVERSE_EVENTS.search("pneumo") == (
        "Pneumonitis",
        "Pneumothorax",
        "Lung infection",
    )
    assert ADVERSE_EVENTS.search("hfs")[0] == HAND_FOOT
    assert ADVERSE_EVENTS.search("") == ()


def test_names_of_a_study_are_looked_up_alike() -> None:
    sites = Vocabulary("a site of this study", ("Shanghai", "Guangzhou"))
    assert sites.look_up("shanghai") == Known("Shanghai")
    assert sites.look_up("Shangai") == Unknown("Shangai", ("Shanghai",))


def test_an_offer_is_a_question() -> None:
    assert offer(("A",)) == "did you mean 'A'?"
    assert offer(("A", "B", "C")) == "did you mean 'A', 'B' or 'C'?"
    assert offer(()) is None


def test_a_name_is_told_in_chinese_by_the_first_of_its_chinese_names() -> None:
    told = [LABORATORY_TESTS.as_name(test).within("zh") for test in ("ALT", "ctDNA")]
    assert told == [("zh", "谷丙转氨酶"), ("en", "ctDNA")]
    assert str(MEDICINES.as_name("acetylsalicylic acid")) == "acetylsalicylic acid"
