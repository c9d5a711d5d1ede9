"""How long the stock lasts: what each coming line takes, what is missing, and which lots expire before they are used."""

from __future__ import annotations

from datetime import date

from scheduler.exports.tables.csv import table_as_csv
from scheduler.languages import Language
from scheduler.stock.in_words import name_of_key, outlook_in_words, unit_of_item
from scheduler.stock.outlook import Outlook
from scheduler.stock.products import ItemKey
from scheduler.stock.site_stock import SiteStock
from scheduler.words.saying import say
from tests.stock.at_site import log, looked_at
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

# 80 mg are 42 tablets, 2 bottles, each cycle: on 30 March, 27 April and 25 May, the last one until 14 June.
DISPENSED = """
  - {on: 2026-03-02, event: dispensed, treatment: regorafenib, cycle: 1, quantity: 56, lot: A7, expires: 2027-05-31}
"""
PATIENT = patient(EXPERIMENTAL, DISPENSED)


def came(packs: int, lot: str = "A7", expires: str = "2027-05-31") -> str:
    return f"{{on: 2026-02-20, event: received, lot: {lot}, expires: {expires}, packs: {packs}}}"


def tablets(found: SiteStock) -> Outlook:
    return next(each for each in found.outlooks if each.item.key.product == "regorafenib")


def taken(outlook: Outlook) -> list[tuple[date, object, tuple[tuple[str, object], ...], object]]:
    return [(each.need.on, each.need.units, each.lots, each.missing) for each in outlook.needs]


def test_each_line_takes_whole_packs_of_what_expires_first() -> None:
    # 4 bottles came of A7 and 2 were handed out: 2 are left. B1 has 6 and expires first, before the last day of cycle 4.
    found = tablets(looked_at(log(came(4), came(6, "B1", "2026-06-01")), PATIENT))
    assert taken(found) == [
        (on("03-30"), 56, (("B1", 56),), 0),
        (on("04-27"), 56, (("B1", 56),), 0),
        (on("05-25"), 56, (("A7", 56),), 0),
    ]
    assert (found.enough_until, found.first_short, found.units_needed) == (on("05-31"), None, 168)
    # B1 still holds 2 bottles on 1 June; the horizon is the day before, so nothing is told of it.
    assert found.unused == ()
    later = tablets(looked_at(log(came(4), came(6, "B1", "2026-06-01")), PATIENT, until="06-10"))
    assert [(each.lot, each.expires, each.units) for each in later.unused] == [("B1", on("06-01"), 56)]


def test_it_is_enough_until_the_day_before_the_first_line_that_falls_short() -> None:
    # 5 bottles, 2 handed out, 2 on 30 March: on 27 April 1 is there of 2, and on 25 May none.
    found = tablets(looked_at(log(came(5)), PATIENT))
    assert taken(found) == [
        (on("03-30"), 56, (("A7", 56),), 0),
        (on("04-27"), 56, (("A7", 28),), 28),
        (on("05-25"), 56, (), 56),
    ]
    short = found.first_short
    assert short is not None
    assert (found.enough_until, short.need.subject, short.need.entry) == (on("04-26"), "EXP-001", "regorafenib.3.1")
    assert (found.units_missing, found.packs_missing) == (84, 3)


def test_a_broken_pack_is_not_handed_out_and_a_lot_that_is_kept_apart_is_not_either() -> None:
    # 84 tablets less 56 less 7 that were destroyed: 21, no whole bottle.
    broken = "{on: 2026-03-05, event: destroyed, lot: A7, quantity: 7}"
    assert tablets(looked_at(log(came(3), broken), PATIENT)).enough_until == on("03-29")
    apart = "{on: 2026-03-05, event: quarantined, lot: B1, reason: recall}"
    assert tablets(looked_at(log(came(2), came(9, "B1"), apart), PATIENT)).enough_until == on("03-29")


def test_a_lot_that_expires_inside_the_days_it_is_for_is_not_handed_out() -> None:
    # Cycle 2 is taken on 30 March to 19 April: 21 days.
    assert tablets(looked_at(log(came(2), came(9, "B1", "2026-04-18")), PATIENT)).enough_until == on("03-29")
    assert tablets(looked_at(log(came(2), came(9, "B1", "2026-04-19")), PATIENT)).enough_until == on("04-26")


