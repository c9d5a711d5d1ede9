"""What hangs on a decision that nobody has taken: the next dose of its treatment, and every later one.

The log alone flags what comes next, so that a decision changes no more entries than it has to. Who reads ahead has to know more:
while a discontinuation is proposed, the cycle after the next one is no surer than the next. A dose that nobody recorded waits too
while its treatment is held since: whether it was given has to be recorded, and until a resume nobody gives it. This is the one
place that says so, for screen, paper, feeds and totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.because import Because, Event, Reason, highest
from scheduler.calendar.entries.cutting import cut_at
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, HeldPeriod, Run, Status
from scheduler.calendar.entries.proposal import Proposal

CivilDate: TypeAlias = date

_AWAITING = Flag.AWAITING_DECISION


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """From a day on, what is planned of a treatment hangs on a decision.

    ``proposal`` is what the protocol says about it; None where something else asks, as a progression does. ``because`` says why.
    ``hold`` is the one that runs, where only what was overdue when it began waits. ``bears_on_overdue``: its day has come, and
    what was planned before it, and was not given by then, hangs on it too.
    """

    treatment: str
    day: CivilDate
    proposal: Proposal | None
    because: tuple[Reason, ...]
    hold: HeldPeriod | None = None
    bears_on_overdue: bool = field(default=True, kw_only=True)

    def bears_on(self, last: date, *, is_overdue: bool) -> bool:
        """True for a dose up to a day that is planned from the decision's day on, or was overdue by then."""
        if self.hold is None and last >= self.day:
            return True
        return is_overdue and self.bears_on_overdue and last < self.day


def open_decisions(calendar: Calendar, on: date | None, *, known_by: date | None = None) -> tuple[OpenDecision, ...]:
    """The decisions that doses wait for on a day, the earliest first; without a day, those that are open by the log alone.

    A hold, and what is overdue by the day of what a progression asks, are known with a day alone: ``known_by`` is one without
    what time alone makes the protocol propose by then.
    """
    today = known_by if on is None else on
    open_ones = list(_proposed(calendar.proposals if on is None else proposals_on(calendar, on)))
    known = {each.treatment for each in open_ones}
    open_ones += _asked(calendar, known, today)
    open_ones += _held(calendar, today)
    known = {each.treatment for each in open_ones}
    waiting: dict[str, OpenDecision] = {}
    for entry in calendar.entries:
        each = _asked_by_something_else(entry) if entry.timeline not in known else None
        before = waiting.get(entry.timeline)
        if each is not None and (before is None or each.day < before.day):
            waiting[entry.timeline] = each
    return tuple(sorted((*open_ones, *waiting.values()), key=lambda each: each.day))


def _proposed(proposals: Iterable[Proposal]) -> Iterator[OpenDecision]:
    for proposal in proposals:
        if proposal.is_open and proposal.doses_wait:
            because: tuple[Reason, ...] = (proposal.clause, *(Event(number) for number in proposal.events))
            yield OpenDecision(proposal.treatment, proposal.raised, proposal, because)


def _asked(calendar: Calendar, known: set[str], today: date | None) -> Iterator[OpenDecision]:
    """What a progression, a pregnancy or another therapy asks of each treatment, the earliest; no rule is about it."""
    asked: dict[str, OpenDecision] = {}
    for each in sorted(calendar.asked, key=lambda each: each.day):
        if each.treatment not in known:
            has_come = today is not None and each.day <= today
            decision = OpenDecision(each.treatment, each.day, None, each.because, bears_on_overdue=has_come)
            asked.setdefault(each.treatment, decision)
    yield from asked.values()


def _held(calendar: Calendar, today: date | None) -> Iterator[OpenDecision]:
    """The treatments that are held on a day: a decision ends that, and what was overdue when it began waits for it."""
    for hold in calendar.holds:
        if today is not None and hold.start <= today and (hold.over is None or today < hold.over):
            because = tuple(Event(number) for number in hold.events)
            yield OpenDecision(hold.treatment, hold.start, None, because, hold)


