"""What is there of each lot, with every step that led to it; and what does not add up."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import InvalidText
from scheduler.exports.tables.csv import table_as_csv
from scheduler.stock.movements import AtSite, movements_of_patients
from scheduler.stock.parse import parse_stock
from tests.stock.at_site import SITES, account, codes, left, log, stocked
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient

CAME = "{on: 2026-02-20, event: received, lot: A7, expires: 2027-05-31, packs: 10, shipment: S-1}"


def units(kind: str, day: str, quantity: int, lot: str | None = "A7", expires: str = "2027-05-31") -> str:
    of = "" if lot is None else f", lot: {lot}, expires: {expires}"
    return f"  - {{on: 2026-{day}, event: {kind}, treatment: regorafenib, cycle: 1, quantity: {quantity}{of}}}\n"


def test_every_number_has_the_steps_that_make_it() -> None:
    # 10 bottles of 28 = 280. 56 handed out: 224. One bottle broke: 196. Found 168, a bottle fewer. 12 came back, 12 destroyed.
    found = account(
        log(
            CAME,
            "{on: 2026-03-05, event: destroyed, lot: A7, packs: 1, reason: broken}",
            "{on: 2026-04-01, event: counted, lot: A7, packs: 6, reason: one was never found}",
            "{on: 2026-04-02, event: destroyed, of: returned, lot: A7, quantity: 12}",
        ),
        patient(EXPERIMENTAL, units("dispensed", "03-02", 56), units("returned", "03-30", 12)),
    )
    (lot,) = found.lots
    assert [
        (step.movement.deed.value, int(step.change), int(step.after), step.movement.subject) for step in lot.steps
    ] == [
        ("received", 280, 280, None),
        ("handed out", -56, 224, "EXP-001"),
        ("destroyed", -28, 196, None),
        ("brought back", 12, 12, "EXP-001"),
        ("counted", -28, 168, None),
        ("destroyed", -12, 0, None),
    ]
    assert left(found) == [("A7", 168, 6, 0)]
    assert (lot.expires, found.begins, codes(found)) == (date(2027, 5, 31), on("02-20"), [])
    assert table_as_csv(found.table()).splitlines()[1] == (
        "regorafenib,,A7,2027-05-31,in use,280,56,0,40,0,-28,168,6,12,0,units"
    )
    assert table_as_csv(found.table_of_steps()).splitlines()[2] == (
        "regorafenib,,A7,2026-03-02,handed out,stock,56,-56,224,EXP-001,4,"
    )


def test_the_stock_is_that_of_a_day() -> None:
    found = log(CAME, "{on: 2026-04-01, event: sent back, lot: A7, packs: 10}")
    assert left(account(found, day=on("03-31"))) == [("A7", 280, 10, 0)]
    assert left(account(found, day=on("04-01"))) == [("A7", 0, 0, 0)]


def test_a_strike_takes_an_event_out_of_the_count() -> None:
    assert left(account(log(CAME, CAME, "{on: 2026-02-21, event: struck, number: 2, reason: typed twice}"))) == [
        ("A7", 280, 10, 0)
    ]


def test_the_order_of_a_day_is_delivery_patients_destruction_count() -> None:
    # All on 2 March, recorded in another order: 280 came, 56 went, 28 were destroyed, 196 were found.
    found = account(
        log(
            "{on: 2026-03-02, event: counted, lot: A7, packs: 7}",
            "{on: 2026-03-02, event: destroyed, lot: A7, packs: 1}",
            CAME.replace("02-20", "03-02"),
        ),
        patient(EXPERIMENTAL, units("dispensed", "03-02", 56)),
    )
    assert [step.after for step in found.lots[0].steps] == [280, 224, 196, 196]
    assert codes(found) == []


def test_what_is_handed_out_without_a_lot_leaves_no_lot_and_is_told() -> None:
    both = units("dispensed", "03-02", 56, lot=None), units("returned", "03-30", 12, lot=None)
    found = account(log(CAME), patient(EXPERIMENTAL, *both))
    assert left(found) == [("A7", 280, 10, 0), (None, -56, 0, 12)]
    assert [(finding.code, str(finding.told)) for finding in found.findings] == [
        ("no-lot", "56 tablets of regorafenib were handed out without a lot, so a lot may hold fewer than it says"),
        ("back-without-lot", "12 tablets of regorafenib were brought back without a lot"),
    ]
    assert [row[4] for row in found.table().rows] == ["in use", "no lot recorded"]


def test_a_lot_that_nobody_received_is_told_once() -> None:
    found = account(log(CAME), patient(EXPERIMENTAL, units("dispensed", "03-02", 56, lot="B9")))
    assert codes(found) == ["never-received"]
    assert found.table().rows[1][4] == "below 0"


def test_what_was_handed_out_before_the_log_began_is_not_counted() -> None:
    later = CAME.replace("02-20", "04-01")
    assert left(account(log(later), patient(EXPERIMENTAL, units("dispensed", "03-02", 56, lot="OLD")))) == [
        ("A7", 280, 10, 0)
    ]
    # Of a lot that the log has, it is: it cannot have been handed out before it came.
    found = account(log(later), patient(EXPERIMENTAL, units("dispensed", "03-02", 56)))
    assert [(int(step.after), step.movement.number) for step in found.lots[0].steps] == [(-56, 4), (224, 1)]
    assert codes(found) == ["below-0"]


def test_an_empty_log_tells_nothing() -> None:
    found = account(log(), patient(EXPERIMENTAL, units("dispensed", "03-02", 56)))
    assert (found.lots, found.begins) == ((), None)


def test_a_count_that_nobody_explains_is_told_and_a_first_count_needs_no_reason() -> None:
    found = account(log(CAME, "{on: 2026-04-01, event: counted, lot: A7, packs: 9}"))
    (finding,) = found.findings
    assert str(finding.told) == "252 of lot A7 of regorafenib were found on 1 Apr 2026, and 280 should have been there"
    assert finding.events == (2,)
    assert codes(account(log("{on: 2026-04-01, event: counted, lot: A7, packs: 9}"))) == []


def test_an_expired_lot_and_one_kept_apart_are_told_where_they_were_used() -> None:
    came = CAME.replace("2027-05-31", "2026-03-01")
    found = account(log(came), patient(EXPERIMENTAL, units("dispensed", "03-02", 56, expires="2026-03-01")))
    assert codes(found) == ["expired-used", "expired-in-stock"]
    assert found.table().rows[0][4] == "expired"

    apart = "{on: 2026-03-01, event: quarantined, lot: A7, reason: 12 degrees for 5 hours}"
    given = patient(EXPERIMENTAL, units("dispensed", "03-02", 56))
    assert codes(account(log(CAME, apart), given)) == ["used-in-quarantine"]
    assert account(log(CAME, apart), given).table().rows[0][4] == "in quarantine"
    released = "{on: 2026-03-02, event: released, lot: A7, reason: letter of the sponsor}"
    assert codes(account(log(CAME, apart, released), given)) == []


def test_two_expiry_dates_are_told_and_a_new_label_is_the_one_that_counts() -> None:
    second = CAME.replace("2027-05-31", "2027-03-31").replace("S-1", "S-2")
    two = account(log(CAME, second))
    assert (codes(two), two.lots[0].expires) == (["two-expiries"], date(2027, 3, 31))
    label = "{on: 2026-03-01, event: relabelled, lot: A7, expires: 2027-11-30, reason: stability data}"
    found = account(log(CAME, label))
    assert (codes(found), found.lots[0].expires) == ([], date(2027, 11, 30))


def test_patients_count_at_the_site_where_they_came_on_that_day() -> None:
    moved = patient(
        CONTROL,
        units("dispensed", "03-02", 84),
        "  - {on: 2026-03-20, event: site transferred, site: Beijing}\n",
        units("returned", "03-30", 3),
    )
    both = {
        site: [movement.deed.value for movement in movements_of_patients([AtSite(moved, "Shanghai")], site, stocked())]
        for site in SITES
    }
    assert both == {"Shanghai": ["handed out"], "Beijing": ["brought back"]}


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("{on: 2026-03-01, event: received, product: regorafnib, lot: A7, packs: 1}", "unknown-product", "regorafenib"),
        ("{on: 2026-03-01, event: counted, product: regorafenib, strength: 20 mg, lot: A, packs: 1}", "unknown-strength", ""),
        ("{on: 2026-03-01, event: received, product: toripalimab, lot: T1, packs: 1}", "no-packs", "quantity"),
        ("{on: 2026-03-01, event: received, product: regorafenib, lot: A7}", "how-many", "either 'packs' or 'quantity'"),
        ("{on: 2026-03-01, event: received, product: regorafenib, lot: A7, packs: 1, quantity: 2}", "how-many", "either"),
        ("{on: 2026-03-01, event: received, product: regorafenib, lot: A7, quantity: -2}", "below-0", "nothing is 0"),
        ("{on: 2026-03-01, event: arrived, product: regorafenib, lot: A7, packs: 1}", "not-one-of", None),
        ("{on: 2026-03-01, event: struck, number: 1, reason: a slip}", "no-such-event", "earlier event"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_finding_at_its_line(line: str, code: str, hint: str | None) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_stock(f"site: Shanghai\nevents:\n  - {line}\n", name="stock.yaml", sites=SITES, stocked=stocked())
    (finding,) = refused.value.findings
    assert finding.place is not None
    assert (finding.code, finding.place.file, finding.place.line) == (code, "stock.yaml", 3)
    assert hint is None or hint in (finding.hint or "")


def test_a_site_that_the_study_does_not_have_is_a_finding() -> None:
    with pytest.raises(InvalidText, match="the study has no site Shangai"):
        parse_stock("site: Shangai\nevents: []\n", name="stock.yaml", sites=SITES, stocked=stocked())
