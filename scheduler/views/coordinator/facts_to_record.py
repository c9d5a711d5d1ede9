"""Facts about a patient that a treatment or visit waits for: to be recorded from the visit on that shows them, or in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.calendar.entries.because import After, Unknown
from scheduler.calendar.entries.entry import Calendar, Pending, Status
from scheduler.patient.branches import chosen, known_facts
from scheduler.protocol.plan.only_if import AskedFact
from scheduler.said import Code, Quoted, said
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient

_AHEAD = timedelta(days=7)


def facts_to_record(patient: Patient, on: date) -> Iterator[WorklistLine]:
    """Each fact once, with the first that waits for it."""
    if patient.plan is None or not patient.plan.has_branches:
        return
    known, told = known_facts(patient.course), set[str]()
    for pending in patient.calendar.pending:
        line = patient.plan.timelines.get(pending.timeline)
        only_if = line.hangs_on(_number(pending)) if line is not None else None
        for fact in chosen(known, only_if).missing if only_if is not None else ():
            if fact.name not in told and _is_time(patient.calendar, pending, fact, on):
                told.add(fact.name)
                yield _to_record(patient.calendar, pending, fact)


def _number(pending: Pending) -> int:
    return int(pending.id.removeprefix(f"{pending.timeline}.").partition(".")[0])


def _is_time(calendar: Calendar, pending: Pending, fact: AskedFact, on: date) -> bool:
    """From the day of the visit that shows it; else a week before what waits for it, or where it waits for nothing else."""
    if fact.shown_by is not None:
        shown = (each for each in calendar.entries if each.timeline == fact.shown_by and each.status in _COMES)
        return any(each.date is not None and each.date <= on for each in shown)
    if pending.not_before is not None:
        return pending.not_before - _AHEAD <= on
    reasons = pending.because.set_by
    unknown = {reason.what for reason in reasons if isinstance(reason, Unknown)}
    return unknown == {fact.record} and not any(isinstance(reason, After) for reason in reasons)


_COMES = (Status.PLANNED, Status.DONE)


def _to_record(calendar: Calendar, pending: Pending, fact: AskedFact) -> WorklistLine:
    to_do = said(
        "it waits for {fact}; record 'attribute' with name: {name}",
        fact=Quoted(fact.record, "en"),
        name=Code(fact.name),
    )
    return WorklistLine(
        calendar.subject or "", pending.id, pending.title, pending.not_before, None, None, None, "pending", (), to_do
    )
