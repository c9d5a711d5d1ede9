"""What was seen in a patient is told with its term, grade, value and unit, never by its kind alone."""

from __future__ import annotations

import pytest

from scheduler.calendar.telling.events_in_words import event_in_words
from scheduler.calendar.telling.explain import explain
from tests.calendar.proposals.patients import CONTROL, SKIN, calendar
from tests.dosing.story import told
from tests.seed import VERSION

FATIGUE = "2026-03-16 adverse event, ae: 2, term: Fatigue, grade: 3"


def in_words(*story: str) -> str:
    """The last event of a story, told with what was recorded before it."""
    events = [record.event for record in told("\n".join(story)).records]
    return f"{event_in_words(len(events), events[-1], events)}."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (FATIGUE, "adverse event 2, Fatigue, has grade 3."),
        (
            FATIGUE + ", onset: 2026-03-14, serious: true, related: [regorafenib, toripalimab]",
            "adverse event 2, Fatigue, has grade 3, since Saturday 14 March 2026, serious, "
            "related to regorafenib and toripalimab.",
        ),
        ("2026-03-16 measured, test: ALT, value: 250.0, unit: U/L", "ALT is 250.0 U/L."),
        (
            "2026-03-16 measured, test: ALT, value: 250, unit: U/L, upper_limit: 40",
            "ALT is 250 U/L, with an upper limit of 40 U/L.",
        ),
        ("2026-03-16 medicine started, name: prednisone, dose: 60 mg", "prednisone is started, 60 mg a day."),
        ("2026-03-16 medicine changed, name: prednisone, dose: 10 mg/d", "prednisone is changed, 10 mg a day."),
        ("2026-03-16 medicine changed, name: prednisone, dose: 10.0 mg/d", "prednisone is changed, 10 mg a day."),
        ("2026-03-16 medicine changed, name: prednisone, dose: 2.50 mg", "prednisone is changed, 2.5 mg a day."),
        ("2026-03-16 medicine stopped, name: prednisone", "prednisone is stopped."),
        ("2026-03-16 attribute, name: liver tumour, value: true", "liver tumour: yes."),
        ("2026-03-16 attribute, name: weight, value: 72.5", "weight: 72.5."),
        ("2026-03-16 surgery, reason: appendix", 'the patient has an operation, for the reason "appendix".'),
    ],
)
def test_each_in_its_own_words(line: str, sentence: str) -> None:
    assert in_words(line) == f"Event 1, Monday 16 March 2026: {sentence}"


def test_a_change_of_grade_says_of_what() -> None:
    assert in_words(FATIGUE, "2026-03-20 regraded, ae: 2, grade: 1") == (
        "Event 2, Friday 20 March 2026: adverse event 2, Fatigue, now has grade 1."
    )
    assert in_words(FATIGUE, "2026-03-20 resolved, ae: 2") == (
        "Event 2, Friday 20 March 2026: adverse event 2, Fatigue, is over."
    )


def test_without_the_log_it_is_known_by_its_number() -> None:
    (event,) = [record.event for record in told("2026-03-20 resolved, ae: 2").records]
    assert str(event_in_words(7, event)) == "Event 7, Friday 20 March 2026: adverse event 2 is over"


def test_explain_tells_what_a_dose_waits_for() -> None:
    story = CONTROL + SKIN
    sentences = [each.sentence for each in explain(calendar(story), "regorafenib.1.16", VERSION, told(story)).lines]
    assert "Event 3, Monday 16 March 2026: adverse event 1, hand-foot syndrome, has grade 3." in sentences
