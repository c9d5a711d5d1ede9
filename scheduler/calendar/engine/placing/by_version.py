"""One occurrence of a patient who moved to another version of the protocol: which version it is placed by.

What lies before the move stays as the earlier version put it. A cycle or a course that was started is finished under its version,
with the visits on its days. What only the newer version asks for is not owed for the time before the move. What the newer
version no longer has stays on the calendar as cancelled, with the move as its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import (
    BEYOND,
    CANCELLED,
    DONE,
    NOT_DONE,
    PENDING,
    PLANNED,
    Placement,
)
from scheduler.calendar.engine.placing.place import place
from scheduler.calendar.entries.because import Event
from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.protocol.plan.study import Earlier, Plan, Timeline
from scheduler.site.site import Site


def place_by_version(ev: Evaluation, line: Timeline, n: int, cycle_day: int, entry: str) -> Placement:
    """Put one occurrence where the version says that was in force when it was started, or when it was due."""
    line = ev.plan.timelines.get(line.name) or ev.plan.dates[line.name]
    for earlier in ev.plan.earlier:
        old = earlier.plan.timelines.get(line.name) or earlier.plan.dates.get(line.name)
        if old is None:
            continue
        placement = place(ev, old, n, cycle_day, entry)
        if _stays(ev, earlier, old, placement):
            return _citing(ev, earlier, placement)
    placement = place(ev, line, n, cycle_day, entry)
    last_with_it = next((each for each in reversed(ev.plan.earlier) if _is_of(each, line)), None)
    if last_with_it is not None:
        return _taken_out(ev, last_with_it, placement)
    newest = ev.plan.earlier[-1]
    if placement.standing is PLANNED and placement.day is not None and placement.day < newest.until:
        placement = replace(placement, standing=BEYOND)
    return _citing(ev, newest, placement)


def as_started(plan: Plan, site: Site, course: Course) -> Callable[[Timeline, int], Timeline]:
    """Says by which version's line an occurrence goes: the one that it was started under, else the newest."""
    if not plan.earlier:
        return lambda line, _: line
    ev = Evaluation(plan, site, course, place_by_version)
    return lambda line, n: ev.place(line, n).line


def _is_of(earlier: Earlier, line: Timeline) -> bool:
    """True for what only an earlier version has."""
    return earlier.plan.timelines.get(line.name) is line or earlier.plan.dates.get(line.name) is line


def _stays(ev: Evaluation, earlier: Earlier, old: Timeline, placement: Placement) -> bool:
    """True for what happened, or was to happen, before the move, and for the rest of what was started by then."""
    if placement.standing not in (BEYOND, PENDING) and placement.day is not None and placement.day < earlier.until:
        return placement.standing is not PLANNED or placement.day >= _since(ev, earlier)
    if old.follows is not None:
        parent = earlier.plan.timelines.get(old.follows.timeline)
        return parent is not None and ev.place(parent, placement.n).line is parent
    if _is_course(old) and placement.n > old.first_number:
        return ev.place(old, old.first_number).line is old
    return False


def _since(ev: Evaluation, earlier: Earlier) -> Day:
    """The first day of an earlier version for this patient."""
    index = ev.plan.earlier.index(earlier)
    return ev.plan.earlier[index - 1].until if index else 0


def _is_course(line: Timeline) -> bool:
    """A fixed number of fractions is one element: who started it gets the number that was planned."""
    return line.kind == "fraction" and bool(line.counts or line.then is None)


def _citing(ev: Evaluation, earlier: Earlier, placement: Placement) -> Placement:
    """Without the move, this might stand otherwise."""
    looked, latest = (*placement.looked, *_moved(ev, earlier)), max(placement.latest, *earlier.moved)
    return replace(placement, looked=looked, latest=latest)


def _taken_out(ev: Evaluation, earlier: Earlier, placement: Placement) -> Placement:
    if placement.standing not in (DONE, NOT_DONE, BEYOND):
        return replace(
            placement,
            looked=(*placement.set_by, *placement.looked),
            set_by=_moved(ev, earlier),
            standing=CANCELLED,
            latest=max(placement.latest, *earlier.moved),
        )
    return _citing(ev, earlier, placement)


def _moved(ev: Evaluation, earlier: Earlier) -> tuple[Event, ...]:
    return tuple(ev.event(number) for number in earlier.moved)
