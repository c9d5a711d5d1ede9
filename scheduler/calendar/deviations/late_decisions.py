"""Doses on which somebody should have decided: given while the decision was open, or decided after the last day for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.dosing.parts import REST_OF_A_FRACTION, fate_of_the_rest
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.because import Because, Reason
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.patient.course import Course
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.clause import Clause
from scheduler.said import Code, Quoted, Said, Value, counted, own_words, said


def late_decisions(calendar: Calendar, course: Course, on: date | None) -> Iterator[Deviation]:
    """A deviation for each proposal that was not decided in time, and for each dose given while it waited for one.

    So is a dose that waits for the end of a course, while nobody has decided what becomes of the rest of one of its fractions.
    """
    proposals = calendar.proposals if on is None else proposals_on(calendar, on)
    for proposal in proposals:
        yield from _after_its_deadline(proposal, course, on)
        yield from _given_undecided(proposal, calendar, course)
    for finding in calendar.findings:
        if finding.code == REST_OF_A_FRACTION and finding.entry is not None:
            yield from _given_before_the_rest(finding.entry, finding.events, calendar)


def _after_its_deadline(proposal: Proposal, course: Course, on: date | None) -> Iterator[Deviation]:
    last = proposal.deadline
    decided = _decided_on(proposal, course)
    day = decided or _closed_on(proposal) or (on if proposal.is_open else None)
    # What a gap between doses raised by passing could not be decided before it had passed: the gap is told by itself.
    by_the_gap = last is not None and proposal.budget is None and last < proposal.raised
    if last is None or day is None or day <= last or by_the_gap:
        return
    off = (day - last).days
    what = _decided_late(own_words(proposal.title), decided is not None, off, Code(f"{last}"))
    closed = proposal.closed.events if proposal.closed is not None else ()
    numbers = tuple(sorted({*proposal.events, *proposal.decided_by, *closed}))
    yield Deviation(Deviated.NOT_DECIDED, proposal.treatment, None, day, off, what, proposal.clause, numbers)


def _decided_late(rule: Value, decided: bool, off: int, last: Code) -> Said:
    if decided:
        return counted(
            "{rule}: decided {n} day after the last day for it, {last}",
            "{rule}: decided {n} days after the last day for it, {last}",
            off,
            rule=rule,
            last=last,
        )
    return counted(
        "{rule}: not decided {n} day after the last day for it, {last}",
        "{rule}: not decided {n} days after the last day for it, {last}",
        off,
        rule=rule,
        last=last,
    )


def _decided_on(proposal: Proposal, course: Course) -> date | None:
    return min((fact.event.on for fact in course.facts if set(fact.numbers) & set(proposal.decided_by)), default=None)


def _closed_on(proposal: Proposal) -> date | None:
    """The day on which all treatment ended before anybody decided."""
    return proposal.closed.day if proposal.closed is not None else None


def _given_undecided(proposal: Proposal, calendar: Calendar, course: Course) -> Iterator[Deviation]:
    """Doses that somebody recorded from the day after the proposal was raised to the day before it was decided."""
    if proposal.state not in _ASKED or proposal.strictness is Strictness.CONTINUE:
        return
    decided = _decided_on(proposal, course) or _closed_on(proposal) or date.max
    for entry in calendar.entries:
        if entry.timeline != proposal.treatment:
            continue
        for name, first, last, because in _recorded(entry):
            if proposal.raised < last and first < decided:
                what = said("given before anybody decided: {rule}", rule=own_words(proposal.title))
                numbers = tuple(sorted({*proposal.events, *events_behind(because)}))
                day = max(first, proposal.raised)
                yield Deviation(Deviated.NOT_DECIDED, entry.timeline, name, day, None, what, proposal.clause, numbers)


def _given_before_the_rest(fraction: str, sessions: tuple[int, ...], calendar: Calendar) -> Iterator[Deviation]:
    """Doses that nobody can tell to be in time: what they wait for is not over before somebody decides on the rest."""
    fate = fate_of_the_rest(fraction)
    for entry in calendar.entries:
        reasons = (*entry.because.set_by, *entry.because.looked_at)
        if entry.status is Status.DONE and (entry.doses or entry.runs) and fate in reasons:
            what = said("given before anybody decided {what}", what=Quoted(f"{fate.what}", "en"))
            numbers = tuple(sorted({*sessions, *events_behind(entry.because)}))
            clause = _sentence_before(fate, reasons)
            yield Deviation(Deviated.NOT_DECIDED, entry.timeline, entry.id, entry.date, None, what, clause, numbers)


def _sentence_before(fate: Reason, reasons: tuple[Reason, ...]) -> Clause | None:
    """The sentence that waits: it is told just before what it waits for."""
    clauses = [reason for reason in reasons[: reasons.index(fate)] if isinstance(reason, Clause)]
    return clauses[-1] if clauses else None


_ASKED = (State.OPEN, State.AS_PROPOSED, State.OTHERWISE, State.CLOSED)


def _recorded(entry: Entry) -> Iterator[tuple[str, date, date, Because]]:
    """Each recorded dose of an entry: its id, its first and last date, and why."""
    for run in entry.runs:
        if run.status is Status.DONE:
            days_of = f"{run.first_day}-{run.last_day}" if run.last_day > run.first_day else f"{run.first_day}"
            yield f"{entry.id}.{days_of}", run.first_date, run.last_date, run.because
    if not entry.runs and entry.status is Status.DONE and entry.date is not None:
        yield entry.id, entry.date, entry.date, entry.because
