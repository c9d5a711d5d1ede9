"""The first dosing day of a cycle of tablets: of days 8-14 it is day 8, and nothing is taken on day 1."""

from __future__ import annotations

from scheduler.protocol.plan.study import Timeline


def first_dosing_day(line: Timeline, n: int) -> int:
    """The number of the first day with tablets in the n-th cycle; 1 for all that is no tablet, or may begin again."""
    if line.kind != "oral" or line.long_holds or line.restarts:
        return 1
    gives = (give for give in line.gives if give.cycles is None or give.cycles.includes(n))
    return min((first for give in gives for first, _ in give.days), default=1)
