"""Exposure: what a patient received of each drug up to a day, beside what the protocol had planned.

    relative dose intensity = (delivered dose / actual time) / (planned dose / planned time) x 100

Delivered comes from the days of the calendar: past dosing days of tablets are presumed taken unless somebody reported
otherwise, but only in a cycle that was recorded as started; an infusion or a fraction counts when it is recorded. Planned is
what this patient's calendar would have been from consent, randomisation and first dose alone. A cycle's time runs to the actual
start of the next one; that of the last cycle is the planned interval. A cycle whose dosing days are not over yet is compared
with as many days of the planned one, so that a patient whom nothing disturbed has 100 percent on every day. When a treatment
ends, its exposure ends.

The same method gives other values cycle by cycle than over the whole course, so both are told. Source of the definition:
Lancia C et al., BMJ Open 2019 (PMC6549670).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from scheduler.calendar.engine.dosing.amounts import Amounts, amounts_of
from scheduler.calendar.engine.dosing.totals import limited, totals
from scheduler.calendar.engine.evaluation.ended_early import stop_of_treatment
from scheduler.calendar.engine.placing.by_version import as_started
from scheduler.calendar.entries.cutting import runs_up_to
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Status
from scheduler.calendar.exposure.exposure_lines import Exposure, ExposureLine, ExposureTotal, TotalLeft
from scheduler.calendar.exposure.extra_days import extra_line, extra_lines, lines_of_other_arms
from scheduler.calendar.exposure.why_less import events_behind_delay, events_behind_level
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.patient.course import Course
from scheduler.patient.cut_log import as_planned
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.site.site import Site

_AHEAD = timedelta(days=400)
"""How far the planned calendar looks beyond the day asked for: the next start of a treatment is never further away."""


def exposure_of(
    version: StudyVersion,
    site: Site,
    log: Log,
    until: date,
    *,
    subject: str | None = None,
    calendar: Calendar | None = None,
) -> Exposure:
    """What one patient received up to a day, that day included. Nothing for a patient who has no arm yet.

    ``calendar`` is the patient's own as `calendar_of` makes it without a last day, where somebody has made it already.
    """
    course = replay(log)
    plan = plan_for(version, course)
    course = with_decisions(course, plan) if plan is not None else course
    if plan is None or course.first_dose is None:
        return Exposure(version.study, subject, until, (), ())
    known = calendar if calendar is not None and _reaches(calendar, until) else None
    actual = _up_to(known, until) if known is not None else calendar_of(version, site, log, until=until)
    planned = calendar_of(version, site, as_planned(log, plan), until=until + _AHEAD, as_known=True)
    lines: list[ExposureLine] = []
    started = as_started(plan, site, course)
    for line in (each for each in plan.study_treatments() if not each.as_needed):
        own = [
            *_Treatment(
                plan, line, course, actual, _by_place(line, planned), until, started, _unused(line, known or actual)
            ).lines(),
            *extra_lines(line, actual, until),
        ]
        lines += sorted(own, key=lambda each: each.start)
    lines += lines_of_other_arms(plan, actual, until)
    limited_lines = [line for line in plan.treatments() if any(limited(line))]
    whole = (calendar or calendar_of(version, site, log)) if limited_lines else actual
    limits = tuple(limit for line in limited_lines for limit in _left_in_total(line, whole, until))
    return Exposure(version.study, subject, until, tuple(lines), tuple(_totals(lines)), limits)


def _reaches(calendar: Calendar, until: date) -> bool:
    return calendar.written_to is not None and calendar.written_to >= until


def _up_to(calendar: Calendar, until: date) -> Calendar:
    """The calendar as it would have been made up to a day: what begins later is gone, and dosing days end on it."""
    shown = ((entry, runs_up_to(entry.runs, until)) for entry in calendar.entries if _begins_by(entry, until))
    entries = (each if runs is each.runs else each._replace(runs=runs) for each, runs in shown if runs or not each.runs)
    return replace(calendar, entries=tuple(entries), until=until)


def _begins_by(entry: Entry, until: date) -> bool:
    return entry.date is not None and entry.date <= until


def _left_in_total(line: Timeline, calendar: Calendar, until: date) -> Iterator[TotalLeft]:
    """What is left of each highest total on a day, and which dose would pass it, however far ahead that is."""
    for give, limit in limited(line):
        given = [e for e in calendar.entries if e.status is Status.DONE and e.date is not None and e.date <= until]
        found = totals(line, give, limit, given)
        last = found[-1] if found else None
        planned = totals(line, give, limit, calendar.entries)
        passing = next((each.entry for each in planned if each.left is not None and each.left < 0), None)
        yield TotalLeft(
            line.name,
            give.name,
            limit.amount,
            limit.unit,
            last.total if last is not None else Decimal(0),
            last.left if last is not None else limit.amount,
            last.percent_left if last is not None else Decimal(100),
            passing.id if passing is not None else None,
            passing.date if passing is not None else None,
        )


@dataclass(frozen=True, slots=True)
class _Treatment:
    """One treatment of a patient: the calendar as it is and as it was planned."""

    plan: Plan
    line: Timeline
    course: Course
    actual: Calendar
    planned: Mapping[int, Entry]
    asked: date
    started: Callable[[Timeline, int], Timeline]
    unused: tuple[int, ...]

    @property
    def until(self) -> date:
        """The last day that counts: the one asked for, or the one before the treatment ended."""
        stop = stop_of_treatment(self.course, self.line.name)
        return self.asked if stop is None else min(self.asked, date.fromordinal(stop.day - 1))

    def lines(self) -> Iterator[ExposureLine]:
        """A line for each drug of each cycle, dose or fraction that was started, was due, or was not done."""
        found = self._entries()
        entries = [entry for entry in found if not self._is_beyond(entry)]
        for entry in found:
            if self._is_beyond(entry):
                yield from self._beyond(entry)
        for number, entry in enumerate(entries):
            before = entries[number - 1] if number else None
            after = entries[number + 1] if number + 1 < len(entries) else None
            yield from self._lines_of(entry, before, after)

    def _is_beyond(self, entry: Entry) -> bool:
        """True of a dose or cycle after all that the protocol has."""
        given_beyond = entry.status is Status.DONE and Flag.NOT_PLANNED in entry.flags
        return given_beyond and self._planned_entry(self._place(entry)) is None

    def _beyond(self, entry: Entry) -> Iterator[ExposureLine]:
        """What was given after all that the protocol has: it has no time of its own, and its days are extra."""
        assert entry.date is not None
        line, until = self.started(self.line, entry.n), max(self.asked, entry.date)
        for drug, got in amounts_of(line, entry, until, presume=True).items():
            yield extra_line(
                entry, self.line.name, drug, got.unit, got.total, got.days, _double(entry, until), got.lowest
            )

    def _entries(self) -> list[Entry]:
        counted = (Status.DONE, Status.PLANNED, Status.NOT_DONE)
        entries = [
            entry
            for entry in self.actual.entries
            if entry.timeline == self.line.name and entry.status in counted and entry.date is not None
            if entry.date <= self.until or (entry.status is Status.DONE and entry.date <= self.asked)
        ]
        return sorted(entries, key=lambda entry: (entry.date or date.min, entry.n))

    def _lines_of(self, entry: Entry, before: Entry | None, after: Entry | None) -> Iterator[ExposureLine]:
        assert entry.date is not None
        line = self.started(self.line, entry.n)
        ends = self._ended(line, entry)
        until = max(ends or self.until, entry.date)
        so_far = (until - entry.date).days + 1
        running = after is None and ends is None and so_far < line.last_day(entry.counts_as)
        interval = self._planned_interval(self._place(entry)) if ends is None else self._planned_length(line, entry)
        planned_days = so_far if running else interval
        days = planned_days if after is None or after.date is None else (after.date - entry.date).days
        days = days if ends is None else so_far
        unrecorded = entry.status is Status.PLANNED and not _nothing_was_taken(entry, max(self.asked, entry.date))
        # What somebody reported as taken after the end was received all the same; presumed is nothing then.
        delivered = amounts_of(line, entry, max(self.asked, entry.date), presume=entry.status is Status.DONE)
        planned = self._planned_amounts(line, self._place(entry), so_far if running else None)
        delay = self._delay(entry, before)
        for drug in delivered:
            got, meant = delivered[drug], planned.get(drug)
            lower = got.lowest is not None and meant is not None and (meant.lowest or 0) > got.lowest
            yield ExposureLine(
                treatment=self.line.name,
                drug=drug,
                entry=entry.id,
                n=entry.n,
                start=entry.date,
                status=entry.status,
                unit=got.unit or (meant.unit if meant else None),
                delivered=None if unrecorded else got.total,
                planned=meant.total if meant is not None and meant.days else None,
                days=days,
                planned_days=planned_days,
                dosed=got.days,
                presumed=got.presumed,
                held=got.held,
                not_taken=got.not_taken,
                level=got.lowest,
                delay=delay,
                delayed_by=events_behind_delay(self.actual, self.course, entry, before) if delay else (),
                reduced_by=events_behind_level(self.course, entry) if lower else (),
                running=running,
                double=_double(entry, max(self.asked, entry.date)),
            )

    def _place(self, entry: Entry) -> int:
        """Which dose of the plan it is: numbers that no dose has take no place in it."""
        return _place(entry, self.unused)

    def _planned_entry(self, n: int) -> Entry | None:
        return self.planned.get(n)

    def _planned_interval(self, n: int) -> int | None:
        """The days from one planned start to the next; after the protocol's last one, what its sentence says."""
        this, following = self._planned_entry(n), self._planned_entry(n + 1)
        if this is not None and following is not None and this.date is not None and following.date is not None:
            return (following.date - this.date).days
        timing = self.line.timing(n + 1)
        return timing.span.in_days if timing is not None and timing.span is not None else None

    def _ended(self, line: Timeline, entry: Entry) -> date | None:
        """The last day of a run-in that is over; what comes after it is not its time."""
        last = _last_planned(line, entry)
        return last if last is not None and last < self.until else None

    def _planned_length(self, line: Timeline, entry: Entry) -> int | None:
        """How many days were planned of what lasts from a day to a day."""
        planned = self._planned_entry(self._place(entry))
        last = _last_planned(line, planned) if planned is not None else None
        return (last - planned.date).days + 1 if planned is not None and planned.date is not None and last else None

    def _planned_amounts(self, line: Timeline, n: int, first_days: int | None) -> dict[str, Amounts]:
        entry = self._planned_entry(n)
        if entry is None or entry.date is None:
            return {}
        until = None if first_days is None else entry.date + timedelta(days=first_days - 1)
        return amounts_of(line, entry, until, presume=True)

    def _delay(self, entry: Entry, before: Entry | None) -> int | None:
        """How many days later than planned it started, counted from the one before; below 0 where it came early."""
        assert entry.date is not None
        if before is None or before.date is None:
            planned = self._planned_entry(self._place(entry))
            return (entry.date - planned.date).days if planned is not None and planned.date is not None else None
        interval = self._planned_interval(self._place(before))
        return None if interval is None else (entry.date - before.date).days - interval


