"""Doses that wait for a decision: from the day of the proposal on the rest of the running cycle, and the next cycle or dose.

The flag is put on what is planned; what was given, held or cancelled has nothing to wait for. These entries cite what a rule was
read against, also when the answer is no or somebody has decided: without that fact they would wait, or no longer wait.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
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
    by_treatment: dict[str, list[Concern]] = {}
    for concern in concerns:
        by_treatment.setdefault(concern.treatment, []).append(concern)
    for treatment, found in by_treatment.items():
        found.sort(key=lambda concern: concern.day)
        own = sorted((entry for entry in entries if entry.timeline == treatment), key=lambda entry: entry.n)
        for entry, about in _concerned(own, found):
            changed[entry.id] = _concern_entry(entry, about)
    return [changed.get(entry.id, entry) for entry in entries] if changed else entries


@dataclass(slots=True)
class _About:
    """The concerns of some entries, from one of them on in the order of their days, and all that they rest on put together."""

    concerns: list[Concern]
    gathered: dict[int, Reason] = field(default_factory=dict)
    count: int = 0

    def until(self, day: date) -> list[Concern]:
        """Those up to a day, that day included."""
        return self.concerns[: bisect_right(self.concerns, day, key=lambda concern: concern.day)]

    def looked(self, count: int) -> dict[int, Reason]:
        """What the first of them rest on, by identity: most entries of a treatment hang on the same."""
        if count < self.count:
            self.gathered, self.count = {}, 0
        for concern in self.concerns[self.count : count]:
            self.gathered |= {id(reason): reason for reason in (*concern.events, *concern.looked)}
        self.count = count
        return self.gathered


def _concerned(entries: list[Entry], concerns: list[Concern]) -> Iterator[tuple[Entry, _About]]:
    """The running cycle, what was given since, and the first that is still planned."""
    about = _About(concerns)
    for entry in entries:
        if entry.date is None:
            continue
        last = entry.runs[-1].last_date if entry.runs else entry.date
        if about.until(max(last, entry.date)):
            yield entry, about
        if entry.status is Status.PLANNED:
            # What came up by then concerns this entry and none of the later ones.
            past = len(about.until(entry.date))
            about = _About(about.concerns[past:]) if past else about


def _concern_entry(entry: Entry, about: _About) -> Entry:
    if entry.runs:
        return entry._replace(runs=tuple(_concern_runs(entry.runs, about)))
    if entry.status is not Status.PLANNED or entry.date is None:
        return entry
    waits = [concern for concern in about.until(entry.date) if concern.waits]
    return entry._replace(flags=_flags(entry.flags, waits), because=_because(entry.because, about, entry.date, waits))


def _concern_runs(runs: tuple[Run, ...], about: _About) -> Iterator[Run]:
    for whole in runs:
        days = [concern.day for concern in about.until(whole.last_date) if concern.waits]
        for run in _cut_at(whole, days):
            own = about.until(run.last_date)
            if not own:
                yield run
            else:
                waits = [concern for concern in own if concern.waits] if run.status is Status.PLANNED else []
                because = _because(run.because, about, run.last_date, waits)
                yield run._replace(flags=_flags(run.flags, waits), because=because)


def _cut_at(run: Run, days: Iterable[date]) -> Iterator[Run]:
    for day in days:
        *before, run = _cut(run, day)
        yield from before
    yield run


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


def _flags(flags: tuple[Flag, ...], waits: list[Concern]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*flags, Flag.AWAITING_DECISION))) if waits else flags


def _because(because: Because, about: _About, until: date, waits: list[Concern]) -> Because:
    """The reasons, with those of the rules: said where a dose waits, looked at elsewhere."""
    set_by = {id(reason): reason for reason in because.set_by}
    for concern in waits:
        set_by |= {id(reason): reason for reason in (concern.clause, *concern.events)}
    looked = {id(reason): reason for reason in because.looked_at}
    looked |= about.looked(len(about.until(until)))
    for known in set_by:
        looked.pop(known, None)
    numbers = [reason.number for reason in (*set_by.values(), *looked.values()) if isinstance(reason, Event)]
    return Because(tuple(set_by.values()), tuple(looked.values()), max((because.latest, *numbers)))
