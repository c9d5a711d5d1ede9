"""If an entry does not cite an event, taking that event out of the log leaves the entry as it was."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from scheduler.findings import Severity
from scheduler.patient.events import Randomised
from scheduler.patient.log import Log
from scheduler.patient.recording import review
from tests.laws.reading import as_seen, calendar_for, cited
from tests.laws.strategies import Patient, patients
from tests.seed import VERSION


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(patients())
def test_what_is_not_cited_makes_no_difference(patient: Patient) -> None:
    before = calendar_for(patient)
    behind = {entry.id: cited(before, entry) for entry in before.entries}
    for record in patient.log.records:
        without = patient.log.without(record.number)
        if isinstance(record.event, Randomised) or contradicts_itself(without):
            continue
        after = calendar_for(patient, without)
        for entry in before.entries:
            if record.number not in behind[entry.id]:
                other = after.by_id.get(entry.id)
                assert other is not None, f"{entry.id} does not cite event {record.number} and is gone without it"
                assert as_seen(other) == as_seen(entry), f"{entry.id} does not cite event {record.number}"


def contradicts_itself(log: Log) -> bool:
    return any(finding.severity is Severity.ERROR for finding in review(VERSION, log))
