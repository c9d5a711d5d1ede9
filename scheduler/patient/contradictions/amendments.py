"""Corrections, strikes and reviews must point at a record that is there and in force."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.chart import Chart
from scheduler.patient.events import Corrected, Event, Reported, Reviewed, Struck
from scheduler.patient.log import Family, Record, families
from scheduler.said import Said, filled, said


def amendments_point_back(chart: Chart) -> Iterator[Finding]:
    """What is corrected, struck, reviewed or reported was recorded before."""
    numbers = {record.number for record in chart.log.records}
    for record in chart.log.records:
        if isinstance(record.event, (Corrected, Struck, Reviewed, Reported)):
            number = record.event.number
            if number not in numbers or number >= record.number:
                message = _NOTHING_TO[type(record.event)]
                hint = (
                    said("the last event before it is number {number}", number=record.number - 1)
                    if record.number > 1
                    else None
                )
                yield _refuse("no-such-number", filled(message, number=number), hint, record.number)


_NOTHING_TO: dict[type[Event], Said] = {
    Corrected: said("there is no event {number} to correct"),
    Struck: said("there is no event {number} to strike"),
    Reviewed: said("there is no event {number} to review"),
    Reported: said("there is no event {number} to report"),
}


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
                message = said("event {number} strikes another one, and cannot be corrected", number=target.number)
                hint = said("strike event {number}, and what it struck stands again", number=target.number)
                yield _refuse("not-correctable", message, hint, target.number, record.number)
            elif gone_by := _gone_by(before, target):
                message = said(
                    "event {number} is no longer in force since event {number_b}",
                    number=target.number,
                    number_b=gone_by.number,
                )
                hint = said("point at event {number} instead", number=gone_by.number)
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


def _refuse(code: str, message: Said, hint: Said | None, *numbers: int) -> Finding:
    return Finding.of(code, Severity.ERROR, message, hint, events=tuple(sorted(set(numbers))))
