"""Patients who do not exist yet: one for each day on which a patient could start, and what goes wrong for them by the plan alone.

What goes wrong here goes wrong without any fault of a patient or a nurse: nothing is held, delayed or missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.calendar.build import build_calendar
from scheduler.calendar.engine.placing.open_days import days_for
from scheduler.calendar.engine.placing.planned_day import NO_DAY_LEFT
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Pending
from scheduler.patient.course import Course
from scheduler.patient.events import Event, FirstDosePlanned, Randomised, Reached
from scheduler.patient.log import log_of
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import RANDOMISATION, Named
from scheduler.protocol.plan.times.timing import Timing
from scheduler.site.site import EVERY_DAY, Site

NO_OPEN_DAY, NO_DAY_TAKEN = "window-without-open-day", "open-days-not-taken"
"""A window that cannot be met at all, and one that the rule for closed days does not meet."""

_FIRST_DOSE = Named("first dose")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that goes wrong for one planned patient: a code, the entry, the protocol's sentence, and what it is."""

    code: str
    entry: str
    timeline: str
    clause: Clause | None
    message: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Days between two attendances that follow each other."""

    days: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Start:
    """What the plan gives a patient who starts on ``day``.

    ``visits`` are the attendances whose dates rest on published holidays, ``closed`` those of them whose ideal day is closed.
    """

    day: date
    visits: int
    closed: int
    troubles: tuple[Trouble, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class HowToStart:
    """How a patient of this arm is presumed to start.

    With a first dose planned on the start day, randomised at least ``randomised_before`` days earlier, on the last clinic day
    before that; or, where no treatment hangs on the first dose alone, with these ``milestones`` reached on it.
    """

    randomised_before: int
    milestones: tuple[str, ...] = ()

    def events(self, plan: Plan, site: Site, day: date) -> list[Event]:
        """The log of a patient who starts on that day."""
        if any(line.before_randomisation for line in plan.treatments()):
            # What all get comes first, and randomisation follows from it.
            return [FirstDosePlanned(on=day, to=day)]
        latest = day.toordinal() - self.randomised_before
        open_day = site.open_days("clinic").last_open(latest) if self.randomised_before else latest
        randomised = date.fromordinal(latest if open_day is None else open_day)
        first: list[Event] = [Randomised(on=randomised, arm=plan.arm)]
        if self.milestones:
            return [*first, *(Reached(on=day, milestone=name) for name in self.milestones)]
        return [*first, FirstDosePlanned(on=randomised, to=day)]

    def course(self, plan: Plan, site: Site, day: date) -> Course:
        """The same, as the engine reads it."""
        return replay(log_of(self.events(plan, site, day)))

    @property
    def words(self) -> str:
        """What the start day is."""
        return f"the day of {' and '.join(self.milestones)}" if self.milestones else "the day of the first dose"


def how_to_start(plan: Plan, milestones: tuple[str, ...], day: date) -> HowToStart:
    """How a patient of an arm is presumed to start, tried on one day."""
    line = plan.dates.get("first dose")
    timing = line.timing(1) if line is not None else None
    counts = timing is not None and timing.moment == RANDOMISATION and timing.span is not None and timing.sign > 0
    before = (timing.span.in_days or 0) if timing is not None and timing.span is not None and counts else 0
    by_dose = HowToStart(before)
    without_dates = tuple(name for name in milestones if name not in plan.dates)
    if not without_dates or _treats(plan, by_dose, day):
        return by_dose
    by_milestone = HowToStart(0, without_dates)
    return by_milestone if _treats(plan, by_milestone, day) else by_dose


def _treats(plan: Plan, how: HowToStart, day: date) -> bool:
    from_treatments = {line.name for line in plan.treatments()}
    calendar = build_calendar(plan, EVERY_DAY, how.course(plan, EVERY_DAY, day), until=day + timedelta(days=365))
    return any(entry.timeline in from_treatments for entry in calendar.entries)


def can_start(plan: Plan, site: Site, day: date) -> bool:
    """True when all that the first dose needs is open that day."""
    firsts = [line for line in (*plan.cycles(), *plan.treatments()) if _begins_with_first_dose(line)]
    return all(site.open_days(line.resource).is_open(day.toordinal()) for line in firsts)


def _begins_with_first_dose(line: Timeline) -> bool:
    timing = line.timing(line.first_number)
    return timing is not None and timing.moment == _FIRST_DOSE and timing.span is None


def planned_start(plan: Plan, site: Site, how: HowToStart, day: date, until: date | None) -> Start:
    """Plan a patient who starts on that day, and see what goes wrong. ``until`` is the last day that is looked at."""
    course = how.course(plan, site, day)
    calendar = build_calendar(plan, site, course, until=until)
    attended = [entry for entry in calendar.entries if _is_certain_visit(entry)]
    troubles = (
        *_unmeetable(plan, site, attended),
        *_limits(calendar, attended),
        *_contradictions(calendar),
    )
    closed = sum(1 for entry in attended if is_ideally_closed(plan, site, entry))
    return Start(day, len(attended), closed, troubles, _longest_gap(calendar, attended))


def _is_certain_visit(entry: Entry) -> bool:
    return entry.kind is not Kind.PERIOD and entry.date is not None and Flag.PROVISIONAL not in entry.flags


def is_ideally_closed(plan: Plan, site: Site, entry: Entry) -> bool:
    """True when an entry has an ideal day on which its resource, or any day of its block, is closed."""
    line = plan.timelines.get(entry.timeline)
    if line is None or entry.ideal is None:
        return False
    return not days_for(site, line, None).is_open(entry.ideal.toordinal())


def _unmeetable(plan: Plan, site: Site, attended: list[Entry]) -> Iterator[Trouble]:
    """Windows without an open day; and those whose only open days lie before the ideal, where the rule takes none."""
    for entry in attended:
        if entry.window is None or entry.date is None or Flag.OUT_OF_WINDOW not in entry.flags:
            continue
        first, last = entry.window
        days = days_for(site, plan.timelines[entry.timeline], None)
        earlier = days.first_open(first.toordinal(), last.toordinal())
        if earlier is None:
            message = f"no day of {first}..{last} is open; planned on {entry.date}"
            yield Trouble(NO_OPEN_DAY, entry.id, entry.timeline, _clause(entry), message)
        else:
            open_day = date.fromordinal(earlier)
            message = f"of {first}..{last} only days such as {open_day} are open, which are not taken; planned on {entry.date}"
            yield Trouble(NO_DAY_TAKEN, entry.id, entry.timeline, _clause(entry), message)


def _clause(entry: Entry | Pending) -> Clause | None:
    return next((reason for reason in entry.because.set_by if isinstance(reason, Clause)), None)


def _limits(calendar: Calendar, attended: list[Entry]) -> Iterator[Trouble]:
    """Limits of the protocol that its own plan breaks."""
    by_id = {entry.id: entry for entry in attended}
    for finding in calendar.findings:
        entry = by_id.get(finding.entry or "")
        if entry is not None and finding.code != "no-open-day":
            yield Trouble(finding.code, entry.id, entry.timeline, _clause(entry), finding.message)


def _contradictions(calendar: Calendar) -> Iterator[Trouble]:
    """Sentences that leave no day: what they wait for comes after the day that they must not be after."""
    waiting = {each.id: each for each in calendar.pending}
    for finding in calendar.findings:
        if finding.code == NO_DAY_LEFT and finding.entry in waiting:
            entry = waiting[finding.entry]
            yield Trouble(finding.code, entry.id, entry.timeline, _clause(entry), finding.message)


def _longest_gap(calendar: Calendar, attended: list[Entry]) -> Gap | None:
    first = calendar.first_dose
    dated = [
        (entry.date, entry.id) for entry in attended if entry.date is not None and (not first or entry.date >= first)
    ]
    gaps = (Gap((after - before).days, one, other) for (before, one), (after, other) in pairwise(sorted(dated)))
    return max(gaps, key=lambda gap: gap.days, default=None)


def clauses_reached(plan: Plan, site: Site, how: HowToStart, day: date) -> frozenset[Clause]:
    """The sentences that date something for a patient who starts on that day, or will when what they wait for comes."""
    calendar = build_calendar(plan, site, how.course(plan, site, day))
    reasons = [because for each in calendar.entries for because in each.because.set_by]
    reasons += [because for each in calendar.pending for because in each.because.set_by]
    return frozenset(reason for reason in reasons if isinstance(reason, Clause))


def timings_of(line: Timeline) -> tuple[Timing, ...]:
    """Every sentence that dates an occurrence of a timeline."""
    found = (*line.numbered.values(), line.then, line.last, *line.pieces, *line.by_part)
    return tuple(dict.fromkeys(timing for timing in found if timing is not None))
