"""Days of a cycle that do not exist: after the next cycle has begun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol, timings
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.offsets import shortest_days
from scheduler.protocol.plan.study import HeldDays, Plan, Timeline
from scheduler.protocol.plan.times.frequency import is_repeated
from scheduler.protocol.plan.times.moments import DayOf, Relative, StartOf


def check_dosing_days(protocol: Protocol) -> Iterator[Finding]:
    """Dosing days that lie after the day on which the next cycle begins."""
    for _, line in protocol.treatments():
        for give in line.gives:
            if give.every_day:
                continue
            last = max(day for _, day in give.days)
            shortest = shortest_cycle(line, give)
            if shortest is not None and last > shortest:
                message = f"day {last} does not exist: the next cycle begins after {shortest} days"
                yield protocol.at(give.clause).finding(
                    "impossible-day", message, "shorten the days, or the cycle is longer"
                )


def _every_day(line: Timeline) -> str:
    """What was typed, given every day: "5 mg twice daily by mouth every day"."""
    typed = line.gives[0].clause.text if len(line.gives) == 1 and is_repeated(line.gives[0].frequency) else ""
    sentence, bracket, cited = typed.partition(" (")
    days = re.sub(r"\s+on days? [0-9][0-9, -]*$", "", sentence)
    return f"{days} every day{bracket}{cited}" if typed else "once daily by mouth every day"


def check_every_day(protocol: Protocol) -> Iterator[Finding]:
    """What is given every day begins once and goes on: a cycle that comes again says its days."""
    for _, line in protocol.timelines():
        for timing in timings(line):
            if timing.lasts and not line.every_day:
                message = "'from ... until' is for what is given every day"
                hint = f"write under 'give': {_every_day(line)}; or here only the day that it is on"
                yield protocol.at(timing.clause).finding("not-every-day", message, hint, word="from")
        for give in line.gives:
            at = protocol.at(give.clause)
            if give.every_day and not line.single:
                message = "a cycle that comes again has days of its own: which are they?"
                yield at.finding(
                    "which-days", message, f"write: on days 1-{shortest_cycle(line, give) or 28}", word="every"
                )
            elif give.every_day and line.held_days is HeldDays.MADE_UP:
                message = "what is given every day has no days to make up"
                yield at.finding("nothing-to-make-up", message, "leave out 'held days'", word="every")


def shortest_cycle(line: Timeline, give: Give) -> int | None:
    """The days of the shortest cycle that something is given in; None where that does not follow from the plan."""
    cycles = (n for n in _cycles(line) if give.cycles is None or give.cycles.includes(n))
    return min((length for n in cycles if (length := length_of_cycle(line, n)) is not None), default=None)


def check_cycle_days_named(protocol: Protocol) -> Iterator[Finding]:
    """A sentence that counts from a day which belongs to the next cycle."""
    for plan, line in protocol.timelines():
        for timing in timings(line):
            for moment in (timing.moment, *(edge.moment for edge in (*timing.not_before, *timing.not_after))):
                length = _length(plan, moment) if isinstance(moment, DayOf) else None
                if isinstance(moment, DayOf) and length is not None and moment.day > length:
                    message = (
                        f"{moment.timeline} has no day {moment.day} in that cycle: the next begins after {length} days"
                    )
                    at = protocol.at(timing.clause)
                    yield at.warning("impossible-day", message, "name the next cycle", word=str(moment.day))
        if line.follows is not None and line.follows.timeline in plan.timelines:
            yield from _days_followed(protocol, plan, line)


def _days_followed(protocol: Protocol, plan: Plan, line: Timeline) -> Iterator[Finding]:
    assert line.follows is not None
    parent = plan.timelines[line.follows.timeline]
    for part, timing in zip(line.follows.parts, line.by_part or (line.then,), strict=True):
        cycles = (n for n in _cycles(parent) if part.selection.includes(n))
        lengths = [length for n in cycles if (length := length_of_cycle(parent, n)) is not None]
        late = [day for day in part.days if lengths and day > min(lengths)]
        if late and timing is not None:
            message = f"{parent.name} has no day {late[0]}: the next cycle begins after {min(lengths)} days"
            yield protocol.at(timing.clause).warning("impossible-day", message, "leave it out", word=str(late[0]))


def _length(plan: Plan, moment: DayOf) -> int | None:
    line = plan.timelines.get(moment.timeline)
    return length_of_cycle(line, moment.which) if line is not None and isinstance(moment.which, int) else None


def length_of_cycle(line: Timeline, n: int) -> int | None:
    """How many days the n-th cycle has before the next begins; None where that does not follow from the plan."""
    following = line.timing(n + 1)
    if following is None or following.span is None or following.sign < 0:
        return None
    moment = following.moment
    if not isinstance(moment, StartOf) or moment.timeline != line.name or moment.which not in (Relative.PREVIOUS, n):
        return None
    return shortest_days(following.span)


def _cycles(line: Timeline) -> range:
    last = max(line.numbered, default=0) + (1 if line.then is not None else 0)
    return range(line.first_number, last + 1)
