"""What was recorded late: weights, heights, levels and prescriptions that are dated before doses recorded earlier.

A dose that was recorded keeps the amount that followed from what stood before it in the order of recording.
"""

from __future__ import annotations

from scheduler.dates import Day
from scheduler.patient import events as ev
from scheduler.patient.course import Late
from scheduler.patient.log import Log, Record

_ORDERS = (ev.Resumed, ev.DoseChanged, ev.Decided)
_BEARS_ON_AMOUNTS = (ev.Attribute, ev.Prescribed, *_ORDERS)


def recorded_late(log: Log) -> tuple[Late, ...]:
    """Every record that bears on an amount and is dated before, or on, the day of a dose that was recorded earlier."""
    late: list[Late] = []
    by_number: dict[int, Record] = {}
    last_dose: Day | None = None
    for record in log.records:
        by_number[record.number] = record
        day = _bears_from(record.event, by_number)
        if day is not None and last_dose is not None and day <= last_dose:
            late.append(Late(record.number, day))
        given = _last_day_given(record.event)
        if given is not None:
            last_dose = given if last_dose is None else max(last_dose, given)
    return tuple(late)


def _bears_from(event: ev.Event, by_number: dict[int, Record]) -> Day | None:
    """The first day whose amounts a record bears on, where it bears on any."""
    if isinstance(event, ev.Corrected | ev.Struck):
        before = by_number.get(event.number)
        days = [_bears_from(before.event, by_number)] if before is not None and before.event is not event else []
        if isinstance(event, ev.Corrected):
            days.append(_bears_from(event.with_, by_number))
        return min((day for day in days if day is not None), default=None)
    if not isinstance(event, _BEARS_ON_AMOUNTS):
        return None
    # An order of the same day counts on it, that day included, whichever of the two was written down first.
    return event.on.toordinal() + (1 if isinstance(event, _ORDERS) else 0)


def _last_day_given(event: ev.Event) -> Day | None:
    if isinstance(event, ev.Taken):
        return event.to.toordinal()
    return event.on.toordinal() if isinstance(event, ev.Given | ev.CycleStarted) else None
