"""The scheduled scans that passed without an assessment that could be read: two of them in a row, and nobody knows when
the disease progressed.

A scan counts as missed when its whole window lies after the last assessment that could be read and before what happened, unless
it was done outside its window and an assessment of it could be read; an assessment of which no scan is recorded counts for the
nearest scan in reach. One that was cancelled because the patient stayed away was
scheduled all the same: for it counts the day that the protocol alone had meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from scheduler.calendar.entries.entry import Calendar, Entry, Kind, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.dates import Day
from scheduler.endpoints.patient.observed import Observed
from scheduler.patient.cut_log import as_planned
from scheduler.protocol.plan.study import Plan

TOO_MANY = 2
"""So many in a row censor what comes after them. Source: FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and
Biologics (2018), example table A of progression-free survival: more than one missed visit."""


def missed_between(
    known: Observed, after: Day, before: Day, read: Collection[str], assessed: Collection[Day] = ()
) -> tuple[str, ...]:
    """The ids of the scheduled scans whose windows lie between these two days, in their order; ``read`` are none of them.

    ``assessed`` are the days of assessments without a recorded scan: each counts for the nearest scan in reach.
    """
    if before - after < TOO_MANY:
        return ()
    meant = {each.id: each for each in _scheduled(known, _as_meant(known, before))}
    now = {each.id: each for each in _scheduled(known, known.patient.calendar) if each.status is not Status.CANCELLED}
    scans = sorted((meant | now).values(), key=lambda each: each.ideal or date.max)
    read = {*read, *(name for day in assessed if (name := _in_reach(scans, day)) is not None)}
    return tuple(each.id for each in scans if each.id not in read and _lies_between(each, after, before))


def _as_meant(known: Observed, until: Day) -> Calendar:
    """The calendar from consent, randomisation and first dose alone."""
    log = as_planned(known.log, known.plan)
    return calendar_of(known.version, known.site, log, until=date.fromordinal(until), as_known=True)


def has_scheduled_scans(plan: Plan) -> bool:
    """True where every patient of an arm has scans on the calendar: without them, none can be missed."""
    return any(line.kind == Kind.SCAN.value and line.each is None for line in plan.timelines.values())


def _scheduled(known: Observed, calendar: Calendar) -> Iterator[Entry]:
    """The scans that every patient has, on their days: none that only an unconfirmed progression asks for."""
    for entry in calendar.entries:
        line = known.plan.timelines.get(entry.timeline)
        if entry.kind is Kind.SCAN and line is not None and line.each is None and entry.ideal is not None:
            yield entry


def _in_reach(scans: Collection[Entry], day: Day) -> str | None:
    """The scan that an assessment of that day counts for: outside the window by no more days than that has on that side."""
    found = []
    for each in scans:
        first, ideal, last = (edge.toordinal() for edge in _edges(each))
        if 2 * first - ideal <= day <= 2 * last - ideal:
            found.append((abs(day - ideal), each.id))
    return min(found)[1] if found else None


def _edges(scan: Entry) -> tuple[date, date, date]:
    assert scan.ideal is not None
    first, last = scan.window if scan.window is not None else (scan.ideal, scan.ideal)
    return first, scan.ideal, last


def _lies_between(scan: Entry, after: Day, before: Day) -> bool:
    first, _, last = _edges(scan)
    return after < first.toordinal() and last.toordinal() < before
