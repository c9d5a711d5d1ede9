"""The events that a sentence follows, one by one: each adverse event of a grade when it begins or ends, each unscheduled visit.

An adverse event is of a grade when it ever had it. It begins, as one of that grade, on the first day that it has it, and ends
when it is resolved.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.patient.episodes.adverse_events import adverse_events_of
from scheduler.patient.events import AdverseEvent, Event, OfAdverseEvent, Regraded, Resolved, UnscheduledVisit
from scheduler.patient.log import Fact
from scheduler.protocol.plan.times.moments import EachEvent
from scheduler.said import Code, Said, said

ADVERSE_EVENT = "adverse event"


class Followed(NamedTuple):
    """One such event: the fact whose number names what follows it, all facts about it, and its day, None while it goes on.

    Of the facts the first is the one that gives the day.
    """

    fact: Fact
    facts: tuple[Fact, ...]
    day: Day | None

    @property
    def said(self) -> Said:
        """What it is: "adverse event 2", or the unscheduled visit of a day."""
        event = self.fact.event
        if isinstance(event, AdverseEvent):
            return said("adverse event {number}", number=event.ae)
        return said("the unscheduled visit of {day}", day=Code(f"{event.on}"))


def followed_events(moment: EachEvent, facts: Iterable[Fact]) -> tuple[Followed, ...]:
    """Every event that a moment follows, in the order in which they were recorded."""
    known = tuple(facts)
    if moment.name != ADVERSE_EVENT:
        return tuple(Followed(fact, (fact,), fact.day) for fact in known if isinstance(fact.event, UnscheduledVisit))
    by_number: dict[int, list[Fact]] = {}
    for fact in known:
        if isinstance(fact.event, AdverseEvent | OfAdverseEvent):
            by_number.setdefault(fact.event.ae, []).append(fact)
    return tuple(_with_grade(moment, known, by_number))


def _with_grade(moment: EachEvent, facts: tuple[Fact, ...], by_number: dict[int, list[Fact]]) -> Iterable[Followed]:
    for course in adverse_events_of(facts):
        days = [day for day, grade in course.grades if moment.low <= grade <= moment.high]
        if not days or (moment.serious and not course.serious):
            continue
        own = tuple(by_number[course.ae])
        first = next(fact for fact in own if isinstance(fact.event, AdverseEvent))
        decides = _last_end(own) if moment.ends else _beginning(moment, own)
        facts_in_order = (decides, *(fact for fact in own if fact is not decides))
        end = course.end.toordinal() if course.end is not None else None
        yield Followed(first, facts_in_order, end if moment.ends else _begin(moment, own, min(days).toordinal()))


def _last_end(own: tuple[Fact, ...]) -> Fact:
    """The last record that it is over; the first of all while there is none."""
    return next((fact for fact in reversed(own) if _ends(fact.event)), own[0])


def _ends(event: Event) -> bool:
    """True for a record that it is over: resolved, or at grade 0."""
    return isinstance(event, Resolved) or (isinstance(event, Regraded) and event.grade == 0)


def _beginning(moment: EachEvent, own: tuple[Fact, ...]) -> Fact:
    """The first record of the grade; for serious ones, the first by which it is that too."""
    graded = next(each for each in own if moment.low <= getattr(each.event, "grade", 0) <= moment.high)
    if not moment.serious:
        return graded
    serious = next(each for each in own if getattr(each.event, "serious", False))
    return max(graded, serious, key=own.index)


def _begin(moment: EachEvent, facts: tuple[Fact, ...], graded: Day) -> Day:
    """The day on which it has the grade; for serious ones, on which it is that too."""
    if not moment.serious:
        return graded
    serious = (fact.day for fact in facts if getattr(fact.event, "serious", False))
    said_first = any(isinstance(fact.event, AdverseEvent) and fact.event.serious for fact in facts)
    return graded if said_first else max(graded, min(serious))
