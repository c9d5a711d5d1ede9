"""Events as rows, how long they last, and outcomes by how long a recovery takes. Days counted by hand.

Dose 1 on Monday 2 March 2026. What is found on Monday 9 March (event 3) has lasted 7 days on 16 March, which is in time, and more
than 7 days from 17 March on.
"""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.entries.entry import Calendar, Flag
from scheduler.errors import InvalidText
from scheduler.findings import Severity
from scheduler.views.coordinator.worklist import worklist
from scheduler.views.patients import patient_of
from tests.dosing.story import told
from tests.studies.telling import WEEKDAYS, calendar, study

BY_TIME = (
    "hold until grade 0-1, then resume at the same level if recovered within 7 days, 1 level lower if within 21 days, "
    "else discontinue"
)
TEXT = f"""
study days: first dose is Day 1
treatments:
  drug:
    when: {{1: on first dose, then: 21 days after the previous dose}}
    give: intravenously
    levels: 85, 65, 50 mg/m2
rules:
  counts:
    for: drug
    on: neutrophils
    rows:
      - "febrile neutropenia: hold until resolved, then resume 1 level lower (label)"
      - "grade 4 neutropenia for more than 7 days: reduce by 1 level (label)"
      - "below 0.5 G/L for more than 7 days: reduce by 1 level (label)"
  diarrhoea:
    for: drug
    on: Diarrhea
    rows:
      - "grade 3: {BY_TIME} (label)"
  others:
    for: drug
    on: any other adverse event
    rows:
      - "grade 1-2: continue (label)"
      - "grade 3-4: discontinue (label)"
  floor:
    for: drug
    rows: ["no lower level is left: discontinue (label)"]
sources: {{label: The label}}
"""
STUDY = study(TEXT)
GIVEN = "2026-03-02 given, treatment: drug, n: 1\n"
NEUTROPENIA = GIVEN + "2026-03-09 adverse event, ae: 1, term: neutropenia, grade: 4\n"


def of(story: str, until: str = "2026-05-31") -> Calendar:
    return calendar(STUDY, story, until=until, site=WEEKDAYS)


def proposed(story: str) -> dict[str, tuple[str, str]]:
    found = of(story)
    return {each.id: (str(each.raised), each.state.value) for each in (*found.proposals, *found.proposals_to_come)}


def test_an_event_by_its_name_is_a_row_whatever_its_grade() -> None:
    story = GIVEN + "2026-03-09 adverse event, ae: 1, term: febrile neutropenia, grade: 3\n"
    # The table on any other adverse event leaves it to this row.
    assert proposed(story) == {"counts.1.3": ("2026-03-09", "open")}


def test_a_grade_that_lasts_calls_for_it_from_the_day_after_the_time() -> None:
    assert proposed(NEUTROPENIA) == {"counts.2.3": ("2026-03-17", "to come")}
    later = "2026-03-{} measured, test: ALT, value: 20, unit: U/L\n"
    assert proposed(NEUTROPENIA + later.format(16)) == {"counts.2.3": ("2026-03-17", "to come")}
    assert proposed(NEUTROPENIA + later.format(17)) == {"counts.2.3": ("2026-03-17", "open")}


@pytest.mark.parametrize(("day", "fires"), [("16", False), ("17", True)])
def test_what_is_better_on_the_last_day_of_the_time_did_not_last(day: str, fires: bool) -> None:
    story = NEUTROPENIA + f"2026-03-{day} regraded, ae: 1, grade: 3\n"
    assert ("counts.2.3" in proposed(story)) is fires


def test_what_lasts_reduces_once_and_the_dose_says_so() -> None:
    """Dose 2 is due on 23 March: 65 mg/m2 after the decision on 17 March."""
    story = NEUTROPENIA + "2026-03-17 decided, proposal: counts.2.3, action: '1', by: Dr Li\n"
    assert [str(dose) for dose in of(story).by_id["drug.2"].doses] == ["65 mg/m2"]


ANC = "2026-03-{} measured, test: ANC, value: {}, unit: G/L\n"
LOW = GIVEN + ANC.format("09", "0.4")


def test_a_value_lasts_when_the_next_after_the_time_is_as_bad() -> None:
    assert proposed(LOW + ANC.format("13", "0.3") + ANC.format("18", "0.45")) == {"counts.3.3": ("2026-03-18", "open")}


@pytest.mark.parametrize("better", [("13", "0.5"), ("18", "0.6")])
def test_a_value_that_was_better_once_did_not_last(better: tuple[str, str]) -> None:
    assert proposed(LOW + ANC.format(*better) + ANC.format("19", "0.4")) == {}


def test_a_missing_value_proposes_nothing_and_is_asked_for() -> None:
    """From 17 March on nobody knows: 0.4 G/L on 16 March is the last day in time."""
    story = LOW + ANC.format("16", "0.4") + "2026-03-20 measured, test: ALT, value: 20, unit: U/L\n"
    assert proposed(story) == {}
    assert [str(each) for each in of(story).findings if each.code == "no-value"] == [
        "warning: 2026-03-09, event 3: ANC 0.4 G/L: the rules for drug ask how long it has been so, and none was measured from "
        "2026-03-17 on (record 'measured' with test: ANC) [no-value]"
    ]


def to_ask(story: str, day: str) -> list[tuple[str, str, str]]:
    patient = patient_of(STUDY, WEEKDAYS, told(f"2026-02-27 randomised, arm: all\n{story}"), subject="S-001")
    lines = worklist([patient], date.fromisoformat(day)).decisions
    return [(str(line.title), line.status, str(line.to_do)) for line in lines if "no-value" in line.flags]


