"""Cycles and doses that come later than the protocol's limit on a delay, which may differ for logistics and for toxicity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from scheduler.calendar.engine.evaluation.circumstances import hold_on
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import Placement
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import Day, add_span
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.limits import Cause
from scheduler.protocol.plan.study import Timeline
from scheduler.said import Code, said


def delayed_too_long(ev: Evaluation, line: Timeline, put: list[Placement]) -> Iterator[Finding]:
    """A finding for each occurrence that is, or is planned, later after the day it was due than its cause allows."""
    limits = line.limits.delay_at_most
    for placement in put if limits else ():
        due, day = placement.nominal, placement.day
        if due is None or day is None:
            continue
        causes = [cause for cause in _causes(ev, placement, due) if cause in limits] or [*limits]
        # Where both causes put it off, the longer limit holds: nobody can tell the days apart.
        cause = max(causes, key=lambda each: add_span(due, limits[each]))
        if day > add_span(due, limits[cause]):
            message = said(
                "{entry} is {days} days after the day it was due, more than {limit}",
                entry=Code(placement.id),
                days=day - due,
                limit=span_in_words(limits[cause]),
            )
            if cause is Cause.LOGISTICS:
                message = said("{delay} for logistics", delay=message)
            elif cause is Cause.TOXICITY:
                message = said("{delay} for toxicity", delay=message)
            hint = said("the investigator decides whether to go on")
            yield Finding.of("delay-too-long", Severity.WARNING, message, hint, entry=placement.id)


def _causes(ev: Evaluation, placement: Placement, due: Day) -> Iterator[Cause]:
    yield Cause.ANY
    delayed = ev.course.about(placement.id).delayed
    if delayed is not None and cast(Any, delayed.event).until.toordinal() > due:
        yield Cause.LOGISTICS
    if placement.waited is not None or hold_on(ev.holds(placement.line), due) is not None:
        yield Cause.TOXICITY
