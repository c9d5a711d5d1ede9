"""Reasons as short sentences, for lists and other programs. Nothing that a person wrote about a patient is in them."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from scheduler.calendar.entries.because import After, Because, Closed, Event, Reason, Unknown
from scheduler.calendar.entries.entry import Calendar
from scheduler.patient.events import Corrected, Struck
from scheduler.patient.events import Event as Recorded
from scheduler.patient.log import Log, amendments
from scheduler.protocol.plan.clause import Clause


def sentences(because: Because, calendar: Calendar) -> tuple[str, ...]:
    """What set a date, dose or status, each reason in a few words.

    ``protocol line 47: 21 days ±3 after dose 1``, ``event 5: held``, ``closed 2026-03-28..2026-03-29: Saturday``,
    ``after radiotherapy.5``, ``not known yet: the end of treatment``.
    """
    return tuple(dict.fromkeys(_sentence(reason, calendar) for reason in because.set_by))


def kinds_of(log: Log) -> dict[int, str]:
    """What kind of event each number of a log is: "held", "corrects event 5"."""
    kinds = {record.number: record.event.event for record in log.records}
    for record in amendments(log):
        kinds[record.number] = _of_amendment(record.event)
    return kinds


def _of_amendment(event: Recorded) -> str:
    if isinstance(event, Corrected):
        return f"corrects event {event.number}"
    if isinstance(event, Struck):
        return f"strikes event {event.number}"
    return event.event


def _sentence(reason: Reason, calendar: Calendar) -> str:
    match reason:
        case Clause(line, text):
            version = calendar.version_of(reason)
            return f"protocol{'' if version == calendar.version else f' {version}'} line {line}: {text}"
        case Event(number):
            kind = calendar.event_kinds.get(number)
            return f"event {number}: {kind}" if kind else f"event {number}"
        case Closed(first, last, why):
            return f"closed {_days(first, last)}: {why}"
        case After(entry):
            return f"after {entry}"
        case Unknown(what):
            return f"not known yet: {what}"
        case _:
            assert_never(reason)


def _days(first: int, last: int) -> str:
    days = date.fromordinal(first).isoformat()
    return days if first == last else f"{days}..{date.fromordinal(last).isoformat()}"
