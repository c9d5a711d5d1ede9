"""Why a date is what it is: the reasons that set it, and the facts that were looked at and did not.

A reason points: to a line of the protocol, to an event of the log by its number, to closed days, to the entry that a date
counts from. Nothing copies the reasons of an antecedent entry, it links to it; ``latest`` carries the highest event number
along the links, so that a feed's SEQUENCE never needs to follow them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from scheduler.dates import Day, Span
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.moments import Moment
from scheduler.said import Value, in_english


class Event(NamedTuple):
    """An event of the patient's log, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which the resource was closed, both included, and all that closed them."""

    first: Day
    last: Day
    why: str

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last closed day as civil dates."""
        return date.fromordinal(self.first), date.fromordinal(self.last)


class After(NamedTuple):
    """Another entry, whose date this one counts from or waits for. Its own reasons are there."""

    entry: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody knows yet: "the date of randomisation", "when the hold ends"."""

    said: Value

    @property
    def what(self) -> str:
        """The same in English."""
        return in_english(self.said)


Reason: TypeAlias = Clause | Event | Closed | After | Unknown


_HANDFUL = 24
"""Above it a table is quicker than looking through; measured on Python 3.11."""


def distinct(reasons: Iterable[Reason], said: tuple[Reason, ...] = ()) -> tuple[Reason, ...]:
    """Each reason once, in the order of telling, without those that were said already."""
    cited = tuple(reasons)
    if len(cited) + len(said) > _HANDFUL:
        seen = dict.fromkeys(said)
        already = len(seen)
        seen.update(dict.fromkeys(cited))
        return tuple(seen)[already:]
    # Equal reasons are one object here, and there are a handful: looking through them is quicker than keeping a table.
    told = [*said]
    for reason in cited:
        for each in told:
            if each is reason:
                break
        else:
            told.append(reason)
    return tuple(told[len(said) :])


def highest(reasons: Iterable[Reason], number: int) -> int:
    """The highest event number among these reasons and ``number``."""
    for reason in reasons:
        if type(reason) is Event and reason.number > number:
            number = reason.number
    return number


class Count(NamedTuple):
    """How far was counted: a span, so many times, from a day; before it where ``times`` is negative.

    ``earlier`` is what had led to that day, where one grid follows another. ``clock`` are the local times at which hours began
    and were over, where the time of the beginning is recorded; ``zone`` is that of the second, where the patient had moved on.
    ``skipped`` are the closed days on the way that working days leave out, each with why it is closed; weekends are not named.
    """

    start: Day
    span: Span
    times: int
    earlier: Count | None = None
    clock: tuple[str, str] | None = None
    zone: str | None = None
    skipped: tuple[tuple[Day, str], ...] = ()

    def in_order(self) -> tuple[Count, ...]:
        """What was counted first, and so on."""
        return (*(self.earlier.in_order() if self.earlier is not None else ()), self)


class Step(NamedTuple):
    """A day that the engine came to: from which moment, by which reasons, counted how far (not at all: the moment's own day).

    ``ceiling`` has the protocol's words for a moment that must not be passed.
    """

    moment: Moment
    reasons: tuple[Reason, ...]
    counted: Count | None
    day: Day
    ceiling: str = ""

    @property
    def start(self) -> Day:
        """The day of the moment itself."""
        return self.counted.in_order()[0].start if self.counted is not None else self.day


class Because(NamedTuple):
    """The reasons of a date, dose or status.

    ``set_by`` set it, in the order of telling. ``looked_at`` was consulted and could have set it: a wait that did not bind, the
    resume of an earlier hold, the other side of a choice. If an event is in neither list, nor in those of the entries linked
    to, then taking that event out of the log leaves this entry as it is. ``steps`` are the days that were counted to.
    """

    set_by: tuple[Reason, ...]
    looked_at: tuple[Reason, ...] = ()
    latest: int = 0
    steps: tuple[Step, ...] = ()

    def events(self) -> tuple[Event, ...]:
        """The events that are named here."""
        return tuple(reason for reason in (*self.set_by, *self.looked_at) if isinstance(reason, Event))

    def event_numbers(self) -> frozenset[int]:
        """The events that are named here, without those of the entries linked to."""
        return frozenset(reason.number for reason in (*self.set_by, *self.looked_at) if isinstance(reason, Event))

    def links(self) -> frozenset[str]:
        """The entries that are linked to here."""
        return frozenset(reason.entry for reason in (*self.set_by, *self.looked_at) if isinstance(reason, After))
