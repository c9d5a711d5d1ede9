"""In which epoch of the study a patient is on each day: from the beginning of one to the day before the next begins."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.engine.entering.periods import bound_of
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.entry import Epoch


def epochs_of(ev: Evaluation) -> tuple[Epoch, ...]:
    """Every epoch that has begun or is planned to, in the protocol's order; the first has no beginning that bounds it."""
    epochs: list[Epoch] = []
    for number, epoch in enumerate(ev.plan.epochs):
        start = bound_of(ev, epoch.start)
        if number == 0 or start.day is not None:
            epochs.append(Epoch(epoch.name, date.fromordinal(start.day) if start.day is not None else None))
    return tuple(epochs)
