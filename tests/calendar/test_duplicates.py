"""Two entries with one id are an error that a person sees, whatever made them."""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.plan.study import StudyVersion
from tests.studies.telling import calendar, dates, study

RIGHT = study("""
study days: first dose is Day 1
treatments:
  drug:
    when: {1: on first dose, 2: 28 days after the previous cycle}
    give: 80 mg once daily by mouth on days 1-21
visits:
  call: {when: "on every drug day 8, 15", kind: contact, open: any day}
""")
STARTED = "2026-03-02 cycle started, treatment: drug, cycle: 1\n"


def with_a_day_twice(version: StudyVersion) -> StudyVersion:
    """The same study as no sentence can write it: the call is on day 8 and again on day 8."""
    plan = version.arms["all"]
    call = plan.timelines["call"]
    assert call.follows is not None
    wrong = replace(call, follows=replace(call.follows, days=(8, 8)))
    return replace(version, arms={"all": replace(plan, timelines={**plan.timelines, "call": wrong})})


def test_two_entries_with_one_id_are_one_and_an_error() -> None:
    found = calendar(with_a_day_twice(RIGHT), STARTED)
    assert [each.id for each in found.entries if each.timeline == "call"] == ["call.1.8", "call.2.8"]
    assert [(each.severity.value, each.code, each.entry) for each in found.findings] == [
        ("error", "duplicate-entry", "call.1.8"),
        ("error", "duplicate-entry", "call.2.8"),
    ]


def test_two_that_wait_under_one_id_are_one_and_an_error() -> None:
    found = calendar(with_a_day_twice(RIGHT), "")
    assert [each.id for each in found.pending] == ["drug.1.1", "call.1.8"]
    assert [(each.code, each.entry) for each in found.findings] == [("duplicate-entry", "call.1.8")]


def test_a_protocol_that_passes_has_none() -> None:
    found = calendar(RIGHT, STARTED)
    assert (dates(found, "call"), found.findings) == (
        {"1.8": "03-09", "1.15": "03-16", "2.8": "04-06", "2.15": "04-13"},
        (),
    )