def _asked_by_something_else(entry: Entry) -> OpenDecision | None:
    """What an entry waits for that the calendar says awaits a decision, whatever asks for it."""
    if _AWAITING in entry.flags and entry.date is not None:
        return OpenDecision(entry.timeline, entry.date, None, (), bears_on_overdue=False)
    run = next((run for run in entry.runs if _AWAITING in run.flags), None)
    return OpenDecision(entry.timeline, run.first_date, None, (), bears_on_overdue=False) if run is not None else None


def is_awaiting(entry: Entry) -> bool:
    """True when the dose of the entry, or of one of its days, waits for a decision."""
    if _AWAITING in entry.flags:
        return True
    return bool(entry.runs) and any(_AWAITING in run.flags for run in entry.runs)


def waits_for(calendar: Calendar, entry: Entry, on: date) -> OpenDecision | None:
    """What an entry that waits hangs on, on a day: a hold that runs, where nothing else is asked about its treatment."""
    if not is_awaiting(entry):
        return None
    own = [each for each in open_decisions(calendar, on) if each.treatment == entry.timeline]
    return next((each for each in own if each.hold is None), own[0] if own else None)


def with_open_decisions(calendar: Calendar, on: date | None, *, known_by: date | None = None) -> Calendar:
    """The calendar with every planned dose flagged that hangs on an open decision, however far ahead."""
    decisions = open_decisions(calendar, on, known_by=known_by)
    if not decisions:
        return calendar
    given = _last_given(calendar)
    entries = tuple(
        _marked(entry, decisions, is_open=entry.n > given.get(entry.timeline, 0)) for entry in calendar.entries
    )
    return replace(calendar, entries=entries, by_id={entry.id: entry for entry in entries})


def _last_given(calendar: Calendar) -> dict[str, int]:
    """The highest number of each treatment that was given, or that the treatment's end has passed: it is not given any more."""
    found: dict[str, int] = {}
    for entry in calendar.entries:
        if entry.status is Status.DONE or Flag.NO_RECORD in entry.flags:
            found[entry.timeline] = max(entry.n, found.get(entry.timeline, 0))
    return found


def _marked(entry: Entry, decisions: tuple[OpenDecision, ...], *, is_open: bool) -> Entry:
    is_open = is_open and entry.status is Status.PLANNED
    own = [each for each in decisions if each.treatment == entry.timeline]
    if not own:
        return entry
    if entry.runs:
        # Of a cycle that nobody started all days wait, and of one that runs those from the day of the decision on.
        days = [each.day for each in own if each.hold is None and not (is_open and each.bears_on_overdue)]
        parts = [part for run in entry.runs for part in cut_at(run, days)]
        return entry._replace(runs=tuple(_marked_run(run, own, is_open=is_open) for run in parts))
    if entry.status is not Status.PLANNED or entry.date is None:
        return entry
    flags, because = _waiting(entry.flags, entry.because, _bearing_on(own, entry.date, is_open=is_open))
    return entry._replace(flags=flags, because=because)


def _marked_run(run: Run, decisions: list[OpenDecision], *, is_open: bool) -> Run:
    if run.status is not Status.PLANNED:
        return run
    flags, because = _waiting(run.flags, run.because, _bearing_on(decisions, run.last_date, is_open=is_open))
    return run._replace(flags=flags, because=because)


def _bearing_on(decisions: list[OpenDecision], last: date, *, is_open: bool) -> list[OpenDecision]:
    """Those that a dose hangs on: it comes on the day or later, or is overdue, so that it is given after the day if at all."""
    return [each for each in decisions if each.bears_on(last, is_overdue=is_open)]


def _waiting(
    flags: tuple[Flag, ...], because: Because, decisions: list[OpenDecision]
) -> tuple[tuple[Flag, ...], Because]:
    """Flags and reasons of a dose that hangs on decisions; those of one that waits already say it."""
    if not decisions or _AWAITING in flags:
        return flags, because
    of_decision = (reason for each in decisions for reason in each.because)
    more = tuple(dict.fromkeys(reason for reason in of_decision if reason not in because.set_by))
    looked = tuple(reason for reason in because.looked_at if reason not in more)
    latest = highest(more, because.latest)
    return (*flags, _AWAITING), because._replace(set_by=(*because.set_by, *more), looked_at=looked, latest=latest)
