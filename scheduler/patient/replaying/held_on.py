"""Holds that follow each other without a day of dosing between them: for the patient they are one time without the drug."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.dates import Day
from scheduler.patient.course import Hold


def held_on_from(holds: Iterable[Hold]) -> dict[int, Hold]:
    """Of each hold that goes on from others the first of them, by the number of the event that began it.

    It goes on where one of them had not ended when it began, or ended on its first day. A hold that dosing came before has none.
    """
    found: dict[int, Hold] = {}
    first: Hold | None = None
    until: Day | None = None
    for hold in sorted((each for each in holds if not each.discontinued), key=_began):
        if first is not None and (until is None or hold.start <= until):
            found[hold.opened.number] = first
            until = None if until is None or hold.end is None else max(until, hold.end)
        else:
            first, until = hold, hold.end
    return found


def adds_time(hold: Hold, first: Hold) -> bool:
    """True where a hold that goes on from another keeps dosing stopped for longer than that one does."""
    return first.end is not None and (hold.end is None or hold.end > first.end)


def _began(hold: Hold) -> tuple[Day, int]:
    return hold.start, hold.opened.number
