"""Values that doses wait for: to be taken in time before the next dose, and repeated where one fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.calendar.engine.findings.doses.values_needed import VALUE_NEEDED
from scheduler.calendar.engine.placing.waits.values_awaited import A_VALUE
from scheduler.calendar.entries.because import Unknown
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Pending
from scheduler.findings import Finding
from scheduler.said import Quoted, listed, said
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient

LONG_BEFORE = 92
"""A value without which there is no dose is asked for at once: what is handed out has to be ordered."""


def values_to_take(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """The values that are missing, from the first day on whose results count; and those that have to be repeated."""
    calendar = patient.calendar
    for finding in calendar.findings:
        entry = calendar.entry(finding.entry) if finding.code == VALUE_NEEDED and finding.entry is not None else None
        if entry is not None and entry.date is not None and on >= entry.date - _days_before(patient, entry):
            yield _to_take(calendar, entry, finding)
    for pending in calendar.pending:
        whats = (reason.what for reason in pending.because.set_by if isinstance(reason, Unknown))
        awaited = [what for what in whats if what.startswith(A_VALUE)]
        if awaited:
            yield _to_repeat(calendar, pending, awaited)


def _days_before(patient: Patient, entry: Entry) -> timedelta:
    line = patient.plan.timelines.get(entry.timeline) if patient.plan is not None else None
    if line is not None and any(give.calculation.bands for give in line.gives):
        return timedelta(days=LONG_BEFORE)
    asked = line.goes_on.at(entry.n) if line is not None and line.goes_on is not None else None
    return timedelta(days=asked.within if asked is not None else 0)


def _to_take(calendar: Calendar, entry: Entry, finding: Finding) -> WorklistLine:
    shown = f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id
    to_do = said("{what}: {to_do}", what=finding.told, to_do=finding.what_to_do or said("nothing"))
    status = Flag.VALUE_NEEDED.value
    return WorklistLine(
        calendar.subject or "", shown, entry.title, entry.date, None, None, None, status, (finding.code,), to_do
    )


def _to_repeat(calendar: Calendar, pending: Pending, awaited: list[str]) -> WorklistLine:
    to_do = said(
        "it waits for {values}: repeat the test, and record 'measured'",
        values=listed(*(Quoted(each, "en") for each in awaited)),
    )
    return WorklistLine(
        calendar.subject or "", pending.id, pending.title, pending.not_before, None, None, None, "pending", (), to_do
    )
