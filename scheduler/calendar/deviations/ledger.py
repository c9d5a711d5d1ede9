"""The ledger of one patient's protocol deviations: what was done otherwise than the protocol says, each with its clause.

It is read from the calendar: its flags, its findings and the reasons of its entries. Nothing is dated here a second time. What is
only planned is no deviation yet, however late it is going to be. Whether something is minor or major is for people to judge;
a severity is told only where the protocol says one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from scheduler.calendar.deviations.assessed import with_assessments
from scheduler.calendar.deviations.hours_at_home import hours_at_home
from scheduler.calendar.deviations.hours_too_short import hours_too_short
from scheduler.calendar.deviations.late_decisions import late_decisions
from scheduler.calendar.deviations.limits_broken import broken_limits
from scheduler.calendar.deviations.off_the_plan import left_out, off_the_plan
from scheduler.calendar.deviations.order_of_trial import out_of_order
from scheduler.calendar.deviations.own_sentence import timing_of
from scheduler.calendar.deviations.raised_doses import raised_doses
from scheduler.calendar.deviations.samples import deviations_of_samples
from scheduler.calendar.deviations.urgent_reports import late_reports
from scheduler.calendar.deviations.windows_of_hours import in_hours, windows_of_hours
from scheduler.calendar.deviations.wrong_doses import wrong_doses
from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.findings.holding.early_resumes import early_resumes
from scheduler.calendar.engine.findings.randomised import randomised_out_of_days
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Run, Status
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.cut_log import as_ordered
from scheduler.patient.dose_rules.so_far.decided import with_decisions
from scheduler.patient.events import CycleStarted, Given, Taken
from scheduler.patient.log import Log
from scheduler.patient.replaying.replay import by_plan, replay
from scheduler.patient.sites import site_of
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Role, StudyVersion, Timeline
from scheduler.protocol.plan.times.moments import IdealOf, LastDose, Named, StartOf
from scheduler.said import Code, Said, counted, said
from scheduler.site.site import Site


def deviations_of(
    version: StudyVersion,
    site: Site,
    log: Log,
    *,
    subject: str | None = None,
    on: date | None = None,
    calendar: Calendar | None = None,
) -> tuple[Deviation, ...]:
    """The deviations of one patient, by date. ``calendar`` is the patient's own, where somebody has made it already.

    With ``on``, the ledger is that of a day: what should have been done before it and has no record is part of it, and so is a
    hold that had lasted too long by then.
    """
    course = replay(log)
    plan = plan_for(version, course)
    if plan is None:
        found_out = _before_the_arm(version, course)
    else:
        calendar = calendar or calendar_of(version, site, log, subject=subject)
        ordered = _as_ordered(version, site, log, course) or calendar
        zone_on = site_of(site, course).zone_on
        found_out = _Ledger(plan, with_decisions(course, plan), calendar, ordered, on, zone_on).deviations()
    severities = version.severities
    graded = (replace(each, severity=severities.get(each.kind.value)) for each in found_out)
    told = with_assessments(graded, course, on)
    found = {deviation: None for deviation in told if on is None or _by(deviation, on)}
    return tuple(sorted(found, key=_order))


def _as_ordered(version: StudyVersion, site: Site, log: Log, course: Course) -> Calendar | None:
    """The calendar with the doses that were in force; None where nothing was reported or recorded late: it is the same one."""
    ordered = as_ordered(log)
    same = ordered is log and not course.late
    return None if same else calendar_of(version, site, ordered, as_known=True)


def _before_the_arm(version: StudyVersion, course: Course) -> Iterator[Deviation]:
    """Before randomisation there is nothing to compare with but the order of the trial, which is that of every arm."""
    plan = next(iter(version.arms.values()))
    yield from out_of_order(plan, by_plan(course, plan))


def _by(deviation: Deviation, on: date) -> bool:
    return deviation.date is None or deviation.date <= on


def _order(deviation: Deviation) -> tuple[date, str, str]:
    return (deviation.date or date.max, deviation.entry or deviation.timeline, deviation.kind.value)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """One patient's plan, facts and calendar; ``ordered`` is the calendar with the doses that were in force."""

    plan: Plan
    course: Course
    calendar: Calendar
    ordered: Calendar
    on: date | None
    zone_on: Callable[[Day], str]

    def deviations(self) -> Iterator[Deviation]:
        """All of them, in no order."""
        told = list(self._told())
        yield from told
        yield from self._confirmed({number for deviation in told for number in deviation.events})

    def _told(self) -> Iterator[Deviation]:
        for entry in self.calendar.entries:
            line = self.plan.timelines.get(entry.timeline)
            if line is None or entry.kind in (Kind.PERIOD, Kind.DIARY):
                continue
            yield from self._of_entry(line, entry)
            for run in entry.runs:
                yield from _of_run(line, entry, run)
        yield from wrong_doses(self.plan, self.calendar, self.ordered)
        yield from off_the_plan(self.plan, self.calendar)
        yield from hours_too_short(self.plan, self.calendar, self.zone_on)
        yield from hours_at_home(self.plan, self.course, self.calendar, self.zone_on)
        yield from windows_of_hours(self.plan, self.calendar, self.zone_on)
        yield from deviations_of_samples(self.calendar, self.on)
        yield from left_out(self.calendar, self.course)
        yield from broken_limits(self.plan, self.calendar, self.on)
        yield from late_decisions(self.calendar, self.course, self.on)
        yield from early_resumes(self.calendar)
        yield from late_reports(self.calendar, self.course, self.on, self.zone_on)
        yield from out_of_order(self.plan, self.course)
        yield from randomised_out_of_days(self.plan, self.course, self.calendar)
        raised = tuple(raised_doses(self.plan, self.course, self.calendar))
        yield from raised
        yield from self._overrides({number for deviation in raised for number in deviation.events})

    def _of_entry(self, line: Timeline, entry: Entry) -> Iterator[Deviation]:
        clause = _clause(line, entry)
        if entry.status is Status.DONE:
            too_short = self._too_short(line, entry)
            if too_short is not None:
                yield too_short
            elif Flag.OUT_OF_WINDOW in entry.flags and in_hours(line, entry, self.calendar, self.zone_on) is None:
                yield _out_of_window(line, entry, clause)
            if Flag.GIVEN_DURING_HOLD in entry.flags:
                yield self._during_hold(entry, clause)
        elif entry.status is Status.NOT_DONE:
            numbers = events_behind(entry.because)
            yield Deviation(Deviated.MISSED, line.name, entry.id, entry.date, None, said("not done"), clause, numbers)
        elif entry.status is Status.PLANNED and not line.as_needed and self._has_no_record(entry):
            last = entry.window[1] if entry.window else entry.date
            off = (self.on - last).days if self.on is not None and last is not None and self.on > last else None
            what = said("nobody recorded it as done or not done")
            yield Deviation(Deviated.NO_RECORD, line.name, entry.id, entry.date, off, what, clause, ())

    def _has_no_record(self, entry: Entry) -> bool:
        """The treatment has ended since; or, on a day, its last day has passed."""
        if Flag.NO_RECORD in entry.flags:
            return True
        last = entry.window[1] if entry.window else entry.date
        return self.on is not None and last is not None and max(last, entry.date or last) < self.on

    def _too_short(self, line: Timeline, entry: Entry) -> Deviation | None:
        """A dose that came sooner after the one before than the protocol's "not before ... after the previous dose"."""
        timing = timing_of(line, entry)
        before = self._given_before(entry)
        if timing is None or before is None or before.date is None or entry.date is None:
            return None
        for edge in timing.not_before:
            moment = edge.moment
            own = isinstance(moment, StartOf) and moment.timeline in ("", line.name)
            least = edge.span.in_days if edge.span is not None and edge.sign > 0 and edge.span.hours is None else None
            between = (entry.date - before.date).days
            if own and least is not None and between < least:
                what = counted(
                    "{n} day after {entry}, at least {least} are asked for",
                    "{n} days after {entry}, at least {least} are asked for",
                    between,
                    entry=Code(before.id),
                    least=least,
                )
                numbers = events_behind(entry.because)
                kind = Deviated.INTERVAL_TOO_SHORT
                return Deviation(kind, line.name, entry.id, entry.date, between - least, what, timing.clause, numbers)
        return None

    def _given_before(self, entry: Entry) -> Entry | None:
        """What was given last before it, whatever it was called."""
        when = (entry.date or date.min, entry.n)
        given = [
            ((each.date, each.n), each)
            for each in self.calendar.entries
            if each.timeline == entry.timeline and each.status is Status.DONE and each.date is not None
            if (each.date, each.n) < when
        ]
        return max(given, key=lambda each: each[0])[1] if given else None

    def _during_hold(self, entry: Entry, clause: Clause | None) -> Deviation:
        cited = entry.because.event_numbers()
        holds = [
            hold
            for hold in self.calendar.holds
            if hold.treatment == entry.timeline and entry.date is not None and hold.start <= entry.date
            if hold.over is None or entry.date < hold.over
        ]
        ends = [hold.over for hold in holds]
        off = None
        if entry.date is not None and ends and None not in ends:
            off = (entry.date - max(end for end in ends if end is not None)).days
        held = {number for hold in holds for number in hold.events} & cited
        numbers = tuple(sorted(held | set(events_behind(entry.because))))
        what = said("done while {treatment} was held", treatment=Code(entry.timeline))
        return Deviation(Deviated.DURING_HOLD, entry.timeline, entry.id, entry.date, off, what, clause, numbers)

    def _confirmed(self, told: set[int]) -> Iterator[Deviation]:
        """Doses that looked like slips and stand, where nothing else that was told rests on them."""
        for fact in self.course.of(CycleStarted, Given, Taken):
            if fact.event.confirmed is not None and told.isdisjoint(fact.numbers):
                timeline = str(getattr(fact.event, "treatment", ""))
                line = self.plan.timelines.get(timeline)
                clause = line.gives[0].clause if line is not None and line.gives else None
                entry = next(iter(fact.event.entries), None)
                what = said(
                    "'{event}' was asked about and stands as it is", event=Said(fact.event.event, context="record")
                )
                yield Deviation(Deviated.CONFIRMED, timeline, entry, fact.event.on, None, what, clause, fact.numbers)

    def _overrides(self, told: set[int]) -> Iterator[Deviation]:
        """Orders that the protocol forbids and that somebody gave all the same, where they are not told by what they do."""
        for fact in self.course.facts:
            if fact.event.override is None or not told.isdisjoint(fact.numbers):
                continue
            timeline = str(getattr(fact.event, "treatment", ""))
            line = self.plan.timelines.get(timeline)
            clause = line.ladder.clause if line is not None and line.ladder is not None else None
            what = said("'{event}' stands with an override", event=Said(fact.event.event, context="record"))
            yield Deviation(Deviated.OVERRIDE, timeline, None, fact.event.on, None, what, clause, fact.numbers)


