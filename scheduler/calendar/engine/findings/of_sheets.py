"""Sheets that a person has to look at: samples of no dose on the calendar, samples on another day than their visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.dose_sheet import DoseSheet, Standing, clock
from scheduler.calendar.entries.entry import Entry, Status
from scheduler.findings import Finding, Severity
from scheduler.patient.events import NotSampled, Sampled
from scheduler.said import Code, Quoted, said

TAKEN_AND_NOT_DONE = "taken-and-not-done"
"""A sample was taken at what is recorded as not done."""


def findings_of_sheets(ev: Evaluation, sheets: Sequence[DoseSheet], entries: Sequence[Entry]) -> Iterator[Finding]:
    """What was recorded and stands on no sheet, and what is due on another day than the visit that it belongs to."""
    if sheets or any(plan.sheets for plan in ev.plan.with_earlier):
        yield from _of_no_dose(ev, sheets)
        yield from _on_another_day(sheets, {entry.id: entry for entry in entries})
        yield from _of_what_was_not_done(ev, sheets, {entry.id: entry for entry in entries})


def _of_no_dose(ev: Evaluation, sheets: Sequence[DoseSheet]) -> Iterator[Finding]:
    """A sample of a dose that was struck, was never recorded and planned, or has another number."""
    shown = {number for sheet in sheets for sample in sheet.samples for number in sample.events}
    for fact in ev.course.of(Sampled, NotSampled):
        if not shown.isdisjoint(fact.numbers):
            continue
        event = cast("Sampled | NotSampled", fact.event)
        named = (each for plan in ev.plan.with_earlier for each in plan.sheets if each.name == event.sheet)
        sheet = next(named, None)
        dose = f"{sheet.follows.timeline}.{event.n}" if sheet is not None else "the dose"
        has_one = any(each.sheet == event.sheet and each.of.startswith(dose) for each in sheets)
        named_dose = Code(dose) if sheet is not None else said("the dose")
        why = (
            said("the sheet of {dose} does not have it", dose=named_dose)
            if has_one
            else said("{dose} has no date", dose=named_dose)
        )
        message = said(
            "{sheet} {n}, {point}, is recorded (event {number}), and {why}",
            sheet=Code(event.sheet),
            n=event.n,
            point=Quoted(str(event.point), "en"),
            number=fact.number,
            why=why,
        )
        yield Finding.of(
            "sample-without-dose",
            Severity.WARNING,
            message,
            said("record {dose}, or correct or strike the sample", dose=named_dose),
            events=fact.numbers,
        )


def _of_what_was_not_done(ev: Evaluation, sheets: Sequence[DoseSheet], entries: dict[str, Entry]) -> Iterator[Finding]:
    """A sample that was taken at a visit, or after a dose, that is recorded as not done: one of the two is wrong."""
    for sheet in sheets:
        for sample in sheet.samples:
            visit = entries.get(sample.entry)
            if sample.standing is not Standing.TAKEN or visit is None or visit.status is not Status.NOT_DONE:
                continue
            not_done = ev.course.about(visit.id).not_done
            numbers = (*sample.events, *(not_done.numbers if not_done is not None else ()))
            message = said(
                "{entry} is recorded as taken, and {entry_b} as not done", entry=Code(sample.id), entry_b=Code(visit.id)
            )
            hint = said(
                "strike 'not done' of {entry} and record it as done, or correct or strike the sample",
                entry=Code(visit.id),
            )
            yield Finding.of(TAKEN_AND_NOT_DONE, Severity.WARNING, message, hint, None, visit.id, numbers)


def _on_another_day(sheets: Sequence[DoseSheet], entries: dict[str, Entry]) -> Iterator[Finding]:
    """A sample of a later day whose hours lead to another day than that of its visit, so nobody has an appointment for it."""
    for sheet in sheets:
        for sample in sheet.samples:
            visit = entries.get(sample.entry)
            if not sample.point.days_later or visit is None or visit.status is not Status.PLANNED:
                continue
            due = sample.planned
            if sample.standing is Standing.PLANNED and due is not None and visit.date not in (None, due.day):
                message = said(
                    "{entry} is due on {day} at {due}, and its visit {entry_b} is on {date}",
                    entry=Code(sample.id),
                    day=Code(f"{due.day}"),
                    due=Code(clock(due)),
                    entry_b=Code(visit.id),
                    date=Code(f"{visit.date}"),
                )
                hint = said("see that somebody takes it then")
                yield Finding.of("sample-on-another-day", Severity.WARNING, message, hint, entry=visit.id)
