"""What waits for the arm while a patient is in the run-in or induction that all get: nobody knows yet what follows it."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.placement import PENDING, Placement
from scheduler.calendar.entries.because import Event, Unknown, highest
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import said

THE_ARM = Unknown(said("the arm that the patient will be randomised to"))


def wait_for_the_arm(ev: Evaluation, placement: Placement, timing: Timing) -> None:
    """No date before randomisation: another arm may not have it, or have it otherwise. A struck randomisation is looked at."""
    placement.standing = PENDING
    placement.set_by = (timing.clause, THE_ARM)
    struck = tuple(Event(number) for number in ev.course.dates_taken_back.get("randomisation", ()))
    placement.looked += struck
    placement.reach(highest(struck, 0))
