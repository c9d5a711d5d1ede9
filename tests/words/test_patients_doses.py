"""Doses as a patient reads them: a tablet is taken by these words, so each language says all of them itself."""

import re
from decimal import Decimal

import pytest

from scheduler.calendar.entries.entry import Dose
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.protocol.plan.times.frequency import DOSES_A_DAY, TIMES_A_WEEK, as_needed, beside_the_amount
from scheduler.protocol.sentences.dosing.giving import UNITS
from scheduler.said import Text, named
from scheduler.views.reader.doses_in_words import dose_in_words
from scheduler.vocabulary.dosage_forms import COUNTED_THEMSELVES
from tests.words.test_patients_languages import OURS

DRUGS = {"radiotherapy": named({"en": "radiotherapy", "zh": "放疗"})}


def told(dose: Dose) -> Text:
    return dose_in_words(dose, lambda drug: DRUGS.get(drug, drug))


@pytest.mark.parametrize(
    ("dose", "languages"),
    [
        (
            Dose(Decimal("2.5"), "mg", often="twice daily"),
            [
                "2.5 mg twice daily",
                "每次 2.5 mg，每日两次",
                "2,5 mg zweimal täglich",
                "2,5 mg deux fois par jour",
                "2,5 mg dos veces al día",
                "1回2.5 mg、1日2回",
            ],
        ),
        (
            Dose(Decimal(45), "mg", often="once in the evening"),
            [
                "45 mg once in the evening",
                "晚上 45 mg，仅一次",
                "45 mg einmal abends",
                "45 mg une fois le soir",
                "45 mg una vez por la noche",
                "夕に1回 45 mg",
            ],
        ),
        (
            Dose(Decimal(2), "puff", often=as_needed(3)),
            [
                "2 puffs as needed, at most 3 times a day",
                "必要时每次 2 吸，每日最多 3 次",
                "2 Hübe bei Bedarf, höchstens 3-mal täglich",
                "2 bouffées si besoin, au maximum 3 fois par jour",
                "2 inhalaciones si es necesario, como máximo 3 veces al día",
                "必要時に1回2吸入、1日3回まで",
            ],
        ),
        (
            Dose(Decimal(8), "Gy", of="radiotherapy"),
            ["radiotherapy 8 Gy", "放疗 8 Gy", *["radiotherapy 8 Gy"] * 4],
        ),
        (
            Dose(Decimal(1000), "IU"),
            ["1000 IU", "1000 IU", "1000 I.E.", "1000 UI", "1000 UI", "1000国際単位"],
        ),
        (
            Dose(Decimal(200_000_000), "cells"),
            [
                "2 x 10^8 cells",
                "2 x 10^8 个细胞",
                "2 x 10^8 Zellen",
                "2 x 10^8 cellules",
                "2 x 10^8 células",
                "2 x 10^8個の細胞",
            ],
        ),
        (Dose(Decimal(5), "AUC"), ["AUC 5"] * 6),
        (
            Dose(None, "mg"),
            [
                "not prescribed",
                "未开具处方",
                "noch nicht verordnet",
                "pas encore prescrit",
                "aún sin prescribir",
                "未処方",
            ],
        ),
        (
            Dose(None, "mg", often="twice daily"),
            [
                "not prescribed, twice daily",
                "未开具处方，每日两次",
                "noch nicht verordnet, zweimal täglich",
                "pas encore prescrit, deux fois par jour",
                "aún sin prescribir, dos veces al día",
                "未処方、1日2回",
            ],
        ),
        (
            Dose(None, "mg", of="radiotherapy", often="once in the morning"),
            [
                "radiotherapy not prescribed, once in the morning",
                "放疗 未开具处方，早上仅一次",
                "radiotherapy noch nicht verordnet, einmal morgens",
                "radiotherapy pas encore prescrit, une fois le matin",
                "radiotherapy aún sin prescribir, una vez por la mañana",
                "radiotherapy 未処方、朝に1回",
            ],
        ),
    ],
)
def test_a_dose_in_every_language(dose: Dose, languages: list[str]) -> None:
    assert [in_words(told(dose), language) for language in OURS] == languages


FREQUENCIES = [*DOSES_A_DAY, *TIMES_A_WEEK, "every 5 days", as_needed(1), as_needed(4)]
ENGLISH = re.compile(r"\b(?:daily|times|once|twice|every|hours|morning|evening|needed|cells|puffs?|drops?|sprays?)\b")


@pytest.mark.parametrize("unit", [*UNITS, *COUNTED_THEMSELVES])
def test_no_frequency_and_no_unit_stays_english(unit: str) -> None:
    for often in filter(None, dict.fromkeys(map(beside_the_amount, FREQUENCIES))):
        made = told(Dose(Decimal(3), unit, often=often))
        assert str(made) == str(Dose(Decimal(3), unit, often=often))
        others = [in_words(made, language) for language in Language if language is not Language.ENGLISH]
        unprescribed = told(Dose(None, unit, often=often))
        others_too = [in_words(unprescribed, language) for language in Language if language is not Language.ENGLISH]
        assert [each for each in (*others, *others_too) if ENGLISH.search(each)] == []
        assert ["3" in each for each in others] == [True] * len(others)
