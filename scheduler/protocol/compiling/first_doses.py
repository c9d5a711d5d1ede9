"""Which treatments make the first dose: those that "study days" names, else all but what goes before it and supportive medicine.

A vitamin a week before the first dose, or a tablet on the day before, would otherwise be the first dose themselves, and move
what they go before.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.protocol.compiling.names import Elsewhere, Names
from scheduler.protocol.plan.offsets import Offset, days_from_root
from scheduler.protocol.plan.study import Plan, Role, Timeline
from scheduler.protocol.plan.times.moments import DayOf, LastDayOf, StartOf
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.text.sentence_place import At


def with_first_doses(plan: Plan, said: tuple[str, ...], names: Names, at: At) -> Plan:
    """The plan with the treatments of which no dose is the first dose; ``said`` are those that "study days" names."""
    treatments = {line.name for line in plan.treatments()}
    if not said:
        before = {line.name for line in plan.treatments() if line.supportive or goes_before_first_dose(plan, line)}
        return replace(plan, not_first=frozenset(before))
    named = {name for name in said if _is_here(name, names, at)}
    for name in sorted(named - treatments):
        names.findings.append(at.finding("not-a-treatment", f"'{name}' has no doses", "name a treatment", word=name))
    if not named and names.everywhere.issuperset(said):
        message = f"arm '{plan.arm}' has none of the treatments that make the first dose"
        names.findings.append(at.finding("no-first-dose", message, "name one of every arm, with 'or' between them"))
    return replace(plan, not_first=frozenset(treatments - named))


def _is_here(name: str, names: Names, at: At) -> bool:
    try:
        return names.timeline(name, at)
    except Elsewhere:
        return False


def goes_before_first_dose(plan: Plan, line: Timeline) -> bool:
    """True where the rule of the first of them alone puts it on a day before the first dose."""
    found = first_offset(plan, line) if line.role is Role.TREATMENT and not line.pieces else None
    return found is not None and found.root == "first dose" and found.latest < 0


def first_offset(plan: Plan, line: Timeline) -> Offset | None:
    """Where the rule of the first of them alone puts it; None where the plan alone cannot say."""
    n = _first_number(line)
    timing = line.timing(n) or (line.pieces[0] if line.pieces else None)
    return days_from_root(plan, _of_number(timing, line, n)) if timing is not None else None


def _first_number(line: Timeline) -> int:
    if line.follows is None:
        return line.first_number
    return next((n for n in range(1, _FURTHEST) if line.follows.includes(n)), line.first_number)


_FURTHEST = 100


def _of_number(timing: Timing, line: Timeline, n: int) -> Timing:
    """The timing of one occurrence: what it follows has the same number, and the first of the days that it follows."""
    moment = timing.moment
    if isinstance(moment, DayOf) and not isinstance(moment.which, int):
        days = line.follows.days_in(n) if line.follows is not None else ()
        return replace(timing, moment=DayOf(moment.timeline, n, moment.day or min(days, default=1) or 1))
    if isinstance(moment, StartOf | LastDayOf) and not isinstance(moment.which, int):
        return replace(timing, moment=replace(moment, which=n))
    return timing
