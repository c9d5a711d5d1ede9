"""The proposals of one patient's calendar, those to come, and what has to be looked at about decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from scheduler.calendar.engine.evaluation.branches import is_left_out
from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.placing.waits.values_awaited import waits_of
from scheduler.calendar.engine.proposals.awaiting import Concern
from scheduler.calendar.engine.proposals.missed import budget_of, first_missed
from scheduler.calendar.entries.because import Event, Reason
from scheduler.calendar.entries.budget import Budget
from scheduler.calendar.entries.entry import Calendar, Entry
from scheduler.calendar.entries.proposal import Closing, EarlyResume, Proposal, State
from scheduler.dates import add_span
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.answers import Answer, Outcome, answer_to
from scheduler.patient.dose_rules.facts.baselines import Baseline, baselines_compared
from scheduler.patient.dose_rules.firing.all_rules import readings_of
from scheduler.patient.dose_rules.firing.held_too_long import read_holds
from scheduler.patient.dose_rules.firing.levels import level_at
from scheduler.patient.dose_rules.firing.waited_too_long import read_waits
from scheduler.patient.dose_rules.resuming import Awaited, awaited_by
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import Option, is_about_doses, is_for_a_person, options_of
from scheduler.patient.dose_rules.so_far.reading import Reading, Readings, Unmet
from scheduler.patient.events import AdverseEvent, Died, EndOfTreatment, Regraded, Withdrew
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action, Strictness
from scheduler.protocol.plan.study import Timeline
from scheduler.said import Text, said_as, text_of


class Read(NamedTuple):
    """A rule that fires with the options that it offers, and what answered it as far as its day has come."""

    reading: Reading
    options: tuple[Option, ...]
    answer: Answer | None
    awaited: Awaited | None = None
    baselines: tuple[Baseline, ...] = ()

    @property
    def answered_by(self) -> tuple[Fact, ...]:
        """What answered it, and what that was judged by."""
        return (*self.answer.facts, *self.answer.looked) if self.answer is not None else ()

    @property
    def waits(self) -> bool:
        """True when doses wait for a decision."""
        return self.bears_on_doses and self.answer is None

    @property
    def bears_on_doses(self) -> bool:
        """True when doses hang on it: its day has come, or is known ahead, and the protocol's own options touch a dose."""
        return (self.reading.has_come or self.reading.foretold) and is_about_doses(self.options)


def read_all(ev: Evaluation, entries: list[Entry]) -> tuple[History | None, tuple[Read, ...], Readings]:
    """Every rule read against the patient's course: those that fire with their answers, and what the others were read against.

    No history where there is nothing to read.
    """
    if not ev.plan.rules or not (ev.course.first_dose is not None or ev.course.of(AdverseEvent)):
        return None, (), Readings()
    history = History(ev.plan, ev.course)

    def missed(treatment: str, hold: Hold) -> int | None:
        return first_missed(ev, ev.plan.timelines[treatment], hold, entries)

    found = readings_of(history)
    read_holds(history, missed, found)
    read_waits(history, lambda timeline: waits_of(ev, timeline), found)
    fired = (reading for reading in found.fired if not is_not_for_patient(ev, reading.rule.treatment))
    return history, tuple(_read(history, reading) for reading in fired), found


def is_not_for_patient(ev: Evaluation, treatment: str) -> bool:
    """True for a treatment that a recorded fact left out for this patient, and of which no dose was given."""
    line = ev.plan.timelines.get(treatment)
    if line is None or not ev.plan.has_branches or ev.course.doses.get(treatment):
        return False
    return is_left_out(ev, line)


def _read(history: History, reading: Reading) -> Read:
    options = options_of(history.plan, reading.rule, level_at(history, reading.rule.treatment, reading.day))
    answer = answer_to(history, reading, options) if reading.has_come else None
    awaited = awaited_by(history, reading, options, answer) if answer is not None else None
    compared = baselines_compared(history.values, reading.rule, reading.trigger)
    return Read(reading, options, answer, awaited, compared)


