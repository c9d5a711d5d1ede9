"""Why an entry stands where it stands, in sentences that a coordinator can read aloud to a doctor.

Nothing is decided here. The engine's reasons are told one by one, in its order, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.calendar.entries.because import After, Because, Closed, Reason
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind, NamedDate, Pending, Run
from scheduler.calendar.entries.sentences import sentences
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.calendar.telling.asking import find_entry, find_pending
from scheduler.calendar.telling.dates_in_words import days_in_words
from scheduler.calendar.telling.explain_proposal import explain_proposal, find_proposal
from scheduler.calendar.telling.explain_sample import explain_sample, find_sample, prompts_of_entry, samples_of_entry
from scheduler.calendar.telling.explanation import Explanation, Told
from scheduler.calendar.telling.in_short import answer_in_short, day_in_short, with_what_was_due
from scheduler.calendar.telling.standing import (
    Standing,
    flags_in_words,
    how_a_run_stands,
    how_it_stands,
    how_the_day_stands,
    window_in_words,
)
from scheduler.calendar.telling.steps import SaidStep, say_step
from scheduler.calendar.telling.telling import Telling
from scheduler.calendar.telling.which_dose import how_to_take, which_dose
from scheduler.calendar.telling.working import total_in_words, values_in_words, working_in_words
from scheduler.findings import Finding, Severity
from scheduler.patient.log import Log, in_force
from scheduler.patient.replaying.replay import replay
from scheduler.patient.versions import plan_for
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, StudyVersion
from scheduler.said import Quoted, Said, Value, said

__all__ = ["Explanation", "Told", "explain", "sentences"]


def explain(calendar: Calendar, entry_id: str, version: StudyVersion, log: Log | None = None) -> Explanation:
    """Why that date, that dose, that status, or that proposal. Raises UnknownEntry, with a hint, for an id that nothing has.

    ``log`` lets it tell the events in full, with the words that people wrote; without it an event is its number and kind.
    """
    known = log if log is not None else Log()
    proposal = find_proposal(calendar, entry_id)
    if proposal is not None:
        return explain_proposal(calendar, proposal, version, known)
    sample = find_sample(calendar, entry_id)
    if sample is not None:
        return explain_sample(calendar, *sample, version, known)
    for named in calendar.dates:
        if named.name == entry_id and named.date is not None:
            return _explain_date(calendar, named, named.date, version, known)
    asked = find_entry(calendar, entry_id)
    if asked.pending is not None:
        return _explain_pending(calendar, asked.pending, version, known)
    assert asked.entry is not None
    if asked.run is not None and asked.day is not None:
        return _explain_day(calendar, asked.entry, asked.run, asked.day, version, known)
    return _explain_entry(calendar, asked.entry, version, known)


def _explain_entry(calendar: Calendar, entry: Entry, version: StudyVersion, log: Log) -> Explanation:
    telling = _telling_of(calendar, entry, version, log)
    lines = [*_lines_of_start(calendar, entry, telling), *_lines_of_runs(entry, telling), *_in_total(telling, entry)]
    lines += samples_of_entry(calendar, entry.id)
    lines += prompts_of_entry(calendar, entry)
    dates, _ = _apart(entry.because.set_by, telling)
    return Explanation(
        entry.id,
        answer_in_short(with_what_was_due(how_it_stands(calendar, entry), calendar, entry), entry, dates, telling),
        tuple(dict.fromkeys(lines)),
        _aside(entry.because, telling, lines),
        _links(calendar, entry.id, entry.because),
    )


def _explain_day(
    calendar: Calendar, entry: Entry, run: Run, number: int, version: StudyVersion, log: Log
) -> Explanation:
    """One day of a cycle: first what made that day's dose or status, then what put the cycle where it is."""
    telling = _telling_of(calendar, entry, version, log)
    dates, doses = _apart(tuple(reason for reason in run.because.set_by if reason != After(entry.id)), telling)
    working = _working(telling, entry, number, run.first_date + timedelta(days=number - run.first_day), run.doses)
    of_run = _telling_of_run(telling, run)
    lines = [*of_run.set_by(dates), *how_to_take(run.doses), *working, *(of_run.set_by(doses) if run.doses else ())]
    lines += (Told(sentence) for sentence in flags_in_words(run.flags))
    lines += _omitted(of_run, doses, run.flags)
    if entry.date is not None and number > 1:
        start = how_it_stands(calendar, entry).whole
        counts = said("Day {number} counts from the start of the cycle: {start}.", number=number, start=start)
        lines.append(Told(counts, entry.id))
    lines += _lines_of_start(calendar, entry, telling, number > 1, run)
    lines += samples_of_entry(calendar, f"{entry.id}.{number}")
    because = Because((*run.because.set_by, *entry.because.set_by), (*run.because.looked_at, *entry.because.looked_at))
    return Explanation(
        f"{entry.id}.{number}",
        day_in_short(how_the_day_stands(calendar, entry, run, number), run, dates, telling),
        tuple(dict.fromkeys(lines)),
        _aside(because, telling, lines),
        _links(calendar, entry.id, because),
    )


