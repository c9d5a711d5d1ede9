"""Doses that the plan does not have, that came too early or after the end, numbers that skip, and what visits left out."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.findings.doses.off_the_plan import BEYOND_LIMIT, TOO_EARLY, WHILE_OMITTED
from scheduler.calendar.engine.findings.doses.rests import REST_AFTER_END, REST_DURING_HOLD
from scheduler.calendar.engine.findings.doses.values_needed import GOES_ON_WITHOUT
from scheduler.calendar.engine.moments.open_ended import limits_of
from scheduler.calendar.engine.placing.cancelled.branches import NOT_FOR_PATIENT
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Run, Status
from scheduler.calendar.entries.unplanned import is_unplanned, treatment_of
from scheduler.findings import Finding
from scheduler.patient.course import Course
from scheduler.patient.events import CycleStarted, Given, VisitDone
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.said import COMMAS, Code, Quoted, Said, counted, listed, said

_KINDS = {
    TOO_EARLY: Deviated.TOO_EARLY,
    BEYOND_LIMIT: Deviated.NOT_PLANNED,
    WHILE_OMITTED: Deviated.NOT_PLANNED,
    GOES_ON_WITHOUT: Deviated.VALUES_NOT_MET,
    NOT_FOR_PATIENT: Deviated.NOT_PLANNED,
    REST_AFTER_END: Deviated.AFTER_END,
    REST_DURING_HOLD: Deviated.DURING_HOLD,
}


def off_the_plan(plan: Plan, calendar: Calendar) -> Iterator[Deviation]:
    """A deviation for each sentence of the plan that a recorded dose is beside."""
    for finding in calendar.findings:
        entry = calendar.entry(finding.entry) if finding.code in _KINDS and finding.entry is not None else None
        if entry is not None:
            line = plan.timelines[entry.timeline]
            clause = _limit(line, finding) or _clause(line, entry)
            asked = line.goes_on.at(entry.n) if line.goes_on is not None else None
            if asked is not None and finding.code == GOES_ON_WITHOUT:
                clause = asked.clause
            if line.ladder is not None and finding.code == WHILE_OMITTED:
                clause = line.ladder.clause
            only_if = line.hangs_on(entry.n)
            if only_if is not None and finding.code == NOT_FOR_PATIENT:
                clause = only_if.clause
            numbers = tuple(sorted({*events_behind(entry.because), *finding.events}))
            kind = _KINDS[finding.code]
            yield Deviation(kind, entry.timeline, entry.id, entry.date, None, finding.told, clause, numbers)
    for entry in calendar.entries:
        if is_unplanned(entry):
            yield from _unplanned(plan, entry)
        elif entry.timeline in plan.timelines:
            yield from _of_entry(plan, calendar, entry)


def _unplanned(plan: Plan, entry: Entry) -> Iterator[Deviation]:
    treatment = treatment_of(entry.timeline)
    line = plan.timelines.get(treatment)
    numbers = events_behind(entry.because)
    clause = line.gives[0].clause if line is not None and line.gives else None
    if not entry.runs:
        what = said("{treatment} was given, which this arm does not have", treatment=Code(treatment))
        yield Deviation(Deviated.NOT_PLANNED, treatment, entry.id, entry.date, None, what, clause, numbers)
    for run in entry.runs:
        kind, taken = _when(treatment, run)
        what = said("{treatment} {taken}", treatment=Code(treatment), taken=taken)
        yield Deviation(kind, treatment, _name(entry, run), run.first_date, None, what, clause, numbers)


def _when(treatment: str, run: Run) -> tuple[Deviated, Said]:
    number, named = _length(run), Code(treatment)
    if Flag.AFTER_END in run.flags:
        return Deviated.AFTER_END, counted(
            "taken on {n} day after {treatment} had ended",
            "taken on {n} days after {treatment} had ended",
            number,
            treatment=named,
        )
    if Flag.GIVEN_DURING_HOLD in run.flags:
        return Deviated.NOT_PLANNED, counted(
            "taken on {n} day without a planned dose, while {treatment} was held",
            "taken on {n} days without a planned dose, while {treatment} was held",
            number,
            treatment=named,
        )
    return Deviated.NOT_PLANNED, counted(
        "taken on {n} day without a planned dose", "taken on {n} days without a planned dose", number
    )


def _of_entry(plan: Plan, calendar: Calendar, entry: Entry) -> Iterator[Deviation]:
    line, numbers = plan.timelines[entry.timeline], events_behind(entry.because)
    clause = _clause(line, entry)
    if entry.status is Status.DONE and Flag.AFTER_END in entry.flags:
        what = said("given after {treatment} had ended", treatment=Code(line.name))
        yield Deviation(Deviated.AFTER_END, line.name, entry.id, entry.date, None, what, clause, numbers)
    if entry.status is Status.DONE and Flag.NUMBER_SKIPPED in entry.flags:
        what = said("recorded as number {number}; {unused}", number=entry.n, unused=_unused(calendar, entry))
        yield Deviation(Deviated.NUMBER_SKIPPED, line.name, entry.id, entry.date, None, what, clause, numbers)
    for run in entry.runs:
        if run.status is Status.DONE and run.first_date != entry.date and not {*run.flags}.isdisjoint(_BESIDE):
            kind, what = _when(line.name, run)
            yield Deviation(
                kind, line.name, _name(entry, run), run.first_date, None, what, clause, events_behind(run.because)
            )


_BESIDE = (Flag.AFTER_END, Flag.NOT_PLANNED)


def _unused(calendar: Calendar, entry: Entry) -> Said:
    numbers = [
        each.n
        for each in calendar.entries
        if each.timeline == entry.timeline and each.n < entry.n and Flag.NUMBER_UNUSED in each.flags
    ]
    first, last = (min(numbers), max(numbers)) if numbers else (entry.n - 1, entry.n - 1)
    if first == last:
        return said("number {number} is not used", number=last)
    return said("numbers {first} to {last} are not used", first=first, last=last)


def _length(run: Run) -> int:
    return run.last_day - run.first_day + 1


def _name(entry: Entry, run: Run) -> str:
    name = f"{entry.id}.{run.first_day}"
    return name if run.first_day == run.last_day else f"{name}-{run.last_day}"


def _limit(line: Timeline, finding: Finding) -> Clause | None:
    """The sentence that allows no more, where the finding is about one."""
    if finding.code != BEYOND_LIMIT:
        return None
    clauses = [*(limit.clause for limit in line.counts), *(limit.clause for limit in limits_of(line))]
    return next((clause for clause in clauses if finding.message.endswith(clause.text)), None)


def _clause(line: Timeline, entry: Entry) -> Clause | None:
    timing = line.timing(entry.n)
    return timing.clause if timing is not None else next((limit.clause for limit in line.counts), None)


def left_out(calendar: Calendar, course: Course) -> Iterator[Deviation]:
    """A deviation for each visit that took place without some of its activities, on the day of the visit."""
    for fact in course.of(VisitDone, CycleStarted, Given):
        event = fact.event
        if not isinstance(event, VisitDone | CycleStarted | Given) or not event.not_done:
            continue
        found = (entry for key in event.entries if (entry := calendar.entry(key)) is not None)
        entry = next(found, None)
        if entry is not None and entry.status is Status.DONE:
            what = said("not done at the visit: {what}", what=listed(*map(Quoted, event.not_done), how=COMMAS))
            yield Deviation(Deviated.MISSED, entry.timeline, entry.id, event.on, None, what, None, fact.numbers)
