"""A record of a dose or cycle that leaves its number out is answered with the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.errors import InvalidText
from scheduler.findings import Finding
from scheduler.folder.adding_lines import read_event
from scheduler.folder.reading.case import Case
from scheduler.patient.events import Event
from scheduler.said import Code, said
from scheduler.source.reading import read_yaml

_NUMBERS = ("n", "cycle")


def offering_the_next(error: InvalidText, text: str, case: Case) -> InvalidText:
    """The same faults of an event's text; a number that is missing, with the next one of that patient."""
    missing = [finding for finding in error.findings if _is_a_number(finding)]
    if not missing:
        return error
    said_there = read_yaml(text, name="the event").value
    treatment = said_there.get("treatment") if isinstance(said_there, dict) else None
    following = _next_of(case.calendar(), f"{treatment}")
    if following is None:
        return error
    return InvalidText([_offered(each, following) if _is_a_number(each) else each for each in error.findings])


def read_event_of(case: Case, text: str) -> Event:
    """The event in a text about this patient. Raises InvalidText with every fault, and the next number for a missing one."""
    try:
        return read_event(text)
    except InvalidText as error:
        raise offering_the_next(error, text, case) from None


def _is_a_number(finding: Finding) -> bool:
    return finding.code == "missing-key" and bool(finding.path) and (finding.path or ("",))[-1] in _NUMBERS


class _Next(NamedTuple):
    treatment: str
    number: int
    on: date | None


def _next_of(calendar: Calendar, treatment: str) -> _Next | None:
    """The first dose or cycle that is still to come, or that nobody recorded; one that waits has no day yet."""
    entries = (each for each in calendar.entries if each.timeline == treatment and each.status is Status.PLANNED)
    found = [_Next(treatment, each.n, each.date) for each in entries]
    waiting = (
        each.id.removeprefix(f"{treatment}.") for each in calendar.pending if each.id.startswith(f"{treatment}.")
    )
    found += [_Next(treatment, int(number), None) for each in waiting if (number := each.partition(".")[0]).isdecimal()]
    return min(found, key=lambda each: each.number, default=None)


def _offered(finding: Finding, following: _Next) -> Finding:
    key = str((finding.path or ("",))[-1])
    next_one, of = Code(f"{key}: {following.number}"), Code(following.treatment)
    hint = said("the next one of {treatment} is {number}", treatment=of, number=next_one)
    if following.on is not None:
        planned = Code(f"{following.on}")
        hint = said(
            "the next one of {treatment} is {number}, planned for {day}", treatment=of, number=next_one, day=planned
        )
    return replace(finding, hint=f"{hint}", said_hint=hint)
