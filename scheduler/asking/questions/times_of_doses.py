"""The times of a day's doses, as a patient's diary has them: more or fewer of them than the day has doses."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.events import Taken
from scheduler.protocol.plan.times.frequency import doses_a_day


def times_and_doses(candidate: Candidate) -> Iterator[Told]:
    """A dose too many, or one that may not have been taken: the amount of the day is then another."""
    event = candidate.event
    if not isinstance(event, Taken) or not event.times or event.amount is not None:
        return
    for plan in candidate.plans():
        line = plan.timelines.get(event.treatment)
        numbers = {doses_a_day(give.frequency) or 0: give for give in line.gives} if line is not None else {}
        most = max(numbers, default=0)
        if most and len(event.times) not in numbers:
            what = (
                f"{_times(len(event.times))}, and a day of {event.treatment} has {most} dose{'' if most == 1 else 's'}"
            )
            hint = (
                "write all times of the day; where it was not the whole dose, write 'amount', what was taken that day"
            )
            yield Told(what, "times", hint, numbers[most].clause)
            return


def _times(number: int) -> str:
    return "one time is written" if number == 1 else f"{number} times are written"
