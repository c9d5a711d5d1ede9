"""A patient who is transferred: a study in files has several sites, and each stretch of time has the open days of its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.calendar.entries.because import Closed, Event
from scheduler.errors import InvalidText, Refused
from scheduler.findings import Severity
from scheduler.folder.adding_lines import append_event, read_event
from scheduler.folder.importing import import_into
from scheduler.folder.reading.case import Case, read_case
from scheduler.folder.reading.stored import opened, stored_case, study_in
from scheduler.folder.unpacking import unpack
from scheduler.patient.replaying.replay import replay
from scheduler.patient.sites import site_of
from scheduler.site.over_time import over_time
from scheduler.site.parse import parse_site
from scheduler.store.values import Act, Who
from tests.seed import FOLDER

CAIRO = "site: Cairo\nzone: Africa/Cairo\nweekdays: Sunday, Monday, Tuesday, Wednesday, Thursday\n"
EVENTS = """
events:
  - {on: 2026-03-05, event: randomised, arm: control}
  - {on: 2026-03-06, event: cycle started, treatment: regorafenib, cycle: 1}
"""
MOVED = "  - {on: 2026-04-10, event: site transferred, site: Cairo}\n"
"""A Friday. Cycle 1 began on Friday 6 March, so cycle 2 is due on Friday 3 April and cycle 3 on Friday 1 May."""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for name in ("protocol.yaml", "site.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    (tmp_path / "site-Cairo.yaml").write_text(CAIRO, "utf-8")
    (tmp_path / "patients").mkdir()
    return tmp_path


def case(study: Path, more: str = MOVED, head: str = "site: ../site.yaml") -> Case:
    path = study / "patients" / "CTL-001.yaml"
    path.write_text(f"protocol: ../protocol.yaml\n{head}\nsubject: CTL-001\n{EVENTS}{more}", "utf-8")
    return read_case(path)


def test_each_stretch_has_the_open_days_of_its_site(study: Path) -> None:
    calendar = case(study).calendar(until=date(2026, 6, 30))
    second, third = calendar.by_id["regorafenib.2"], calendar.by_id["regorafenib.3"]
    # Friday 3 April is a working day in Shanghai, where the patient still came: the transfer has nothing to do with it.
    assert (second.date, Event(3) in second.because.looked_at) == (date(2026, 4, 3), False)
    # Friday and Saturday are the weekend in Cairo: Sunday 3 May.
    assert third.date == date(2026, 5, 3)
    assert (
        Closed(date(2026, 5, 1).toordinal(), date(2026, 5, 2).toordinal(), "Friday and Saturday")
        in third.because.set_by
    )
    assert Event(3) in third.because.looked_at


def test_an_appointment_of_the_old_site_on_a_day_that_the_new_one_is_closed_is_told(study: Path) -> None:
    # Cycle 3 is due on Friday 1 May, a holiday in Shanghai; Friday 8 May is booked there, and is the weekend in Cairo.
    booked = "  - {on: 2026-04-07, event: booked, entry: regorafenib.3.1, to: 2026-05-08}\n"
    found = case(study, booked + MOVED).calendar(until=date(2026, 6, 30))
    (finding,) = [each for each in found.findings if each.code == "booked-where-closed"]
    assert (finding.entry, finding.events, found.by_id["regorafenib.3"].date) == (
        "regorafenib.3",
        (3, 4),
        date(2026, 5, 8),
    )
    assert finding.hint == "book another day; the next open day is 2026-05-10"
    # Booked after the transfer, or for a day before it, or for a day on which both are open: nothing is told here.
    on_sunday = "  - {on: 2026-04-07, event: booked, entry: regorafenib.3.1, to: 2026-05-10}\n"
    of_before = "  - {on: 2026-03-20, event: booked, entry: regorafenib.2.1, to: 2026-04-04}\n"
    for events in (MOVED + booked.replace("04-07", "04-13"), on_sunday + MOVED, of_before + MOVED):
        codes = [each.code for each in case(study, events).calendar(until=date(2026, 6, 30)).findings]
        assert "booked-where-closed" not in codes


def test_it_is_told_and_the_clock_is_that_of_the_new_site(study: Path) -> None:
    found = case(study)
    assert (found.site.name, found.site.zone) == ("Cairo", "Africa/Cairo")
    (note,) = [each for each in found.calendar().findings if each.code == "site-transferred"]
    assert (note.events, note.severity.value) == ((3,), "note")


def test_there_and_back(study: Path) -> None:
    found = case(study, MOVED + "  - {on: 2026-04-20, event: site transferred, site: Shanghai}\n")
    clinic = found.site.open_days("clinic")
    # Friday 17 April in Cairo, Friday 24 April in Shanghai again, Sunday 12 April in Cairo.
    assert [clinic.is_open(date(2026, 4, day).toordinal()) for day in (3, 17, 24, 12, 26)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert clinic.why_closed(date(2026, 4, 17).toordinal()) == "Friday"
    assert clinic.why_open(date(2026, 4, 12).toordinal()) == "open at Cairo"


def test_an_unknown_site_is_refused_with_its_place(study: Path) -> None:
    with pytest.raises(InvalidText) as error:
        case(study, MOVED.replace("Cairo", "Cairro"))
    (finding,) = [each for each in error.value.findings if each.severity is Severity.ERROR]
    assert (finding.code, finding.hint) == ("unknown-site", "did you mean 'Cairo'?")
    assert finding.place is not None
    assert finding.place.line == 8


def test_without_sites_nobody_can_be_transferred(study: Path) -> None:
    with pytest.raises(InvalidText) as error:
        case(study, head="")
    errors = [each.code for each in error.value.findings if each.severity is Severity.ERROR]
    assert errors == ["unknown-site"]


def test_what_was_struck_needs_no_site(study: Path) -> None:
    more = (
        MOVED.replace("Cairo", "Nowhere") + "  - {on: 2026-04-11, event: struck, number: 3, reason: another patient}\n"
    )
    assert case(study, more).site.name == "Shanghai"


def test_recording_a_transfer(study: Path) -> None:
    before = case(study, "")
    event = read_event("{on: 2026-04-10, event: site transferred, site: Cairo}")
    assert append_event(before.path, event, asked_on=date(2026, 4, 10)).calendar(until=date(2026, 6, 30)).by_id[
        "regorafenib.3"
    ].date == date(2026, 5, 3)
    with pytest.raises(Refused, match="no site 'Kairo'"):
        append_event(before.path, read_event("{on: 2026-04-20, event: site transferred, site: Kairo}"))


def test_a_database_has_each_site_for_its_time_too(study: Path, tmp_path: Path) -> None:
    in_files = case(study)
    act = Act(Who("a", "An Admin", "admin"), datetime(2026, 5, 1, tzinfo=UTC), "import")
    import_into(study, tmp_path / "study.db", act)
    kept = stored_case(tmp_path / "study.db", "CTL-001")
    assert kept is not None
    days = {entry.id: entry.date for entry in kept.calendar(until=date(2026, 6, 30)).entries}
    # Friday 3 April in Shanghai, as planned there; Sunday 3 May in Cairo.
    assert (days["regorafenib.2"], days["regorafenib.3"]) == (date(2026, 4, 3), date(2026, 5, 3))
    assert days == {entry.id: entry.date for entry in in_files.calendar(until=date(2026, 6, 30)).entries}
    assert (kept.site.name, kept.site.zone, kept.site.moved_on) == ("Cairo", "Africa/Cairo", in_files.site.moved_on)


def test_written_out_again_a_patient_came_in_where_they_did(study: Path, tmp_path: Path) -> None:
    in_files = case(study)
    act = Act(Who("a", "An Admin", "admin"), datetime(2026, 5, 1, tzinfo=UTC), "import")
    import_into(study, tmp_path / "study.db", act)
    with opened(tmp_path / "study.db") as store:
        unpack(store, study_in(store, tmp_path / "study.db").source, tmp_path / "again")
    again = read_case(tmp_path / "again" / "patients" / "CTL-001.yaml")
    assert [(entry.id, entry.date) for entry in again.calendar(until=date(2026, 6, 30)).entries] == [
        (entry.id, entry.date) for entry in in_files.calendar(until=date(2026, 6, 30)).entries
    ]


def test_the_same_site_twice_changes_nothing(study: Path) -> None:
    found = case(study)
    assert site_of(found.site, replay(found.log)) == found.site


def test_days_that_may_still_change_stay_so() -> None:
    cairo = parse_site(CAIRO, name="site-Cairo.yaml")
    shanghai = replace(cairo, usual=replace(cairo.usual, unpublished_from=date(2027, 1, 1).toordinal()))
    joined = over_time(shanghai, [(date(2027, 2, 1).toordinal(), cairo)], date(2026, 1, 1).toordinal())
    days = [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 1)]
    assert [joined.usual.provisional(day.toordinal()) for day in days] == [False, True, False]
