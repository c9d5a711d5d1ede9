"""Corrections, strikes and reviews must point at a record that is there and in force."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.chart import Chart
from scheduler.patient.events import Corrected, Event, Reported, Reviewed, Struck
from scheduler.patient.log import Family, Record, families


def amendments_point_back(chart: Chart) -> Iterator[Finding]:
    """What is corrected, struck, reviewed or reported was recorded before."""
    numbers = {record.number for record in chart.log.records}
    for record in chart.log.records:
        if isinstance(record.event, (Corrected, Struck, Reviewed, Reported)):
            number = record.event.number
            if number not in numbers or number >= record.number:
                verb = _VERBS[type(record.event)]
                hint = f"the last event before it is number {record.number - 1}" if record.number > 1 else None
                yield _refuse("no-such-number", f"there is no event {number} to {verb}", hint, record.number)


_VERBS: dict[type[Event], str] = {Corrected: "correct", Struck: "strike", Reviewed: "review", Reported: "report"}


def amendments_point_at_what_stands(chart: Chart) -> Iterator[Finding]:
    """Nothing that was recorded in between has taken away what is corrected or struck, or taken its place."""
    for family in families(chart.log):
        for index, record in enumerate(family.amendments):
            before = Family(family.first, family.amendments[:index])
            event = record.event
            if not isinstance(event, (Corrected, Struck)):
                continue
            target = next(r for r in (before.first, *before.amendments) if r.number == event.number)
            if isinstance(event, Corrected) and isinstance(target.event, Struck):
                message = f"event {target.number} strikes another one, and cannot be corrected"
                hint = f"strike event {target.number}, and what it struck stands again"
                yield _refuse("not-correctable", message, hint, target.number, record.number)
            elif gone_by := _gone_by(before, target):
                message = f"event {target.number} is no longer in force since event {gone_by.number}"
                hint = f"point at event {gone_by.number} instead"
                yield _refuse("already-gone", message, hint, target.number, gone_by.number, record.number)


def _gone_by(family: Family, target: Record) -> Record | None:
    """The record that took this one away, or took its place; None while it stands."""
    struck = family.struck()
    for number in (target.number, family.first.number):
        # The strike that took the whole event away may itself be struck: that is how the event comes back.
        if number in struck and not (isinstance(target.event, Struck) and number != target.number):
            strikes = (r for r in family.amendments if isinstance(r.event, Struck) and r.event.number == number)
            return next(strike for strike in strikes if strike.number not in struck)
    latest = family.latest()
    return latest if isinstance(target.event, Corrected) and latest is not target else None


def _refuse(code: str, message: str, hint: str | None, *numbers: int) -> Finding:
    return Finding(code, Severity.ERROR, message, hint, events=tuple(sorted(set(numbers))))
