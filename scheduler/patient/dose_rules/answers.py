"""How a proposal was answered: by a decision on it, by a stricter decision about the same treatment, or by an order.

An end of all treatment, a withdrawal or a death closes it: nobody has decided, and nothing is left to decide.

An order recorded on the proposal's day or later answers it too. Stricter or equal is as proposed, laxer is otherwise. A hold is
judged when it ends: only its resume says whether the dose was reduced.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from scheduler.dates import Day
from scheduler.patient.course import Hold
from scheduler.patient.dose_rules.facts.left_open import is_no_answer_to_the_end, may_leave_it_open
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.firing.levels import level_at
from scheduler.patient.dose_rules.so_far.decided import Decision
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import Option, find_option, is_for_a_person, lead
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events import Decided, DoseChanged, Held, Resumed
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Action, Strictness

_OF_HOLDS = frozenset((Held, Resumed))


class Outcome(StrEnum):
    """Whether an answer keeps to what the protocol calls for."""

    AS_PROPOSED = "decided as proposed"
    OTHERWISE = "decided otherwise"
    CLOSED = "closed"


class Answer(NamedTuple):
    """What answered a proposal: the facts, the first of them the decision or order; and what was chosen, where it is known.

    ``looked`` are the dose levels by which a resume or a change was judged.
    """

    outcome: Outcome
    facts: tuple[Fact, ...]
    action: Action | None = None
    looked: tuple[Fact, ...] = ()

    @property
    def fact(self) -> Fact:
        """The decision or order."""
        return self.facts[0]


def answer_to(history: History, reading: Reading, options: tuple[Option, ...]) -> Answer | None:
    """What answered a reading that fires; None while it is open. A decision on it goes before everything else.

    Where the protocol only says to go on, no order is an answer: nobody was asked.
    """
    stricter, own = None, reading.id
    for decision in history.decisions:
        if decision.event.proposal == own:
            return _decided(decision.fact, decision.event, options)
        if stricter is None:
            stricter = _by_another(reading, options, decision)
    if not is_for_a_person(options):
        return None
    found = (stricter, _ordered(history, reading, options), _closed(history, reading))
    answers = [answer for answer in found if answer is not None]
    return min(answers, key=lambda answer: (answer.fact.event.on, answer.fact.number), default=None)


def _decided(fact: Fact, decided: Decided, options: tuple[Option, ...]) -> Answer:
    option = find_option(options, decided.action)
    if option is None:
        return Answer(Outcome.OTHERWISE, (fact,))
    kept = option.of_protocol or option.action.strictness >= lead(options).action.strictness
    return Answer(Outcome.AS_PROPOSED if kept else Outcome.OTHERWISE, (fact,), option.action)


def _by_another(reading: Reading, options: tuple[Option, ...], decision: Decision) -> Answer | None:
    """A decision on another proposal for the treatment answers this one only where it is at least as strict."""
    fact, choice = decision.fact, decision.choice
    if choice is None or choice.rule.treatment != reading.rule.treatment or fact.day < reading.day:
        return None
    strict = choice.action.strictness >= lead(options).action.strictness
    return Answer(Outcome.AS_PROPOSED, (fact,), choice.action) if strict else None


def _ordered(history: History, reading: Reading, options: tuple[Option, ...]) -> Answer | None:
    wanted = lead(options).action
    left_open: int | None = None
    for fact in history.orders_for(reading.rule.treatment, reading.day):
        if is_no_answer_to_the_end(reading.rule, fact):
            continue
        lower = _level_left_open(history, reading, fact, wanted)
        if lower is not None:
            left_open = lower
            continue
        if left_open is not None and type(fact.event) is DoseChanged and fact.event.level <= left_open:
            return Answer(Outcome.AS_PROPOSED, (fact,), wanted)
        strictness, facts = _strictness(history, reading, fact, wanted)
        chosen = _option_of_order(options, strictness)
        # An order that raises nothing leaves a dose where it was, which is as strict as a step up.
        kept = chosen is not None or wanted.levels_down < 0
        looked = _levels_judged_by(history, reading, facts)
        if chosen is not None and strictness is Strictness.HOLD and chosen.recovered_within is not None:
            took = recovery_of(history.plan, history.course, reading.rule, chosen, reading.trigger, facts[-1].day)
            kept, looked = took.down == 0, (*looked, *took.facts)
        return Answer(Outcome.AS_PROPOSED if kept else Outcome.OTHERWISE, facts, chosen, looked)
    return None


def _level_left_open(history: History, reading: Reading, fact: Fact, wanted: Action) -> int | None:
    """The level that the protocol has where dosing went on without one, after a recovery too slow for the same: no answer."""
    hold = _hold_of(history, reading, fact)
    if hold is None or hold.end is None or not may_leave_it_open(wanted, hold):
        return None
    took = recovery_of(history.plan, history.course, reading.rule, wanted, reading.trigger, hold.end)
    ladder, before = history.ladder(reading.rule.treatment), level_at(history, reading.rule.treatment, reading.day)
    lower = before - took.down if took.down else before
    possible = ladder is not None and ladder.amount(lower) is not None
    return lower if possible and _level_on(history, reading.rule.treatment, hold.end) > lower else None


def _hold_of(history: History, reading: Reading, fact: Fact) -> Hold | None:
    """The hold that an order began or ended."""
    holds = history.course.holds.get(reading.rule.treatment, ())
    return next((hold for hold in holds if any(each is fact for each in hold.facts)), None)


def _closed(history: History, reading: Reading) -> Answer | None:
    end = history.closed_by(reading.day)
    return Answer(Outcome.CLOSED, (end,)) if end is not None else None


def _option_of_order(options: tuple[Option, ...], strictness: Strictness) -> Action | None:
    """The strictest of the protocol's own options that an order is strict enough for; None where it is for none of them."""
    met = [
        option.action
        for option in options
        if option.of_protocol
        and strictness >= option.action.strictness
        and (option.action.levels_down >= 0 or strictness is Strictness.CONTINUE)
    ]
    return max(met, key=lambda action: action.strictness, default=None)


