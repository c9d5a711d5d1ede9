"""What subscribers are told of open decisions: every later dose waits, as on pages and lists, with no dose named.

The log flags what comes next alone, and so only that cites the events that ask and answer. A later dose that begins or ceases to
wait is told otherwise too, and has the number of the event that did it: without it SEQUENCE would fall when somebody decides.
So has whatever an event gives back as if an earlier one had never been, as tablets beyond a progression.
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

Marked: TypeAlias = tuple[str, int]
"""An entry by its id, and the day of its cycle; 0 where that is no dosing day."""

Marks: TypeAlias = frozenset[Marked]
"""The doses that wait although the log does not flag them: each with its id, and of a cycle each dosing day."""


def marked_by(states: Iterable[Calendar]) -> dict[str, int]:
    """By the id of each entry, the number of the last event by which it began or ceased to wait for a decision, or by which it
    no longer cites a later event.

    ``states`` are the calendars of one subject after each event, oldest first.
    """
    found: dict[str, int] = {}
    before: Calendar | None = None
    marks: Marks = frozenset()
    for state in states:
        now = marks_of(state)
        changed = changed_marks(marks, now) | (given_back(before, state) if before is not None else frozenset())
        found.update(dict.fromkeys(changed, state.log_length))
        before, marks = state, now
    return found


def given_back(before: Calendar, now: Calendar) -> frozenset[str]:
    """The ids of the entries that stand again as if an event that they cited had never been: it has a higher number than any
    that they cite now, and SEQUENCE would fall."""
    cited = _cited_by(before)
    return frozenset(name for (name, day), number in _cited_by(now).items() if number < cited.get((name, day), 0))


def _cited_by(calendar: Calendar) -> dict[Marked, int]:
    """The highest number of an event that each entry cites (as its day 0), and each dosing day of a cycle."""
    found: dict[Marked, int] = {}
    for entry in calendar.entries:
        found[entry.id, 0] = entry.because.latest
        for run in entry.runs:
            days = ((entry.id, day) for day in range(run.first_day, run.last_day + 1))
            found |= dict.fromkeys(days, run.because.latest)
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
