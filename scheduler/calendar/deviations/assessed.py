"""Deviations as somebody has assessed them: how important each is, what caused it, the day it was found and the day reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.patient.course import Course
from scheduler.patient.events import DeviationAssessed
from scheduler.patient.log import Fact
from scheduler.said import said

NO_LONGER = said("assessed, and no deviation any more")
"""What is said of an assessment whose deviation is gone: a date was corrected, a record struck."""

_LASTING = (Deviated.HOLD_TOO_LONG, Deviated.REPORTED_LATE, Deviated.NOT_DECIDED)
"""What goes on from its last day allowed until somebody ends it; on the list its date moves with the day of the list."""


def with_assessments(deviations: Iterable[Deviation], course: Course, on: date | None = None) -> Iterator[Deviation]:
    """The deviations, each with the last assessment of it; and an assessment whose deviation is no more.

    An assessment is of the deviations of its kind and entry that were there when it was recorded, and of those of them that
    nobody had assessed, where there are any. ``on`` is the day of the list, None where it is of no day: then what is only
    there on a day is not said to be gone.
    """
    ledger = list(deviations)
    facts = sorted(course.of(DeviationAssessed), key=lambda fact: fact.number)
    last: dict[int, Fact] = {}
    left: dict[tuple[str, str | None], Fact] = {}
    for fact in facts:
        there = [at for at, each in enumerate(ledger) if _key(each) == _named(fact) and _was_there(each, fact)]
        for at in [at for at in there if at not in last] or there:
            last[at] = fact
        if there:
            left.pop(_named(fact), None)
        elif on is not None or not _of_a_day(fact):
            left[_named(fact)] = fact
    for at, deviation in enumerate(ledger):
        yield _assessed(replace(deviation, found=_recorded(deviation, course)), last.get(at))
    for (kind, about), fact in left.items():
        known = kind in {each.value for each in Deviated}
        yield _assessed(
            Deviation(
                Deviated(kind) if known else Deviated.CONFIRMED,
                about or "",
                None,
                fact.event.on,
                None,
                NO_LONGER,
                None,
                (),
            ),
            fact,
        )


def _was_there(deviation: Deviation, fact: Fact) -> bool:
    """True where the deviation had come before its assessment; one that lasts may have ended since."""
    began = began_on(deviation)
    if _lasts(deviation):
        return min(deviation.events, default=0) < fact.number and (began is None or began <= fact.event.on)
    if deviation.events:
        return max(deviation.events) < fact.number
    return began is None or began <= fact.event.on


def began_on(deviation: Deviation) -> date | None:
    """The day on which it came to be a deviation: its own, or the first day too many of one that lasts."""
    if deviation.date is None or not _lasts(deviation) or not deviation.days_off:
        return deviation.date
    return deviation.date - timedelta(days=deviation.days_off - 1)


def _lasts(deviation: Deviation) -> bool:
    return deviation.kind in _LASTING and deviation.days_off is not None


def _of_a_day(fact: Fact) -> bool:
    return _named(fact)[0] in (Deviated.NO_RECORD, *_LASTING)


def _key(deviation: Deviation) -> tuple[str, str | None]:
    return deviation.kind.value, deviation.about


def _named(fact: Fact) -> tuple[str, str | None]:
    event = cast(DeviationAssessed, fact.event)
    return event.deviation, event.about


def _recorded(deviation: Deviation, course: Course) -> date | None:
    """The day on which the last of its events was recorded, in UTC, and not before the day that it is about."""
    records = (course.log.record(number) for number in deviation.events)
    return max(
        (max(each.event.on, each.event.recorded_at.date()) for each in records if each is not None), default=None
    )


def _assessed(deviation: Deviation, fact: Fact | None) -> Deviation:
    if fact is None:
        return deviation
    event = cast(DeviationAssessed, fact.event)
    return replace(
        deviation,
        importance=event.importance,
        cause=event.cause,
        found=event.found or deviation.found,
        reported=event.reported,
        events=tuple(sorted({*deviation.events, *fact.numbers})),
    )
