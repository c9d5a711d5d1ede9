"""Words and numbers that rules would read wrongly or not at all: an answer that is none, a weight in words, half a name."""

from __future__ import annotations

import pytest

from scheduler.calendar.patient_calendar import calendar_of
from scheduler.site.site import EVERY_DAY
from tests.asking.story import CONTROL, EXPERIMENTAL, asked, codes, stands
from tests.dosing.story import told
from tests.seed import VERSION

TUMOUR = "2026-03-02 attribute, name: liver tumour, value:"


@pytest.mark.parametrize("answer", ["maybe", "suspected", "unknown", "1", "two lesions", "是"])
def test_a_fact_that_rules_ask_for_is_answered_with_yes_or_no(answer: str) -> None:
    """Rules read every other word as no: with a tumour in the liver, ALT would be judged as without one."""
    (found,) = asked(EXPERIMENTAL, f"{TUMOUR} {answer}")
    assert codes((found,)) == [("asked", "no-answer", "0.value")]
    assert (str(found.what), str(found.hint)) == (
        f"'{answer}' does not say whether: liver tumour",
        "write true or false",
    )
    assert found.protocol is not None
    assert "without liver tumour" in found.protocol


@pytest.mark.parametrize("answer", ["true", "false", "yes", "No", "present", "negative"])
def test_yes_and_no_are_not_asked_about(answer: str) -> None:
    assert asked(EXPERIMENTAL, f"{TUMOUR} {answer}") == ()


def test_confirmed_it_stands_and_is_told_until_somebody_looked_at_it() -> None:
    log = stands(EXPERIMENTAL, f"{TUMOUR} suspected, confirmed: the report says so")
    (finding,) = [each for each in calendar_of(VERSION, EVERY_DAY, log).findings if each.code == "no-answer"]
    assert finding.message == (
        "2026-03-02, event 4: 'suspected' does not say whether: liver tumour; rules read it as no"
    )


def test_positive_is_yes_wherever_it_is_asked() -> None:
    """5 x the upper limit with a tumour in the liver that is proven: the row for patients with one."""
    story = f"{EXPERIMENTAL}\n{TUMOUR} positive\n2026-03-02 attribute, name: baseline ALT, value: 30 U/L\n"
    log = told(f"{story}2026-03-16 measured, test: ALT, value: 200, unit: U/L, upper_limit: 40")
    proposed = {each.id for each in calendar_of(VERSION, EVERY_DAY, log).proposals}
    assert "hepatitis.7.6" in proposed


@pytest.mark.parametrize(
    ("value", "code", "hint"),
    [
        ("seventy", "not-a-value", "write a number and kg"),
        ("'75,5 kg'", "not-a-value", "write 75.5 kg"),
        ("'1,200 kg'", "not-a-value", "write 1200 kg or 1.2 kg, whichever is meant"),
        ("1.200", "ambiguous-amount", "write 1.2 kg or 1200 kg, whichever is meant"),
        ("75 stone of it", "unread-unit", "write it in kg"),
    ],
)
def test_a_weight_that_no_dose_goes_by_as_it_is_written(value: str, code: str, hint: str) -> None:
    (found,) = asked(CONTROL, f"2026-03-02 attribute, name: weight, value: {value}")
    assert codes((found,)) == [("asked", code, "0.value")]
    assert str(found.hint) == hint


def test_another_name_of_an_attribute_is_said() -> None:
    (found,) = asked(CONTROL, "2026-03-02 attribute, name: BW, value: 75 kg")
    assert codes((found,)) == [("said", "read-as", "0.name")]
    assert str(found.what) == "'BW' was read as weight"
    assert asked(CONTROL, "2026-03-02 attribute, name: baseline ALT, value: 75 U/L") == ()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("predn", "did you mean 'prednisone' or 'prednisolone'?"),
        ("Dexa", "did you mean 'dexamethasone'?"),
        ("methylpred", "did you mean 'methylprednisolone'?"),
    ],
)
def test_a_medicine_that_is_cut_short(name: str, hint: str) -> None:
    """No clock of steroids would count it."""
    line = f"2026-03-16 medicine started, name: {name}, dose: 20 mg, route: oral"
    (found,) = asked(EXPERIMENTAL, line)
    assert codes((found,)) == [("asked", "unknown-medicine", "0.name")]
    assert str(found.hint) == hint
    log = stands(EXPERIMENTAL, f"{line}, confirmed: so it is written")
    assert "unknown-medicine" in [each.code for each in calendar_of(VERSION, EVERY_DAY, log).findings]


@pytest.mark.parametrize("name", ["Zzzmab", "pre", "Xeloda"])
def test_a_medicine_that_is_like_none_is_taken(name: str) -> None:
    assert asked(EXPERIMENTAL, f"2026-03-16 medicine started, name: {name}, dose: 20 mg, route: oral") == ()


OTHER = "Infections and infestations - Other, specify"


def test_what_ctcae_lacks_is_named_behind_the_colon() -> None:
    line = f"2026-03-16 adverse event, ae: 1, grade: 2, term: '{OTHER}"
    (found,) = asked(CONTROL, f"{line}'")
    assert codes((found,)) == [("asked", "not-specified", "0.term")]
    assert str(found.hint) == f"write it behind a colon, such as {OTHER}: ..."
    assert asked(CONTROL, f"{line}: nocardiosis'") == ()
    log = stands(CONTROL, f"{line}', confirmed: not known yet")
    assert [each.message for each in calendar_of(VERSION, EVERY_DAY, log).findings if each.code == "other-term"] == [
        f"2026-03-16, event 3: '{OTHER}' does not say what it is"
    ]


STORY = f"""{EXPERIMENTAL}
2026-03-10 adverse event, ae: 1, term: Fatigue, grade: 1
2026-03-10 measured, test: ALT, value: 30, unit: U/L, upper_limit: 40
2026-03-10 medicine started, name: prednisone, dose: 20 mg, route: oral
2026-03-10 attribute, name: liver tumour, value: true"""


@pytest.mark.parametrize(
    ("number", "event", "found"),
    [
        (4, "adverse event, ae: 1, term: HFS, grade: 1", ("said", "read-as", "0.with.term")),
        (4, "adverse event, ae: 1, term: Pneumonitiss, grade: 1", ("asked", "unknown-term", "0.with.term")),
        (
            5,
            "measured, test: ALAT, value: 30, unit: U/L, upper_limit: 40",
            ("said", "read-as", "0.with.test"),
        ),
        (6, "medicine started, name: Prednison, dose: 20 mg, route: oral", ("said", "read-as", "0.with.name")),
        (6, "medicine started, name: predn, dose: 20 mg, route: oral", ("asked", "unknown-medicine", "0.with.name")),
        (7, "attribute, name: liver tumour, value: maybe", ("asked", "no-answer", "0.with.value")),
    ],
)
def test_a_correction_is_asked_about_its_words_too(number: int, event: str, found: tuple[str, str, str]) -> None:
    line = f"2026-03-12 corrected, number: {number}, reason: x, with: {{on: 2026-03-10, event: {event}}}"
    assert codes(asked(STORY, line)) == [found]
