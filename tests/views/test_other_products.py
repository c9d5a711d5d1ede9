"""Doses that a product's units cannot make, packs that expire, drugs given twice a day, several drugs in one treatment."""

from __future__ import annotations

from decimal import Decimal

from scheduler.protocol.parse import parse_protocol
from scheduler.protocol.plan.study import StudyVersion
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingLine, DispensingList, Work
from tests.views.told import on, patient

STARTED = """
  - {on: 2026-02-27, event: randomised, arm: only}
  - {on: 2026-03-02, event: cycle started, treatment: tablets, cycle: 1}
"""


def study(give: str, product: str = "", levels: str = "") -> StudyVersion:
    products = f"products:\n  {product}" if product else ""
    text = f"""
study: OTHER
version: "1.0"
title: One drug
arms: {{only: One drug}}
study days: first dose is Day 1
treatments:
  tablets:
    when:
      1: on first dose
      then: 28 days ±3 after the previous cycle
    give: {give}
    {levels}
visits:
  screening: 1 to 28 days before first dose
{products}
"""
    return parse_protocol(text, name="protocol.yaml")[0]


def march(version: StudyVersion, *events: str) -> DispensingList:
    return dispensing_list([patient(STARTED, *events, version=version)], on("03-01"), on("03-29"))


def only(found: DispensingList) -> DispensingLine:
    (line,) = found.lines
    return line


FORTY = "tablets: {unit: 40 mg tablet, pack: bottle of 28, opened lasts: 49 days}"


OFF_THE_LADDER = """
  - {on: 2026-03-25, event: dose changed, treatment: tablets, level: -2, dose: 100 mg, override: asked by the sponsor}
"""


def test_a_dose_that_the_tablets_cannot_make_has_no_number() -> None:
    version = study("once daily by mouth on days 1-21", FORTY, "levels: 120, 80 mg")
    found = dispensing_list([patient(STARTED, OFF_THE_LADDER, version=version)], on("03-30"), on("04-05"))
    line = only(found)
    assert (line.dose, line.units, line.packs) == (Decimal(100), None, None)
    assert line.note == "100 mg cannot be made of 40 mg tablets"
    # The totals say that one line has no number: they are too low.
    assert [(total.units, total.packs, total.unknown) for total in found.totals] == [(0, None, 1)]


def test_a_treatment_without_a_product_has_no_number() -> None:
    line = only(march(study("80 mg once daily by mouth on days 1-21")))
    assert (line.units, line.packs) == (None, None)
    assert line.note is not None
    assert line.note.startswith("the protocol names no product for tablets")


def test_twice_daily_is_twice_as_many() -> None:
    # 2 tablets twice daily x 14 days = 56 = 2 bottles, nothing over.
    line = only(march(study("80 mg twice daily by mouth on days 1-14", FORTY)))
    assert (line.units, line.packs) == (56, 2)
    assert line.note is not None
    assert line.note.startswith("4 tablets x 14 days; 2 bottles of 28, surplus 0")


def test_every_other_day_is_eleven_days_of_twenty_one() -> None:
    # 2 tablets on days 1, 3, 5 and so on to 21: 11 days, 22 tablets, not 42.
    line = only(march(study("80 mg every other day by mouth on days 1-21", FORTY)))
    assert (line.units, line.packs) == (22, 1)
    assert line.note is not None
    assert line.note.startswith("2 tablets x 11 days; 1 bottle of 28, surplus 6")


def test_a_dose_by_surface_is_not_guessed() -> None:
    line = only(march(study("80 mg/m2 once daily by mouth on days 1-21", FORTY)))
    assert line.units is None
    assert line.note is not None
    assert line.note.startswith("the dose is per m2: the patient's own dose is not known here")


def test_grams_are_made_of_milligrams() -> None:
    line = only(march(study("1 g once daily by mouth on days 1-21", "tablets: {unit: 500 mg tablet, pack: box of 10}")))
    assert (line.units, line.packs) == (42, 5)


def test_tablets_without_packs_have_units_alone() -> None:
    line = only(march(study("80 mg once daily by mouth on days 1-21", "tablets: {unit: 40 mg tablet}")))
    assert (line.units, line.packs) == (42, None)


def test_an_opened_pack_that_expires_needs_another_one() -> None:
    # One tablet a day for 21 days from a bottle of 28 that lasts 7 days: days 1-7, 8-14 and 15-21 are a bottle each.
    short = "tablets: {unit: 40 mg tablet, pack: bottle of 28, opened lasts: 7 days}"
    line = only(march(study("40 mg once daily by mouth on days 1-21", short)))
    assert (line.units, line.packs) == (21, 3)


def test_an_expired_opened_pack_is_not_reckoned_with_at_a_resume() -> None:
    # Bottles of 28 that last 10 days. Day 1 asks for 3 (days 1-10, 11-20, 21). Seven days taken: 84 - 7 = 77 left, 21 of them
    # in a bottle that expires on day 11. The resume on day 15 needs 7 tablets, and 56 lie in unopened bottles.
    short = "tablets: {unit: 40 mg tablet, pack: bottle of 28, opened lasts: 10 days}"
    version = study("once daily by mouth on days 1-21", short, "levels: 40 mg")
    held = """
  - {on: 2026-03-09, event: held, treatment: tablets, reason: AE 1}
  - {on: 2026-03-16, event: resumed, treatment: tablets, level: 0, dose: 40 mg}
"""
    one = "  - {on: 2026-03-02, event: dispensed, treatment: tablets, cycle: 1, quantity: 28}\n"
    resumed = march(version, held).lines[2]
    assert (resumed.units, resumed.packs) == (0, 0)
    # With one bottle handed out, its 21 tablets have expired: all 7 are short.
    resumed = march(version, one, held).lines[2]
    assert (resumed.units, resumed.packs) == (7, 1)


