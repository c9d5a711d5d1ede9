"""Why treatment ended, as people write it, and the word of the list."""

from __future__ import annotations

import pytest

from scheduler.vocabulary import Known, Specified, Synonym, Unknown, end_reason, is_progression


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("progression", "progression"),
        ("PD", "progression"),
        ("Disease progression", "progression"),
        ("疾病进展", "progression"),
        ("unacceptable toxicity", "adverse event"),
        ("AE 3", "adverse event"),
        ("wish of the patient", "withdrawal by subject"),
        ("Investigator's decision", "physician decision"),
    ],
)
def test_a_listed_reason(written: str, name: str) -> None:
    found = end_reason(written)
    assert isinstance(found, Known | Synonym)
    assert found.name == name
    assert is_progression(written) == (name == "progression")


def test_a_reason_of_ones_own() -> None:
    assert end_reason("other: moved abroad") == Specified("other", "moved abroad")


def test_a_slip_is_offered_the_word() -> None:
    assert end_reason("progresion") == Unknown("progresion", ("progression",))
    assert not is_progression("progresion")
    assert not is_progression(None)
