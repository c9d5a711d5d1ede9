"""Doses that wait for a decision: from the day of the proposal on the rest of the running cycle, and the next cycle or dose.

The flag is put on what is planned; what was given, held or cancelled has nothing to wait for. These entries cite what a rule was
read against, also when the answer is no or somebody has decided: without that fact they would wait, or no longer wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.because import Because, Event, Reason
from scheduler.calendar.entry import Entry, Flag, Run, Status
from scheduler.protocol.clause import Clause


@dataclass(frozen=True, slots=True)
class Concern:
    """From a day on, doses of a treatment hang on a rule. ``waits``: nobody has decided yet.

    ``events`` are what raised it, ``looked`` all that it rests on.
    """

    treatment: str
    day: date
    waits: bool
    clause: Clause
    events: tuple[Reason, ...]
    looked: tuple[Reason, ...]


def with_concerns(entries: list[Entry], concerns: Iterable[Concern]) -> list[Entry]:
    """The entries, those that hang on a rule flagged where they wait and citing what it rests on."""
    changed: dict[str, Entry] = {}
    for concern in concerns:
        own = sorted((entry for entry in entries if entry.timeline == concern.treatment), key=lambda entry: entry.n)
        for entry in _concerned([changed.get(entry.id, entry) for entry in own], concern.day):
            changed[entry.id] = _concern_entry(entry, concern)
    return [changed.get(entry.id, entry) for entry in entries] if changed else entries


def _concerned(entries: list[Entry], day: date) -> Iterator[Entry]:
    """The running cycle, what was given since, and the first that is still planned."""
    for entry in entries:
        if entry.date is None:
            continue
        if entry.date >= day:
            yield entry
            if entry.status is Status.PLANNED:
                return
        elif entry.runs and entry.runs[-1].last_date >= day:
            yield entry


def _concern_entry(entry: Entry, concern: Concern) -> Entry:
    if entry.runs:
        return entry._replace(runs=tuple(_concern_runs(entry.runs, concern)))
    if entry.status is not Status.PLANNED:
        return entry
    return entry._replace(flags=_flags(entry.flags, concern), because=_because(entry.because, concern, concern.waits))


def _concern_runs(runs: tuple[Run, ...], concern: Concern) -> Iterator[Run]:
    for whole in runs:
        for run in _cut(whole, concern.day) if concern.waits else (whole,):
            if run.last_date < concern.day:
                yield run
            else:
                waits = concern.waits and run.status is Status.PLANNED
                flags = _flags(run.flags, concern) if waits else run.flags
                yield run._replace(flags=flags, because=_because(run.because, concern, waits))


def _cut(run: Run, day: date) -> tuple[Run, ...]:
    """A run that is under way on a day, in two."""
    if run.status is not Status.PLANNED or not run.first_date < day <= run.last_date:
        return (run,)
    number = run.first_day + (day - run.first_date).days
    before = run._replace(last_day=number - 1, last_date=day - timedelta(days=1))
    return before, run._replace(first_day=number, first_date=day)


def with_what_decisions_rest_on(entries: list[Entry], rests_on: Mapping[int, tuple[Reason, ...]]) -> list[Entry]:
    """What a decision changed cites what the decision was about, and the dose levels that it counts from."""
    return [_rest_entry(entry, rests_on) for entry in entries] if rests_on else entries


def _rest_entry(entry: Entry, rests_on: Mapping[int, tuple[Reason, ...]]) -> Entry:
    because = _rest(entry.because, rests_on)
    runs = tuple(run._replace(because=_rest(run.because, rests_on)) for run in entry.runs)
    return entry._replace(because=because, runs=runs)


def _rest(because: Because, rests_on: Mapping[int, tuple[Reason, ...]]) -> Because:
    cited = because.event_numbers()
    more = [reason for number, reasons in rests_on.items() if number in cited for reason in reasons]
    known = {id(reason) for reason in (*because.set_by, *because.looked_at)}
    new = tuple(reason for reason in dict.fromkeys(more) if id(reason) not in known)
    return because._replace(looked_at=(*because.looked_at, *new)) if new else because


def _flags(flags: tuple[Flag, ...], concern: Concern) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*flags, Flag.AWAITING_DECISION))) if concern.waits else flags


def _because(because: Because, concern: Concern, waits: bool) -> Because:
    """The reasons, with those of the rule: said where a dose waits, looked at elsewhere."""
    said = {id(reason) for reason in because.set_by}
    more = (concern.clause, *concern.events) if waits else ()
    set_by = (*because.set_by, *(reason for reason in more if id(reason) not in said))
    known = {id(reason) for reason in set_by}
    looked = {id(r): r for r in (*because.looked_at, *concern.events, *concern.looked) if id(r) not in known}
    numbers = [reason.number for reason in (*set_by, *looked.values()) if isinstance(reason, Event)]
    return Because(set_by, tuple(looked.values()), max((because.latest, *numbers)))
