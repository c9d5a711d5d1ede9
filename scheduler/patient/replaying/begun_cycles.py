"""Cycles that give nothing themselves: the first dose of one of their drugs begins a cycle.

A coordinator records doses. The first recorded dose that the protocol gives on day 1 of a cycle makes its day the cycle's day 1;
tablets of days 8-14 begin no cycle that has another drug on day 1.
Where every such dose was recorded as not done, the cycle keeps its number and its planned day.
"""

from __future__ import annotations

from scheduler.patient.course import Course, EntryFacts
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import DayOf, StartOf


def begin_cycles(course: Course, plan: Plan) -> None:
    """Take what was recorded of the drugs of cycles to the cycles themselves."""
    for clock in plan.cycles():
        drugs = [plan.timelines[name] for name in plan.drugs[clock.name]]
        highest = max((course.highest.get(line.name, 0) for line in drugs), default=0)
        for n in range(clock.first_number, highest + 1):
            begun_by = [line for line in drugs if first_dosing_day(line, n) == 1] or drugs
            day_1 = {line.name: entry for line in begun_by if (entry := entry_on_day_1(line, n)) is not None}
            _begin(course, f"{clock.name}.{n}", day_1)
            about = course.about(f"{clock.name}.{n}")
            if about.done is not None or about.not_done is not None:
                course.highest[clock.name] = max(n, course.highest.get(clock.name, 0))


def entry_on_day_1(line: Timeline, n: int) -> str | None:
    """The entry of what is given on day 1 of the n-th cycle of the clock; None where that is on another day, or not at all."""
    timing, follows = line.timing(n), line.follows
    if timing is None or follows is None or timing.span is not None or not isinstance(timing.moment, StartOf | DayOf):
        return None
    days = follows.days_in(n)
    if 0 in days:
        return f"{line.name}.{n}"
    if 1 not in days:
        return None
    return f"{line.name}.{n}.1" if follows.has_days else f"{line.name}.{n}"


def _begin(course: Course, cycle: str, day_1: dict[str, str]) -> None:
    """The first dose begins the cycle, unless somebody recorded its day 1 itself."""
    facts = {name: course.about(entry) for name, entry in day_1.items()}
    given = [about.done for about in facts.values() if about.done is not None]
    told = course.entries.setdefault(cycle, EntryFacts())
    told.withdrawn = (*told.withdrawn, *(number for about in facts.values() for number in about.withdrawn))
    if given and told.done is None:
        told.done = min(given, key=_in_order)
    if not given and told.done is None and told.not_done is None:
        _leave_out(course, told, facts)


def _leave_out(course: Course, cycle: EntryFacts, facts: dict[str, EntryFacts]) -> None:
    """A cycle was not done where the day-1 dose of no drug was, but of those that had ended by then."""
    left_out = [about.not_done for about in facts.values() if about.not_done is not None]
    if not left_out:
        return
    last = max(left_out, key=_in_order)
    without = (_end(course, name, last) for name, about in facts.items() if about.not_done is None)
    ended = [fact for fact in without if fact is not None]
    if len(left_out) + len(ended) == len(facts):
        cycle.not_done, cycle.others = last, (*left_out, *ended)


def _end(course: Course, name: str, by: Fact) -> Fact | None:
    """What had ended a drug for good by the day of a record."""
    ends = (hold for hold in course.holds.get(name, ()) if hold.discontinued and hold.end is None)
    return next((hold.opened for hold in ends if hold.start <= by.day), None)


def _in_order(fact: Fact) -> tuple[int, int]:
    return fact.day, fact.number


def first_dosing_day(line: Timeline, n: int) -> int:
    """The number of the first day with a dose in the n-th cycle: of days 8-14 it is day 8, not day 1.

    1 for all that has no days, or may begin again.
    """
    if not line.has_days or line.long_holds or line.restarts:
        return 1
    gives = (give for give in line.gives if give.cycles is None or give.cycles.includes(n))
    return min((first for give in gives for first, _ in give.days), default=1)
