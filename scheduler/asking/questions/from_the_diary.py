"""What a patient's diary brings back: the times of a day's doses, and how many prompts of a day were answered."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.patient.events import Taken, VisitDone
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


def prompts_answered(candidate: Candidate) -> Iterator[Told]:
    """A number of answers that the day cannot have."""
    event = candidate.event
    if not isinstance(event, VisitDone) or event.answered is None:
        return
    entry = candidate.calendar_after.entry(event.entry)
    if entry is None:
        return
    if entry.prompts is None:
        yield Told(f"{event.entry} has no prompts that could be answered", "answered", "leave 'answered' out")
    elif event.answered > entry.prompts.asked.a_day:
        what = f"{event.answered} prompts are written as answered, and the day has {entry.prompts.asked.a_day}"
        yield Told(what, "answered", "look at the number and at the day", entry.prompts.asked.clause)
