"""A sentence that cannot be read says at which character, why, and how it is written; one for every way to be wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pydantic_core import PydanticCustomError

from scheduler.protocol.sentences.dosing import calculation as calculations
from scheduler.protocol.sentences.dosing.band import BAND_EXAMPLE, read_band
from scheduler.protocol.sentences.dosing.giving import read_give
from scheduler.protocol.sentences.dosing.levels import read_ladder
from scheduler.protocol.sentences.dosing.made_up import read_made_up
from scheduler.protocol.sentences.dosing.products import read_pack, read_product, read_products
from scheduler.protocol.sentences.rules.goes_on import read_goes_on
from scheduler.protocol.sentences.rules.only_if import read_only_if
from scheduler.protocol.sentences.rules.rule import read_episode_end, read_row
from scheduler.protocol.sentences.times.consents import read_before_consent, read_screened_again
from scheduler.protocol.sentences.times.place import read_activity_place, read_interval, read_open, read_restart
from scheduler.protocol.sentences.times.prompts import read_prompts
from scheduler.protocol.sentences.times.sheet import read_sheet
from scheduler.protocol.sentences.times.timing import read_bound, read_limit, read_reference, read_timing

READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "timing": (read_timing, "28 days ±3 after the previous cycle, not before 1 day after the end of radiotherapy (A2)"),
    "limit": (read_limit, "5 fractions | at most 35 doses | before 24 months after first dose | progression"),
    "bound": (read_bound, "90 days after the last dose, not before 30 days after first dose"),
    "reference": (read_reference, "first dose is Day 1 | first dose of pembrolizumab is Day 1"),
    "give": (read_give, "28 mcg daily by continuous infusion over 24 hours on days 8-28 of cycle 1"),
    "levels": (read_ladder, "120, 80, 40 mg"),
    "pack": (read_pack, "bottle of 28 | bottle of 100 mL"),
    "product": (read_product, "40 mg tablet | 5 mg tablet, scored | 40 mg/mL oral solution | 4.6 mg patch"),
    "products": (read_products, "20 mg tablet, 15 mg tablet, fewest"),
    "open": (read_open, "clinic | any day | infusion on days 1, 3"),
    "activity": (
        read_activity_place,
        "screening | every 2nd regorafenib cycle | toripalimab doses 1-4 | every visit"
        " | 0 to 3 days before every regorafenib cycle",
    ),
    "restart": (read_restart, "more than 7 days after dose 1, again from dose 1"),
    "screened again": (read_screened_again, "after a new consent"),
    "before consent": (read_before_consent, "allowed as routine care"),
    "made up": (read_made_up, "by a second fraction of a day at least 6 hours apart, or on a Saturday | on a Saturday"),
    "goes on": (read_goes_on, "ANC at least 1.5 G/L and platelets at least 100 G/L, values within 3 days"),
    "only if": (read_only_if, "marrow-14 shows residual leukaemia"),
    "interval": (read_interval, "16 days until Study Day 57"),
    "sheet": (
        read_sheet,
        "at -0.5, 0.25, 0.5, 1, 2, 4, 8, 12, 24, 48, 72 hours ±5 minutes after every drug dose",
    ),
    "prompts": (read_prompts, "5 times a day between 09:00 and 21:00"),
    "row": (read_row, "grade 2, 2nd time: hold until grade 0-1, then resume 1 level lower (SmPC)"),
    "episode end": (read_episode_end, "grade 0-1"),
    "surface": (calculations.read_surface, "Mosteller | Du Bois | Mosteller, at most 2 m2"),
    "weight": (calculations.read_weight, "in force | baseline | in force, again when it changes by 10 %"),
    "clearance": (calculations.read_clearance, "at most 125 mL/min | as measured"),
    "rounding": (
        calculations.read_rounding,
        "10 mg | 0.1 mL | whole tablets | half tablets | whole vials within 5 % | bands of 300, 350, 400 mg within 6 %",
    ),
    "cap": (calculations.read_cap, "150 mg a dose"),
    "band": (read_band, BAND_EXAMPLE),
    "total": (calculations.read_total, "400 U | 550 mg/m2"),
}
"""How each kind of sentence is read, and the example that is shown where nothing better is known."""

_OF_OTHER_TESTS = (
    "typical mistakes",
    "typical mistakes in cycles",
    "hints that are no whole sentence",
    "read as they are",
)
_ROWS = yaml.load(Path(__file__).with_name("wrong_sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
WRONG: dict[str, dict[str, str]] = {kind: rows for kind, rows in _ROWS.items() if kind not in _OF_OTHER_TESTS}
SENTENCES = [(kind, sentence, told) for kind, wrong in WRONG.items() for sentence, told in wrong.items()]


@pytest.mark.parametrize(("kind", "sentence", "told"), SENTENCES)
def test_wrong_sentence(kind: str, sentence: str, told: str) -> None:
    read, example = READERS[kind]
    with pytest.raises(PydanticCustomError) as caught:
        read(sentence)
    fault, context = caught.value, caught.value.context or {}
    said = f"{context['offset']}: {fault.message()}"
    assert fault.type == "phrase"
    assert told in (f"{said} ({context['hint']})", said)
    assert told != said or context["hint"] == f"write it like: {example}"


def test_every_kind_of_sentence_can_be_wrong() -> None:
    assert set(WRONG) == set(READERS)
