"""Grade 0: CTCAE has none, and people write it for an adverse event that is over. It is taken as that, and said."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.calendar.deviations.ledger import deviations_of
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.episodes.adverse_events import adverse_events_of
from scheduler.patient.log import in_force
from scheduler.site.site import EVERY_DAY
from tests.asking.story import EXPERIMENTAL, asked
from tests.dosing.story import told
from tests.dosing.test_after_84_days import RESUMED
from tests.seed import VERSION

OVER, AT_0 = "resolved, ae: 1", "regraded, ae: 1, grade: 0"
LOW_PLATELETS = """2026-02-27 randomised, arm: control
2026-03-02 cycle started, treatment: regorafenib, cycle: 1
2026-03-09 adverse event, ae: 1, term: Platelet count decreased, grade: 1
2026-03-16 resolved, ae: 1
"""


@pytest.mark.parametrize("story", [RESUMED, LOW_PLATELETS], ids=["pneumonitis", "low platelets"])
def test_grade_0_is_the_end_of_the_adverse_event_in_every_date_and_deviation(story: str) -> None:
    assert OVER in story
    by_word, by_grade = (told(each) for each in (story, story.replace(OVER, AT_0)))
    until = date(2026, 8, 31)
    one, other = (calendar_of(VERSION, EVERY_DAY, log, until=until) for log in (by_word, by_grade))
    assert one.entries == other.entries
    assert [each.message for each in one.findings] == [each.message for each in other.findings]
    assert deviations_of(VERSION, EVERY_DAY, by_word) == deviations_of(VERSION, EVERY_DAY, by_grade)
    ((first,), (second,)) = (adverse_events_of(in_force(log)) for log in (by_word, by_grade))
    assert (first.now, first.end) == (second.now, second.end) == (None, first.grades[-1][0])


def test_it_is_said_how_grade_0_is_read() -> None:
    rash = f"{EXPERIMENTAL}\n2026-03-09 adverse event, ae: 1, term: Rash maculo-papular, grade: 1"
    (question,) = asked(rash, "2026-03-16 regraded, ae: 1, grade: 0")
    assert (question.strength.value, question.code, question.path) == ("said", "read-as", "0.grade")
    assert (str(question.what), str(question.hint)) == (
        "grade 0 was read as: adverse event 1 is over",
        "CTCAE has no grade 0; write 'resolved'",
    )
