"""Doses that were taken or given, beside those that were in force on their day."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.engine.dosing.taken_doses import is_above_the_most
from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Run, Status
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import COMMAS, Listed, listed, said


def wrong_doses(plan: Plan, calendar: Calendar, ordered: Calendar) -> Iterator[Deviation]:
    """A deviation for each dose, or stretch of days, whose amount is not the one in force.

    ``ordered`` is the same patient's calendar without any report of amounts.
    """
    for entry in calendar.entries:
        meant = ordered.entry(entry.id)
        if entry.timeline not in plan.timelines or entry.status is not Status.DONE or meant is None:
            continue
        if entry.runs:
            yield from _of_runs(plan, entry, meant)
        elif _differ(entry.doses, meant.doses):
            yield _wrong(plan, entry, entry.id, entry.doses, meant.doses, entry.because)


def _of_runs(plan: Plan, entry: Entry, meant: Entry) -> Iterator[Deviation]:
    for run in entry.runs:
        if run.status is not Status.DONE:
            continue
        for other in meant.runs:
            first, last = max(run.first_day, other.first_day), min(run.last_day, other.last_day)
            if first <= last and other.doses and _differ(run.doses, other.doses):
                name = f"{entry.id}.{first}" if first == last else f"{entry.id}.{first}-{last}"
                yield _wrong(plan, entry, name, run.doses, other.doses, run.because, run)


def _wrong(
    plan: Plan,
    entry: Entry,
    name: str,
    given: tuple[Dose, ...],
    meant: tuple[Dose, ...],
    because: Because,
    run: Run | None = None,
) -> Deviation:
    a_day = any(one.often != other.often for one, other in zip(given, meant, strict=True))
    what = (
        said("{given} a day; in force was {meant}", given=_said(given), meant=_said(meant))
        if a_day
        else said("{given}; in force was {meant}", given=_said(given), meant=_said(meant))
    )
    wrong = next((other for one, other in zip(given, meant, strict=True) if _differs(one, other)), meant[0])
    clause = clause_of(plan.timelines[entry.timeline], wrong, because)
    numbers = events_behind(because)
    day = run.first_date if run is not None else entry.date
    return Deviation(Deviated.WRONG_DOSE, entry.timeline, name, day, None, what, clause, numbers)


def clause_of(line: Timeline | None, dose: Dose, because: Because) -> Clause | None:
    """The sentence that a dose rests on: of several drugs or courses its own, else the ladder, or what is given."""
    clauses = [reason for reason in because.set_by if isinstance(reason, Clause)]
    own = [give.clause for give in line.gives if give.name == dose.of] if line is not None else []
    # The last sentence that a dose rests on is the ladder, or what is given where there is none.
    return next((clause for clause in reversed(clauses) if clause in own), clauses[-1] if clauses else None)


def _differ(given: tuple[Dose, ...], meant: tuple[Dose, ...]) -> bool:
    if len(given) != len(meant):
        return False
    return any(_differs(one, other) for one, other in zip(given, meant, strict=True))


def _differs(one: Dose, other: Dose) -> bool:
    """By the whole day, as a report says it. Units that cannot be compared are told as different: somebody has to look."""
    if is_above_the_most(one, other):
        return True
    if one.of_day is None or other.of_day is None:
        return False
    return convert(one.of_day, one.unit, other.unit) != other.of_day


def _said(doses: tuple[Dose, ...]) -> Listed:
    return listed(*map(dose_in_words, doses), how=COMMAS)