_NOT_TAKEN = said("not done")


def _of_run(line: Timeline, entry: Entry, run: Run) -> Iterator[Deviation]:
    """Days of tablets that were not taken, or taken while the treatment was held."""
    name = f"{entry.id}.{run.first_day}"
    if run.last_day > run.first_day:
        name = f"{name}-{run.last_day}"
    clause = next((give.clause for give in gives_on_day(line, entry.counts_as, run.first_day)), None)
    number = run.last_day - run.first_day + 1
    missed = Deviation(
        Deviated.MISSED, entry.timeline, name, run.first_date, None, _NOT_TAKEN, clause, events_behind(run.because)
    )
    if run.status is Status.NOT_DONE and entry.status is not Status.NOT_DONE and not line.as_needed:
        yield replace(missed, what=counted("not taken on {n} day", "not taken on {n} days", number))
    elif Flag.GIVEN_DURING_HOLD in run.flags and not (run.first_date == entry.date and entry.flags):
        what = counted(
            "taken on {n} day while {treatment} was held",
            "taken on {n} days while {treatment} was held",
            number,
            treatment=Code(entry.timeline),
        )
        held = tuple(sorted(run.because.event_numbers()))
        yield replace(missed, kind=Deviated.DURING_HOLD, what=what, events=held)


