"""Rules about how long dosing has been held: the time runs from the first dosing day missed, and then every day counts.

Which day that was needs the calendar, for a hold can begin in a week off. The last day of the time is in time for a resume.
"""

from __future__ import annotations

from collections.abc import Callable

from scheduler.dates import Day, add_span
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.firing.all_rules import complete
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.reading import Reading, Readings
from scheduler.protocol.plan.rules import OnHoldFor

FirstMissed = Callable[[str, Hold], Day | None]
"""The first dosing day that a hold of a treatment made it miss; None while nobody can tell."""


def read_holds(history: History, first_missed: FirstMissed, readings: Readings) -> None:
    """Add every hold that lasted longer than a rule allows, or will unless dosing is resumed."""
    for rule, asked in history.index.holds:
        for hold in history.course.holds.get(rule.treatment, ()):
            if hold.discontinued:
                continue
            missed = first_missed(rule.treatment, hold)
            if missed is None:
                continue
            last = add_span(missed, asked.longer_than)
            if hold.end is None or hold.end > last:
                complete(history, Reading(rule, hold.opened, last + 1, hold.facts), True, OnHoldFor, readings)
