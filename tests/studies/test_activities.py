"""Activities with a footnote, carried as written, and those that have days of their own beside their visit."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.errors import InvalidText
from scheduler.patient.study_words import activities_of
from scheduler.site.site import EVERY_DAY
from scheduler.views.coordinator.schedule_of_activities import activity_schedule
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.asking.story import asked
from tests.dosing.story import told
from tests.studies.telling import calendar, study

TEXT = """
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, then: 28 days ±3 after the previous cycle}
    until: at most 3 cycles
    give: 10 mg once daily by mouth on days 1-21
visits:
  week-2: on drug cycle 1 day 15
activities:
  ECG: {at: [week-2, every drug cycle], footnote: "only if clinically indicated, see 7.2"}
  blood count: [week-2, 0 to 3 days before every drug cycle]
  blood pressure: [drug]
  telephone call: [1 day after drug cycle 1]
"""
STUDY = study(TEXT)
BEGUN = "2026-03-02 cycle started, treatment: drug, cycle: 1"


def test_a_footnote_is_shown_word_for_word() -> None:
    found = calendar(STUDY, BEGUN)
    assert found.by_id["week-2.1"].activities == ("ECG (only if clinically indicated, see 7.2)", "blood count")
    assert found.by_id["drug.2"].activities[0] == "ECG (only if clinically indicated, see 7.2)"


def test_an_activity_apart_has_its_own_days_on_the_card_of_its_visit() -> None:
    # Cycle 2 is on Monday 30 March: from 27 March on. Put off to 2 April, it is from 30 March on.
    assert calendar(STUDY, BEGUN).by_id["drug.2"].activities[1:] == (
        "blood count, 2026-03-27 to 2026-03-30",
        "blood pressure",
    )
    late = f"{BEGUN}\n2026-03-20 delayed, treatment: drug, cycle: 2, until: 2026-04-02"
    assert calendar(STUDY, late).by_id["drug.2"].activities[1] == "blood count, 2026-03-30 to 2026-04-02"
    assert calendar(STUDY, BEGUN).by_id["drug.1"].activities[-1] == "telephone call, 2026-03-03 to 2026-03-03"


def due(on: str, story: str = BEGUN) -> list[tuple[str | None, str, str]]:
    log = told(f"2026-02-27 randomised, arm: all\n{story}")
    patient = patient_of(STUDY, EVERY_DAY, log, subject="P-1")
    found = worklist((patient,), date.fromisoformat(on), ahead_days=2).due
    return [(each.entry, f"{each.date}", str(each.to_do)) for each in found if ":" in str(each.to_do)]


def test_the_worklist_asks_for_it_on_its_own_days() -> None:
    blood = "blood count, 0 to 3 days before Drug, cycle 2 of 2026-03-30: from 2026-03-27 to 2026-03-30"
    assert due("2026-03-24") == []
    assert due("2026-03-25") == [("drug.2.1", "2026-03-27", blood)]
    assert due("2026-03-29") == [("drug.2.1", "2026-03-29", blood)]
    assert due("2026-03-30", f"{BEGUN}\n2026-03-30 cycle started, treatment: drug, cycle: 2")[:1] == []


def test_what_follows_a_visit_is_asked_for_after_it() -> None:
    call = "telephone call, 1 day after Drug, cycle 1 of 2026-03-02: from 2026-03-03 to 2026-03-03"
    assert due("2026-03-02") == [("drug.1.1", "2026-03-03", call)]
    assert due("2026-03-04") == []


def test_the_schedule_of_activities_says_both() -> None:
    rows = dict(activity_schedule(STUDY.arms["all"]).rows)
    assert rows == {
        "ECG (only if clinically indicated, see 7.2)": ("X", "X"),
        "blood count": ("X (0 to 3 days before)", "X"),
        "blood pressure": ("X", None),
        "telephone call": ("1 (1 day after)", None),
    }


def test_an_unscheduled_visit_calls_it_by_its_name_alone() -> None:
    assert activities_of(STUDY) == ("ECG", "blood count", "blood pressure", "telephone call")
    said = "2026-03-10 unscheduled visit, activities: [ECG]"
    assert asked(f"2026-02-27 randomised, arm: all\n{BEGUN}", said, version=STUDY, site=EVERY_DAY) == ()


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        (
            "within 3 days before every drug cycle",
            "write: 0 to 3 days before every drug cycle, or: 1 to 3 days before every drug cycle",
        ),
        ("3 to 0 days before every drug cycle", "write: 0 to 3 days"),
        (
            "0 to 3 days before every visit",
            "name the visits one by one: 3 days before every week-2 visit",
        ),
        ("0 to 3 months before week-2", None),
        (
            "0 to 3 days before drug cycle 2 day 8",
            "write it like: day 1; or make a visit of the other day, and name that",
        ),
        ("0 to 3 days before drug cycle 4", "leave it out"),
    ],
)
def test_days_apart_that_cannot_be(place: str, hint: str | None) -> None:
    with pytest.raises(InvalidText) as caught:
        study(TEXT.replace("0 to 3 days before every drug cycle", place))
    (finding,) = caught.value.findings
    assert finding.hint == hint or hint is None
