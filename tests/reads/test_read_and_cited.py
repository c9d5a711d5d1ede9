"""Whatever is looked at to place a date is cited with it, but for what is on the list.

About two in a hundred reads are on it: each was looked at and changes nothing by itself, as when of several facts about a patient
one is enough. A line that is new is a reason that somebody forgot to tell, or goes onto the list: `python -m tests.reads`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.calendar.engine.placing import planned_day
from scheduler.folder.reading.case import read_case
from tests.laws.examples import one_in
from tests.reads.listed import SEED, STORIES, known, not_cited
from tests.reads.recorder import recording

KNOWN = known()
HELD = Path(__file__).parents[2] / "examples/regimens/nivolumab/stories/held-for-colitis.yaml"


@pytest.mark.parametrize("story", one_in(3, list(STORIES)))
def test_what_is_read_and_not_cited_is_on_the_list(story: str) -> None:
    assert not_cited(STORIES[story]) == KNOWN[story]


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
