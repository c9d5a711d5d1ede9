"""Adverse events of one patient, each from its onset to its end, with its grades as they changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from scheduler.dates import Day
from scheduler.patient.events import AdverseEvent, OfAdverseEvent, Regraded
from scheduler.patient.log import Fact
from scheduler.vocabulary import ADVERSE_EVENTS, Known, Specified, Synonym


@dataclass(frozen=True, slots=True)
class AdverseEventCourse:
    """One adverse event. ``grades`` are the days on which it had another grade, with the grade; 0 is resolved.

    ``term`` is CTCAE's own name where it is known, ``recorded_term`` what was written down. ``events`` are the numbers of all
    events about it; ``recorded`` is the day of the first, whose protocol says which CTCAE it is in.
    """

    ae: int
    term: str
    recorded_term: str
    onset: date
    grades: tuple[tuple[date, int], ...]
    serious: bool
    related: tuple[str, ...]
    events: tuple[int, ...]
    recorded: Day

    @property
    def worst(self) -> int:
        """The highest grade that it ever had."""
        return max(grade for _, grade in self.grades)

    @property
    def now(self) -> int | None:
        """The grade that it has; None when it is over."""
        return self.grades[-1][1] or None

    @property
    def end(self) -> date | None:
        """The day on which it was over; None while it goes on."""
        day, grade = self.grades[-1]
        return None if grade else day

    def grade_before(self, day: date) -> int:
        """The grade that it had at the end of the day before; 0 where it had not begun or was over."""
        return next((grade for changed, grade in reversed(self.grades) if changed < day), 0)

    def worst_between(self, first: date, last: date | None) -> int | None:
        """The highest grade that it got in those days; None where it neither began nor got worse in them.

        What was there before counts when it got worse: that worsening is an event of these days.
        """
        had = self.grade_before(first)
        got = [grade for day, grade in self.grades if day >= first and (last is None or day <= last)]
        return max((grade for grade in got if grade > had), default=None)


def adverse_events_of(facts: Iterable[Fact]) -> tuple[AdverseEventCourse, ...]:
    """Every adverse event by its number. ``facts`` are those in force, in the order in which they count."""
    recorded: dict[int, Fact] = {}
    changes: dict[int, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.event, AdverseEvent):
            recorded.setdefault(fact.event.ae, fact)
        elif isinstance(fact.event, OfAdverseEvent):
            changes.setdefault(fact.event.ae, []).append(fact)
    return tuple(_course(recorded[ae], changes.get(ae, [])) for ae in sorted(recorded))


def _course(recorded: Fact, changes: list[Fact]) -> AdverseEventCourse:
    event = cast(AdverseEvent, recorded.event)
    onset = min(event.onset or event.on, event.on)
    # A change of grade that is dated before the onset is strange; it still happened to this adverse event.
    later = [
        (max(fact.event.on, onset), fact.event.grade if isinstance(fact.event, Regraded) else 0) for fact in changes
    ]
    term = ADVERSE_EVENTS.known(event.term)
    return AdverseEventCourse(
        event.ae,
        term.name if isinstance(term, Known | Synonym | Specified) else event.term,
        event.term,
        onset,
        ((onset, event.grade), *later),
        event.serious or any(isinstance(fact.event, Regraded) and fact.event.serious for fact in changes),
        event.related,
        tuple(sorted({number for fact in (recorded, *changes) for number in fact.numbers})),
        recorded.day,
    )


_DEATH = 5


def grade_5_of(facts: Iterable[Fact]) -> Fact | None:
    """The first grade 5 that still stands: CTCAE's grade of a death. A later grade of the same adverse event denies it."""
    standing: dict[int, Fact] = {}
    for fact in facts:
        event = fact.event
        if isinstance(event, AdverseEvent | Regraded) and event.grade == _DEATH:
            standing.setdefault(event.ae, fact)
        elif isinstance(event, AdverseEvent | OfAdverseEvent):
            standing.pop(event.ae, None)
    return min(standing.values(), key=lambda fact: fact.day, default=None)
