"""How doses are taken and what they are made of, in words: each form of a sentence once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Dose
from scheduler.calendar.entries.taking_in_words import taking_in_words
from scheduler.calendar.telling.explanation import source_in_words
from scheduler.protocol.plan.dosing.product import Product
from scheduler.protocol.plan.dosing.products_in_words import all_units_in_words, parts_in_words, product_in_words
from scheduler.protocol.plan.dosing.taking import HoursApart, Meal, Meals, Taking
from scheduler.said import in_english
from scheduler.views.reader.doses_in_words import dose_in_words


@pytest.mark.parametrize(
    ("taking", "said"),
    [
        (Taking(2, morning_and_evening=True), "in the morning and evening"),
        (Taking(2, HoursApart(720)), "12 hours apart"),
        (Taking(2, HoursApart(720, 60, 60)), "12 hours ±1 hour apart"),
        (Taking(2, HoursApart(720, 30, 60)), "12 hours -30 +60 minutes apart"),
        (Taking(3, HoursApart(480, at_least=True)), "at least 8 hours apart"),
        (Taking(1, meals=Meals(Meal.EMPTY)), "on an empty stomach"),
        (Taking(1, meals=Meals(Meal.SOON_AFTER, after=30)), "within 30 minutes after a meal"),
        (Taking(1, meals=Meals(Meal.BETWEEN, 120, 60)), "at least 2 hours before and 1 hour after a meal"),
        (Taking(2, HoursApart(720), meals=Meals(Meal.WITH_FOOD)), "12 hours apart, with food"),
    ],
)
def test_how_a_dose_is_taken(taking: Taking, said: str) -> None:
    assert in_english(taking_in_words(taking)) == said


TABLET = Product("a", Decimal(40), "mg", "tablet")
TWO = Product("a", Decimal(20), "mg", "tablet", strengths=(Decimal(20), Decimal(15)))
SCORED = Product("a", Decimal(10), "mg", "tablet", step=Decimal("0.5"))
SOLUTION = Product("a", Decimal(40), "mg", "oral solution", step=Decimal("0.1"))
PUFF = Product("a", Decimal(1), "puff", "puff")


@pytest.mark.parametrize(
    ("product", "one", "of_all", "parts"),
    [
        (TABLET, "40 mg tablet", "40 mg tablets", "whole ones"),
        (TWO, "20 mg tablet", "20 mg and 15 mg tablets", "whole ones"),
        (SCORED, "10 mg tablet", "10 mg tablets", "whole and half ones"),
        (SOLUTION, "40 mg/mL oral solution", "40 mg/mL oral solution", "steps of 0.1 mL"),
        (PUFF, "puff", "whole puffs", "whole ones"),
    ],
)
def test_what_a_dose_is_made_of(product: Product, one: str, of_all: str, parts: str) -> None:
    told = [product_in_words(product), all_units_in_words(product), parts_in_words(product)]
    assert [in_english(each) for each in told] == [one, of_all, parts]


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (Dose(Decimal(45), "mg"), "45 mg"),
        (Dose(Decimal(5), "AUC"), "AUC 5"),
        (Dose(Decimal(2), "puff"), "2 puffs"),
        (Dose(Decimal(200_000_000), "cells"), "2 x 10^8 cells"),
        (Dose(Decimal(30_000), "IU"), "30000 IU"),
    ],
)
def test_a_dose_as_patients_read_it(dose: Dose, said: str) -> None:
    assert str(dose_in_words(dose, lambda drug: drug)) == said


@pytest.mark.parametrize("source", ["event 5", "site: imaging", "protocol.yaml:12"])
def test_where_a_sentence_comes_from(source: str) -> None:
    assert in_english(source_in_words(source)) == source


def test_the_days_on_which_a_site_is_open_are_a_source() -> None:
    assert in_english(source_in_words("site")) == "the site's open days"
