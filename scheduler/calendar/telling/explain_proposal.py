"""Why the protocol proposes something, in sentences: the rule with its source, what was found, the options, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.calendar.telling.clocks_in_words import clock_in_words
from scheduler.calendar.telling.dates_in_words import in_words
from scheduler.calendar.telling.explanation import Explanation, Told
from scheduler.calendar.telling.telling import Telling
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion

_STANDS = {
    State.OPEN: "It waits for a decision; until then nothing is changed.",
    State.CONTINUE: "Nobody has to decide.",
    State.AS_PROPOSED: "It was answered as the protocol has it.",
    State.OTHERWISE: "It was answered otherwise than the protocol has it.",
    State.WITHDRAWN: "It no longer stands: what led to it was struck or corrected. What was decided is in force.",
    State.CLOSED: "Nobody decided: {closed}.",
    State.TO_COME: "It holds from that day on, unless something happens before.",
}


def find_proposal(calendar: Calendar, proposal_id: str) -> Proposal | None:
    """The proposal of that id, also one to come."""
    known = (*calendar.proposals, *calendar.proposals_to_come)
    return next((proposal for proposal in known if proposal.id == proposal_id), None)


def explain_proposal(calendar: Calendar, proposal: Proposal, version: StudyVersion, log: Log) -> Explanation:
    """What was found, by which rule, what may be chosen, and what somebody chose."""
    title = f"{proposal.title}, {proposal.treatment}: from {in_words(proposal.raised)}, {_words(proposal.options[0])}."
    return Explanation(proposal.id, title, tuple(_lines(calendar, proposal, version, log)))


def _lines(calendar: Calendar, proposal: Proposal, version: StudyVersion, log: Log) -> Iterator[Told]:
    telling = Telling(calendar, version, log, (), (), None)
    events = [number for number in proposal.events if number not in proposal.decided_by]
    counted_by = (proposal.clock.clause,) if proposal.clock is not None and proposal.clock.clause is not None else ()
    yield from telling.set_by((proposal.clause, *counted_by, *(Event(number) for number in events)))
    yield from (Told(sentence) for sentence in clock_in_words(proposal.clock)) if proposal.clock is not None else ()
    yield from (Told(f"{words[:1].upper()}{words[1:]}.") for words in proposal.assumed)
    for option in proposal.options:
        instead = f"; the ladder has no level for '{option.instead_of.words}'" if option.instead_of is not None else ""
        against = "" if option.of_protocol else "; this is not what the protocol has"
        yield Told(f"Option {option.number}: {_words(option)}{instead}{against}.")
    yield Told(_STANDS[proposal.state].format(closed=f"it was {proposal.stands}"))
    closing = proposal.closed.events if proposal.closed is not None else ()
    yield from telling.set_by(tuple(Event(number) for number in (*proposal.decided_by, *closing)))
    yield from _time_left(proposal)
    yield from (Told(f"{words[:1].upper()}{words[1:]}.") for words in proposal.resume_waits_for)
    if proposal.early_resume is not None:
        for words in proposal.early_resume.not_yet:
            yield Told(f"Dosing went on too early, on {in_words(proposal.early_resume.day)}: {words}.")


def _time_left(proposal: Proposal) -> Iterator[Told]:
    if proposal.earliest_resume is not None:
        yield Told(f"The earliest resume is on {in_words(proposal.earliest_resume)}.")
    budget = proposal.budget
    if budget is not None and budget.last is not None:
        yield Told(
            f"A resume is in time up to {in_words(budget.last)}: {budget.most} from the first dosing day missed."
        )
    elif budget is not None and proposal.is_open:
        yield Told(f"Once a dosing day is missed, a hold may last {budget.most}.")
    elif proposal.deadline is not None:
        yield Told(f"The next dose is in time up to {in_words(proposal.deadline)}.")


def _words(option: Option) -> str:
    return f"{option.words} ({option.dose})" if option.dose is not None else option.words
