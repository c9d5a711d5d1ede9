"""The futures of one patient as a tree of logs: what happens is recorded, the engine dates what follows, and so on.

Each log is a real one, with events as staff would record them, and each has a calendar of its own from the real engine. A log
that comes up again has its calendar already; nothing else is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from scheduler.calendar.entries.entry import Entry, Status
from scheduler.forecasting.expecting.rates import Course
from scheduler.forecasting.simulating.needs import Looked, needs_of
from scheduler.forecasting.simulating.outcomes import Outcome, Start, events_of, outcomes_of
from scheduler.forecasting.weeks import Weeks
from scheduler.patient.events import Event
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.site.site import Site
from scheduler.views.patients import Patient, patient_of


@dataclass(frozen=True, slots=True)
class Begun:
    """A patient as the log has them."""

    version: StudyVersion
    site: Site
    log: Log
    subject: str


@dataclass(slots=True)
class Future:
    """One log, what its calendar asks of the pharmacy, and the starts at which something may happen next.

    ``bounds`` has for each start how far the chances of its outcomes reach, ``outcomes`` what these are.
    """

    log: Log
    decided: frozenset[tuple[str, int]]
    needs: Looked
    starts: tuple[Start, ...]
    outcomes: tuple[tuple[Outcome, ...], ...]
    bounds: tuple[tuple[float, ...], ...]
    then: dict[tuple[int, int], Future] = field(default_factory=dict)


class Futures:
    """All futures of one patient. ``calendars`` counts the logs that needed one."""

    def __init__(self, begun: Begun, courses: Mapping[str, Course], weeks: Weeks) -> None:
        self.begun, self.courses, self.weeks = begun, courses, weeks
        self.calendars = 0
        self.first = self._future(begun.log, frozenset())

    def drawn(self, draw: Callable[[], float]) -> Future:
        """One of them: at each start, a number from 0 to 1 decides."""
        future, at = self.first, 0
        while at < len(future.starts):
            bounds, number = future.bounds[at], draw()
            if number < bounds[0]:
                at += 1
                continue
            which = min(bisect_right(bounds, number), len(bounds) - 1)
            future, at = self.after(future, at, which), 0
        return future

    def after(self, future: Future, at: int, which: int) -> Future:
        """The future in which one outcome happens at one start, and all starts before it go as planned."""
        known = future.then.get((at, which))
        if known is None:
            start = future.starts[at]
            events = events_of(start, self.courses[start.treatment], future.outcomes[at][which])
            passed = {(each.treatment, each.n) for each in future.starts[: at + 1]}
            known = future.then[at, which] = self._future(longer(future.log, events), future.decided | passed)
        return known

    def _future(self, log: Log, decided: frozenset[tuple[str, int]]) -> Future:
        self.calendars += 1
        patient = self._patient(log)
        starts = tuple(start for start in self._starts(patient) if (start.treatment, start.n) not in decided)
        chances = [outcomes_of(self.courses[start.treatment], start.lower is not None) for start in starts]
        return Future(
            log,
            decided,
            needs_of(patient, self.begun.site.name, self.weeks),
            starts,
            tuple(tuple(outcome for _, outcome in each) for each in chances),
            tuple(tuple(map(float, accumulate(chance for chance, _ in each))) for each in chances),
        )

    def _patient(self, log: Log) -> Patient:
        """The patient with that log, without the entries after the last day that is looked at."""
        begun = self.begun
        patient = patient_of(begun.version, begun.site, log, subject=begun.subject)
        near = tuple(each for each in patient.calendar.entries if each.date is None or each.date <= self.weeks.last)
        return replace(patient, calendar=replace(patient.calendar, entries=near))

    def _starts(self, patient: Patient) -> list[Start]:
        plan = patient.plan
        if plan is None:
            return []
        found: dict[tuple[str, int], Start] = {}
        for entry in patient.calendar.entries:
            if entry.timeline in self.courses and _may_still_change(plan, entry, self.weeks.first):
                found.setdefault((entry.timeline, entry.n), _start(plan, entry))
        return sorted(found.values(), key=lambda each: (each.day, each.treatment, each.n))


def longer(log: Log, events: Iterable[Event]) -> Log:
    """A log with more events, whatever they say."""
    for event in events:
        log = log.append_unchecked(event)
    return log


def _may_still_change(plan: Plan, entry: Entry, today: date) -> bool:
    """True for a start that is planned for a day to come, but not for the first of all: whoever comes begins."""
    line = plan.timelines.get(entry.timeline)
    if line is None or entry.date is None or entry.date <= today or entry.status is not Status.PLANNED:
        return False
    return entry.n > line.first_number


def _start(plan: Plan, entry: Entry) -> Start:
    assert entry.date is not None
    line = plan.timelines[entry.timeline]
    level = entry.doses[0].level if entry.doses else None
    lower = None
    if line.ladder is not None and level is not None:
        amount = line.ladder.amount(level - 1)
        # At level 0 mg the drug is left out: that is no lower dose.
        lower = (level - 1, f"{amount.normalize():f} {line.ladder.unit}") if amount else None
    return Start(entry.date, entry.timeline, entry.n, line.has_days or line in plan.cycles(), lower)