def test_vials_are_whole() -> None:
    # 240 mg from vials of 100 mg: 3 vials.
    version = study("240 mg intravenously", "tablets: {unit: 100 mg vial}")
    given = "  - {on: 2026-02-27, event: randomised, arm: only}\n  - {on: 2026-03-02, event: given, treatment: tablets, n: 1}\n"
    found = dispensing_list([patient(given, version=version)], on("03-01"), on("03-29"))
    assert [(line.units, line.packs, line.note) for line in found.lines] == [(3, None, "3 100 mg vials")]


def test_an_infusion_on_several_days_is_prepared_on_each() -> None:
    version = study("30 mg intravenously on days 1-3", "tablets: {unit: 50 mg vial}")
    found = march(version)
    assert [(line.entry, line.date, line.units) for line in found.lines] == [
        ("tablets.1.1", on("03-02"), 1),
        ("tablets.1.2", on("03-03"), 1),
        ("tablets.1.3", on("03-04"), 1),
    ]


def test_several_drugs_in_one_treatment_have_a_line_each() -> None:
    version = study(
        "{first: 40 mg once daily by mouth on days 1-21, second: 10 mg once daily by mouth on days 1-7}",
        "first: {unit: 40 mg tablet, pack: bottle of 28}\n  second: {unit: 5 mg tablet, pack: blister of 10}",
    )
    assert [(line.treatment, line.units, line.packs) for line in march(version).lines] == [
        ("first", 21, 1),
        ("second", 14, 2),
    ]


TWO_DRUGS = (
    "{first: 40 mg once daily by mouth on days 1-21, second: 10 mg once daily by mouth on days 1-21}",
    "first: {unit: 40 mg tablet, pack: bottle of 28}\n  second: {unit: 5 mg tablet, pack: blister of 10}",
)
HELD_FOR_A_WEEK = """
  - {on: 2026-03-09, event: held, treatment: tablets, reason: AE 1}
  - {on: 2026-03-16, event: resumed, treatment: tablets}
"""


def test_what_is_left_of_two_drugs_is_reckoned_for_each() -> None:
    # 28 - 7 = 21 of the first and 50 - 14 = 36 of the second are left; days 15-21 need 7 and 14.
    found = march(study(*TWO_DRUGS), HELD_FOR_A_WEEK)
    assert [(line.treatment, line.units, line.note) for line in found.lines if line.work is Work.RESUME] == [
        (drug, 0, f"dosing goes on; {need} tablets needed to the end of the cycle, {left} tablets should be left; "
         "recount and relabel")
        for drug, need, left in (("first", 7, 21), ("second", 14, 36))
    ]  # fmt: skip


def test_a_dispensing_recorded_for_two_drugs_together_tells_no_count_of_either() -> None:
    together = "  - {on: 2026-03-02, event: dispensed, treatment: tablets, cycle: 1, quantity: 78}\n"
    found = march(study(*TWO_DRUGS), HELD_FOR_A_WEEK, together)
    assert [(line.treatment, line.units, line.packs) for line in found.lines if line.work is Work.RESUME] == [
        ("first", None, None),
        ("second", None, None),
    ]


def test_an_amount_reported_for_two_drugs_together_tells_no_count_of_either() -> None:
    report = "  - {on: 2026-03-04, event: taken, treatment: tablets, from: 2026-03-04, to: 2026-03-04, amount: 40 mg}\n"
    found = march(study(*TWO_DRUGS), HELD_FOR_A_WEEK, report)
    resumed = [line for line in found.lines if line.work is Work.RESUME]
    assert {line.units for line in resumed} == {None}
    silent = "the report of 2026-03-04 does not say how much of which drug was taken"
    assert all(silent in (line.note or "") for line in resumed)


def test_an_amount_reported_is_that_of_the_whole_day() -> None:
    # 80 mg twice daily is 4 tablets a day. One day with 80 mg in all is 2: 6 x 4 + 2 = 26 of 56 taken, 30 left.
    report = "  - {on: 2026-03-04, event: taken, treatment: tablets, from: 2026-03-04, to: 2026-03-04, amount: 80 mg}\n"
    found = march(study("80 mg twice daily by mouth on days 1-14", FORTY), HELD_FOR_A_WEEK, report)
    (line,) = [line for line in found.lines if line.work is Work.HOLD]
    assert line.collect == "30 tablets should be left"


def test_a_dose_by_auc_is_no_amount_in_milligrams() -> None:
    version = study("AUC 5 intravenously", "tablets: {unit: 450 mg vial}")
    given = "  - {on: 2026-02-27, event: randomised, arm: only}\n  - {on: 2026-03-02, event: given, treatment: tablets, n: 1}\n"
    (line,) = dispensing_list([patient(given, version=version)], on("03-01"), on("03-29")).lines
    assert (line.units, line.note) == (None, "the dose is by AUC: the patient's own dose is not known here")
