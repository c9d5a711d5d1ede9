"""What became of each lot, over all patients."""

from __future__ import annotations

from scheduler.views.whole_site.lots import LotKey, lots_of
from tests.views.told import CONTROL, EXPERIMENTAL, on, patient


def unit_event(kind: str, day: str, quantity: int, lot: str | None, expires: str | None = None) -> str:
    more = "".join(f", {name}: {value}" for name, value in (("lot", lot), ("expires", expires)) if value is not None)
    return f"  - {{on: 2026-{day}, event: {kind}, treatment: regorafenib, cycle: 1, quantity: {quantity}{more}}}\n"


def test_lot_is_counted_over_all_patients() -> None:
    first = patient(
        EXPERIMENTAL,
        unit_event("dispensed", "03-02", 84, "A1", "2027-10-31"),
        unit_event("returned", "03-30", 20, "A1"),
    )
    second = patient(
        CONTROL,
        unit_event("dispensed", "03-02", 63, "A1", "2027-11-30"),
        unit_event("lost", "03-09", 3, "A1"),
        unit_event("dispensed", "03-30", 28, None),
        subject="CTL-001",
    )
    lots = lots_of("REGO-TORI-RT", [first, second])
    told = [(line.key, line.dispensed, line.returned, line.lost, line.unexplained) for line in lots.lines]
    # 84 + 63 handed out, 20 came back, 3 were lost: 124 were taken, or are with patients.
    assert told == [
        (LotKey("regorafenib", None, "A1"), 147, 20, 3, 124),
        (LotKey("regorafenib", None, None), 28, 0, 0, 28),
        (LotKey("regorafenib", None, None), 175, 20, 3, 152),
    ]
    assert [line.of_all for line in lots.lines] == [False, False, True]
    assert lots.lines[0].subjects == ("CTL-001", "EXP-001")
    assert [str(day) for day in lots.lines[0].expires] == ["2027-10-31", "2027-11-30"]
    assert (lots.lines[0].first, lots.lines[0].last) == (on("03-02"), on("03-30"))
    assert lots.table().rows[0][2:9] == ("A1", "2027-10-31, 2027-11-30", 2, 147, 20, 3, 124)


def test_what_came_back_without_its_lot_leaves_each_lot_open_and_the_sum_stands() -> None:
    events = [unit_event("dispensed", "03-02", 84, lot) for lot in ("A1", "A2")]
    lots = lots_of("S", [patient(EXPERIMENTAL, *events, unit_event("returned", "03-30", 20, None))])
    assert [(row[2], row[8]) for row in lots.table().rows] == [
        ("A1", None),
        ("A2", None),
        (None, None),
        ("all lots", 148),
    ]


def test_what_was_struck_is_not_counted() -> None:
    handed = unit_event("dispensed", "03-02", 84, "A1")
    struck = "  - {on: 2026-03-03, event: struck, number: 4, reason: twice}\n"
    assert lots_of("S", [patient(EXPERIMENTAL, handed, struck)]).lines == ()