def _explain_pending(calendar: Calendar, pending: Pending, version: StudyVersion, log: Log) -> Explanation:
    ideals = (pending.not_before,) if pending.not_before is not None else ()
    telling = _telling(calendar, pending, ideals, None, version, log)
    lines = list(telling.set_by(pending.because.set_by))
    if pending.not_before is not None:
        lines.append(Told(said("By its rule alone it would not be before {day}.", day=pending.not_before)))
    return Explanation(
        pending.id,
        answer_in_short(_undated(pending), pending, pending.because.set_by, telling),
        tuple(dict.fromkeys(lines)),
        _aside(pending.because, telling, lines),
        _links(calendar, pending.id, pending.because),
    )


def _undated(pending: Pending) -> Standing:
    return Standing(said("{what} has no date yet", what=title_in_words(pending.title)))


def _explain_date(calendar: Calendar, named: NamedDate, on: date, version: StudyVersion, log: Log) -> Explanation:
    """A date that the study names: recorded as it came, or planned by its rule."""
    telling = _telling(calendar, named, (), None, version, log)
    lines = list(telling.set_by(named.because.set_by))
    if named.recorded:
        lines.append(Told(said("By its rule: {rule}.", rule=Quoted(named.rule))))
    what = Quoted(named.name)
    return Explanation(
        named.name,
        said("{what} was recorded on {day}.", what=what, day=on)
        if named.recorded
        else said("{what} is planned for {day}.", what=what, day=on),
        tuple(dict.fromkeys(lines)),
        _aside(named.because, telling, lines),
        _links(calendar, named.name, named.because),
    )


def _lines_of_start(
    calendar: Calendar, entry: Entry, telling: Telling, of_start: bool = False, asked: Run | None = None
) -> Iterator[Told]:
    """What put the entry on its day, the window, the closed days, then the dose of an attendance and what is flagged.

    Of a stretch of dosing days that is asked about, an overdose on another day is not told.
    """
    dates, doses = _apart(entry.because.set_by, telling)
    # The window is told before the closed days that moved the date inside it.
    window = window_in_words(entry, of_start)
    before = dates[:-1] if window is not None and dates and isinstance(dates[-1], Closed) else dates
    yield from telling.set_by(before)
    if window is not None:
        yield Told(window)
    yield from telling.set_by(dates[len(before) :])
    yield from _values(telling, entry)
    if doses and entry.doses:
        yield from which_dose(calendar, entry)
        yield Told(_planned_dose(entry))
        yield from _working(telling, entry, 1, entry.date, entry.doses)
        yield from telling.set_by(doses)
    yield from (Told(sentence) for sentence in flags_in_words(entry.flags))
    yield from _omitted(telling, doses, entry.flags)
    epoch = calendar.epoch_on(entry.date) if entry.date is not None and entry.kind is not Kind.PERIOD else None
    if epoch is not None:
        yield Told(said("It belongs to the epoch {epoch}.", epoch=Quoted(epoch)))
    for finding in calendar.findings:
        elsewhere = finding.code == Flag.OVERDOSE and asked is not None and Flag.OVERDOSE not in asked.flags
        if finding.entry == entry.id and not elsewhere:
            yield Told(_found(finding))


def _planned_dose(entry: Entry) -> Said:
    doses = doses_in_words(entry.doses)
    if Flag.AWAITING_DECISION in entry.flags:
        return said("Where nothing else is decided, the dose is {doses}.", doses=doses)
    return said("The dose is {doses}.", doses=doses)


def _found(finding: Finding) -> Said:
    what: Value = finding.told
    if finding.what_to_do is not None:
        what = said("{what} ({hint})", what=what, hint=finding.what_to_do)
    if finding.severity is Severity.ERROR:
        return said("Error: {what}.", what=what)
    return said("Warning: {what}." if finding.severity is Severity.WARNING else "Note: {what}.", what=what)


def _lines_of_runs(entry: Entry, telling: Telling) -> Iterator[Told]:
    """The dosing days of a cycle, stretch by stretch, each with what it rests on."""
    for run in entry.runs:
        yield Told(_days_of(run))
        dates, doses = _apart(tuple(reason for reason in run.because.set_by if reason != After(entry.id)), telling)
        of_run = _telling_of_run(telling, run)
        yield from of_run.set_by(dates)
        if run.doses:
            yield from how_to_take(run.doses)
            yield from _working(telling, entry, run.first_day, run.first_date, run.doses)
            yield from of_run.set_by(doses)
        yield from (Told(sentence) for sentence in flags_in_words(run.flags))
        yield from _omitted(of_run, doses, run.flags)


