"""An end that may come in the middle of a cycle: which reading holds, that its days end too, or that the cycle is finished.

Protocols say "until progression" and mean either. What is read is told with each such sentence, with the words for the other one.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import HasHad, LastDayOf
from scheduler.protocol.plan.times.timing import DateLimit

FINISHES = "and the end of the started cycle"


def check_ends_in_a_cycle(protocol: Protocol) -> Iterator[Finding]:
    """Where a treatment or its cycles end by a date or an event: what becomes of a cycle that has started."""
    for plan, line in protocol.timelines():
        for limit in _ends_of(plan, line):
            at, words = protocol.at(limit.clause), _its_words(limit)
            if not _has_later_days(plan, line):
                if limit.finishes:
                    message = f"{line.name} has no cycle with later days that could be finished"
                    yield at.finding("no-started-cycle", message, f"write: {words}", word="and")
            elif limit.finishes:
                message = f"a cycle of {line.name} that has started by then is given to its end; none starts after it"
                yield at.note("started-cycle", message, f"where its days end too, write: {words}", word="and")
            elif not limit.included and not words.startswith("the day before"):
                last = "is the first day without a dose" if limit.before else "is the last day with a dose"
                message = f"this ends {line.name} in the middle of a cycle too: its day {last}"
                yield at.note("started-cycle", message, f"where a started cycle is finished, write: {words} {FINISHES}")


def _ends_of(plan: Plan, line: Timeline) -> Iterator[DateLimit]:
    """The ends that a treatment or its clock says itself. "the end of cycle 6" lies in no cycle of its own."""
    clock = plan.timelines.get(line.follows.timeline) if line.follows is not None else None
    inherited = clock.limits_by_date if clock is not None and line.role is Role.TREATMENT else ()
    for limit in dict.fromkeys((*line.limits_by_date, *(limit for timing in timings(line) for limit in timing.until))):
        if limit in inherited or (line.role not in (Role.TREATMENT, Role.CYCLES) and not limit.finishes):
            continue
        if limit.finishes or not isinstance(limit.edge.moment, HasHad | LastDayOf):
            yield limit


def _has_later_days(plan: Plan, line: Timeline) -> bool:
    """True where a cycle has a dose after its first day, of its own or of what is timed on it."""
    if line.role not in (Role.TREATMENT, Role.CYCLES) or line.every_day:
        return False
    in_it = [each for each in plan.treatments() if each.follows is not None and each.follows.timeline == line.name]
    of_clock = in_it if line.role is Role.CYCLES else []
    return any(_last_day(each) > 1 for each in (line, *of_clock))


def _last_day(line: Timeline) -> int:
    days = [day for part in (line.follows.parts if line.follows is not None else ()) for day in part.days]
    return max([*days, *(give.last_day for give in line.gives if not give.every_day)], default=1)


def _its_words(limit: DateLimit) -> str:
    """The end alone, as it was written: without what it rests on, and without the cycle that is finished."""
    words = limit.clause.text.rpartition("until ")[2].partition(" (")[0]
    return words.removesuffix(FINISHES).strip()
