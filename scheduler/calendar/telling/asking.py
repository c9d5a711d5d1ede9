"""Which entry is meant: ``toripalimab.2``, ``regorafenib.3``, ``regorafenib.3.15``, a stretch ``regorafenib.3.15-21``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scheduler.calendar.entries.entry import Calendar, Entry, Pending, Run
from scheduler.errors import UnknownEntry
from scheduler.findings import did_you_mean

_DAY = re.compile(r"(?P<cycle>.+)\.(?P<day>[0-9]{1,4})(-[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked about: an entry, one day of a cycle with its run, or something that has no date yet."""

    entry: Entry | None = None
    run: Run | None = None
    day: int | None = None
    pending: Pending | None = None


def find_entry(calendar: Calendar, entry_id: str) -> Asked:
    """The entry of that id. Raises UnknownEntry, with the nearest id that there is."""
    entry = calendar.entry(entry_id)
    if entry is not None:
        return Asked(entry)
    pending = find_pending(calendar, entry_id)
    if pending is not None:
        return Asked(pending=pending)
    found = _DAY.fullmatch(entry_id)
    cycle = calendar.entry(found["cycle"]) if found else None
    if found is None or cycle is None:
        raise UnknownEntry(_unknown(calendar, entry_id))
    number = int(found["day"])
    for run in cycle.runs:
        if run.first_day <= number <= run.last_day:
            return Asked(cycle, run, number)
    if not cycle.runs and number == 1:
        return Asked(cycle)
    raise UnknownEntry(_no_such_day(cycle, number))


def find_pending(calendar: Calendar, entry_id: str) -> Pending | None:
    """What is pending under that id; a cycle also by its first day, which stands for it."""
    return next((each for each in calendar.pending if each.id in (entry_id, f"{entry_id}.1")), None)


def _unknown(calendar: Calendar, entry_id: str) -> str:
    samples = (sample.id for sheet in calendar.sheets for sample in sheet.samples)
    hint = did_you_mean(entry_id, [*calendar.by_id, *(each.id for each in calendar.pending), *samples])
    until = f", which ends on {calendar.until}" if calendar.until is not None else ""
    return f"this calendar{until} has no entry '{entry_id[:80]}'" + (f" ({hint})" if hint else "")


def _no_such_day(cycle: Entry, number: int) -> str:
    stretches = ", ".join(f"{run.first_day}-{run.last_day}" for run in cycle.runs) or "none"
    return f"{cycle.id} has no dosing day {number} on this calendar (its dosing days: {stretches})"
