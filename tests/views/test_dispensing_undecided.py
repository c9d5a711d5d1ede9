"""While a decision is open, nothing that hangs on it is on the pharmacy's list itself, however many weeks ahead it is."""

from __future__ import annotations

from decimal import Decimal

from scheduler.exports.tables.csv import table_as_csv
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList, LineStatus
from tests.views.told import CONTROL, EXPERIMENTAL, handed, line_of, on, patient

LUNG = "  - {on: 2026-03-16, event: adverse event, ae: 1, term: Pneumonitis, grade: 3, related: [toripalimab]}\n"
LIVER = "  - {on: 2026-03-16, event: measured, test: ALT, value: 900, unit: U/L, upper_limit: 40}\n"
GOES_ON = "  - {on: 2026-03-17, event: decided, proposal: pneumonitis.3.4, action: continue unchanged, reason: x}\n"
STOPS = "  - {on: 2026-03-17, event: decided, proposal: pneumonitis.3.4, action: discontinue}\n"
PROGRESSED = "  - {on: 2026-04-10, event: progressed}\n"


def to_june(*events: str, subject: str = "EXP-001") -> DispensingList:
    return dispensing_list([patient(*events, subject=subject)], on("03-16"), on("06-30"))


def test_every_later_infusion_awaits_the_decision_and_no_tablet_does() -> None:
    found = to_june(EXPERIMENTAL, LUNG)
    assert {line.treatment for line in found.lines} == {"regorafenib"}
    assert handed(found.apart) == [
        ("03-30", "toripalimab.2", 1, None, "awaiting decision"),
        ("04-20", "toripalimab.3", 1, None, "awaiting decision"),
        ("05-11", "toripalimab.4", 1, None, "awaiting decision"),
        ("06-01", "toripalimab.5", 1, None, "awaiting decision"),
        ("06-22", "toripalimab.6", 1, None, "awaiting decision"),
    ]


def test_the_line_says_which_decision() -> None:
    note = line_of(to_june(EXPERIMENTAL, LUNG), "toripalimab.5").note
    assert note == "awaits a decision: the protocol says discontinue [pneumonitis.3.4]; 1 240 mg vial"


def test_the_totals_tell_them_apart() -> None:
    _, total = to_june(EXPERIMENTAL, LUNG).totals
    assert (total.treatment, total.units, total.apart, total.lines_apart) == ("toripalimab", 0, 5, 5)


def test_every_later_cycle_of_tablets_awaits_it_too() -> None:
    # 120 mg = 3 tablets x 21 days = 63 = 3 bottles; four cycles until the end of June.
    found = to_june(CONTROL, LIVER, subject="CTL-001")
    assert found.lines == ()
    assert [line.entry for line in found.apart] == [f"regorafenib.{cycle}.1" for cycle in (2, 3, 4, 5)]
    (total,) = found.totals
    assert (total.units, total.packs, total.apart, total.packs_apart) == (0, None, 252, 12)


def test_the_csv_says_so_on_each_line() -> None:
    rows = table_as_csv(to_june(EXPERIMENTAL, LUNG).table()).splitlines()
    assert sum(",toripalimab," in row and ",awaiting decision," in row for row in rows) == 5


def test_decided_either_way_the_list_is_sure_again() -> None:
    assert len([line for line in to_june(EXPERIMENTAL, LUNG, GOES_ON).lines if line.treatment == "toripalimab"]) == 5
    assert not [line for line in to_june(EXPERIMENTAL, LUNG, STOPS).everything if line.units and line.unit == "mL"]


def test_after_a_progression_all_that_goes_on_awaits_the_answer() -> None:
    found = dispensing_list([patient(CONTROL, PROGRESSED, subject="CTL-001")], on("04-11"), on("06-30"))
    assert found.lines == ()
    assert [(line.entry, line.dose) for line in found.apart] == [
        ("regorafenib.3.1", Decimal(120)),
        ("regorafenib.4.1", Decimal(120)),
        ("regorafenib.5.1", Decimal(120)),
    ]


def test_what_time_alone_makes_the_protocol_propose_counts_from_its_day() -> None:
    # The only dose was on 2 March: 84 days without another are over on 25 May, and nobody has recorded anything since.
    lung = (
        "  - {on: 2026-03-20, event: adverse event, ae: 1, term: Pneumonitis, grade: 2, related: [toripalimab]}\n"
        "  - {on: 2026-03-20, event: decided, proposal: pneumonitis.2.4, action: continue unchanged, reason: x}\n"
    )
    whom = patient(EXPERIMENTAL, lung)
    before = dispensing_list([whom], on("05-25"), on("06-30"), on=on("05-25"))
    after = dispensing_list([whom], on("05-26"), on("06-30"), on=on("05-26"))
    assert line_of(before, "toripalimab.6").status is LineStatus.PLANNED
    assert line_of(after, "toripalimab.6").status is LineStatus.AWAITING_DECISION