def concerns_of(ev: Evaluation, read: Iterable[Read], unmet: Iterable[Unmet]) -> Iterator[Concern]:
    """On which rules doses hang, from which day."""
    always: dict[str, tuple[Event, ...]] = {}
    for each in read:
        if each.bears_on_doses:
            yield _of_reading(ev, each, _always(ev, each.reading.rule.treatment, always))
    last = ev.course.facts[-1].day
    for missed in unmet:
        if missed.day <= last:
            looked = (*ev.events(*missed.facts), *_always(ev, missed.treatment, always))
            yield Concern(missed.treatment, date.fromordinal(missed.day), (), looked)


def _of_reading(ev: Evaluation, each: Read, always: tuple[Event, ...]) -> Concern:
    reading = each.reading
    said = (reading.trigger, reading.reached_by) if reading.reached_by is not None else (reading.trigger,)
    events = ev.events(*said)
    looked = (*events, *ev.events(*reading.facts, *each.answered_by), *always)
    waits: tuple[Reason, ...] = (reading.rule.clause, *events) if each.waits else ()
    return Concern(reading.rule.treatment, date.fromordinal(reading.day), waits, looked)


def _always(ev: Evaluation, treatment: str, known: dict[str, tuple[Event, ...]]) -> tuple[Event, ...]:
    """What all doses of a treatment rest on that hang on a rule: the first dose of anything, and what was taken back.

    Without the first dose there would be nothing to change; what was struck or corrected might have answered, or have been found
    too.
    """
    by_treatment = known.get(treatment)
    if by_treatment is None:
        first = (ev.course.first_dose,) if ev.course.first_dose is not None else ()
        numbers = (number for gone in ev.course.taken_back if gone.treatment in ("", treatment) for number in gone.by)
        by_treatment = known[treatment] = (*ev.events(*first), *(ev.event(number) for number in dict.fromkeys(numbers)))
    return by_treatment


def proposals_of(ev: Evaluation, read: Iterable[Read], entries: list[Entry]) -> tuple[Proposal, ...]:
    """All proposals, also those to come, in the order of their days."""
    known: dict[str, tuple[Budget | None, date | None]] = {}
    proposals: list[Proposal] = []
    for each in read:
        line = ev.plan.timelines[each.reading.rule.treatment]
        until = known.get(line.name)
        if until is None:
            budget = budget_of(ev, line, entries)
            until = known[line.name] = budget, _deadline(ev, line, budget)
        proposals.append(_proposal(each, *until))
    return with_leads(proposals)


def _proposal(each: Read, budget: Budget | None, deadline: date | None) -> Proposal:
    reading, answer, awaited = each.reading, each.answer, each.awaited
    closing = _closing(answer)
    on_hold = awaited is not None and awaited.resumed is None
    return Proposal(
        id=reading.id,
        treatment=reading.rule.treatment,
        rule=reading.rule.id,
        title=reading.rule.title,
        clause=reading.rule.clause,
        trigger=reading.trigger.number,
        events=reading.numbers,
        raised=date.fromordinal(reading.day),
        options=each.options,
        state=_state(each),
        doses_wait=each.waits,
        budget=budget,
        deadline=deadline,
        decided_by=_numbers(answer.facts) if answer is not None and closing is None else (),
        chosen=answer.action.words if answer is not None and answer.action is not None else None,
        assumed=reading.assumed,
        clock=reading.clock,
        earliest_resume=_earliest(awaited) if on_hold else None,
        resume_waits_for=_waits_for(awaited) if on_hold else (),
        early_resume=None if on_hold else _early(awaited),
        closed=closing,
        baselines=each.baselines,
    )


def _closing(answer: Answer | None) -> Closing | None:
    if answer is None or answer.outcome is not Outcome.CLOSED:
        return None
    return Closing(_ENDS[type(answer.fact.event)], answer.fact.event.on, _numbers(answer.facts))


