"""Randomisation itself, while a patient is in the run-in or induction before it: when it is due, by what rule."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.evaluation.first_dose import ends_before_randomisation
from scheduler.calendar.entries.because import Because, Unknown, distinct
from scheduler.calendar.entries.entry import Kind, Pending
from scheduler.dates import civil_date
from scheduler.said import said

RANDOMISATION = "randomisation"
_TO_BE_RECORDED = Unknown(said("the day on which the patient is randomised"))


def randomisation_due(ev: Evaluation) -> Iterator[Pending]:
    """One line where the protocol says when; none once it is recorded, and none where treatment has ended before."""
    line = ev.plan.dates.get(RANDOMISATION)
    comes_first = any(each.before_randomisation for each in ev.plan.treatments())
    if not comes_first or line is None or RANDOMISATION in ev.course.dates or ends_before_randomisation(ev):
        return
    placement = ev.place(line, 1)
    clause = placement.timing.clause.text if placement.timing is not None else ""
    first, last = placement.first, placement.last
    yield Pending(
        RANDOMISATION,
        RANDOMISATION,
        Kind.VISIT,
        line.title,
        clause,
        Because(distinct((*placement.set_by, _TO_BE_RECORDED)), distinct(placement.looked), placement.latest),
        civil_date(placement.day) if placement.day is not None else None,
        (civil_date(first), civil_date(last)) if first is not None and last is not None else None,
    )
