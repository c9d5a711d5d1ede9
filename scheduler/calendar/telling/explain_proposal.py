"""Why the protocol proposes something, in sentences: the rule with its source, what was found, the options, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.proposal import Proposal, State
from scheduler.calendar.entries.spans_in_words import span_in_words
from scheduler.calendar.telling.clocks_in_words import baseline_in_words, clock_in_words
from scheduler.calendar.telling.explanation import Explanation, Told
from scheduler.calendar.telling.telling import Telling
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import Code, Quoted, Said, Value, own_words, said, said_as, said_of

_NOTHING = Code("")


def find_proposal(calendar: Calendar, proposal_id: str) -> Proposal | None:
    """The proposal of that id, also one to come."""
    known = (*calendar.proposals, *calendar.proposals_to_come)
    return next((proposal for proposal in known if proposal.id == proposal_id), None)


def explain_proposal(calendar: Calendar, proposal: Proposal, version: StudyVersion, log: Log) -> Explanation:
    """What was found, by which rule, what may be chosen, and what somebody chose."""
    title = said(
        "{what}, {treatment}: from {day}, {action}.",
        what=own_words(proposal.title),
        treatment=Code(proposal.treatment),
        day=proposal.raised,
        action=_words(proposal.options[0]),
    )
    return Explanation(proposal.id, title, tuple(_lines(calendar, proposal, version, log)))


def _lines(calendar: Calendar, proposal: Proposal, version: StudyVersion, log: Log) -> Iterator[Told]:
    telling = Telling(calendar, version, log, (), (), None)
    events = [number for number in proposal.events if number not in proposal.decided_by]
    counted_by = (proposal.clock.clause,) if proposal.clock is not None and proposal.clock.clause is not None else ()
    yield from telling.set_by((proposal.clause, *counted_by, *(Event(number) for number in events)))
    yield from (Told(sentence) for sentence in clock_in_words(proposal.clock)) if proposal.clock is not None else ()
    yield from (Told(baseline_in_words(baseline)) for baseline in proposal.baselines)
    yield from (Told(said("Assumed: {what}.", what=said_of(words))) for words in proposal.assumed)
    yield from map(_option, proposal.options)
    yield Told(_how_it_stands(proposal))
    closing = proposal.closed.events if proposal.closed is not None else ()
    yield from telling.set_by(tuple(Event(number) for number in (*proposal.decided_by, *closing)))
    yield from _time_left(proposal)
    waits_for = (said("For going on: {what}.", what=said_of(words)) for words in proposal.resume_waits_for)
    yield from map(Told, waits_for)
    if proposal.early_resume is not None:
        for words in proposal.early_resume.not_yet:
            short_of = said_of(words)
            day = proposal.early_resume.day
            yield Told(said("Dosing went on too early, on {day}: {short_of}.", day=day, short_of=short_of))


def _option(option: Option) -> Told:
    """What may be chosen, and where it is not the protocol's."""
    instead = (
        said_as("part of an option", "; the ladder has no level for '{action}'", action=Quoted(option.instead_of.words))
        if option.instead_of is not None
        else _NOTHING
    )
    against = _NOTHING if option.of_protocol else said_as("part of an option", "; this is not what the protocol has")
    return Told(
        said(
            "Option {number}: {action}{instead}{against}.",
            number=option.number,
            action=_words(option),
            instead=instead,
            against=against,
        )
    )


def _how_it_stands(proposal: Proposal) -> Said:
    match proposal.state:
        case State.OPEN:
            return said("It waits for a decision; until then nothing is changed.")
        case State.CONTINUE:
            return said("Nobody has to decide.")
        case State.AS_PROPOSED:
            return said("It was answered as the protocol has it.")
        case State.OTHERWISE:
            return said("It was answered otherwise than the protocol has it.")
        case State.WITHDRAWN:
            return said("It no longer stands: what led to it was struck or corrected. What was decided is in force.")
        case State.TO_COME:
            return said("It holds from that day on, unless something happens before.")
    closed: Value = Code(proposal.state) if proposal.closed is None else proposal.closed.as_said()
    return said("Nobody decided: it was {closed}.", closed=closed)


def _time_left(proposal: Proposal) -> Iterator[Told]:
    if proposal.earliest_resume is not None:
        yield Told(said("The earliest resume is on {day}.", day=proposal.earliest_resume))
    budget = proposal.budget
    if budget is not None and budget.last is not None:
        yield Told(
            said(
                "A resume is in time up to {day}: {most} from the first dosing day missed.",
                day=budget.last,
                most=span_in_words(budget.most),
            )
        )
    elif budget is not None and proposal.is_open:
        yield Told(said("Once a dosing day is missed, a hold may last {most}.", most=span_in_words(budget.most)))
    elif proposal.deadline is not None:
        yield Told(said("The next dose is in time up to {day}.", day=proposal.deadline))


def _words(option: Option) -> Value:
    if option.dose is None:
        return own_words(option.words)
    return said("{action} ({dose})", action=own_words(option.words), dose=Quoted(option.dose))
