"""The protocol's own limits, where what happened went beyond them: late starts, long courses, long gaps, long holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.findings.holding.holds import last_day_of, may_go_on_after
from scheduler.calendar.entries.deviation import Deviated, Deviation, events_behind
from scheduler.calendar.entries.entry import Calendar, Entry, HeldPeriod, Status
from scheduler.calendar.entries.proposal import State
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.dates import add_span
from scheduler.findings import Finding
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.limits import Cause
from scheduler.protocol.plan.rules import OnHoldFor, SinceLastDose
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.times.moments import Edge, OnStudyDay
from scheduler.said import Code, counted

_KINDS = {
    "starts-late": (Deviated.STARTED_LATE, "start by"),
    "takes-too-long": (Deviated.TOOK_TOO_LONG, "finish within"),
    "gap-too-long": (Deviated.GAP_TOO_LONG, "gap at most"),
    "delay-too-long": (Deviated.DELAY_TOO_LONG, "delay at most"),
}


def broken_limits(plan: Plan, calendar: Calendar, on: date | None) -> Iterator[Deviation]:
    """A deviation for each limit that the calendar found broken by something that has happened."""
    for finding in calendar.findings:
        entry = calendar.entry(finding.entry) if finding.entry is not None else None
        if finding.code not in _KINDS or entry is None or entry.status is not Status.DONE:
            continue
        if finding.code == "gap-too-long" and _may_go_on_after_the_gap(plan, calendar, entry):
            continue
        kind, key = _KINDS[finding.code]
        line = plan.timelines[entry.timeline]
        if kind is Deviated.DELAY_TOO_LONG:
            key = _delay_key(line, finding)
        off = _days_off(kind, line, calendar, entry)
        numbers = events_behind(entry.because)
        yield Deviation(kind, line.name, entry.id, entry.date, off, finding.told, clause_of(line, key), numbers)
    for hold in calendar.holds:
        if not _may_be_so_long(plan, calendar, hold):
            yield from _held_too_long(plan, hold, on)


def _may_go_on_after_the_gap(plan: Plan, calendar: Calendar, entry: Entry) -> bool:
    """True where the protocol lets the investigator go on after so long without a dose, and somebody decided so."""
    rules = {rule.id for rule in plan.rules if any(isinstance(each, SinceLastDose) for each in rule.conditions)}
    return any(
        proposal.treatment == entry.timeline
        and proposal.rule in rules
        and proposal.state is State.AS_PROPOSED
        and entry.date is not None
        and proposal.raised <= entry.date
        and any(option.of_protocol and option.action.strictness is Strictness.CONTINUE for option in proposal.options)
        for proposal in calendar.proposals
    )


def _may_be_so_long(plan: Plan, calendar: Calendar, hold: HeldPeriod) -> bool:
    """True where going on after so long is the investigator's choice, and nobody has chosen what the protocol does not have.

    While the hold lasts, that decision is open, and on the worklist.
    """
    if not may_go_on_after(plan, hold.treatment):
        return False
    rules = {rule.id for rule in plan.rules if any(isinstance(each, OnHoldFor) for each in rule.conditions)}
    return not any(
        proposal.treatment == hold.treatment
        and proposal.rule in rules
        and proposal.trigger in hold.events
        and proposal.state is State.OTHERWISE
        for proposal in calendar.proposals
    )


def clause_of(line: Timeline, key: str) -> Clause | None:
    """The sentence behind one of a treatment's limits, by the key that it stands under."""
    return line.limits.clauses.get(key)


def _delay_key(line: Timeline, finding: Finding) -> str:
    """The key of the limit on a delay that the finding is about: that of its cause, where the protocol tells causes apart."""
    limits = line.limits.delay_at_most
    cause = next((each for each in limits if finding.message.endswith(f" for {each}")), Cause.ANY)
    return f"delay at most, {cause}"


def _days_off(kind: Deviated, line: Timeline, calendar: Calendar, entry: Entry) -> int | None:
    """How many days beyond the limit; None where the limit is no number of days."""
    limits = line.limits
    assert entry.date is not None
    if kind is Deviated.STARTED_LATE:
        return _after_study_day(limits.start_by, calendar, entry.date)
    done = [
        each.date
        for each in calendar.entries
        if each.timeline == line.name and each.status is Status.DONE and each.date is not None and each.n < entry.n
    ]
    if kind is Deviated.GAP_TOO_LONG and limits.gap_at_most is not None and done:
        return entry.date.toordinal() - add_span(max(done).toordinal(), limits.gap_at_most)
    if kind is Deviated.TOOK_TOO_LONG and limits.finish_within is not None and done:
        return entry.date.toordinal() - add_span(min(done).toordinal() - 1, limits.finish_within)
    return None


def _after_study_day(edge: Edge | None, calendar: Calendar, day: date) -> int | None:
    if edge is None or not isinstance(edge.moment, OnStudyDay) or edge.span is not None:
        return None
    label = calendar.study_day(day)
    # There is no Day 0, so labels subtract only on one side of it.
    return None if label is None or min(label, edge.moment.label) < calendar.day_one else label - edge.moment.label


def _held_too_long(plan: Plan, hold: HeldPeriod, on: date | None) -> Iterator[Deviation]:
    """A hold longer than the protocol allows: once it has ended, or, on a day, while it lasts."""
    last = last_day_of(plan, hold)
    over = hold.over if hold.over is not None and (on is None or hold.over <= on) else on
    line = plan.timelines[hold.treatment]
    most = line.limits.hold_at_most
    if last is None or most is None or over is None or hold.missed is None or over <= last:
        return
    what = counted(
        "{treatment} was held for {n} day from the first day missed, at most {most} are allowed",
        "{treatment} was held for {n} days from the first day missed, at most {most} are allowed",
        (over - hold.missed).days,
        treatment=Code(line.name),
        most=span_in_words(most),
    )
    clause = clause_of(line, "hold at most")
    events = tuple(sorted({*hold.events, *hold.goes_on_from}))
    yield Deviation(Deviated.HOLD_TOO_LONG, line.name, None, over, (over - last).days, what, clause, events)
