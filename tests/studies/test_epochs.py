"""Epochs of the study: each date belongs to one, from its beginning to the day before the next begins."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scheduler.calendar.telling.explain import explain
from scheduler.errors import InvalidText
from scheduler.exports.json import calendar_as_json
from scheduler.exports.pages.patient import calendar_as_html
from scheduler.protocol.plan.study import StudyVersion
from scheduler.views.reasons import reasons_of
from scheduler.views.table_of_dates import table_of_dates
from tests.dosing.story import told
from tests.studies.telling import calendar, study

TEXT = """
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 21 days ±3 after the previous dose}
    until: at most 3 doses
    give: 10 mg intravenously
visits:
  screening: 1 to 28 days before first dose
  end-visit: 0 to 7 days after end of treatment
  safety: 30 days ±7 after the last dose
epochs:
  SCREENING: consent
  TREATMENT: first dose
  FOLLOW-UP: 1 day after end of treatment
"""
STUDY = study(TEXT)
GIVEN = """2026-02-20 consented
2026-03-02 given, treatment: drug, n: 1
2026-03-23 given, treatment: drug, n: 2"""


def epochs(story: str, version: StudyVersion = STUDY) -> dict[str, str | None]:
    found = calendar(version, story)
    entries = json.loads(calendar_as_json(found, reasons_of(found)))["entries"]
    return {each["id"]: each.get("epoch") for each in entries}


def test_every_date_belongs_to_an_epoch() -> None:
    # Treatment ends on 10 April: the visit that day is still treatment, the safety visit on 22 April is follow-up.
    story = f"{GIVEN}\n2026-04-10 end of treatment, reason: progressive disease"
    assert {name: epoch for name, epoch in epochs(story).items() if name != "drug.3"} == {
        "screening.1": "SCREENING",
        "drug.1": "TREATMENT",
        "drug.2": "TREATMENT",
        "end-visit.1": "TREATMENT",
        "safety.1": "FOLLOW-UP",
    }


def test_nothing_is_follow_up_before_treatment_has_ended() -> None:
    # With three doses the end is planned; without that number nobody knows it, and the safety visit has no date.
    assert epochs(GIVEN)["safety.1"] == "FOLLOW-UP"
    open_ended = study(TEXT.replace("    until: at most 3 doses\n", ""))
    assert set(epochs(GIVEN, open_ended).values()) == {"SCREENING", "TREATMENT"}
    assert calendar(STUDY, GIVEN).epoch_on(date(2026, 2, 1)) == "SCREENING"


def test_lists_have_a_column_and_the_explanation_a_line() -> None:
    found, log = calendar(STUDY, GIVEN), told(f"2026-02-27 randomised, arm: all\n{GIVEN}")
    table = table_of_dates(found, reasons_of(found))
    assert table.columns[-1] == "epoch"
    assert {row[4]: row[-1] for row in table.rows}["drug.2"] == "TREATMENT"
    assert "It belongs to the epoch TREATMENT." in [
        line.sentence for line in explain(found, "drug.2", STUDY, log).lines
    ]


def test_the_page_says_it_beside_the_study_day() -> None:
    found = calendar(STUDY, GIVEN)
    page = calendar_as_html(found, reasons_of(found))
    assert '<span class="since">TREATMENT</span>' in page


def test_without_epochs_nothing_is_said() -> None:
    plain = study(TEXT.partition("epochs:")[0])
    assert table_of_dates(calendar(plain, GIVEN), lambda _: ()).columns[-1] == "why"


def test_an_unknown_beginning_is_found() -> None:
    with pytest.raises(InvalidText) as caught:
        study(TEXT.replace("TREATMENT: first dose", "TREATMENT: first dosing"))
    assert [each.code for each in caught.value.findings] == ["phrase"]
    with pytest.raises(InvalidText) as caught:
        study(TEXT.replace("TREATMENT: first dose", "TREATMENT: surgery"))
    assert [each.code for each in caught.value.findings] == ["unknown-anchor"]
