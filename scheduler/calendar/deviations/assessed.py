"""Deviations as somebody has assessed them: how important each is, what caused it, the day it was found and the day reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.patient.course import Course
from scheduler.patient.events import DeviationAssessed
from scheduler.patient.log import Fact

NO_LONGER = "assessed, and no deviation any more"
"""What is said of an assessment whose deviation is gone: a date was corrected, a record struck."""


def with_assessments(deviations: Iterable[Deviation], course: Course) -> Iterator[Deviation]:
    """The deviations, each with the last assessment of it; and an assessment whose deviation is no more."""
    last: dict[tuple[str, str | None], Fact] = {}
    for fact in course.of(DeviationAssessed):
        last[_named(fact)] = fact
    left = dict(last)
    for deviation in deviations:
        key = (deviation.kind.value, deviation.about)
        left.pop(key, None)
        yield _assessed(replace(deviation, found=_recorded(deviation, course)), last.get(key))
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
