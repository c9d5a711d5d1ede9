"""Clear days between two treatments, where one of them is taken day by day; and days on which both are.

A wait of 1 day lets the first tablet follow the last fraction on the next day: no day between them is clear. The protocol may
mean that; published combinations of tablets and radiotherapy leave at least 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import DayOf, Edge, EndOf, LastDayOf, StartOf
from scheduler.protocol.plan.times.timing import DateLimit

FEWEST = 2
"""Fewer clear days than this between daily doses and another treatment are worth a second look."""


def check_clear_days(protocol: Protocol) -> Iterator[Finding]:
    """A treatment that waits for another with fewer than 2 clear days between them."""
    for plan, line in protocol.treatments():
        for timing in timings(line):
            for edge in timing.not_before:
                other = _other_treatment(plan, line, edge)
                if other is None or not (line.has_days or other.has_days):
                    continue
                clear = _clear_days(edge)
                if clear is not None and clear < FEWEST:
                    days = "no clear day lies" if clear <= 0 else "1 clear day lies"
                    message = f"{days} between {other.name} and {line.name}"
                    hint = f"published combinations leave {FEWEST} or more: not before {FEWEST + 1} days after ..."
                    yield protocol.at(timing.clause).warning("washout", message, hint, word="not before")


def check_last_days(protocol: Protocol) -> Iterator[Finding]:
    """A daily treatment that lasts until a day, that day included, on which another daily one begins: both are taken then.

    "until allocation" and "on allocation" would give a tablet of the run-in and one of the study on the same day.
    """
    for plan, line in protocol.treatments():
        for limit in _lasts_until(line) if line.has_days else ():
            for other in plan.treatments():
                timing = other.timing(other.first_number)
                if other is line or not other.has_days or timing is None or limit.before or limit.included:
                    continue
                if (timing.moment, timing.span) == (limit.edge.moment, limit.edge.span):
                    message = (
                        f"{line.name} lasts until the day on which {other.name} begins: both are taken on that day"
                    )
                    day = limit.clause.text.rpartition("until ")[2].partition(" (")[0]
                    hint = f"write: the day before {day}; where both are taken that day: {day}, that day included"
                    yield protocol.at(limit.clause).warning("both-on-a-day", message, hint)


def _lasts_until(line: Timeline) -> tuple[DateLimit, ...]:
    return (*line.limits_by_date, *(limit for timing in timings(line) for limit in timing.until))


def _other_treatment(plan: Plan, line: Timeline, edge: Edge) -> Timeline | None:
    moment = edge.moment
    if not isinstance(moment, EndOf | LastDayOf | DayOf | StartOf) or moment.timeline == line.name:
        return None
    other = plan.timelines.get(moment.timeline)
    return other if other is not None and other.role is Role.TREATMENT else None


def _clear_days(edge: Edge) -> int | None:
    if edge.span is None:
        return -1
    return edge.span.in_days - 1 if edge.sign > 0 and edge.span.in_days is not None else None
