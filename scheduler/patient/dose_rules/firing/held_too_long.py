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
from scheduler.patient.replaying.held_on import held_on_from
from scheduler.protocol.plan.rules import OnHoldFor

FirstMissed = Callable[[str, Hold], Day | None]
"""The first dosing day that a hold of a treatment made it miss; None while nobody can tell."""


def read_holds(history: History, first_missed: FirstMissed, readings: Readings) -> None:
    """Add every hold that lasted longer than a rule allows, or will unless dosing is resumed."""
    for rule, asked in history.index.holds:
        holds = history.course.holds.get(rule.treatment, ())
        first_ones = held_on_from(holds)
        for hold in holds:
            if hold.discontinued:
                continue
            missed = first_missed(rule.treatment, hold)
            if missed is None:
                continue
            last = add_span(missed, asked.longer_than)
            before = first_ones.get(hold.opened.number)
            if before is not None and _goes_on_after(before, last):
                # The earlier one asks already, from the same day on.
                continue
            if _goes_on_after(hold, last):
                facts = hold.facts if before is None else (*hold.facts, *before.facts)
                complete(history, Reading(rule, hold.opened, last + 1, facts), True, OnHoldFor, readings)


def _goes_on_after(hold: Hold, day: Day) -> bool:
    return hold.end is None or hold.end > day
