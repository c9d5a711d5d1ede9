"""What may happen at the start of a cycle or dose, how likely each is, and the events that say it in a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scheduler.forecasting.expecting.rates import Chance, Course
from scheduler.patient.events import Delayed, Discontinued, DoseChanged, EndOfTreatment, Event


@dataclass(frozen=True, slots=True)
class Start:
    """The planned start of a cycle or dose to come. ``lower`` is the next lower level and its dose, where there is one.

    ``in_cycles``: its number is that of a cycle; else that of a dose.
    """

    day: date
    treatment: str
    n: int
    in_cycles: bool
    lower: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens at one start; nothing of these: it goes as planned."""

    ended: bool = False
    discontinued: bool = False
    delayed: bool = False
    reduced: bool = False


AS_PLANNED = Outcome()


def outcomes_of(course: Course, can_be_reduced: bool) -> tuple[tuple[Fraction, Outcome], ...]:
    """Everything that may happen at one start, with its chance; as planned first. The chances add up to 1.

    Whoever has no lower level goes on as they are.
    """
    ended, discontinued = _chance(course.ended), _chance(course.discontinued)
    delayed, reduced = _chance(course.delayed), _chance(course.reduced) if can_be_reduced else Fraction(0)
    goes_on = (1 - ended) * (1 - discontinued)
    found = [
        (goes_on * (1 - delayed) * (1 - reduced), AS_PLANNED),
        (ended, Outcome(ended=True)),
        ((1 - ended) * discontinued, Outcome(discontinued=True)),
        (goes_on * delayed * (1 - reduced), Outcome(delayed=True)),
        (goes_on * (1 - delayed) * reduced, Outcome(reduced=True)),
        (goes_on * delayed * reduced, Outcome(delayed=True, reduced=True)),
    ]
    return (found[0], *(each for each in found[1:] if each[0]))


def _chance(chance: Chance | None) -> Fraction:
    return Fraction(0) if chance is None else chance.chance


def events_of(start: Start, course: Course, outcome: Outcome) -> tuple[Event, ...]:
    """The events that say it, as staff would record them on the planned day."""
    if outcome.ended:
        return (EndOfTreatment(on=start.day),)
    if outcome.discontinued:
        return (Discontinued(on=start.day, treatment=start.treatment),)
    events: list[Event] = []
    if outcome.reduced and start.lower is not None:
        level, dose = start.lower
        events.append(DoseChanged(on=start.day, treatment=start.treatment, level=level, dose=dose))
    if outcome.delayed and course.delayed is not None:
        until = start.day + timedelta(days=course.delayed.days)
        cycle, n = (start.n, None) if start.in_cycles else (None, start.n)
        events.append(Delayed(on=start.day, treatment=start.treatment, cycle=cycle, n=n, until=until))
    return tuple(events)
