"""When so many hours after something are over: by the site's clock, from the time that was recorded."""

from __future__ import annotations

from datetime import time, timedelta

from scheduler.calendar.engine.evaluation.answers import Answer, never, of_occurrence
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, NOT_DONE, Placement
from scheduler.calendar.entries.because import Count
from scheduler.dates import Day, Span, Unit, add_span, civil_date
from scheduler.local_times import as_recorded, later
from scheduler.protocol.plan.study import Role, Timeline


def hours_after(ev: Evaluation, placement: Placement, day: Day, span: Span, line: Timeline) -> Answer:
    """So many hours after an occurrence: a time of day where its own is recorded, else as many whole days.

    Two of one treatment are never planned for one day, unless a day has several of it. A visit so long after a dose that was
    not done never comes: there is no pump to take off.
    """
    if placement.standing is NOT_DONE and line.role is Role.VISIT:
        return never((ev.after(placement.id),), placement.latest)
    least = day + 1 if placement.line is line else day
    reason = ev.after(placement.id)
    over = hours_over(ev, placement, span.amount)
    if over is None:
        return of_occurrence(placement, reason, max(add_span(day, span), least), Count(day, span, 1))
    counted = Count(day, span, 1, None, (placement.time or "", over[1]), zone_there(ev, day, over[0]))
    if over[0] < least:
        return of_occurrence(placement, reason, least, counted)
    return of_occurrence(placement, reason, over[0], counted)._replace(time=over[1])


def on_its_day(ev: Evaluation, line: Timeline, before: Placement) -> Answer:
    """As many hours after the fraction before as they have to be apart; the next day where its own is over by then."""
    over = hours_over(ev, before, line.hours_apart)
    if over is None or before.day is None:
        return of_occurrence(before, ev.after(before.id), before.day)
    span, there = Span(line.hours_apart, Unit.HOURS), zone_there(ev, before.day, over[0])
    counted = Count(before.day, span, 1, None, (before.time or "", over[1]), there)
    return of_occurrence(before, ev.after(before.id), over[0], counted)._replace(time=over[1])


def hours_over(ev: Evaluation, placement: Placement, hours: int) -> tuple[Day, str] | None:
    """The day and the local time; None while nobody recorded at what time it was.

    They are true hours: where the clocks change in between, the time is an hour more or less.
    """
    if placement.standing is not DONE or placement.day is None or placement.time is None:
        return None
    zone = ev.site.zone_on(placement.day)
    began = as_recorded(civil_date(placement.day), time.fromisoformat(placement.time), zone)
    over = later(began, timedelta(hours=hours), ev.site.zone_on)
    return over.day.toordinal(), over.at.isoformat("minutes")


def zone_there(ev: Evaluation, began: Day, over: Day) -> str | None:
    """The time zone of the site on the later day, where it is another: the patient has moved on in between."""
    zone = ev.site.zone_on(over)
    return zone if zone != ev.site.zone_on(began) else None
