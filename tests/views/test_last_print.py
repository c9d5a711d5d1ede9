"""What changed since the last print: a pharmacist may hold the old paper in hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing import dispensing_list
from scheduler.views.pharmacy.dispensing_line import DispensingList, LineStatus
from tests.views.told import CONTROL, EXPERIMENTAL, handed, line_of, on, patient

REDUCED = "  - {on: 2026-03-25, event: dose changed, treatment: regorafenib, level: -1, dose: 40 mg}\n"
DELAYED = "  - {on: 2026-03-25, event: delayed, treatment: regorafenib, cycle: 2, until: 2026-04-01, reason: travel}\n"
HELD = "  - {on: 2026-03-25, event: held, treatment: regorafenib, reason: AE 1}\n"
ENDED = "  - {on: 2026-03-25, event: discontinued, treatment: toripalimab, reason: AE 1}\n"
STARTED = "  - {on: 2026-03-30, event: cycle started, treatment: regorafenib, cycle: 2}\n"


def the_week(*patients: Patient, printed: DispensingList | None = None) -> DispensingList:
    return dispensing_list(patients, on("03-30"), on("04-03"), printed.everything if printed is not None else None)


PRINTED = the_week(patient(EXPERIMENTAL))


def changes(found: DispensingList) -> list[tuple[str, str, str | None]]:
    return [(line.entry, line.status.value, line.changed) for line in found.everything]


def test_nothing_is_marked_where_nothing_changed() -> None:
    again = the_week(patient(EXPERIMENTAL), printed=PRINTED)
    assert again == PRINTED
    assert {line.changed for line in again.everything} == {None}


def test_a_smaller_dose_says_what_it_was() -> None:
    found = the_week(patient(EXPERIMENTAL, REDUCED), printed=PRINTED)
    assert line_of(found, "regorafenib.2.1").changed == (
        "changed since the last print: dose was 80, level was 0, units was 42, packs was 2"
    )
    assert line_of(found, "toripalimab.2").changed is None
    note = dict(zip(found.table().columns, found.table().rows[0], strict=True))["note"]
    assert note == (
        "changed since the last print: dose was 80, level was 0, units was 42, packs was 2; "
        "1 tablet x 21 days; 1 bottle of 28, surplus 7"
    )


def test_a_line_that_moved_inside_the_period_says_when_it_was() -> None:
    found = the_week(patient(EXPERIMENTAL, DELAYED), printed=PRINTED)
    line = line_of(found, "regorafenib.2.1")
    assert line.date == on("04-01")
    assert (
        line.changed
        == "changed since the last print: date was 2026-03-30, earliest was 2026-03-28, latest was 2026-04-02"
    )


def test_a_line_that_left_the_period_is_struck_and_says_where_it_went() -> None:
    later = (
        "  - {on: 2026-03-25, event: delayed, treatment: regorafenib, cycle: 2, until: 2026-04-13, reason: travel}\n"
    )
    found = the_week(patient(EXPERIMENTAL, later), printed=PRINTED)
    assert handed(found.lines) == [("03-30", "toripalimab.2", 1, None, "planned")]
    assert handed(found.apart) == [("03-30", "regorafenib.2.1", None, None, "moved")]
    assert found.apart[0].changed == "changed since the last print: moved to 2026-04-13"


def test_a_line_that_nobody_can_date_any_more_is_on_hold() -> None:
    found = the_week(patient(EXPERIMENTAL, HELD), printed=PRINTED)
    line = line_of(found, "regorafenib.2.1")
    assert (line.status, line.units) == (LineStatus.ON_HOLD, None)
    assert line.changed is not None
    assert line.changed.startswith("changed since the last print: date was 2026-03-30")
    assert line.changed.endswith("units was 42, packs was 2, status was planned")


def test_a_cancelled_line_is_marked() -> None:
    found = the_week(patient(EXPERIMENTAL, ENDED), printed=PRINTED)
    line = line_of(found, "toripalimab.2")
    assert (line.status, line.units) == (LineStatus.CANCELLED, None)
    assert line.changed is not None
    assert line.changed.endswith("units was 1, status was planned")


def test_a_patient_who_is_no_longer_on_the_list_is_struck() -> None:
    found = the_week(patient(CONTROL, subject="CTL-001"), printed=PRINTED)
    assert [(line.subject, line.changed) for line in found.lines] == [("CTL-001", "changed since the last print: new")]
    assert [(line.subject, line.status.value) for line in found.apart] == [
        ("EXP-001", "cancelled"),
        ("EXP-001", "cancelled"),
    ]


def test_that_it_was_done_is_no_change() -> None:
    found = the_week(patient(EXPERIMENTAL, STARTED), printed=PRINTED)
    line = line_of(found, "regorafenib.2.1")
    assert (line.status, line.changed) == (LineStatus.NO_RECORD, None)


def test_a_struck_line_is_struck_once() -> None:
    later = (
        "  - {on: 2026-03-25, event: delayed, treatment: regorafenib, cycle: 2, until: 2026-04-13, reason: travel}\n"
    )
    moved = the_week(patient(EXPERIMENTAL, later), printed=PRINTED)
    again = the_week(patient(EXPERIMENTAL, later), printed=moved)
    assert changes(again) == [("toripalimab.2", "planned", None)]


def test_a_line_counts_as_changed_by_its_numbers_not_by_its_words() -> None:
    reworded = replace(
        PRINTED, lines=tuple(replace(line, note="other words", dose=Decimal("80.0")) for line in PRINTED.lines[:1])
    )
    found = the_week(patient(EXPERIMENTAL), printed=reworded)
    assert changes(found) == [
        ("regorafenib.2.1", "planned", None),
        ("toripalimab.2", "planned", "changed since the last print: new"),
    ]
