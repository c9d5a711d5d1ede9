"""What a patient's diary brings back: the times of a day's doses, and how many prompts of a day were answered."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.engine.dosing.cycle_days import gives_on_day
from scheduler.calendar.engine.dosing.taken_doses import is_above_the_most
from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Dose, Status
from scheduler.calendar.entries.unplanned import treatment_of
from scheduler.patient.events import NotTaken, Taken, VisitDone, parse_amount
from scheduler.protocol.plan.dosing.give import Give
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed
from scheduler.said import Code, Quoted, Said, counted, said


def times_and_doses(candidate: Candidate) -> Iterator[Told]:
    """A dose too many, or one that may not have been taken: the amount of the day is then another."""
    event = candidate.event
    if not isinstance(event, Taken) or not event.times or event.amount is not None:
        return
    for plan in candidate.plans():
        line = plan.timelines.get(event.treatment)
        if line is not None and line.as_needed:
            continue
        numbers = {doses_a_day(give.frequency) or 0: give for give in line.gives} if line is not None else {}
        most = max(numbers, default=0)
        wrong: tuple[int, str | None, Give | None] | None
        wrong = (most, None, numbers.get(most)) if most and len(event.times) not in numbers else None
        wrong = wrong or (_on_a_day(candidate, event, line) if line is not None else None)
        if wrong is not None:
            doses, day, give = wrong
            have = _doses_of(event.treatment, day, doses)
            hint = said(
                "write all times of the day; so many doses count, where no 'amount' says what was taken that day"
            )
            clause = give.clause if give is not None else None
            yield Told(said("{times}, and {have}", times=_times(len(event.times)), have=have), "times", hint, clause)
            return


def start_taken_back(candidate: Candidate) -> Iterator[Told]:
    """Days as not taken, with the first of a cycle among them that was recorded as taken: it began later then, or never."""
    event = candidate.event
    if not isinstance(event, NotTaken):
        return
    first, last = event.days
    for entry in candidate.calendar.entries:
        day_1 = entry.runs[0] if entry.timeline == event.treatment and entry.runs else None
        numbers = tuple(each.number for each in entry.because.set_by if isinstance(each, Event))
        if day_1 is None or day_1.status is not Status.DONE or not numbers or not first <= day_1.first_date <= last:
            continue
        what = said(
            "{entry} began on {day} (event {number}), and by this report nothing was taken on that day",
            entry=Code(entry.id),
            day=Code(f"{day_1.first_date}"),
            number=Code(f"{numbers[-1]}"),
        )
        hint = said("look at the days; where that record is wrong, correct or strike it")
        yield Told(what, "from", hint, events=numbers)


def nothing_missed(candidate: Candidate) -> Iterator[Told]:
    """Days as not taken, none of which has a dose: nothing was missed on them, and the days are likely others."""
    event = candidate.event
    line = candidate.treatment(event.treatment) if isinstance(event, NotTaken) else None
    if not isinstance(event, NotTaken) or line is None or not line.has_days or line.as_needed:
        return
    first, last = event.days
    entries = (each for each in candidate.calendar.entries if treatment_of(each.timeline) == event.treatment)
    if not any(run.first_date <= last and first <= run.last_date for each in entries for run in each.runs):
        what = counted(
            "{treatment} has no dose on the day that is reported as not taken",
            "{treatment} has no dose on any of the {n} days that are reported as not taken",
            (last - first).days + 1,
            treatment=Code(event.treatment),
        )
        clause = line.gives[0].clause if line.gives else None
        yield Told(what, "from", said("look at the days; leave it out where no dose was due on them"), clause)


def taken_as_needed(candidate: Candidate) -> Iterator[Told]:
    """More than a day may have of what is taken as needed, by its amount or its times; or a day of which neither is said."""
    event = candidate.event
    line = candidate.treatment(event.treatment) if isinstance(event, Taken | NotTaken) else None
    if line is None or not line.as_needed:
        return
    if isinstance(event, NotTaken):
        what = said("{treatment} is taken as needed: a day without is no missed dose", treatment=Code(event.treatment))
        yield Told(
            what, "from", said("leave it out: only the days on which some was taken are recorded"), line.gives[0].clause
        )
    elif isinstance(event, Taken) and event.amount is None and not event.times:
        what = said("how much {treatment} was taken as needed is not known", treatment=Code(event.treatment))
        hint = said("write 'amount', of the whole day, or 'times', one for each dose")
        yield Told(what, "treatment", hint, line.gives[0].clause)
    elif isinstance(event, Taken) and (above := _above_the_most(event, line)) is not None:
        taken, give = above
        what = said(
            "{taken} in a day, and {dose} of {treatment} is taken {frequency}",
            taken=taken,
            dose=Code(f"{give.amount or 0:f} {give.unit}"),
            treatment=Code(event.treatment),
            frequency=Quoted(f"{give.frequency}", "en"),
        )
        field = "times" if event.amount is None else "amount"
        yield Told(what, field, said("look after the patient, and at the diary"), give.clause)


def _above_the_most(event: Taken, line: Timeline) -> tuple[Said | Code, Give] | None:
    """What is said to have been taken in a day, where that is more than any day of the treatment may have."""
    give = max(line.gives, key=lambda each: (each.amount or 0) * (most_as_needed(each.frequency) or 0))
    due = Dose(give.amount, give.unit, often=give.frequency)
    if event.amount is not None:
        return (Code(event.amount), give) if is_above_the_most(Dose(*parse_amount(event.amount)), due) else None
    if len(event.times) <= (most_as_needed(give.frequency) or 0):
        return None
    return counted("{n} dose", "{n} doses", len(event.times)), give


def _on_a_day(candidate: Candidate, event: Taken, line: Timeline) -> tuple[int, str | None, Give] | None:
    """The first of the days on which so many doses are not due, such as one of an evening alone."""
    for entry in candidate.calendar_after.entries:
        for run in entry.runs if entry.timeline == event.treatment else ():
            day = max(run.first_date, event.from_)
            gives = gives_on_day(line, entry.counts_as, run.first_day + (day - run.first_date).days)
            numbers = {doses_a_day(give.frequency) or 0: give for give in gives}
            if day <= min(run.last_date, event.to) and numbers and len(event.times) not in numbers:
                return max(numbers), str(day), numbers[max(numbers)]
    return None


def _times(number: int) -> Said:
    return said("one time is written") if number == 1 else said("{number} times are written", number=number)


def _doses_of(treatment: str, day: str | None, doses: int) -> Said:
    if day is None:
        return counted(
            "a day of {treatment} has {n} dose", "a day of {treatment} has {n} doses", doses, treatment=Code(treatment)
        )
    return counted(
        "{day} of {treatment} has {n} dose",
        "{day} of {treatment} has {n} doses",
        doses,
        day=Code(day),
        treatment=Code(treatment),
    )


def prompts_answered(candidate: Candidate) -> Iterator[Told]:
    """A number of answers that the day cannot have."""
    event = candidate.event
    if not isinstance(event, VisitDone) or event.answered is None:
        return
    entry = candidate.calendar_after.entry(event.entry)
    if entry is None:
        return
    if entry.prompts is None:
        yield Told(
            said("{entry} has no prompts that could be answered", entry=Code(f"{event.entry}")),
            "answered",
            said("leave 'answered' out"),
        )
    elif event.answered > entry.prompts.asked.a_day:
        what = said(
            "{answered} prompts are written as answered, and the day has {a_day}",
            answered=Code(f"{event.answered}"),
            a_day=Code(f"{entry.prompts.asked.a_day}"),
        )
        yield Told(what, "answered", said("look at the number and at the day"), entry.prompts.asked.clause)