def test_the_passing_of_days_alone_asks_for_the_value() -> None:
    """0.4 G/L on 9 March, and nothing newer: 16 March is the 7th day and in time, and from 17 March on a value is needed."""
    what = (
        "2026-03-09, event 3: ANC 0.4 G/L: the rules for drug ask how long it has been so, and none was measured from "
        "2026-03-17 on"
    )
    assert to_ask(LOW, "2026-03-16") == []
    assert to_ask(LOW, "2026-03-17") == [(what, "value needed", "record 'measured' with test: ANC")]
    assert to_ask(LOW + ANC.format("13", "0.3"), "2026-03-17") == to_ask(LOW, "2026-03-17")
    # What is recorded later of something else asks for the same.
    assert to_ask(LOW + "2026-03-18 measured, test: ALT, value: 20, unit: U/L\n", "2026-03-18") == to_ask(
        LOW, "2026-03-18"
    )


@pytest.mark.parametrize(
    "later",
    [
        ANC.format("13", "0.5"),
        ANC.format("17", "0.4"),
        "2026-03-12 discontinued, treatment: drug, reason: physician decision, by: Dr Li\n",
        "2026-03-12 died\n",
    ],
)
def test_nobody_asks_for_a_value_where_one_answers_or_nothing_is_left_to_decide(later: str) -> None:
    assert to_ask(LOW + later, "2026-03-17") == []


DIARRHOEA = GIVEN + "2026-03-09 adverse event, ae: 1, term: diarrhoea, grade: 3\n"
HELD = DIARRHOEA + f"2026-03-09 decided, proposal: diarrhoea.1.3, action: '{BY_TIME}', by: Dr Li\n"


@pytest.mark.parametrize(
    ("day", "dose"),
    [
        ("03-16", "85 mg/m2"),  # the 7th day
        ("03-17", "65 mg/m2"),
        ("03-30", "65 mg/m2"),  # the 21st day
    ],
)
def test_the_level_of_a_resume_by_how_long_the_recovery_took(day: str, dose: str) -> None:
    story = f"{HELD}2026-{day} resolved, ae: 1\n2026-{day} resumed, treatment: drug, by: Dr Li\n"
    assert [str(each) for each in of(story).by_id["drug.2"].doses] == [dose]
    assert "diarrhoea.1-late.3" not in proposed(story)


def test_after_the_last_time_it_calls_for_the_end() -> None:
    """21 days after 9 March is 30 March: from 31 March on."""
    assert proposed(HELD)["diarrhoea.1-late.3"] == ("2026-03-31", "to come")
    story = HELD + "2026-03-31 measured, test: ALT, value: 20, unit: U/L\n"
    assert proposed(story)["diarrhoea.1-late.3"] == ("2026-03-31", "open")
    ended = story + "2026-03-31 decided, proposal: diarrhoea.1-late.3, action: discontinue, by: Dr Li\n"
    found = of(ended)
    assert [each.id for each in found.entries if each.id == "drug.2" and each.status.value == "planned"] == []


def test_a_resume_without_a_level_after_the_last_time_is_no_answer() -> None:
    """Recovered and resumed on 31 March, the 22nd day: the end is still proposed, and no dose is planned at the full level."""
    story = f"{HELD}2026-03-31 resolved, ae: 1\n2026-03-31 resumed, treatment: drug, by: Dr Li\n"
    found = of(story)
    assert proposed(story)["diarrhoea.1-late.3"] == ("2026-03-31", "open")
    (dose,) = found.by_id["drug.2"].doses
    assert (str(dose), found.by_id["drug.2"].flags) == ("65 mg/m2", (Flag.AWAITING_DECISION,))
    patient = patient_of(STUDY, WEEKDAYS, told(f"2026-02-27 randomised, arm: all\n{story}"), subject="S-001")
    (line,) = worklist([patient], date(2026, 3, 31)).decisions
    assert "the protocol says: discontinue [diarrhoea.1-late.3]" in str(line.to_do)
    ordered = story.replace("resumed, treatment: drug", "resumed, treatment: drug, level: 0, dose: 85 mg/m2")
    assert proposed(ordered)["diarrhoea.1-late.3"] == ("2026-03-31", "decided otherwise")


def test_it_is_not_called_for_where_dosing_is_not_held() -> None:
    going_on = DIARRHOEA + "2026-03-09 decided, proposal: diarrhoea.1.3, action: continue unchanged, by: Dr Li\n"
    assert "diarrhoea.1-late.3" not in proposed(going_on)


def test_the_hold_says_what_it_goes_on_with() -> None:
    (found,) = (each for each in of(HELD).proposals if each.id == "diarrhoea.1.3")
    assert [words for words in found.resume_waits_for if "dosing goes on" in words] == [
        "dosing goes on at the same level if it has recovered by 2026-03-16, 1 level lower by 2026-03-30, and ends if it "
        "recovers later"
    ]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("febrile neutropaenea: discontinue (label)", ["phrase"]),
        ("grade 4 neutropaenea: discontinue (label)", ["phrase"]),
        ("smoker: discontinue (label)", ["phrase"]),
        ("anaemia: discontinue (label)", ["which-one"]),
        ("grade 4 neutropenia for 7 days: discontinue (label)", ["phrase"]),
        (f"grade 2: {BY_TIME.replace('21 days', '7 days')} (label)", ["phrase"]),
        (f"grade 2: {BY_TIME.replace('1 level lower', 'at the same level')} (label)", ["phrase"]),
    ],
)
def test_what_is_refused(row: str, codes: list[str]) -> None:
    with pytest.raises(InvalidText) as caught:
        study(
            TEXT.replace(f"grade 3: {BY_TIME} (label)", row)
            + "attributes: {smoker: Smokes now, anaemia: At enrolment}\n"
        )
    assert [each.code for each in caught.value.findings if each.severity is Severity.ERROR] == codes
