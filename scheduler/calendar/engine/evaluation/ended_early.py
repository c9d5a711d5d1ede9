"""What ends a timeline before its own end: a discontinuation, the end of treatment, withdrawal, death."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast

from scheduler.dates import Day
from scheduler.patient.course import Course, effective
from scheduler.patient.events import LostToFollowUp, Withdrew
from scheduler.patient.log import Fact
from scheduler.protocol.plan.study import Role, Timeline


@dataclass(frozen=True, slots=True)
class Stop:
    """From ``day`` on nothing more happens; ``decided`` is the day of the event itself.

    ``others`` are the facts that could have ended it as well, or put the end off to the day after that day's dose.
    """

    day: Day
    decided: Day
    fact: Fact
    others: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What ended it first, and the others that were looked at."""
        return (self.fact, *self.others)

    @property
    def is_absence(self) -> bool:
        """True where nobody can reach the patient: treatment has not ended by that."""
        return isinstance(self.fact.event, LostToFollowUp)


def end_of_treatment_line(course: Course, treatment: str) -> Stop | None:
    """What ended one treatment for good, if anything did: the earliest of what stops it and of what stops all."""
    stops = [stop for stop in _of_all_treatment(course) if not was_reopened(course, treatment, stop)] + _died(course)
    stops += _not_eligible(course)
    for hold in course.holds.get(treatment, ()):
        if hold.discontinued and hold.end is None:
            stops.append(Stop(hold.start, hold.opened.day, hold.opened))
    taken = _days_whose_dose_was_taken(course, treatment)
    after = [
        replace(stop, day=stop.day + 1) if stop.day == stop.decided and stop.day in taken else stop for stop in stops
    ]
    # Of two orders of one day, the one that says that its dose was taken sets the day on which nothing is taken any more.
    first = min(after, key=lambda stop: (stop.day, not _took_the_dose(stop.fact)), default=None)
    if first is None:
        return None
    return _with_others(first, after, (*taken.get(first.decided, ()), *_taken_up_again(course, treatment, first)))


def _taken_up_again(course: Course, treatment: str, stop: Stop) -> Iterator[Fact]:
    """What ended a treatment before, and what took it up again: else it would have ended then."""
    for hold in course.holds.get(treatment, ()):
        if hold.discontinued and hold.end is not None and hold.start <= stop.day:
            yield from hold.facts


def _days_whose_dose_was_taken(course: Course, treatment: str) -> dict[Day, list[Fact]]:
    """The days whose dose had been taken before an order of that day: it stands, whatever else ended on the day."""
    days: dict[Day, list[Fact]] = {}
    for fact in (*(hold.opened for hold in course.holds.get(treatment, ())), *course.ends_of_treatment):
        if _took_the_dose(fact):
            days.setdefault(fact.day, []).append(fact)
    return days


def _with_others(first: Stop, stops: list[Stop], orders: Iterable[Fact] = ()) -> Stop:
    """The first of several stops, with those that stop on the same day and the orders that bear on which day that is."""
    others = [fact for stop in stops if stop.day == first.day for fact in stop.facts]
    found = tuple(dict.fromkeys(fact for fact in (*others, *orders) if fact is not first.fact))
    return replace(first, others=found) if found else first


def _took_the_dose(fact: Fact) -> bool:
    return bool(getattr(fact.event, "today_taken", False))


def stop_of_treatment(course: Course, treatment: str) -> Stop | None:
    """What keeps one treatment from going on: its end, or that nobody can reach the patient."""
    end = end_of_treatment_line(course, treatment)
    stops = _lost(course) + ([end] if end is not None else [])
    first = min(stops, key=lambda stop: stop.day, default=None)
    return _with_others(first, stops, _taken_up_again(course, treatment, first)) if first is not None else None


def recorded_end(course: Course) -> Stop | None:
    """The end of all treatment as somebody recorded it, unless one of the treatments was taken up again since."""
    if not course.ends_of_treatment:
        return None
    stop = _stop(course.ends_of_treatment[-1])
    return None if any(was_reopened(course, name, stop) for name in course.reopened) else stop


def _of_all_treatment(course: Course) -> list[Stop]:
    return [_stop(fact) for fact in (*course.ends_of_treatment, *course.withdrew)]


def was_reopened(course: Course, treatment: str, stop: Stop) -> bool:
    """True when a treatment was taken up again, with a reason, after all had ended. On one day the later record counts."""
    ended = (stop.decided, stop.fact.number)
    return any((fact.day, fact.number) > ended for fact in course.reopened.get(treatment, ()))


def _died(course: Course) -> list[Stop]:
    """Death takes away what is later than its day; so does a grade 5 until somebody records the death or denies it."""
    return [_from_the_next_day(course.death)] if course.death is not None else []


def _not_eligible(course: Course) -> list[Stop]:
    """A patient who was found not eligible has nothing planned, until a new screening begins."""
    return [_stop(course.screen_failure)] if course.screen_failure is not None else []


def _lost(course: Course) -> list[Stop]:
    """A patient whom nobody can reach has nothing planned; once contacted, the calendar goes on as if never lost."""
    return [_from_the_next_day(away.opened) for away in course.away if away.end is None]


def stop_of_visits(course: Course, is_contact: bool = False) -> Stop | None:
    """What ends visits: death; withdrawal from visits (a contact goes on) or from all."""
    stops = _died(course) + _lost(course) + _not_eligible(course)
    for fact in course.withdrew:
        withdrawn_from = cast(Withdrew, fact.event).from_
        if withdrawn_from == "all" or (withdrawn_from == "visits" and not is_contact):
            stops.append(_stop(fact))
    return min(stops, key=lambda stop: stop.day, default=None)


def stop_of(course: Course, line: Timeline) -> Stop | None:
    """What ends a timeline, if anything did."""
    if line.role is Role.TREATMENT:
        return stop_of_treatment(course, line.name)
    return stop_of_visits(course, line.kind == "contact")


def _stop(fact: Fact) -> Stop:
    return Stop(effective(fact), fact.day, fact)


def _from_the_next_day(fact: Fact) -> Stop:
    day = fact.day
    return Stop(day + 1, day, fact)
