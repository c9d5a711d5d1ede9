"""A sheet of time points by the pages: a nurse records the dose and its samples in forms, and prints the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.exports.paper.reading import read_pdf
from tests.web.people import SETTING_UP, Place, TestTime, words_of

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
    import_study(tmp_path, store, SETTING_UP)
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
    assert "Blood 1, 24 h pk.1" in found, found
    assert "Tue 3 Mar 2026 08:10" in found, found
