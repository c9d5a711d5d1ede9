"""Whatever is looked at to place a date is cited with it, or a rule of `no_reason` shows that it changes nothing.

The list is empty. A line that is new is a reason that somebody forgot to tell, or one for a rule: `python -m tests.reads`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.calendar.engine.placing import planned_day
from scheduler.folder.reading.case import read_case
from tests.laws.examples import one_in
from tests.reads.listed import SEED, STORIES, known, not_cited
from tests.reads.no_reason import Otherwise
from tests.reads.recorder import recording

KNOWN = known()
HELD = Path(__file__).parents[2] / "examples/regimens/nivolumab/stories/held-for-colitis.yaml"


@pytest.mark.parametrize("story", one_in(3, list(STORIES)))
def test_what_is_read_and_not_cited_is_on_the_list(story: str) -> None:
    assert not_cited(STORIES[story]) == KNOWN[story]


def test_no_rule_takes_a_reason_for_none() -> None:
    case = read_case(HELD)
    calendar = case.calendar()
    otherwise = Otherwise(case, calendar)
    after = calendar.by_id["nivolumab.8"]
    # It waits for the resume (event 9) of the hold (event 8), and counts from the dose before, not from the first (event 1).
    assert [otherwise.is_no_reason(after, each) for each in (8, 9, "nivolumab.7", 1)] == [False, False, False, True]


def test_recording_changes_no_date_and_no_reason() -> None:
    plain = read_case(SEED[0]).calendar()
    with recording() as reads:
        recorded = read_case(SEED[0]).calendar()
    assert recorded == plain
    assert len(reads.by_entry) > 50


def test_a_forgotten_reason_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nivolumab's second dose counts from the first. Somebody forgets to say so.
    assert not_cited(HELD) == ()
    monkeypatch.setattr(planned_day, "_tell_what_set_it", lambda placement, rule, nominal: None)
    assert "nivolumab.2 nivolumab.1" in not_cited(HELD)
