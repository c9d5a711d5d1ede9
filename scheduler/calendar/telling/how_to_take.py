"""What a patient is told of the hours between two doses and of meals, as the protocol says it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.entry import Dose
from scheduler.calendar.telling.explanation import Told


def how_to_take(doses: tuple[Dose, ...]) -> Iterator[Told]:
    """ "To be taken 12 hours ±1 hour apart, with food."; a sentence for each drug of several."""
    for dose in doses:
        if dose.taking is not None:
            of = f"{dose.of} is to" if dose.of else "To"
            yield Told(f"{of} be taken {dose.taking}.")
