"""A place that a protocol asks for and a site does not list takes the usual days of the site: said, and of a slip, asked.

Here the infusion unit is open on Mondays and Thursdays only. While the site calls it "infussion", the protocol's "infusion" is
open as the rest of the site is, from Monday to Friday, and dates of infusions would fall on days on which nobody gives them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scheduler.asking import ask
from scheduler.findings import Severity
from scheduler.folder.importing import import_into
from scheduler.folder.reading.case import read_case
from scheduler.folder.reading.contents import Case
from scheduler.folder.reading.stored import stored_study
from scheduler.folder.reading.study import read_study
from scheduler.folder.trying.checking import check_files
from scheduler.patient.events import Booked
from scheduler.store.values import Act, Who

PROTOCOL = """
study: PLACES
version: 1.0
title: Where it is given
study days: first dose is Day 1
treatments:
  saline:
    when: {1: on randomisation, then: 21 days ±3 after the previous cycle}
    until: 4 cycles
    open: infusion
    give: 500 mg intravenously on day 1
  vaccine:
    when: {1: 7 days ±3 after saline 1}
    until: 1 dose
    open: clinic
    give: 10 mg subcutaneously
arms: {only: Saline}
"""
SITE = "site: Here\nzone: Europe/Berlin\nweekdays: Monday to Friday\n"
UNIT = "{weekdays: 'Monday, Thursday'}"
MISSPELT = SITE + f"resources:\n  clinic:\n  infussion: {UNIT}\n"
RIGHT = SITE + f"resources:\n  clinic:\n  infusion: {UNIT}\n"
LEFT_OUT = SITE + "resources:\n  clinic:\n"
NOTHING_LISTED = SITE
OTHER = SITE + f"resources:\n  clinic:\n  pharmacy: {UNIT}\n"


def study(folder: Path, site: str) -> Path:
    (folder / "patients").mkdir()
    (folder / "protocol.yaml").write_text(PROTOCOL, "utf-8")
    (folder / "site.yaml").write_text(site, "utf-8")
    events = "events:\n  - {on: 2026-03-02, event: randomised, arm: only}\n"
    case = f"protocol: ../protocol.yaml\nsite: ../site.yaml\nsubject: P-1\n{events}"
    (folder / "patients" / "P-1.yaml").write_text(case, "utf-8")
    return folder


def patient(folder: Path) -> Case:
    return read_case(folder / "patients" / "P-1.yaml")


def said(folder: Path) -> list[tuple[str, Severity, str, str | None]]:
    found = check_files([folder]).findings
    return [(each.code, each.severity, str(each.place).rpartition("/")[2], each.hint) for each in found]


def test_a_slip_in_the_site_is_a_warning_where_it_stands(tmp_path: Path) -> None:
    assert said(study(tmp_path, MISSPELT)) == [
        ("place-misspelt", Severity.WARNING, "site.yaml:6:3", "did you mean 'infusion'?")
    ]
    (found,) = check_files([tmp_path]).findings
    assert found.message == (
        "no line of the protocol asks for 'infussion'; saline asks for 'infusion', which Here does not list,"
        " and takes the usual days of the site"
    )
    # A reader of one patient is told the same.
    assert [each.code for each in patient(tmp_path).findings] == ["place-misspelt"]


def test_the_same_is_said_of_a_study_in_a_database(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    database = tmp_path / "study.db"
    act = Act(Who("a", "An Admin", "admin"), datetime(2026, 3, 2, tzinfo=UTC), "import")
    import_into(study(tmp_path / "files", MISSPELT), database, act)
    assert [each.code for each in stored_study(database).findings] == ["place-misspelt"]


@pytest.mark.parametrize("site", [LEFT_OUT, OTHER])
def test_a_place_that_is_not_listed_is_a_note(tmp_path: Path, site: str) -> None:
    hint = "list it there, with nothing after it where it is open as the site is"
    assert said(study(tmp_path, site)) == [("place-not-listed", Severity.NOTE, "site.yaml:4:1", hint)]
    (found,) = read_study(tmp_path).findings
    assert found.message == (
        "saline asks for 'infusion', which Here does not list, and takes the usual days of the site"
    )


@pytest.mark.parametrize("site", [RIGHT, NOTHING_LISTED])
def test_nothing_is_said_where_all_is_listed_or_the_site_lists_nothing(tmp_path: Path, site: str) -> None:
    assert said(study(tmp_path, site)) == []


def test_what_it_would_do_to_dates(tmp_path: Path) -> None:
    # Monday 2 March and 21 days: Monday 23 March, Monday 13 April, both open either way; booked on a Tuesday it would show.
    found = patient(study(tmp_path, MISSPELT))
    assert found.site.open_days("infusion").is_open(date(2026, 3, 24).toordinal())
    assert not found.site.open_days("infussion").is_open(date(2026, 3, 24).toordinal())


def asked(case: Case, entry: str, to: date) -> list[tuple[str, str | None]]:
    event = Booked(event="booked", on=date(2026, 3, 2), entry=entry, to=to)
    found = ask(case.version, case.site, case.log, [event], today=date(2026, 3, 2))
    return [(each.code, None if each.hint is None else str(each.hint)) for each in found]


def test_a_booking_at_a_misspelt_place_is_asked(tmp_path: Path) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    wrong, right = patient(study(tmp_path / "wrong", MISSPELT)), patient(study(tmp_path / "right", RIGHT))
    tuesday = date(2026, 3, 24)
    hint = "the site lists 'infussion': put its text right, or ask whether infusion is open on 2026-03-24"
    assert asked(wrong, "saline.2", tuesday) == [("booked-at-misspelt-place", hint)]
    # Put right, the closed day itself is asked.
    assert [code for code, _ in asked(right, "saline.2", tuesday)] == ["booked-on-closed-day"]
    # The clinic is listed.
    assert asked(wrong, "vaccine.1", date(2026, 3, 9)) == []


def test_a_booking_at_a_place_that_is_only_not_listed_is_not_asked(tmp_path: Path) -> None:
    assert asked(patient(study(tmp_path, LEFT_OUT)), "saline.2", date(2026, 3, 24)) == []
