"""Doses that wait for a decision: from the day of the proposal on the rest of the running cycle, and the next cycle or dose.

The flag is put on what is planned; what was given, held or cancelled has nothing to wait for. These entries cite what a rule was
read against, also when the answer is no or somebody has decided: without that fact they would wait, or no longer wait.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.because import Because, Reason, distinct, highest
from scheduler.calendar.entry import Entry, Flag, Run, Status

_PLANNED = Status.PLANNED


@dataclass(frozen=True, slots=True)
class Concern:
    """From a day on, doses of a treatment hang on a rule.

    ``said`` is what doses wait for, the row of the rule first; empty where nobody has to decide. ``looked`` is all that it rests
    on.
    """

    treatment: str
    day: date
    said: tuple[Reason, ...]
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


class _About:
    """The concerns of some entries, from one of them on in the order of their days, and all that they rest on put together."""

    __slots__ = ("_count", "_looked", "_waiting", "_waiting_days", "concerns", "days", "latest")

    def __init__(self, concerns: list[Concern]) -> None:
        self.concerns = concerns
        self.days = [concern.day for concern in concerns]
        self._waiting = [concern for concern in concerns if concern.said]
        self._waiting_days = [concern.day for concern in self._waiting]
        self.latest = 0
        self._looked: dict[int, Reason] = {}
        self._count = 0

    def count(self, day: date) -> int:
        """How many there are up to a day, that day included."""
        return bisect_right(self.days, day)

    def waiting(self, day: date) -> list[Concern]:
        """Those up to a day that doses wait for."""
        return self._waiting[: bisect_right(self._waiting_days, day)]

    def looked(self, count: int) -> dict[int, Reason]:
        """What the first of them rest on, by identity: most entries of a treatment hang on the same."""
        if count < self._count:
            self._looked, self._count, self.latest = {}, 0, 0
        for concern in self.concerns[self._count : count]:
            self._looked.update(zip(map(id, concern.looked), concern.looked, strict=True))
            self.latest = highest(concern.looked, self.latest)
        self._count = count
        return self._looked


def _concerned(entries: list[Entry], concerns: list[Concern]) -> Iterator[tuple[Entry, _About]]:
    """The running cycle, what was given since, and the first that is still planned."""
    about = _About(concerns)
    for entry in entries:
        if entry.date is None:
            continue
        last = entry.runs[-1].last_date if entry.runs else entry.date
        if about.count(max(last, entry.date)):
            yield entry, about
        if entry.status is _PLANNED:
            # What came up by then concerns this entry and none of the later ones.
            past = about.count(entry.date)
            about = _About(about.concerns[past:]) if past else about


def _concern_entry(entry: Entry, about: _About) -> Entry:
    if entry.runs:
        return entry._replace(runs=tuple(_concern_runs(entry.runs, about)))
    if entry.status is not _PLANNED or entry.date is None:
        return entry
    count = about.count(entry.date)
    waits = about.waiting(entry.date)
    return entry._replace(flags=_flags(entry.flags, waits), because=_because(entry.because, about, count, waits))


def _concern_runs(runs: tuple[Run, ...], about: _About) -> Iterator[Run]:
    for whole in runs:
        days = [concern.day for concern in about.waiting(whole.last_date)]
        for run in _cut_at(whole, days):
            count = about.count(run.last_date)
            if not count:
                yield run
            else:
                waits = about.waiting(run.last_date) if run.status is _PLANNED else []
                yield run._replace(flags=_flags(run.flags, waits), because=_because(run.because, about, count, waits))


def _cut_at(run: Run, days: Iterable[date]) -> Iterator[Run]:
    for day in days:
        *before, run = _cut(run, day)
        yield from before
    yield run


def _cut(run: Run, day: date) -> tuple[Run, ...]:
    """A run that is under way on a day, in two."""
    if run.status is not _PLANNED or not run.first_date < day <= run.last_date:
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


def _because(because: Because, about: _About, count: int, waits: list[Concern]) -> Because:
    """The reasons, with those of the rules: said where a dose waits, looked at elsewhere."""
    set_by = distinct((*because.set_by, *(reason for concern in waits for reason in concern.said)))
    looked = dict(zip(map(id, because.looked_at), because.looked_at, strict=True)) | about.looked(count)
    for reason in set_by:
        looked.pop(id(reason), None)
    return Because(set_by, tuple(looked.values()), max(because.latest, about.latest))
