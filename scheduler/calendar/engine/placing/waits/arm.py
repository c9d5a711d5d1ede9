"""What waits for the arm while a patient is in the run-in or induction that all get: nobody knows yet what follows it."""

from __future__ import annotations

from scheduler.calendar.engine.evaluation.being_placed import BeingPlaced
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import ends_before_randomisation
from scheduler.calendar.engine.evaluation.placement import CANCELLED, PENDING
from scheduler.calendar.entries.because import Event, Unknown, highest
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import said

THE_ARM = Unknown(said("the arm that the patient will be randomised to"))


def wait_for_the_arm(ev: Evaluation, placement: BeingPlaced, timing: Timing) -> None:
    """No date before randomisation: another arm may not have it, or have it otherwise. A struck randomisation is looked at.

    What ended all treatment before it takes it away.
    """
    ends = ev.events(*ends_before_randomisation(ev))
    placement.standing = CANCELLED if ends else PENDING
    placement.set_by = (timing.clause, *(ends or (THE_ARM,)))
    placement.reach(highest(ends, 0))
    struck = tuple(Event(number) for number in ev.course.dates_taken_back.get("randomisation", ()))
    placement.looked += struck
    placement.reach(highest(struck, 0))