_GRADE_5 = text_of(said_as("what ended treatment", "an adverse event of grade 5"))
_ENDS: dict[type, Text] = {
    EndOfTreatment: text_of(said_as("what ended treatment", "end of treatment")),
    Withdrew: text_of(said_as("what ended treatment", "withdrawal")),
    Died: text_of(said_as("what ended treatment", "death")),
    AdverseEvent: _GRADE_5,
    Regraded: _GRADE_5,
}
"""What ends all treatment, in words."""


def _earliest(awaited: Awaited | None) -> date | None:
    return date.fromordinal(awaited.earliest) if awaited is not None and awaited.earliest is not None else None


def _waits_for(awaited: Awaited | None) -> tuple[str, ...]:
    if awaited is None:
        return ()
    return (*awaited.not_yet, *(words for words in (awaited.for_a_person, awaited.level) if words is not None))


def _early(awaited: Awaited | None) -> EarlyResume | None:
    """A resume that came too soon, or before something had recovered."""
    if awaited is None or awaited.resumed is None or not (awaited.days_short or awaited.not_yet):
        return None
    numbers = _numbers(awaited.facts)
    return EarlyResume(date.fromordinal(awaited.resumed), awaited.days_short, awaited.not_yet, numbers, awaited.mended)


def _numbers(facts: Iterable[Fact]) -> tuple[int, ...]:
    return tuple(sorted({number for fact in facts for number in fact.numbers}))


def _state(each: Read) -> State:
    answer = each.answer
    if not each.reading.has_come:
        return State.TO_COME
    if answer is None:
        return _unanswered(each.options)
    return _STATES[answer.outcome]


_STATES = {
    Outcome.AS_PROPOSED: State.AS_PROPOSED,
    Outcome.OTHERWISE: State.OTHERWISE,
    Outcome.CLOSED: State.CLOSED,
}


def _unanswered(options: tuple[Option, ...]) -> State:
    return State.OPEN if is_for_a_person(options) else State.CONTINUE


def _deadline(ev: Evaluation, line: Timeline, budget: Budget | None) -> date | None:
    """The last day on which dosing may go on without a further decision: of the running hold, or of the gap between doses."""
    if budget is not None:
        return budget.last
    if line.limits.gap_at_most is None:
        return None
    given = ev.course.doses.get(line.name)
    return date.fromordinal(add_span(given[-1].day, line.limits.gap_at_most)) if given else None


def with_leads(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The proposals in the order of their days; of those open for one treatment, the strictest leads.

    Of equals one that is no choice between it and going on, then the first.
    """
    ordered = sorted(proposals, key=lambda proposal: proposal.raised)
    leading: dict[str, Proposal] = {}
    for proposal in ordered:
        best = leading.get(proposal.treatment)
        if proposal.is_open and (best is None or _weight(proposal) > _weight(best)):
            leading[proposal.treatment] = proposal
    first = {proposal.id for proposal in leading.values()}
    return tuple(
        proposal if proposal.leads == (proposal.id in first) else proposal._replace(leads=not proposal.leads)
        for proposal in ordered
    )


def _weight(proposal: Proposal) -> tuple[Strictness, bool]:
    """How strict a proposal is; of equals, one that leaves no choice of going on is the stricter."""
    may_go_on = any(_goes_on(option.action) for option in proposal.options if option.of_protocol)
    return proposal.strictness, not may_go_on


def _goes_on(action: Action) -> bool:
    return action.strictness is Strictness.CONTINUE


def proposals_on(calendar: Calendar, day: date) -> tuple[Proposal, ...]:
    """The proposals as they stand on a day: those to come whose day has come by then are open."""
    known = [proposal for proposal in calendar.proposals if proposal.raised <= day]
    come = [_come(proposal) for proposal in calendar.proposals_to_come if proposal.raised <= day]
    return with_leads((*known, *come))


def _come(proposal: Proposal) -> Proposal:
    return proposal._replace(state=_unanswered(proposal.options), doses_wait=is_about_doses(proposal.options))
