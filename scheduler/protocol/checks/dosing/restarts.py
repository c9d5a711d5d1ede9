"""Doses that begin again after too long: of what this can be said, what it changes, and that its sentences agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scheduler.dates import Day, Span, add_span
from scheduler.findings import Finding
from scheduler.identity import Same
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.plan.limits import DoseRestart
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import EVERY

_A_YEAR = date(2001, 1, 1).toordinal()


def check_long_holds(protocol: Protocol) -> Iterator[Finding]:
    """A "long hold" of single doses is read as a restart; a day of the cycle to go on from is none of theirs."""
    for _, line in protocol.treatments():
        text = protocol.text.treatments[line.name].long_hold
        for rule in (text if isinstance(text, list) else [text]) if text is not None and not line.has_days else ():
            again = f"restart: more than {rule.longer_than} after any dose, again from dose {line.first_number}"
            at = protocol.of(line).below("long hold", *([text.index(rule)] if isinstance(text, list) else []))
            if line.follows is not None:
                message = f"{line.name} goes with {line.follows.timeline}: this has no effect"
                yield at.warning("without-effect", message, f"write it under {line.follows.timeline}: {again}")
            elif rule.days or rule.choose:
                message = f"a dose of {line.name} has no days of a cycle to name or to choose: this has no effect"
                yield at.warning("without-effect", message, f"write: {again}")
            else:
                message = (
                    f"{line.name} has single doses: this is read as '{again}', whatever kept the dose from being given"
                )
                yield at.note("read-as-restart", message, f"write so, and take this line away: {again}")


def check_restarts(protocol: Protocol) -> Iterator[Finding]:
    """A restart is of doses that are counted, goes back, and changes something."""
    for plan, line in protocol.treatments():
        for rule in line.restarts:
            at = protocol.at(rule.clause)
            if line.has_days:
                hint = f"write 'long hold: after more than {rule.longer_than}, a new cycle'"
                yield at.finding("restart-of-days", f"{line.name} has days of a cycle, and no single doses", hint)
            elif line.follows is not None:
                other = line.follows.timeline
                message = f"{line.name} goes with {other}: it begins again where {other} does"
                yield at.finding("restart-of-another", message, f"write it under {other}")
            elif rule.again_from > _first(line, rule) + 1:
                message = (
                    f"after dose {_first(line, rule)} comes dose {_first(line, rule) + 1}: this would leave doses out"
                )
                yield at.finding("restart-goes-forward", message, "name that dose or an earlier one", word="again")
            elif _are_alike(plan, line):
                message = f"this changes nothing of {line.name}: no day, dose or activity would be another"
                yield at.warning("without-effect", message, "leave it out, or say under 'give' which dose is how much")


def check_restart_order(protocol: Protocol) -> Iterator[Finding]:
    """Two sentences about the same dose: another time each, and the longer one goes back as far or further."""
    for _, line in protocol.treatments():
        for shorter, longer in _neighbours(line):
            at = protocol.at(longer.clause)
            if _about_as_long(shorter.longer_than) == _about_as_long(longer.longer_than):
                yield at.finding(
                    "restart-twice", "another sentence says this time of the same dose", "keep one of them"
                )
            elif longer.again_from > shorter.again_from:
                message = f"after {longer.longer_than} it goes back to dose {longer.again_from}, but after {shorter.longer_than}"
                message = f"{message} already to dose {shorter.again_from}"
                yield at.warning("restart-order", message, "look at both in the source: longer goes back further")


def _neighbours(line: Timeline) -> Iterator[tuple[DoseRestart, DoseRestart]]:
    """Sentences about the same dose, each with the one of the next longer time."""
    last = max((n for rule in line.restarts for n in rule.after.listed), default=line.first_number)
    neighbours: dict[Same, tuple[DoseRestart, DoseRestart]] = {}
    for n in range(line.first_number, last + 2):
        about = [rule for rule in line.restarts if rule.after.includes(n)]
        about.sort(key=lambda rule: _about_as_long(rule.longer_than))
        neighbours |= {Same(one, other): (one, other) for one, other in pairwise(about)}
    yield from neighbours.values()


def _about_as_long(span: Span) -> Day:
    """How long a span is, to put sentences in their order: months are counted from a year that has no leap day."""
    return add_span(_A_YEAR, span) - _A_YEAR


def _first(line: Timeline, rule: DoseRestart) -> int:
    """The first dose that it is about."""
    return min(rule.after.listed, default=line.first_number)


def _are_alike(plan: Plan, line: Timeline) -> bool:
    """True where one dose is like all others."""
    activities = (activity.selection for activity in line.activities)
    follows = (part.selection for each in plan.timelines.values() if each.follows for part in each.follows.parts)
    longer_first = any(give.duration is not None and give.duration.change for give in line.gives)
    alike = all(give.cycles is None for give in line.gives) and len(line.numbered) < 2 and not longer_first
    return alike and all(selection == EVERY for selection in (*activities, *follows))