def _strictness(history: History, reading: Reading, fact: Fact, wanted: Action) -> tuple[Strictness, tuple[Fact, ...]]:
    """How strict an order is, with the facts that say so."""
    if type(fact.event) is DoseChanged:
        reduced = _is_reduced(history, reading, fact.event.level, wanted)
        return (Strictness.REDUCE if reduced else Strictness.CONTINUE), (fact,)
    if type(fact.event) not in _OF_HOLDS:
        return Strictness.DISCONTINUE, (fact,)
    hold = _hold_of(history, reading, fact)
    if hold is None or hold.end is None or hold.closed is None:
        # Nobody knows yet whether the dose will be reduced at the resume.
        return Strictness.HOLD_AND_REDUCE, (fact,)
    level = _level_on(history, reading.rule.treatment, hold.end)
    reduced = _is_reduced(history, reading, level, wanted)
    facts = tuple(dict.fromkeys((fact, hold.closed)))
    return (Strictness.HOLD_AND_REDUCE if reduced else Strictness.HOLD), facts


def _level_on(history: History, treatment: str, day: Day) -> int:
    return level_at(history, treatment, day + 1)


def _is_reduced(history: History, reading: Reading, level: int, wanted: Action) -> bool:
    before = level_at(history, reading.rule.treatment, reading.day)
    return level <= before - max(1, wanted.levels_down)


def _levels_judged_by(history: History, reading: Reading, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What set the level before, and that of the day on which a hold ended."""
    treatment = reading.rule.treatment
    days = (reading.day, *(fact.day + 1 for fact in facts))
    changes = [history.level_before(treatment, day) for day in days]
    return tuple(dict.fromkeys(change.fact for change in changes if change is not None))
