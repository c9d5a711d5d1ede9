"""Numbers of doses and cycles that skip, or go back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.entries.entry import Flag
from scheduler.patient.events import CycleStarted, Given, NotDone
from scheduler.protocol.plan.study import Timeline
from scheduler.said import Code, said


def number_skips(candidate: Candidate) -> Iterator[Told]:
    """A number after one that nobody has recorded: the calendar would go on from it, and leave those between unused."""
    event = candidate.event
    if not isinstance(event, Given | CycleStarted):
        return
    line = candidate.treatment(event.treatment)
    if line is None:
        return
    number, field = (event.n, "n") if isinstance(event, Given) else (event.cycle, "cycle")
    recorded = _recorded_together(candidate, line)
    last = max(recorded, default=line.first_number - 1)
    skipped = skipped_before(candidate, line, number)
    if not skipped:
        return
    between = (
        said("number {number}", number=skipped[0])
        if len(skipped) == 1
        else said("numbers {first} to {last}", first=skipped[0], last=skipped[-1])
    )
    what = said(
        "{treatment} {number} skips {between}: {after}",
        treatment=Code(event.treatment),
        number=number,
        between=between,
        after=said("the last one recorded is {last}", last=last) if recorded else said("none is recorded yet"),
    )
    hint = said(
        "the next number is {skipped}; what was given or left out before belongs into the log first",
        skipped=Code(f"{skipped[0]}"),
    )
    timing = line.timing(number)
    yield Told(what, field, hint, timing.clause if timing is not None else None)


def number_goes_back(candidate: Candidate) -> Iterator[Told]:
    """A number below one that was given on an earlier day: the next one counts from the last that was given."""
    event = candidate.event
    if not isinstance(event, Given | CycleStarted) or candidate.course.about(event.entries[0]).done is not None:
        return
    number, field = (event.n, "n") if isinstance(event, Given) else (event.cycle, "cycle")
    higher = [
        (each.on, each.n if isinstance(each, Given) else each.cycle, fact.numbers)
        for fact in candidate.course.of(Given, CycleStarted)
        if isinstance(each := fact.event, Given | CycleStarted) and each.treatment == event.treatment
    ]
    before = max((each for each in higher if each[1] > number and each[0] < event.on), default=None)
    if before is None:
        return
    what = said(
        "{treatment} {number} would be given after {treatment} {other}, of {on}",
        treatment=Code(event.treatment),
        number=number,
        other=before[1],
        on=Code(f"{before[0]}"),
    )
    hint = said(
        "look at the numbers and dates of both; the next number is {next}", next=max(each[1] for each in higher) + 1
    )
    line = candidate.treatment(event.treatment)
    timing = line.timing(number) if line is not None else None
    yield Told(what, field, hint, timing.clause if timing is not None else None, before[2])


def skipped_before(candidate: Candidate, line: Timeline, number: int, others: Iterable[int] = ()) -> list[int]:
    """The numbers between the last that was recorded, these ``others`` among them, and a number that goes on from it."""
    last = max((*_recorded_together(candidate, line), *others), default=line.first_number - 1)
    together = _counted_together(candidate, line)
    return [n for n in range(last + 1, number) if any(_has(candidate, name, n) for name in together)]


def _recorded_together(candidate: Candidate, line: Timeline) -> set[int]:
    return {n for name in _counted_together(candidate, line) for n in _recorded(candidate, name)}


def _counted_together(candidate: Candidate, line: Timeline) -> tuple[str, ...]:
    """The treatments whose numbers are one: those of cycles that go on without a drug which is held or was left out."""
    plans = [plan for plan in candidate.plans() if plan.timelines.get(line.name) is line]
    clock = plans[0].cycles_of(line) if plans else None
    return (line.name,) if clock is None else (line.name, *plans[0].drugs[clock.name])


def _has(candidate: Candidate, treatment: str, number: int) -> bool:
    """Not where the treatment goes by some cycles of another alone and this is none of them, nor where a fact left it out."""
    line, entry = candidate.treatment(treatment), candidate.calendar.entry(f"{treatment}.{number}")
    if line is None or (entry is not None and Flag.NOT_FOR_PATIENT in entry.flags):
        return False
    return line.follows is None or bool(line.follows.days_in(number))


def _recorded(candidate: Candidate, treatment: str) -> set[int]:
    """The numbers that were given, started or recorded as not done."""
    found: set[int] = set()
    for fact in candidate.course.of(Given, CycleStarted, NotDone):
        event = fact.event
        if isinstance(event, NotDone):
            name, _, rest = event.entry.partition(".")
            number = rest.partition(".")[0]
            found |= {int(number)} if name == treatment and number.isdigit() else set()
        elif isinstance(event, Given) and event.treatment == treatment:
            found.add(event.n)
        elif isinstance(event, CycleStarted) and event.treatment == treatment:
            found.add(event.cycle)
    return found