def test_what_waits_for_a_decision_is_told_apart() -> None:
    held = "  - {on: 2026-03-09, event: held, treatment: regorafenib, reason: AE 2}\n"
    found = tablets(looked_at(log(came(2)), patient(EXPERIMENTAL, DISPENSED, held)))
    assert found.needs == ()
    assert found.enough_until == on("05-31")
    assert found.first_short_with_unsure is None or not found.first_short_with_unsure.need.sure


def test_a_cycle_that_was_started_without_a_record_is_counted() -> None:
    found = tablets(looked_at(log(came(9)), patient(EXPERIMENTAL)))
    assert (found.unrecorded, found.unknown) == (1, 0)


def test_a_line_whose_day_is_over_is_needed_today() -> None:
    found = tablets(looked_at(log(came(3)), patient(CONTROL), day="03-10"))
    late = tablets(looked_at(log(came(3)), patient(CONTROL), day="04-02"))
    assert (found.needs[0].need.on, found.needs[0].need.due) == (on("03-30"), on("03-30"))
    assert (late.needs[0].need.on, late.needs[0].need.due) == (on("04-02"), on("03-30"))


def test_doses_that_were_given_and_not_recorded_as_prepared_are_told() -> None:
    vials = "{on: 2026-02-20, event: received, product: toripalimab, lot: T1, expires: 2027-01-31, quantity: 20}"
    found = looked_at(log(vials), PATIENT)
    assert [(each.item.key.product, each.given, each.prepared) for each in found.not_prepared] == [
        ("toripalimab", 1, 0)
    ]
    used = "{on: 2026-03-02, event: prepared, product: toripalimab, lot: T1, quantity: 1}"
    found = looked_at(log(vials, used), PATIENT)
    assert found.not_prepared == ()
    assert looked_at(log(), PATIENT).not_prepared == ()
    vial = next(each for each in found.outlooks if each.item.key.product == "toripalimab")
    # On 30 March, 20 April and 11 May, 1 vial each: they are counted one by one.
    assert [(each.need.on, each.lots) for each in vial.needs] == [
        (on("03-30"), (("T1", 1),)),
        (on("04-20"), (("T1", 1),)),
        (on("05-11"), (("T1", 1),)),
    ]
    assert vial.packs_missing is None


def test_the_list_has_every_coming_line() -> None:
    lots, steps, needs = looked_at(log(came(5)), PATIENT, until="04-30").tables()
    assert (len(lots.rows), len(steps.rows)) == (1, 2)
    rows = [row for row in table_as_csv(needs).splitlines() if row.startswith("regorafenib")]
    assert rows == [
        "regorafenib,,2026-03-30,EXP-001,regorafenib.2.1,56,2,A7: 56,,yes",
        "regorafenib,,2026-04-27,EXP-001,regorafenib.3.1,56,2,A7: 28,28,yes",
    ]


def test_a_lot_that_is_kept_apart_is_named_with_its_reason_where_it_would_have_been_enough() -> None:
    apart = "{on: 2026-03-05, event: quarantined, lot: A7, reason: 12 degrees for 5 hours}"
    found = tablets(looked_at(log(came(9), apart), PATIENT))
    assert [str(each) for each in outlook_in_words(found)] == [
        "regorafenib: enough until 29 Mar 2026; EXP-001 needs 2 packs (56 tablets) on 30 Mar 2026, short by 56 tablets",
        "regorafenib: 196 tablets of lot A7 are not counted, kept apart since 5 Mar 2026: 12 degrees for 5 hours",
    ]
    assert tablets(looked_at(log(came(9)), PATIENT)).kept_apart == ()


def test_a_product_has_its_name_of_the_readers_language() -> None:
    (sentence,) = outlook_in_words(tablets(looked_at(log(came(20)), PATIENT)))
    assert str(sentence).startswith("regorafenib: enough")
    assert say(sentence, Language.CHINESE).startswith("瑞戈非尼")
    item = tablets(looked_at(log(came(20)), PATIENT)).item
    assert (str(unit_of_item(item)), say(unit_of_item(item), Language.CHINESE)) == ("40 mg tablet", "40 mg 药片")
    several = name_of_key(ItemKey("regorafenib", "40 mg"), item.title)
    assert (str(several), say(several, Language.CHINESE)) == ("regorafenib 40 mg", "瑞戈非尼 40 mg")
    assert str(name_of_key(ItemKey("other", None), None)) == "other"
