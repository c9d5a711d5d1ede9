"""What subscribers are told of open decisions: every later dose waits, as on pages and lists, with no dose named.

The log flags what comes next alone, and so only that cites the events that ask and answer. A later dose that begins or ceases to
wait is told otherwise too, and has the number of the event that did it: without it SEQUENCE would fall when somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from scheduler.calendar.engine.proposals.on_a_day import before_later_orders
from scheduler.calendar.engine.proposals.open_decisions import with_open_decisions
from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.entry import Calendar, Entry, Flag

Marks: TypeAlias = frozenset[tuple[str, int]]
"""The doses that wait although the log does not flag them: each with its id, and of a cycle each dosing day."""


def marked_by(states: Iterable[Calendar]) -> dict[str, int]:
    """By the id of each dose, the number of the last event by which it began or ceased to wait for a decision.

    ``states`` are the calendars of one subject after each event, oldest first.
    """
    found: dict[str, int] = {}
    before: Marks = frozenset()
    for state in states:
        now = marks_of(state)
        found.update((name, state.log_length) for name in changed_marks(before, now))
        before = now
    return found


def marks_of(calendar: Calendar) -> Marks:
    """What waits in a calendar although the log does not flag it."""
    marked = with_open_decisions(calendar, None)
    if marked is calendar:
        return frozenset()
    flagged = {each for entry in calendar.entries for each in _waiting(entry)}
    return frozenset(each for entry in marked.entries for each in _waiting(entry) if each not in flagged)


def changed_marks(before: Marks, now: Marks) -> frozenset[str]:
    """The ids of the doses that began or ceased to wait."""
    return frozenset(name for name, _ in before ^ now)


def as_subscribed(calendar: Calendar, marked: Mapping[str, int], day: date | None) -> Calendar:
    """The calendar that subscribers read: with what waits for an open decision, and without orders whose day is to come.

    ``marked`` is from `marked_by`; without a day, all orders have come.
    """
    shown = with_open_decisions(before_later_orders(calendar, day), None)
    if not marked:
        return shown
    entries = tuple(_since(entry, marked[entry.id]) if entry.id in marked else entry for entry in shown.entries)
    return replace(shown, entries=entries, by_id={entry.id: entry for entry in entries})


def _waiting(entry: Entry) -> Iterator[tuple[str, int]]:
    if Flag.AWAITING_DECISION in entry.flags:
        yield entry.id, 0
    for run in entry.runs:
        if Flag.AWAITING_DECISION in run.flags:
            yield from ((entry.id, day) for day in range(run.first_day, run.last_day + 1))


def _since(entry: Entry, number: int) -> Entry:
    runs = tuple(run._replace(because=_not_before(run.because, number)) for run in entry.runs)
    return entry._replace(runs=runs, because=_not_before(entry.because, number))


def _not_before(because: Because, number: int) -> Because:
    return because._replace(latest=max(because.latest, number))
