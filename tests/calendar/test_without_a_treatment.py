"""A study that gives nothing, such as a register: visits count from a date that it names, its end is what somebody records."""

from __future__ import annotations

from scheduler.protocol.parse import parse_protocol
from tests.dosing.story import calendar

VERSION, FINDINGS = parse_protocol(
    """
study: REGISTER
version: "1"
title: A register
arms: {everybody: Everybody}
study days: diagnosis is Day 1
dates: {diagnosis: recorded}
visits:
  year-1: 52 weeks ±14 days after diagnosis
  closing: 7 days after end of treatment
activities: {questions: [year-1, closing]}
""",
    name="register.yaml",
)


def test_what_hangs_on_the_end_of_treatment_waits_for_its_record() -> None:
    """Day 1 is 2 March 2026; 52 weeks later is 1 March 2027, and 7 days after 4 May 2026 is 11 May."""
    story = "2026-03-02 randomised, arm: everybody\n2026-03-02 reached, milestone: diagnosis"
    planned = calendar(story, version=VERSION)
    assert [(entry.id, str(entry.date)) for entry in planned.entries] == [("year-1.1", "2027-03-01")]
    assert [each.id for each in planned.pending] == ["closing.1"]
    ended = calendar(f"{story}\n2026-05-04 end of treatment, reason: completed", version=VERSION)
    assert ("closing.1", "2026-05-11") in [(entry.id, str(entry.date)) for entry in ended.entries]
