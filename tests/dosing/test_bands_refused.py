"""Doses by bands that do not fit the dose beside them: whoever writes the protocol is told, with the line and what to write."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidText
from tests.dosing.test_by_band import GIVE, tablets

FULL = "age up to 75 years at first dose: the full dose"
LESS = "age above 75 years at first dose: {}"
BY_WEIGHT = [
    "weight up to 50 kg at first dose: half the dose",
    "weight above 50 kg at first dose: the full dose",
]


def refused(*bands: str, give: str) -> list[str]:
    """What is told, by code, without its line."""
    with pytest.raises(InvalidText) as caught:
        tablets(*bands, give=give)
    return [f"{each.code}: {each.message} ({each.hint})" for each in caught.value.findings]


@pytest.mark.parametrize(
    ("give", "less", "said"),
    [
        (GIVE, "20 g", "unit-mismatch: drug is given in mg, not in g (write it in mg)"),
        (
            GIVE,
            "20 mg/m2",
            "unit-mismatch: drug is not given per m2 (write a share of it, such as: half the dose)",
        ),
        (
            "40 mg/m2 intravenously",
            "1 mg/kg",
            "unit-mismatch: drug is not given per kg (write a share of it, such as: half the dose)",
        ),
        (
            "AUC 5 intravenously",
            "400 mg",
            "unit-mismatch: drug is given by AUC (write a share of it, such as: half the dose)",
        ),
        (
            GIVE,
            "levels 20, 10 mg",
            "band-levels: drug has no dose levels (write one amount, or 'levels' under it)",
        ),
    ],
)
def test_an_amount_that_is_none_of_this_drug(give: str, less: str, said: str) -> None:
    assert said in refused(FULL, LESS.format(less), give=give)


def test_of_what_is_prescribed_no_band_says_the_dose() -> None:
    """Each patient's own amount is recorded; a band beside it would say another."""
    said = "band-without-dose: drug is prescribed or from a range: no band says its dose"
    hint = "(leave it out, or write one amount under 'give')"
    give = "20-40 mg prescribed once daily by mouth on days 1-21"
    assert refused(FULL, LESS.format("half the dose"), give=give) == [f"{said} {hint}"] * 2


def test_a_fixed_amount_beside_shares_of_a_dose_per_kg_cannot_be_compared() -> None:
    """An old and light patient gets the lower of both doses: of 20 mg and of a share per kg nobody can say which it is."""
    give = "1 mg/kg once daily by mouth on days 1-21"
    found = refused(FULL, LESS.format("20 mg"), *BY_WEIGHT, give=give)
    assert [each for each in found if each.startswith("bands-not-comparable")] == [
        "bands-not-comparable: which dose is the lowest cannot be told: drug is given per kg, and this is a fixed amount"
        " (write shares, such as: half the dose)"
    ]
