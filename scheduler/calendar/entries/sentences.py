"""Reasons as short sentences, for lists and other programs. Nothing that a person wrote about a patient is in them."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from scheduler.calendar.entries.because import After, Because, Closed, Event, Reason, Unknown
from scheduler.calendar.entries.entry import Calendar
from scheduler.dates import MONDAY_TO_SUNDAY
from scheduler.patient.events import Corrected, Struck
from scheduler.patient.events import Event as Recorded
from scheduler.patient.log import Log, amendments
from scheduler.protocol.plan.clause import Clause
from scheduler.said import SEMICOLONS, WEEKDAY, Code, Day, Quoted, Said, Value, listed, said, said_as

_AND = said_as("between the members of a list", " and ")


def sentences(because: Because, calendar: Calendar) -> tuple[Said, ...]:
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


def _sentence(reason: Reason, calendar: Calendar) -> Said:
    match reason:
        case Clause(line, text):
            version = calendar.version_of(reason)
            if version == calendar.version:
                return said("protocol line {line}: {text}", line=line, text=Quoted(text, "en"))
            return said(
                "protocol {version} line {line}: {text}", version=Code(version), line=line, text=Quoted(text, "en")
            )
        case Event(number):
            kind = calendar.event_kinds.get(number)
            if not kind:
                return said("event {number}", number=number)
            return said("event {number}: {kind}", number=number, kind=_kind(kind))
        case Closed(first, last, why):
            return said("closed {days}: {why}", days=_days(first, last), why=closed_why(why))
        case After(entry):
            return said("after {entry}", entry=Code(entry))
        case Unknown(what):
            return said("not known yet: {what}", what=what)
        case _:
            assert_never(reason)


def _kind(kind: str) -> Said:
    """What kind of event it is: "held"; "corrects event 5"."""
    words, _, number = kind.rpartition(" ")
    match words:
        case "corrects event":
            return said("corrects event {number}", number=int(number))
        case "strikes event":
            return said("strikes event {number}", number=int(number))
    return Said(kind, context="record")


def _days(first: int, last: int) -> Code:
    days = date.fromordinal(first).isoformat()
    return Code(days if first == last else f"{days}..{date.fromordinal(last).isoformat()}")


def closed_why(why: str) -> Value:
    """Days of the week and public holidays in the reader's language; what a site wrote as it stands."""
    return listed(*map(_closed_by, why.split("; ")), how=SEMICOLONS)


def _closed_by(why: str) -> Value:
    days = why.split(" and ")
    if all(day in MONDAY_TO_SUNDAY for day in days):
        return listed(*map(_weekday, days), how=_AND)
    kind, _, names = why.partition(": ")
    match kind:
        case "public holiday":
            return said("public holiday: {names}", names=Quoted(names)) if names else said("public holiday")
        case "closed" if not names:
            return said("closed")
    return Quoted(why)


def _weekday(name: str) -> Day:
    """That day in a week that begins on a Monday."""
    return Day(date(2026, 3, 2 + MONDAY_TO_SUNDAY.index(name)), WEEKDAY)
