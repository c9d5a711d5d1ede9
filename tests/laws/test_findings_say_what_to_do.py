"""A finding about a patient says what, where and what to do: nobody is left with a warning and no way on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, event, given, settings

from scheduler.findings import Severity
from tests.laws.examples import examples
from tests.laws.walks import Followed, followed

pytestmark = pytest.mark.no_cover  # its lines are those of other tests, and watching them takes as long again


@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(followed())
def test_every_finding_says_what_and_every_warning_what_to_do(case: Followed) -> None:
    lines = case.patient.plan.timelines if case.patient.plan is not None else ()
    there = {each.id for each in case.calendar.entries} | {each.id for each in case.calendar.pending}
    numbers = {record.number for record in case.log.records}
    for found in case.calendar.findings:
        assert isinstance(found.severity, Severity)
        assert found.code
        assert found.message
        assert found.hint or found.severity is Severity.NOTE, found
        assert found.entry is None or found.entry in there or found.entry.partition(".")[0] in lines, found
        assert set(found.events) <= numbers, found
    event(f"{min(len(case.calendar.findings), 3)} findings")
