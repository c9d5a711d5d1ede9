"""Days of tablets that were reported although nobody recorded that their cycle was started.

The cycle began on the first reported day from which it can have begun. Its true first day is asked; earlier days are not
presumed to have been taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.circumstances import Bearing, hold_on
from scheduler.calendar.engine.evaluation.days_taken import days_taken
from scheduler.calendar.engine.evaluation.evaluation import Evaluation, latest_of, look_at_holds
from scheduler.calendar.engine.evaluation.placement import DONE
from scheduler.calendar.engine.placing.recorded import flag_outside
from scheduler.calendar.entries.entry import Flag
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.identity import each_once
from scheduler.patient.course import Report
from scheduler.patient.log import Fact
from scheduler.patient.replaying.begun_cycles import first_dosing_day
from scheduler.patient.replaying.reported_days import reports_that_took_back
from scheduler.said import Code, said


def start_as_reported(ev: Evaluation, placement: BeingPlaced, bearing: Bearing) -> None:
    """Start a cycle that nobody recorded on the first day that was reported as taken in its time."""
    days = days_taken(ev, placement.line)
    first = next(_in_its_time(ev, placement, bearing, days), None)
    until = first[0] if first is not None else _expected(placement)
    if until is not None:
        told = [report.fact for report in each_once(report for day, report in days if day <= until)]
        # What was reported while nobody could reach the patient starts nothing.
        told += [fact for absence in ev.course.away for fact in absence.facts] if days else []
        told += [report.fact for report in reports_that_took_back(bearing.reports) if report.first <= until]
        told += _before_which(bearing, placement.n, days)
        placement.looked += ev.events(*told)
        placement.reach(latest_of(*told))
    if first is None:
        return
    day, report = first
    placement.standing = DONE
    placement.reach(latest_of(report.fact))
    placement.looked = (*placement.set_by, *placement.looked)
    placement.set_by = ev.events(report.fact)
    placement.day = day - first_dosing_day(placement.line, placement.n) + 1
    placement.time, placement.earliest = None, None
    placement.flags = tuple(flag for flag in placement.flags if flag is Flag.ATTEMPT_FAILED)
    flag_outside(placement)
    placement.flags += (Flag.START_NOT_RECORDED,)
    if bearing.holds:
        if hold_on(bearing.holds, day) is not None:
            placement.flags += (Flag.GIVEN_DURING_HOLD,)
        look_at_holds(ev, placement, bearing.holds, day)
    placement.findings = (_asked(placement, report),)


def _before_which(bearing: Bearing, n: int, days: tuple[tuple[Day, Report], ...]) -> Iterator[Fact]:
    """The next recorded start and the end, where tablets were reported from that day on: without it, this may have begun then."""
    last = max((day for day, _ in days), default=0)
    following = min((each for each in bearing.starts if each[1] > n), default=None, key=lambda each: each[0])
    if following is not None and following[0] <= last:
        yield following[2]
    if bearing.stop is not None and bearing.stop.decided <= last:
        yield from bearing.stop.facts


def _expected(placement: BeingPlaced) -> Day | None:
    return placement.day if placement.day is not None else placement.nominal


def _in_its_time(
    ev: Evaluation, placement: BeingPlaced, bearing: Bearing, days: tuple[tuple[Day, Report], ...]
) -> Iterator[tuple[Day, Report]]:
    """The reported days on which the cycle can have begun.

    They lie after the cycle before and before the next recorded start. From the planned day on any of them may be the first;
    inside the window before it only the first of days that follow each other, because others go on with what was taken before.
    """
    line, n = placement.line, placement.n
    expected = _expected(placement)
    if expected is None or not days:
        return
    if placement.cycle_day:
        yield from _on_its_own_days(placement, expected, days)
        return
    earliest = min(expected, placement.first) if placement.first is not None else expected
    if n == line.first_number:
        # Nothing was started yet: the first tablet ever is the first of cycle 1.
        earliest = expected = days[0][0]
    else:
        before = ev.place(line, n - 1)
        if before.day is not None:
            earliest = max(earliest, before.day + line.last_day(n - 1))
    next_start = min((day for day, number, _ in bearing.starts if number > n), default=None)
    end = bearing.stop.day if bearing.stop is not None else None
    known = {day for day, _ in days}
    for day, report in days:
        if (next_start is not None and day >= next_start) or (end is not None and day >= end):
            return
        if day >= earliest and (day >= expected or day - 1 not in known):
            yield day, report


def _on_its_own_days(
    placement: BeingPlaced, expected: Day, days: tuple[tuple[Day, Report], ...]
) -> Iterator[tuple[Day, Report]]:
    """Of what begins on several days of a cycle, a reported day is of the one in whose window it lies, or on whose days."""
    first = min(expected, placement.first) if placement.first is not None else expected
    last = placement.last if placement.last is not None else expected
    last = max(last, expected + placement.line.last_day(placement.n) - 1)
    yield from ((day, report) for day, report in days if first <= day <= last)


def _asked(placement: BeingPlaced, report: Report) -> Finding:
    message = said("days of {entry} were reported, but nobody recorded that it was started", entry=Code(placement.id))
    hint = said("record 'cycle started' with its true first day")
    return Finding.of("start-not-recorded", Severity.WARNING, message, hint, None, placement.id, report.fact.numbers)
