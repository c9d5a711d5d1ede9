"""Interruptions that end a cycle: after a long hold a new cycle begins, with its first day or with a day that somebody chose.

Blinatumomab: up to 7 days complete the 28 days of infusion, more begin a new cycle. Venetoclax: after more than a week of the
ramp-up a physician chooses the day of the schedule to go on from, and the new cycle begins with that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import Day, add_span
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Course, Hold
from scheduler.patient.events import Resumed
from scheduler.patient.log import Fact
from scheduler.protocol.plan.limits import LongHold
from scheduler.protocol.plan.study import HeldDays, Timeline
from scheduler.said import Code, said


@dataclass(frozen=True, slots=True)
class Restart:
    """A cycle that begins because the one before was broken off.

    ``start`` is the day of the resume and ``day`` the day of the schedule that it goes on from: None while nobody chose one.
    ``facts`` began and ended the hold; ``counted`` tell which day of which cycle it fell on.
    """

    start: Day
    day: int | None
    rule: LongHold
    facts: tuple[Fact, ...]
    counted: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Restarts:
    """What long holds did to one treatment: its holds, those that broke a cycle off marked, and the cycles that began anew."""

    holds: list[Hold]
    by_number: dict[int, Restart]

    def first_day(self, n: int) -> int:
        """The day of the schedule that the n-th cycle begins with."""
        restart = self.by_number.get(n)
        return restart.day or 1 if restart is not None else 1


def restarts_of(course: Course, line: Timeline) -> Restarts:
    """The restarts of a treatment, from its holds and the recorded starts of its cycles."""
    holds = course.holds.get(line.name, [])
    if not line.long_holds:
        return Restarts(holds, {})
    marked: list[Hold] = []
    restarts: dict[int, Restart] = {}
    short: list[Hold] = []
    for group in _together(holds):
        first, end = group[0].start, group[-1].end
        running = _running(course, line, first, restarts, short) if end is not None else None
        rule = _rule(line, running.cycle_day, first, end) if running is not None and end is not None else None
        if running is None or rule is None or end is None:
            marked += group
            short += group
            continue
        marked += (replace(hold, discontinued=True) for hold in group)
        facts = tuple(fact for hold in group for fact in hold.facts)
        day = _chosen(group) if rule.choose else 1
        restarts[running.number + 1] = Restart(end, day, rule, facts, running.counted)
    return Restarts(marked, restarts)


def _together(holds: list[Hold]) -> Iterator[list[Hold]]:
    """Holds that overlap or follow each other are one interruption; a discontinuation stands by itself."""
    group: list[Hold] = []
    for hold in holds:
        last = group[-1] if group else None
        if last is not None and not hold.discontinued and last.end is not None and hold.start <= last.end:
            longer = hold.end is None or hold.end >= last.end
            group = [*group, hold] if longer else [*group[:-1], hold, last]
            continue
        if group:
            yield group
        group = [hold]
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Running:
    """The cycle that a hold falls into, the day of its schedule that would have been next, and what tells so."""

    number: int
    cycle_day: int
    counted: tuple[Fact, ...]


def _running(
    course: Course, line: Timeline, day: Day, restarts: dict[int, Restart], short: list[Hold]
) -> _Running | None:
    """The cycle that was under way on a day; None between cycles."""
    starts = [(restart.start, n, restart.day or 1) for n, restart in restarts.items()]
    for n in range(line.first_number, course.highest.get(line.name, 0) + 1):
        done = course.about(f"{line.name}.{n}").done
        if done is not None:
            first_day = restarts[n].day or 1 if n in restarts else 1
            starts.append((done.day, n, first_day))
    started = max((each for each in starts if each[0] <= day), default=None)
    if started is None:
        return None
    start, n, first_day = started
    made_up = [hold for hold in short if line.held_days is HeldDays.MADE_UP and start <= hold.start < day]
    lost = sum(min(hold.end or day, day) - hold.start for hold in made_up)
    cycle_day = first_day + day - start - lost
    done = course.about(f"{line.name}.{n}").done
    begun = (done,) if done is not None else (*restarts[n].facts, *restarts[n].counted)
    counted = (*begun, *(fact for hold in made_up for fact in hold.facts))
    return _Running(n, cycle_day, counted) if cycle_day <= line.last_day(n) else None


def _rule(line: Timeline, cycle_day: int, start: Day, end: Day) -> LongHold | None:
    """The first sentence that is about this day of the cycle and about a hold that long."""
    for rule in line.long_holds:
        named = not rule.days or any(first <= cycle_day <= last for first, last in rule.days)
        if named and end > add_span(start, rule.longer_than):
            return rule
    return None


def _chosen(group: list[Hold]) -> int | None:
    """The day of the schedule that the resume names."""
    closed = group[-1].closed
    return closed.event.day if closed is not None and isinstance(closed.event, Resumed) else None


def findings_of_restarts(course: Course, line: Timeline, restarts: Restarts) -> Iterator[Finding]:
    """A day that somebody has to choose, and one that was chosen although dosing goes on where it stopped."""
    for restart in restarts.by_number.values():
        numbers = tuple(number for fact in restart.facts for number in fact.numbers)
        if restart.day is None:
            message = said(
                "{treatment} was held for more than {longer_than}: nobody chose the day to go on from",
                treatment=Code(line.name),
                longer_than=span_in_words(restart.rule.longer_than),
            )
            hint = said("correct the resume: write 'day: 8' for the day of the schedule that it goes on from")
            yield Finding.of("day-not-chosen", Severity.WARNING, message, hint, None, None, numbers)
    used = {fact for restart in restarts.by_number.values() if restart.rule.choose for fact in restart.facts}
    for fact in course.of(Resumed):
        event = cast(Resumed, fact.event)
        if event.treatment == line.name and event.day is not None and fact not in used:
            message = said(
                "{treatment} goes on where it stopped: 'day: {day}' has no effect here",
                treatment=Code(line.name),
                day=event.day,
            )
            hint = said("the protocol asks for a day only after a longer hold")
            yield Finding.of("day-without-effect", Severity.WARNING, message, hint, None, None, fact.numbers)
