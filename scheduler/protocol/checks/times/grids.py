"""Grids that leave out what was meant: the first of a grid is one interval after what it counts from, not on that day.

"every 6 weeks from first dose" gives its first dose on Day 43. As a treatment's only sentence it gives nothing on the day of the
first dose; and a piece of a list that ends before its first interval is over has no date at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.findings import Finding
from scheduler.protocol.checks.protocol import Protocol
from scheduler.protocol.compiling.first_doses import first_offset
from scheduler.protocol.hints.from_the_first_dose import from_the_first_dose
from scheduler.protocol.plan.offsets import Offset, days_from_root
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.timing import Timing


def check_first_dose_day(protocol: Protocol) -> Iterator[Finding]:
    """An arm in which every treatment counts from the first dose, and none is given on its day."""
    for arm, plan in protocol.version.arms.items():
        making = [line for line in plan.treatments() if line.name not in plan.not_first and line.follows is None]
        begins = [(offset.earliest, line) for line in making if (offset := _after_first_dose(plan, line)) is not None]
        if not begins or len(begins) < len(making):
            continue
        days, line = min(begins, key=lambda each: each[0])
        timing = line.timing(line.first_number) or line.pieces[0]
        of_arm = f" in arm '{arm}'" if len(protocol.version.arms) > 1 else ""
        message = f"nothing is given on the day of the first dose{of_arm}: {line.name}.1 is {days} days after it"
        hint = f"write {_from_that_day(line, timing)} where the first dose is on that day"
        yield protocol.at(timing.clause).warning("nothing-on-the-first-day", message, hint)


def _after_first_dose(plan: Plan, line: Timeline) -> Offset | None:
    """How long after the first dose a treatment begins; None where it is on that day, or counts from something else."""
    found = first_offset(plan, line)
    return found if found is not None and found.root == "first dose" and found.earliest > 0 else None


def _from_that_day(line: Timeline, timing: Timing) -> str:
    """What gives the first dose on that day: of a grid that widens, its doses by number."""
    if len(line.pieces) > 1:
        first, *later = (piece.clause.text for piece in line.pieces)
        listed = f'["{first}", {", ".join(later)}]'
        (found,) = from_the_first_dose([listed], first, "first dose", ("treatments", line.name, "when"))
        if found != listed:
            return found
    return f"{{1: on first dose, then: {_then(timing)}}}"


def _then(timing: Timing) -> str:
    return f"{timing.every} after the previous dose" if timing.every is not None else "..."


def check_pieces_have_dates(protocol: Protocol) -> Iterator[Finding]:
    """A piece of a list that ends before its first interval is over."""
    for plan, line in protocol.timelines():
        if len(line.pieces) < 2:
            continue
        root, last = None, 0
        for piece in line.pieces:
            edges = [edge for limit in piece.until if (edge := days_from_root(plan, limit.edge)) is not None]
            step = piece.every.in_days if piece.every is not None else None
            if root is None:
                begins = days_from_root(plan, piece)
                root, last = (begins.root, begins.latest - (step or 0)) if begins is not None else (None, 0)
            if root is None or step is None or not edges or any(edge.root != root for edge in edges):
                break
            end = min(edge.latest for edge in edges)
            if last + step > end:
                message = (
                    f"this has no date: it ends {end} days after {root}, and its first is {last + step} days after"
                )
                hint = "the first of a grid is one interval after what it counts from: write a later 'until', or leave it out"
                yield protocol.at(piece.clause).warning("grid-without-a-date", message, hint)
                break
            last += (end - last) // step * step
