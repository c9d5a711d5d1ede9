"""What is true of the end points of every patient, whatever was seen and happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.endpoints.patient.end_point import EITHER, EndPoint
from scheduler.patient.events import ASSESSMENTS
from tests.endpoints.patients import end_points
from tests.laws.examples import examples

FIRST, HORIZON = date(2026, 3, 2), date(2028, 3, 2)
SEEN = st.sampled_from([*ASSESSMENTS["RECIST 1.1"], *(each for each in ASSESSMENTS["iRECIST"] if each != "NE")])
ENDS = st.sampled_from(["", "died", "progressed", "lost to follow-up", "withdrew, from: all", "new anticancer therapy"])


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Scans every eight weeks or more, up to two years and some, then an end or none."""
    day, lines = FIRST, []
    for seen in draw(st.lists(SEEN, max_size=7)):
        day += timedelta(days=draw(st.integers(40, 130)))
        lines.append(f"{day} {seen}")
    end = draw(ENDS)
    if end:
        lines.append(f"{day + timedelta(days=draw(st.integers(1, 300)))} {end}")
    return "\n".join(lines)


@given(stories())
def test_what_is_true_of_every_patient(story: str) -> None:
    found = end_points(story)
    assert found.survival.last is not None
    for time in (*found.progression_free, *found.durations):
        if time.last is not None and time.first is not None:
            assert FIRST <= time.first <= time.last <= found.survival.last <= HORIZON
    # By either of the criteria, progression is the earliest that counts.
    either = found.time(EndPoint.PROGRESSION_FREE_SURVIVAL, EITHER)
    for time in found.progression_free[1:]:
        assert not (time.event and either.event) or (either.last or HORIZON) <= (time.last or FIRST)
    # A response is controlled disease, and it alone has a duration.
    for best in found.best:
        assert best.control or not best.response
        duration = found.time(EndPoint.DURATION_OF_RESPONSE, best.criteria)
        assert (duration.event is not None) == best.response


@pytest.mark.slow
@settings(max_examples=examples(25))
@given(stories())
def test_what_survival_does_not_cite_could_be_left_out(story: str) -> None:
    found, lines = end_points(story).survival, story.splitlines()
    for at in range(len(lines)):
        # Events 1 and 2 are randomisation and the first dose.
        if at + 3 not in found.events:
            rest = end_points("\n".join([*lines[:at], *lines[at + 1 :]])).survival
            assert (rest.last, rest.event, str(rest.reason)) == (found.last, found.event, str(found.reason))