def _out_of_window(line: Timeline, entry: Entry, clause: Clause | None) -> Deviation:
    assert entry.window is not None
    assert entry.date is not None
    first, last = entry.window
    late = entry.date > last
    off = (entry.date - (last if late else first)).days
    kind = Deviated.FOLLOW_UP_LATE if late and is_follow_up(line, entry) else Deviated.OUT_OF_WINDOW
    what = _outside(abs(off), late, Code(f"{first}"), Code(f"{last}"))
    if Flag.COMBINED in entry.flags:
        what = said("{what}, {flag}", what=what, flag=Said(Flag.COMBINED.value, context="flag"))
    return Deviation(kind, line.name, entry.id, entry.date, off, what, clause, events_behind(entry.because))


def _outside(off: int, late: bool, first: Code, last: Code) -> Said:
    if late:
        return counted(
            "done {n} day after its window of {first} to {last}",
            "done {n} days after its window of {first} to {last}",
            off,
            first=first,
            last=last,
        )
    return counted(
        "done {n} day before its window of {first} to {last}",
        "done {n} days before its window of {first} to {last}",
        off,
        first=first,
        last=last,
    )


def is_follow_up(line: Timeline, entry: Entry) -> bool:
    """True for a visit or contact that counts from the end of treatment or from the last dose, or from such a visit."""
    timing = timing_of(line, entry)
    if timing is None or line.role is not Role.VISIT:
        return False
    return isinstance(timing.moment, LastDose | IdealOf) or timing.moment == Named("end of treatment")


def _clause(line: Timeline, entry: Entry) -> Clause | None:
    timing = timing_of(line, entry)
    return timing.clause if timing is not None else None
