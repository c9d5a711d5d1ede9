"""When so many hours after something are over: by the site's clock, from the time that was recorded."""

from __future__ import annotations

from datetime import time, timedelta

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import DONE, Placement
from scheduler.dates import Day, civil_date
from scheduler.local_times import LocalTime, later


def hours_over(ev: Evaluation, placement: Placement, hours: int) -> tuple[Day, str] | None:
    """The day and the local time; None while nobody recorded at what time it was.

    They are true hours: where the clocks change in between, the time is an hour more or less. Of a time that came twice the
    second counts, so that nothing is too soon.
    """
    if placement.standing is not DONE or placement.day is None or placement.time is None:
        return None
    began = LocalTime(civil_date(placement.day), time.fromisoformat(placement.time), ev.site.zone, second=True)
    over = later(began, timedelta(hours=hours))
    return over.day.toordinal(), over.at.isoformat("minutes")
