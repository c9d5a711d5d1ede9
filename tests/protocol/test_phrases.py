"""Every sentence of seven studies, from a cell therapy to chemoradiation, and what each of them means."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scheduler.protocol.sentences.dosing.band import read_band
from scheduler.protocol.sentences.dosing.giving import read_give
from scheduler.protocol.sentences.dosing.levels import read_ladder
from scheduler.protocol.sentences.dosing.made_up import read_made_up
from scheduler.protocol.sentences.dosing.products import read_pack, read_product, read_products
from scheduler.protocol.sentences.rules.goes_on import read_goes_on
from scheduler.protocol.sentences.rules.only_if import read_only_if
from scheduler.protocol.sentences.times.place import read_activity_place, read_open, read_restart
from scheduler.protocol.sentences.times.sheet import read_sheet
from scheduler.protocol.sentences.times.timing import read_bound, read_limit, read_reference, read_timing
from tests.protocol.telling import (
    told_band,
    told_give,
    told_goes_on,
    told_limit,
    told_made_up,
    told_moment,
    told_only_if,
    told_phrase,
    told_restart,
    told_selection,
    told_sheet,
    told_timing,
)

SENTENCES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "sentences.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
TIMINGS, LIMITS, BOUNDS = SENTENCES["timings"], SENTENCES["limits"], SENTENCES["bounds"]
DOSES, PLACES, ACTIVITIES = SENTENCES["doses"], SENTENCES["places"], SENTENCES["activities"]
RESTARTS = SENTENCES["restarts"]
GOES_ON = SENTENCES["goes on"]
SHEETS = SENTENCES["sheets"]
ONLY_IF = SENTENCES["only if"]
BANDS = SENTENCES["bands"]


@pytest.mark.parametrize("sentence", TIMINGS)
def test_timing(sentence: str) -> None:
    assert told_phrase(read_timing(sentence)) == TIMINGS[sentence]


@pytest.mark.parametrize("sentence", LIMITS)
def test_limit(sentence: str) -> None:
    assert told_limit(read_limit(sentence).limit) == LIMITS[sentence]


@pytest.mark.parametrize("sentence", BOUNDS)
def test_bound_of_a_period(sentence: str) -> None:
    assert told_timing(read_bound(sentence)) == BOUNDS[sentence]


@pytest.mark.parametrize("sentence", DOSES)
def test_dose(sentence: str) -> None:
    assert "; ".join(told_give(give) for give in read_give(sentence).gives) == DOSES[sentence]


@pytest.mark.parametrize("sentence", PLACES)
def test_place(sentence: str) -> None:
    phrase = read_open(sentence)
    assert f"{phrase.resource} on {','.join(map(str, phrase.days))}" == PLACES[sentence]


@pytest.mark.parametrize("sentence", ACTIVITIES)
def test_place_of_an_activity(sentence: str) -> None:
    place = read_activity_place(sentence)
    apart = f"{place.apart.first} to {place.apart.last}: " if place.apart is not None else ""
    assert f"{apart}{place.timeline} {told_selection(place.selection)}" == ACTIVITIES[sentence]


@pytest.mark.parametrize("sentence", RESTARTS)
def test_doses_that_begin_again(sentence: str) -> None:
    assert told_restart(read_restart(sentence)) == RESTARTS[sentence]


@pytest.mark.parametrize("sentence", GOES_ON)
def test_values_to_go_on(sentence: str) -> None:
    assert told_goes_on(read_goes_on(sentence)) == GOES_ON[sentence]


@pytest.mark.parametrize("sentence", SHEETS)
def test_time_points_of_a_sheet(sentence: str) -> None:
    assert told_sheet(read_sheet(sentence)) == SHEETS[sentence]


@pytest.mark.parametrize("sentence", ONLY_IF)
def test_what_something_hangs_on(sentence: str) -> None:
    assert told_only_if(read_only_if(sentence)) == ONLY_IF[sentence]


@pytest.mark.parametrize("sentence", BANDS)
def test_dose_by_a_band(sentence: str) -> None:
    assert told_band(read_band(sentence)) == BANDS[sentence]


@pytest.mark.parametrize("sentence", SENTENCES["made up"])
def test_fractions_made_up(sentence: str) -> None:
    assert told_made_up(read_made_up(sentence)) == SENTENCES["made up"][sentence]


def test_levels_product_and_pack() -> None:
    ladder = read_ladder("120, 80, 40 mg (A6)")
    product = read_product("40 mg tablet (label)")
    assert ([f"{amount:f}" for amount in ladder.amounts], ladder.unit, ladder.clause.assumptions) == (
        ["120", "80", "40"],
        "mg",
        ("A6",),
    )
    assert (f"{product.unit_amount:f}", product.unit, product.form) == ("40", "mg", "tablet")
    assert [read_ladder("AUC 6, 5, 3.75").amount_in_short(level) for level in (0, -2, -3)] == [
        "AUC 6",
        "AUC 3.75",
        None,
    ]
    assert [read_ladder("400, 0 mg/m2").omits(level) for level in (0, -1, -2)] == [False, True, False]
    assert read_pack("bottle of 28 (label)") == ("bottle", 28, False)
    assert read_pack("bottle of 100 mL") == ("bottle", 100, True)
    found = read_products("15 mg tablet, 20 mg tablet, fewest (label)")
    assert [(str(each), each.strength) for each in found] == [("20 mg tablet", "20 mg"), ("15 mg tablet", "15 mg")]
    assert [f"{each:f}" for each in found[1].strengths] == ["20", "15"]
    assert read_products("20 mg tablet, 15 mg tablet, fewest tablets") == found


@pytest.mark.parametrize(
    ("sentence", "moment", "label"), [("first dose is Day 1", "first dose", 1), ("axi-cel is Day 0", "axi-cel", 0)]
)
def test_what_study_days_count_from(sentence: str, moment: str, label: int) -> None:
    phrase = read_reference(sentence)
    assert (told_moment(phrase.moment), phrase.label) == (moment, label)
