"""Doses that wait for a decision: from the day of the proposal on the rest of the running cycle, and the next cycle or dose.

The flag is put on what is planned; what was given, held or cancelled has nothing to wait for. These entries cite what a rule was
read against, also when the answer is no or somebody has decided: without that fact they would wait, or no longer wait.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from scheduler.calendar.entries.because import Because, Reason, distinct, highest
from scheduler.calendar.entries.cutting import cut_at
from scheduler.calendar.entries.entry import Entry, Flag, Run, Status
from scheduler.identity import Memo, by_identity

_PLANNED, _AWAITING = Status.PLANNED, Flag.AWAITING_DECISION
_DAY, _NUMBER = attrgetter("day"), attrgetter("n")


class Concern(NamedTuple):
    """From a day on, doses of a treatment hang on a rule.

    ``said`` is what doses wait for, the row of the rule first; empty where nobody has to decide. ``looked`` is all that it rests
    on.
    """

    treatment: str
    day: date
    said: tuple[Reason, ...]
    looked: tuple[Reason, ...]


RestsOn = Memo[Reason, tuple[Reason, ...]]
"""What decisions were about, and the dose levels that they count from: by the identity of the decision as a reason."""


def with_concerns(entries: list[Entry], concerns: Iterable[Concern], rests_on: RestsOn) -> list[Entry]:
    """The entries, those that hang on a rule flagged where they wait and citing what it rests on."""
    changed: dict[str, Entry] = {}
    by_treatment: dict[str, list[Concern]] = {}
    for concern in concerns:
        by_treatment.setdefault(concern.treatment, []).append(concern)
    for treatment, found in by_treatment.items():
        found.sort(key=_DAY)
        own = sorted([entry for entry in entries if entry.timeline == treatment], key=_NUMBER)
        for entry, about in _concerned(own, _About(found, rests_on)):
            changed[entry.id] = _concern_entry(entry, about)
    return [changed.get(entry.id, entry) for entry in entries] if changed else entries


def with_concern_of(entries: list[Entry], name: str, concern: Concern, rests_on: RestsOn) -> list[Entry]:
    """The entries, one of which hangs on a concern of its own."""
    return [_concern_entry(each, _About([concern], rests_on)) if each.id == name else each for each in entries]


class _Looked(NamedTuple):
    """What so many concerns, the first ones, rest on, by identity, and the highest event number in it."""

    concerns: int
    reasons: dict[int, Reason]
    latest: int


_NOTHING = _Looked(0, {}, 0)


class _About:
    """The concerns of some entries, from one of them on in the order of their days, and all that they rest on put together."""

    __slots__ = ("_looked", "_waiting", "_waiting_days", "concerns", "days", "rests_on")

    def __init__(self, concerns: list[Concern], rests_on: RestsOn) -> None:
        self.concerns = concerns
        self.rests_on = rests_on
        self.days = [concern.day for concern in concerns]
        self._waiting = [concern for concern in concerns if concern.said]
        self._waiting_days = [concern.day for concern in self._waiting]
        self._looked = _NOTHING

    def after(self, past: int) -> _About:
        """Without so many, the first ones."""
        return _About(self.concerns[past:], self.rests_on)

    def count(self, day: date) -> int:
        """How many there are up to a day, that day included."""
        return bisect_right(self.days, day)

    def waiting(self, day: date) -> list[Concern]:
        """Those up to a day that doses wait for."""
        return self._waiting[: bisect_right(self._waiting_days, day)] if self._waiting else self._waiting

    def looked(self, day: date) -> _Looked:
        """What those up to a day rest on: most entries of a treatment hang on the same."""
        count = bisect_right(self.days, day)
        if count != self._looked.concerns:
            known = self._looked if count > self._looked.concerns else _NOTHING
            concerns = self.concerns[known.concerns : count]
            more = by_identity(reason for concern in concerns for reason in concern.looked)
            cited = [reason for rests in self.rests_on.among(more) for reason in rests]
            more |= by_identity(cited)
            self._looked = _Looked(count, known.reasons | more, highest(more.values(), known.latest))
        return self._looked


def _concerned(entries: list[Entry], about: _About) -> Iterator[tuple[Entry, _About]]:
    """The running cycle, what was given since, and the first that is still planned."""
    for entry in entries:
        if entry.date is None:
            continue
        last = entry.runs[-1].last_date if entry.runs else entry.date
        if about.count(max(last, entry.date)):
            yield entry, about
        if entry.status is _PLANNED:
            # What came up by then concerns this entry and none of the later ones.
            past = about.count(entry.date)
            about = about.after(past) if past else about


def _concern_entry(entry: Entry, about: _About) -> Entry:
    if entry.runs:
        runs = [run for whole in entry.runs for run in cut_at(whole, map(_DAY, about.waiting(whole.last_date)))]
        return entry._replace(runs=tuple([_concern_run(run, about) for run in runs]))
    if entry.status is not _PLANNED or entry.date is None:
        return entry
    waits = about.waiting(entry.date)
    return entry._replace(
        flags=_flags(entry.flags, waits), because=_because(entry.because, about.looked(entry.date), waits)
    )


def _concern_run(run: Run, about: _About) -> Run:
    looked = about.looked(run.last_date)
    if not looked.concerns:
        return run
    waits = about.waiting(run.last_date) if run.status is _PLANNED else []
    return _with(run, _because(run.because, looked, waits), _flags(run.flags, waits))


def _with(run: Run, because: Because, flags: tuple[Flag, ...]) -> Run:
    # Quicker than _replace, and half of all entries can hang on a rule.
    first, last, first_date, last_date, doses, status, _, _, due = run
    return Run(first, last, first_date, last_date, doses, status, because, flags, due)


def _flags(flags: tuple[Flag, ...], waits: list[Concern]) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*flags, _AWAITING))) if waits else flags


def _because(because: Because, of_rules: _Looked, waits: list[Concern]) -> Because:
    """The reasons, with those of the rules: said where a dose waits, looked at elsewhere."""
    set_by = because.set_by
    if waits:
        set_by = distinct((*set_by, *(reason for concern in waits for reason in concern.said)))
    looked = by_identity(because.looked_at) | of_rules.reasons
    for said in by_identity(set_by):
        looked.pop(said, None)
    return Because(set_by, tuple(looked.values()), max(because.latest, of_rules.latest))
