"""Infusions and injections on several days of a cycle, as the visits that they ask for.

A drug on days 1, 8 and 15 is three visits. On consecutive days with the same dose it may run from a pump or be given at the
site every day: the plan's days do not tell. So the first of such days is a visit and all of them are one line of treatment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Run, Status


@dataclass(frozen=True, slots=True)
class TreatmentDays:
    """Consecutive days, both included, of one infusion or injection. Civil dates at the site."""

    id: str
    first: date
    last: date
    latest: int


def visits_of(entry: Entry) -> Iterator[Entry]:
    """The entry itself; or, where it has several days that are no tablets, one entry for each stretch of them."""
    # Of nearly every entry there is nothing to ask, and a whole history asks of each in every state.
    stretches = _stretches(entry) if entry.runs and entry.kind is not Kind.ORAL else []
    if not _is_long(stretches) and not _begins_later(entry, stretches):
        yield entry
        return
    for number, stretch in enumerate(stretches):
        begin = stretch[0]
        yield entry._replace(
            id=f"{entry.id}.{begin.first_day}",
            date=begin.first_date,
            day=begin.first_day,
            status=_status(stretch),
            doses=begin.doses,
            flags=tuple(dict.fromkeys((*_flags(entry, number), *(flag for run in stretch for flag in run.flags)))),
            because=entry.because._replace(latest=_latest(entry, stretch)),
            # What belongs to the cycle's visit belongs to its first day.
            time=entry.time if number == 0 else None,
            window=entry.window if number == 0 else None,
            activities=entry.activities if number == 0 else (),
            runs=(),
        )


def first_days(entry: Entry) -> frozenset[int]:
    """The days of an infusion or injection's cycle on which the patient comes, by their numbers in the cycle."""
    return frozenset(stretch[0].first_day for stretch in _stretches(entry))


def treatment_days(calendar: Calendar) -> Iterator[TreatmentDays]:
    """The stretches of two and more days on which an infusion or injection goes on, or went on."""
    for entry in calendar.entries:
        if entry.kind is Kind.ORAL:
            continue
        for stretch in _stretches(entry):
            first, last = stretch[0], stretch[-1]
            if _takes_place(first) and last.last_date > first.first_date:
                name = f"{entry.id}.{first.first_day}.days"
                yield TreatmentDays(name, first.first_date, last.last_date, _latest(entry, stretch))


def flags_of_later_days(entry: Entry) -> tuple[Flag, ...]:
    """What a cycle's start has to say of its other days too: where it may still move, they move with it."""
    return tuple(flag for flag in entry.flags if flag is Flag.PROVISIONAL)


def _flags(entry: Entry, number: int) -> tuple[Flag, ...]:
    return entry.flags if number == 0 else flags_of_later_days(entry)


def _stretches(entry: Entry) -> list[tuple[Run, ...]]:
    """Runs are cut where something was recorded; here days that follow each other and are alike for a patient are one."""
    joined: list[list[Run]] = []
    for run in entry.runs:
        if joined and _goes_on(joined[-1][-1], run):
            joined[-1].append(run)
        else:
            joined.append([run])
    return [tuple(stretch) for stretch in joined]


def _goes_on(before: Run, run: Run) -> bool:
    alike = (before.doses, _takes_place(before)) == (run.doses, _takes_place(run))
    return alike and run.first_date == before.last_date + timedelta(days=1)


def _is_long(stretches: list[tuple[Run, ...]]) -> bool:
    return len(stretches) > 1 or any(stretch[-1].last_date > stretch[0].first_date for stretch in stretches)


def _begins_later(entry: Entry, stretches: list[tuple[Run, ...]]) -> bool:
    """True of an injection on day 8 of the cycle: nobody is given anything on its day 1."""
    return bool(stretches) and entry.date is not None and stretches[0][0].first_date > entry.date


def _takes_place(run: Run) -> bool:
    return run.status in (Status.PLANNED, Status.DONE)


def _status(stretch: tuple[Run, ...]) -> Status:
    return stretch[0].status


def _latest(entry: Entry, stretch: tuple[Run, ...]) -> int:
    return max(entry.because.latest, *(run.because.latest for run in stretch))