def _days_of(run: Run) -> Said:
    on, stands = days_in_words(run.first_date, run.last_date), how_a_run_stands(run)
    first, last = run.first_day, run.last_day
    if first == last:
        return said("Day {number}, {day}: {it_stands}.", number=first, day=on, it_stands=stands)
    return said("Days {first} to {last}, {days}: {it_stands}.", first=first, last=last, days=on, it_stands=stands)


def _omitted(telling: Telling, doses: tuple[Reason, ...], flags: tuple[Flag, ...]) -> Iterator[Told]:
    """The sentence that has the level at which the drug is omitted."""
    if Flag.OMITTED in flags:
        yield from telling.set_by(doses)


def _working(
    telling: Telling, entry: Entry, cycle_day: int, day: date | None, doses: tuple[Dose, ...]
) -> Iterator[Told]:
    """How a dose of the patient's own was worked out."""
    plan = plan_for(telling.version, replay(telling.log), telling.calendar.arm)
    if plan is not None and day is not None:
        words = working_in_words(plan, telling.log, entry.timeline, entry.n, cycle_day, day, doses)
        yield from map(Told, words)


def _values(telling: Telling, entry: Entry) -> Iterator[Told]:
    """Which results counted for a dose that goes on with values."""
    plan = plan_for(telling.version, replay(telling.log), telling.calendar.arm)
    if plan is not None and plan.waits_for_values:
        yield from map(Told, values_in_words(plan, telling.log, entry))


def _in_total(telling: Telling, entry: Entry) -> Iterator[Told]:
    """What a dose brings its drug to, of the highest total, and what is left then."""
    plan = plan_for(telling.version, replay(telling.log), telling.calendar.arm)
    if plan is not None:
        yield from map(Told, total_in_words(plan, telling.calendar, entry))


def _apart(reasons: tuple[Reason, ...], telling: Telling) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The reasons of a date or status, and from the first sentence about doses on, those of the dose."""
    for index, reason in enumerate(reasons):
        if isinstance(reason, Clause) and reason in telling.about_doses:
            return reasons[:index], reasons[index:]
    return reasons, ()


def _aside(because: Because, telling: Telling, lines: list[Told]) -> tuple[Told, ...]:
    """What was looked at, without what was said already."""
    told_before = set(because.set_by)
    others = [reason for reason in dict.fromkeys(because.looked_at) if reason not in told_before]
    # What the protocol says comes before what it speaks of.
    others.sort(key=lambda reason: not isinstance(reason, Clause))
    return tuple(told for told in telling.looked_at(tuple(others)) if told not in lines)


def _links(calendar: Calendar, own: str, because: Because) -> tuple[str, ...]:
    """The entries that this one counts from and that can be explained themselves."""
    linked = dict.fromkeys(reason.entry for reason in because.set_by if isinstance(reason, After))
    return tuple(
        entry
        for entry in linked
        if entry != own and (entry in calendar.by_id or find_pending(calendar, entry) is not None)
    )


def _telling_of(calendar: Calendar, entry: Entry, version: StudyVersion, log: Log) -> Telling:
    days = entry.window if entry.kind is Kind.PERIOD else (entry.ideal,)
    ideals = tuple(day for day in days or (entry.date,) if day is not None)
    return _telling(calendar, entry, ideals, entry.resource, version, log)


def _telling(
    calendar: Calendar,
    subject: Entry | Pending | NamedDate,
    ideals: tuple[date, ...],
    resource: str | None,
    version: StudyVersion,
    log: Log,
) -> Telling:
    plan = plan_for(version, replay(log), calendar.arm)
    if plan is None:
        return Telling(calendar, version, log, (), ideals, resource)
    line = plan.dates.get(subject.name) if isinstance(subject, NamedDate) else plan.timelines.get(subject.timeline)
    doses = [give.clause for give in line.gives] if line is not None else []
    if line is not None and line.ladder is not None:
        doses.append(line.ladder.clause)
    steps = _steps(subject.because, calendar, log)
    first_dose = frozenset(_clauses_of_first_dose(plan))
    return Telling(calendar, version, log, steps, ideals, resource, frozenset(doses), first_dose)


def _telling_of_run(telling: Telling, run: Run) -> Telling:
    """Dosing days that end before their cycle does were counted to their last day by steps of their own."""
    if not run.because.steps:
        return telling
    steps = _steps(run.because, telling.calendar, telling.log)
    return replace(telling, steps=steps, ideals=tuple(step.day for step in steps))


def _steps(because: Because, calendar: Calendar, log: Log) -> tuple[SaidStep, ...]:
    facts = {fact.number: fact for fact in in_force(log)}
    steps = (say_step(step, calendar, facts) for step in because.steps)
    return tuple(step for step in steps if step is not None)


def _clauses_of_first_dose(plan: Plan) -> Iterator[Clause]:
    line = plan.dates.get("first dose")
    if line is not None:
        yield from (timing.clause for timing in line.numbered.values())
