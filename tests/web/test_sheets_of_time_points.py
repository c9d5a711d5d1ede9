"""A sheet of time points by the pages: a nurse records the dose and its samples in forms, and prints the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx2 import Response

from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.exports.paper.reading import read_pdf
from tests.web.people import Person, Place, TestTime, set_up_by, words_of
from tests.web.test_once import hidden_in

PROTOCOL = """study: SHEETS
version: "1.0"
title: Blood around a dose
arms: {all: Everybody}
study days: first dose is Day 1
treatments:
  drug: {when: {1: on first dose, then: 14 days after the previous dose}, until: 2 doses, open: any day, give: 5 mg intravenously}
sheets:
  pk: {title: Blood, when: "at 1, 24 hours ±10 minutes after every drug dose"}
"""
SITE = "site: Here\nzone: Asia/Shanghai\nweekdays: Monday to Friday\n"
PATIENT = """protocol: ../protocol.yaml
site: ../site.yaml
subject: S-1
events:
  - {on: 2026-02-27, event: randomised, arm: all}
  - {on: 2026-02-27, event: first dose planned, to: 2026-03-02}
"""
GIVEN = {"event": "given", "on": "2026-03-02", "treatment": "drug", "n": "1", "at": "08:10"}
POINT = {"on": "2026-03-02", "sheet": "pk", "n": "1", "point": "1 h"}


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Place]:
    """A server with the study, on the evening of Monday 2 March in Shanghai."""
    (tmp_path / "patients").mkdir()
    for name, text in {"protocol.yaml": PROTOCOL, "site.yaml": SITE, "patients/S-1.yaml": PATIENT}.items():
        (tmp_path / name).write_text(text, "utf-8")
    time = TestTime()
    time.moment = datetime(2026, 3, 2, 10, tzinfo=UTC)
    store = open_store(tmp_path / "study.db")
    import_study(tmp_path, store, set_up_by(time.moment))
    yield Place(store, time)
    store.close()


def test_samples_are_recorded_in_forms_and_the_sheet_is_printed_from_the_page(unit: Place) -> None:
    person = unit.somebody("coordinator")
    answer = person.records("S-1", **GIVEN)
    assert answer.status_code == 303, words_of(answer)
    for kind in ("sampled", "not+sampled"):
        form = person.get(f"/subjects/S-1/record?event={kind}").text
        assert '<option value="pk"' in form
        assert 'name="point"' in form
    assert (
        "1 h taken at 09:25 for 09:10, 15 min late" in person.records("S-1", event="sampled", **POINT, at="09:25").text
    )
    assert person.records("S-1", event="sampled", **POINT, at="09:15").status_code == 303
    later = POINT | {"point": "24 h"}
    assert person.records("S-1", event="not sampled", **later, reason="went home").status_code == 303
    offered = re.findall(r'<option value="(pk\.\d)">([^<]*)<', person.get("/subjects/S-1").text)
    assert [name for name, _ in offered] == ["pk.1", "pk.2"]
    printed = person.get("/subjects/S-1/sheets.pdf?of=pk.1&language=en")
    rows = [row for table in read_pdf(printed.content).tables for row in table[1:]]
    assert [row[:2] + row[3:5] for row in rows] == [["1 h", "09:10", "09:15", "5"], ["24 h", "08:10", "not taken", ""]]
    assert person.get("/subjects/S-1/sheets.pdf?of=pk.9").status_code == 404


def test_who_is_due_for_a_sample_tomorrow_is_on_the_worklist_at_the_time(unit: Place) -> None:
    person = unit.somebody("coordinator")
    person.records("S-1", **GIVEN)
    unit.time.pass_by(hours=15)
    found = unit.somebody("monitor").reads("/")
    assert "Blood 1, 24 h visit 3 Mar 2026" in found, found
    assert "Tue 3 Mar 2026 08:10" in found, found


def whole(person: Person, **typed: str) -> tuple[Response, dict[str, str]]:
    """The preview of a whole sheet, and what its form carries."""
    answer = person.sends("/subjects/S-1/sheet/preview", of="pk.1", **typed)
    return answer, hidden_in(answer)


def test_a_whole_sheet_is_one_form_one_look_and_one_transaction(unit: Place) -> None:
    person = unit.somebody("coordinator")
    person.records("S-1", **GIVEN)
    offered = person.get("/subjects/S-1/sheet?of=pk.1")
    assert re.findall(r'name="((?:on|at|missed|why)_\d)" value="([^"]*)"', offered.text) == [
        ("on_1", "2026-03-02"),
        ("at_1", ""),
        ("missed_1", "true"),
        ("why_1", ""),
        ("on_2", "2026-03-02"),
        ("at_2", ""),
        ("missed_2", "true"),
        ("why_2", ""),
    ]
    assert "1 h 09:10 ±10 min" in words_of(offered)
    look, hidden = whole(person, on_1="2026-03-02", at_1="09:15", on_2="2026-03-02", missed_2="true", why_2="went home")
    told = words_of(look)
    assert "pk 1, 1 h, is taken at 09:15" in told
    assert "pk 1, 24 h, is not taken (went home)" in told
    before = unit.store.log("S-1").length
    assert person.sends("/subjects/S-1/sheet/record", **hidden).status_code == 303
    assert [each.event.event for each in unit.store.log("S-1").records[before:]] == ["sampled", "not sampled"]
    # A second click records nothing more, and the form shows what stands.
    assert person.sends("/subjects/S-1/sheet/record", **hidden).status_code == 303
    assert unit.store.log("S-1").length == before + 2
    again = words_of(person.get("/subjects/S-1/sheet?of=pk.1"))
    assert "taken at 09:15" in again
    assert "not taken: went home" in again
    assert "All of it is recorded." in again


def test_what_is_asked_of_one_row_keeps_the_whole_sheet_until_it_is_answered(unit: Place) -> None:
    person = unit.somebody("coordinator")
    person.records("S-1", **GIVEN)
    look, hidden = whole(person, on_1="2026-03-02", at_1="09:25", missed_2="true", why_2="went home")
    assert "1 h taken at 09:25 for 09:10, 15 min late" in words_of(look)
    assert 'name="confirmed_1"' in look.text
    assert 'name="confirmed_2"' not in look.text
    before = unit.store.log("S-1").length
    assert person.sends("/subjects/S-1/sheet/record", **hidden).status_code == 422
    assert unit.store.log("S-1").length == before
    assert person.sends("/subjects/S-1/sheet/record", **hidden, confirmed_1="vein not found").status_code == 303
    first = unit.store.log("S-1").records[before].event
    assert (first.event, first.confirmed) == ("sampled", "vein not found")
    # With the reason beside the time nothing is asked.
    assert unit.store.log("S-1").length == before + 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"at_1": "09:10", "missed_1": "true", "why_1": "x"}, "both a time and 'not taken'"),
        ({"why_1": "x"}, "a reason, but neither a time nor 'not taken'"),
        ({"missed_1": "true"}, "why it was not taken is needed"),
        ({"at_1": "9.10"}, "'9.10' is not a time of day"),
        ({}, "Write when each was taken"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_beside_it_and_nothing_typed_is_lost(
    unit: Place, typed: dict[str, str], said: str
) -> None:
    person = unit.somebody("coordinator")
    person.records("S-1", **GIVEN)
    answer, _ = whole(person, **typed, on_2="2026-03-02", at_2="")
    assert answer.status_code == 422
    assert said in words_of(answer)
    if "why_1" in typed:
        assert 'name="why_1" value="x"' in answer.text


def test_what_somebody_recorded_meanwhile_is_seen_first(unit: Place) -> None:
    person, other = unit.somebody("coordinator"), unit.somebody("investigator")
    person.records("S-1", **GIVEN)
    _, hidden = whole(person, at_1="09:15")
    assert other.records("S-1", event="not sampled", **POINT | {"point": "24 h"}, reason="went home").status_code == 303
    answer = person.sends("/subjects/S-1/sheet/record", **hidden)
    assert answer.status_code == 409
    assert "Somebody recorded something meanwhile" in words_of(answer)
    assert person.sends("/subjects/S-1/sheet/record", **hidden_in(answer)).status_code == 303


def test_a_sheet_is_recorded_by_staff_of_the_site_alone_and_only_where_there_is_one(unit: Place) -> None:
    person = unit.somebody("coordinator")
    assert person.get("/subjects/S-1/sheet?of=pk.9").status_code == 404
    assert unit.somebody("monitor").get("/subjects/S-1/sheet?of=pk.1").status_code == 403
    assert "Record it" not in unit.somebody("monitor").reads("/subjects/S-1")
    assert "Record it" in person.reads("/subjects/S-1")
