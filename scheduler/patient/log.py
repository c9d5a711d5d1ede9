"""A patient's log: events in the order of recording, and what of it is in force after corrections and strikes.

A record is never changed. ``corrected`` puts another event in the place of an earlier one, ``struck`` takes one away; both
can be corrected or struck in turn:

- A correction of event 5 takes its place: it counts where 5 counted and is known by that number. A correction of a
  correction, or a second one of 5, takes the place again. The last one stands.
- Striking event 5 takes the event away, with all its corrections. Striking a correction restores what it replaced.
- Striking a strike restores what it took away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from scheduler.dates import Day
from scheduler.patient.events import Booked, Corrected, Event, Rebooked, Struck, canonical_text

_AMENDING = frozenset({Corrected, Struck})
_BOOKING = frozenset({Booked, Rebooked})


@dataclass(frozen=True, slots=True)
class Fact:
    """An event that is in force.

    ``numbers`` are the event's own number, by which it is known, and after it the numbers of all records that corrected it,
    struck it or brought it back. ``day`` is the civil date that it counts from; ``order`` puts facts in the order they count.
    ``carried``: a decision that was recorded about the same row of another treatment.
    """

    event: Event
    numbers: tuple[int, ...]
    carried: bool = False
    day: Day = field(init=False, compare=False, repr=False)
    order: tuple[Day, str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        order = order_of(self.event, self.numbers[0])
        object.__setattr__(self, "day", order[0])
        object.__setattr__(self, "order", order)

    def __hash__(self) -> int:
        # Facts of one log differ in their numbers; the hash of a whole event costs fifty times as much.
        return hash(self.numbers)

    @property
    def number(self) -> int:
        """The number that the event is known by, whatever corrected it."""
        return self.numbers[0]


def order_of(event: Event, number: int) -> tuple[Day, str, int]:
    """The order in which events count: by date, then time, then number. No time is before any time."""
    # The time of a booking is the appointment's, not that of making it.
    return (event.on.toordinal(), "" if type(event) in _BOOKING else event.at or "", number)


@dataclass(frozen=True, slots=True)
class Record:
    """An event with its number, which is its position in the log, counted from 1.

    ``fact`` is what it says while nothing corrects or strikes it. It is made once, because a log is read again with every event
    that comes to it.
    """

    number: int
    event: Event
    fact: Fact = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fact", Fact(self.event, (self.number,)))


@dataclass(frozen=True, slots=True)
class Log:
    """What was recorded about one patient, in order. It only grows."""

    records: tuple[Record, ...] = ()

    def __len__(self) -> int:
        return len(self.records)

    @property
    def length(self) -> int:
        """The number of the last event, 0 when there is none."""
        return self.records[-1].number if self.records else 0

    @property
    def digest(self) -> str:
        """The SHA-256 of all that is recorded: the same for equal logs, on every machine."""
        lines = (f"{record.number} {canonical_text(record.event)}\n" for record in self.records)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def record(self, number: int) -> Record | None:
        """The record of that number, or None."""
        return next((record for record in self.records if record.number == number), None)

    def append_unchecked(self, event: Event) -> Log:
        """The log with one event more, whatever it says. `scheduler.patient.appending.append` refuses contradictions."""
        return Log((*self.records, Record(self.length + 1, event)))

    def until(self, number: int) -> Log:
        """The log as it was when the event of that number was the last one."""
        return Log(tuple(record for record in self.records if record.number <= number))

    def without(self, number: int) -> Log:
        """The log as if this one event had never been recorded. All others keep their numbers."""
        return Log(tuple(record for record in self.records if record.number != number))


def log_of(events: Iterable[Event]) -> Log:
    """A log of these events, numbered from 1, whatever they say."""
    return Log(tuple(Record(number, event) for number, event in enumerate(events, 1)))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What an event said, before or between the records ``by`` that corrected, struck or restored it.

    ``number`` is the number that the event is known by. Without one of ``by``, this might be in force.
    """

    event: Event
    by: tuple[int, ...]
    number: int


def in_force(log: Log) -> tuple[Fact, ...]:
    """The events that count, in the order they count."""
    if not amendments(log):
        facts = [record.fact for record in log.records]
    else:
        facts = [fact for family in families(log) if (fact := family.fact())]
    return tuple(sorted(facts, key=attrgetter("order")))


def amendments(log: Log) -> list[Record]:
    """The records that correct or strike others."""
    return [record for record in log.records if type(record.event) in _AMENDING]


def withdrawn(log: Log) -> tuple[Withdrawn, ...]:
    """What is no longer in force, in the order in which it would count."""
    if not amendments(log):
        return ()
    found = [body for family in families(log) if family.amendments for body in family.withdrawn()]
    return tuple(sorted(found, key=lambda body: (*order_of(body.event, body.number), body.by)))


@dataclass(frozen=True, slots=True)
class Family:
    """One event and all records that correct it, strike it or strike one of these."""

    first: Record
    amendments: tuple[Record, ...] = ()

    def struck(self) -> frozenset[int]:
        """The numbers that are struck by strikes which are not struck themselves."""
        struck: set[int] = set()
        # A record can only be struck by a later one, so from the end it is known of each whether it stands.
        for record in reversed(self.amendments):
            if isinstance(record.event, Struck) and record.number not in struck:
                struck.add(record.event.number)
        return frozenset(struck)

    def latest(self) -> Record:
        """The record that says what stands in this place, unless the whole event is struck."""
        struck = self.struck()
        standing = [r for r in self.amendments if isinstance(r.event, Corrected) and r.number not in struck]
        return standing[-1] if standing else self.first

    def fact(self) -> Fact | None:
        """What is in force of it, if anything."""
        if self.first.number in self.struck():
            return None
        numbers = (self.first.number, *(record.number for record in self.amendments))
        return Fact(_body(self.latest()), numbers)

    def withdrawn(self) -> Iterator[Withdrawn]:
        """All that it said once and says no longer."""
        standing = None if self.first.number in self.struck() else self.latest()
        for record in (self.first, *self.amendments):
            if record is not standing and not isinstance(record.event, Struck):
                by = tuple(other.number for other in self.amendments if other is not record)
                yield Withdrawn(_body(record), by, self.first.number)


def _body(record: Record) -> Event:
    return record.event.with_ if isinstance(record.event, Corrected) else record.event


def families(log: Log) -> tuple[Family, ...]:
    """The log by events, each with what was recorded about it later. What points at nothing is left out."""
    home: dict[int, int] = {}
    members: dict[int, list[Record]] = {}
    for record in log.records:
        if isinstance(record.event, (Corrected, Struck)):
            first = home.get(record.event.number)
            if first is None:
                continue
            home[record.number] = first
            members[first].append(record)
        else:
            home[record.number] = record.number
            members[record.number] = [record]
    return tuple(Family(first, tuple(later)) for first, *later in members.values())
