"""The laws of reasons hold on every story of every regimen: what an entry does not cite has nothing to do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.calendar.entries.entry import Status
from scheduler.findings import has_errors
from scheduler.folder.reading.case import Case, read_case
from scheduler.patient.appending import review
from scheduler.patient.events import Randomised
from scheduler.views.days.spelled_out import spelled_out
from tests.laws.examples import one_in
from tests.laws.told import cited_events, facts_of
from tests.regimens.test_regimens import STORIES, by_story

REFUSED = [path for path in STORIES if "refused:" in path.read_text("utf-8")]
"""Stories of what the log does not take: there is no calendar of them."""


@pytest.fixture(params=one_in(3, [path for path in STORIES if path not in REFUSED]), ids=by_story)
def case(request: pytest.FixtureRequest) -> Case:
    path: Path = request.param
    return read_case(path)


def test_an_event_that_an_entry_does_not_cite_can_be_taken_out_of_the_log(case: Case) -> None:
    calendar = case.calendar()
    cited = {entry.id: cited_events(calendar, entry) for entry in calendar.entries}
    for record in case.log.records:
        without = case.log.without(record.number)
        if isinstance(record.event, Randomised) or has_errors(review(case.version, without)):
            continue
        other = case.calendar_with(without)
        changed = [
            entry.id
            for entry in calendar.entries
            if record.number not in cited[entry.id]
            and (
                entry.status is not Status.CANCELLED
                if entry.id not in other.by_id
                else facts_of(other.by_id[entry.id]) != facts_of(entry)
            )
        ]
        assert (record.number, changed) == (record.number, [])


def test_the_latest_event_of_an_entry_never_falls(case: Case) -> None:
    """Of each line by itself: a hold without an end takes the days after it off the plan, and with them what they cite."""
    latest: dict[str, int] = {}
    for calendar in case.history():
        for line in spelled_out(calendar):
            assert line.because.latest >= latest.get(line.id, 0), line.id
            latest[line.id] = line.because.latest


def test_no_two_lines_of_a_calendar_have_one_id(case: Case) -> None:
    names = [line.id for line in spelled_out(case.calendar())]
    assert len(names) == len(set(names))
