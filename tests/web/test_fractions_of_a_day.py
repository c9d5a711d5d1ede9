"""Two fractions in one record, by the pages and by the API; and a study that has no use for the field is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.folder.importing import import_study
from scheduler.store.opening import open_store
from tests.web.api.programs import program
from tests.web.people import Place, TestTime, set_up_by

PROTOCOL = """study: FRACTIONS
version: "1.0"
title: Twice daily
arms: {all: Radiotherapy}
study days: first dose is Day 1
treatments:
  radiotherapy:
    when: {1: on first dose, then: at least 1 day after the previous fraction}
    until: 6 fractions
    open: clinic
    give: 1.2 Gy twice daily at least 6 hours apart
"""
SITE = "site: Here\nzone: Europe/Berlin\nweekdays: Monday to Friday\nresources: {clinic: }\n"
PATIENT = """protocol: ../protocol.yaml
site: ../site.yaml
subject: S-1
events:
  - {on: 2026-02-27, event: randomised, arm: all}
"""
BOTH = {"event": "given", "on": "2026-03-02", "treatment": "radiotherapy", "n": "1", "fractions": "2"}


@pytest.fixture
def twice_daily(tmp_path: Path) -> Iterator[Place]:
    """A server with a study of fractions twice a day, on the evening of Monday 2 March."""
    (tmp_path / "patients").mkdir()
    for name, text in {"protocol.yaml": PROTOCOL, "site.yaml": SITE, "patients/S-1.yaml": PATIENT}.items():
        (tmp_path / name).write_text(text, "utf-8")
    time = TestTime()
    time.moment = datetime(2026, 3, 2, 17, tzinfo=UTC)
    store = open_store(tmp_path / "study.db")
    import_study(tmp_path, store, set_up_by(time.moment))
    yield Place(store, time)
    store.close()


def test_the_form_asks_how_many_and_the_page_shows_both(twice_daily: Place) -> None:
    person = twice_daily.somebody("coordinator")
    form = person.get("/subjects/S-1/record?event=given&treatment=radiotherapy&n=1").text
    assert 'name="fractions"' in form
    assert person.records("S-1", **BOTH).status_code == 303
    page = person.reads("/subjects/S-1")
    assert "Radiotherapy 1 is given, 2 fractions in one record" in person.reads("/subjects/S-1/history")
    for number, status in [(1, "done"), (2, "done"), (3, "planned")]:
        assert f"Radiotherapy, fraction {number} 1.2 Gy {status}" in page


def test_the_amount_of_one_is_asked_and_both_are_corrected_together(twice_daily: Place) -> None:
    person = twice_daily.somebody("coordinator")
    asked = person.records("S-1", **BOTH, amount="1.2 Gy")
    assert "1.2 Gy of Radiotherapy is not the dose of 2 fractions, 2.4 Gy" in asked.text
    person.records("S-1", **BOTH)
    alone = {key: value for key, value in BOTH.items() if key != "fractions"}
    correction = {"event": "corrected", "on": "2026-03-02", "number": 2, "reason": "one", "with": alone | {"n": 1}}
    writer = program(twice_daily, "coordinator")
    assert writer.records("S-1", correction).status_code == 201
    entries = writer.reads("/api/subjects/S-1/calendar")["entries"]
    assert [(each["id"], each["status"]) for each in entries][:2] == [
        ("radiotherapy.1", "done"),
        ("radiotherapy.2", "planned"),
    ]


def test_a_program_records_both(twice_daily: Place) -> None:
    writer = program(twice_daily, "coordinator")
    assert writer.records("S-1", BOTH | {"n": 1, "fractions": 2, "amount": "2.4 Gy"}).status_code == 201
    entries = writer.reads("/api/subjects/S-1/calendar")["entries"]
    assert [(each["id"], each["date"], each["status"]) for each in entries][:3] == [
        ("radiotherapy.1", "2026-03-02", "done"),
        ("radiotherapy.2", "2026-03-02", "done"),
        ("radiotherapy.3", "2026-03-03", "planned"),
    ]


def test_who_has_no_fractions_of_a_day_is_not_asked(place: Place) -> None:
    form = place.somebody("coordinator").get("/subjects/EXP-003/record?event=given&treatment=toripalimab&n=6").text
    assert 'name="amount"' in form
    assert 'name="fractions"' not in form