def _last_planned(line: Timeline, entry: Entry) -> date | None:
    """The last day of a run-in that lasts until randomisation; None of all that does not end with its own days."""
    if not line.before_randomisation or not line.every_day or not entry.runs:
        return None
    days = [run.last_date for run in entry.runs if run.status in (Status.PLANNED, Status.DONE)]
    return max(days, default=None)


def _unused(line: Timeline, calendar: Calendar) -> tuple[int, ...]:
    """The numbers that no dose has."""
    entries = (entry for entry in calendar.entries if entry.timeline == line.name)
    return tuple(entry.n for entry in entries if Flag.NUMBER_UNUSED in entry.flags)


def _place(entry: Entry, unused: Sequence[int]) -> int:
    if entry.in_count is not None:
        return entry.counts_as
    return entry.n - sum(1 for number in unused if number < entry.n)


def _by_place(line: Timeline, planned: Calendar) -> dict[int, Entry]:
    """The doses as planned, by which dose of the protocol each is: the first may have been given under a higher number."""
    unused = _unused(line, planned)
    entries = (entry for entry in planned.entries if entry.timeline == line.name and entry.n not in unused)
    return {_place(entry, unused): entry for entry in entries}


def _nothing_was_taken(entry: Entry, until: date) -> bool:
    """True of a cycle of which every dosing day up to a day was reported as not taken, though nobody recorded its start."""
    runs = [run.status for run in entry.runs if run.first_date <= until]
    return Status.NOT_DONE in runs and not {Status.PLANNED, Status.DONE}.intersection(runs)


def _double(entry: Entry, until: date) -> int:
    """The days on which twice the dose was taken or given."""
    if not entry.runs:
        return int(Flag.OVERDOSE in entry.flags)
    runs = (run for run in entry.runs if Flag.OVERDOSE in run.flags and run.first_date <= until)
    return sum((min(run.last_date, until) - run.first_date).days + 1 for run in runs)


def _totals(lines: list[ExposureLine]) -> Iterator[ExposureTotal]:
    drugs = dict.fromkeys((line.treatment, line.drug) for line in lines)
    for treatment, drug in drugs:
        own = [line for line in lines if (line.treatment, line.drug) == (treatment, drug)]
        yield ExposureTotal.of(treatment, drug, own)
