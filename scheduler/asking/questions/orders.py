"""Orders that the protocol does not call for, or that come to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.questions.days import assessed_by
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.deviation import Deviation
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.calendar.entries.proposal import Proposal
from scheduler.patient.dose_rules.so_far.options import Option, find_option
from scheduler.patient.events import Decided, Delayed, DeviationAssessed, Discontinued

Asks = Callable[[Candidate], Iterator[Told]]


def against_the_protocol(candidate: Candidate) -> Iterator[Told]:
    """A decision that is less strict than anything that the protocol has for it."""
    for proposal, option in _chosen(candidate):
        own = [each for each in proposal.options if each.of_protocol]
        if not option.of_protocol and option.action.strictness < min(each.action.strictness for each in own):
            what = f"'{option.words}' is less than the protocol asks for: {' or '.join(each.words for each in own)}"
            yield Told(what, "action", "choose what the protocol has, or say why not", proposal.clause)


def stricter_than_the_protocol(candidate: Candidate) -> Iterator[Told]:
    """A decision that is no option of the protocol, and not less strict: any physician may take it."""
    for proposal, option in _chosen(candidate):
        own = [each for each in proposal.options if each.of_protocol]
        if not option.of_protocol and option.action.strictness >= min(each.action.strictness for each in own):
            what = (
                f"'{option.words}' is no option of the protocol, which has: {' or '.join(each.words for each in own)}"
            )
            yield Told(what, "action", None, proposal.clause)


def _chosen(candidate: Candidate) -> Iterator[tuple[Proposal, Option]]:
    event = candidate.event
    if not isinstance(event, Decided):
        return
    for proposal in proposals_on(candidate.calendar, event.on):
        option = find_option(proposal.options, event.action) if proposal.id == event.proposal else None
        if option is not None:
            yield proposal, option


def no_such_deviation(candidate: Candidate) -> Iterator[Told]:
    """An assessment of a deviation that the list does not have."""
    event = candidate.event
    if not isinstance(event, DeviationAssessed):
        return
    if assessed_by(candidate):
        return
    about = f" of {event.about}" if event.about is not None else ""
    same = [each for each in candidate.list_before if each.kind == event.deviation]
    known = [_named(each) for each in same or candidate.list_before]
    hint = f"the list has: {'; '.join(dict.fromkeys(known))}" if known else "the list has none"
    yield Told(f"there is no deviation '{event.deviation}'{about}", "deviation", hint)


def _named(deviation: Deviation) -> str:
    return f"{deviation.kind.value} of {deviation.about}" if deviation.about else deviation.kind.value


def of_its_reason(code: str) -> Asks:
    """What the calendar would say about the reason of an end, under one code: no such record, or no words."""

    def asks(candidate: Candidate) -> Iterator[Told]:
        """An end of treatment whose reason leaves something to be recorded."""
        for finding in candidate.calendar_after.findings:
            if finding.code == code and candidate.number in finding.events:
                yield Told(finding.message, "reason", finding.hint)

    return asks


def ends_another(candidate: Candidate) -> Iterator[Told]:
    """An end of one treatment that takes the planned doses of another away, because the protocol times them on it."""
    event = candidate.event
    ended = _planned(candidate, candidate.calendar) - _planned(candidate, candidate.calendar_after)
    plan = next(iter(candidate.plans()), None)
    for line in plan.study_treatments() if plan is not None and isinstance(event, Discontinued | Decided) else ():
        leader = line.follows.timeline if line.follows is not None else None
        timing = line.then
        if line.name in ended and leader in ended and timing is not None:
            what = f"discontinuing {leader} ends {line.name} too, because the protocol times it on {leader}"
            hint = f"where {line.name} is to go on, do not record this: 'check' says how the protocol lets it"
            yield Told(what, "treatment" if isinstance(event, Discontinued) else "action", hint, timing.clause)


def _planned(candidate: Candidate, calendar: Calendar) -> set[str]:
    """The timelines of which something is still planned from the day of the order on, or waits for its day."""
    planned = {
        entry.timeline
        for entry in calendar.entries
        if entry.status is Status.PLANNED and entry.date is not None and entry.date >= candidate.event.on
    }
    return planned | {pending.timeline for pending in calendar.pending}


def delayed_into_the_past(candidate: Candidate) -> Iterator[Told]:
    """A delay until a day that had passed: nothing would wait."""
    event = candidate.event
    if isinstance(event, Delayed) and event.until < event.on:
        what = f"{event.entries[0]} is put off until {event.until}, a day that had passed when it was put off, on {event.on}"
        yield Told(what, "until", "'until' is the earliest day on which it is given")
