"""One decision about several treatments: a table "for: [nivolumab, ipilimumab]" is decided once, and all of them follow it.

The decision names the proposal of one treatment. For each of the others it is a decision about its own proposal, unless that one
was decided by itself before, or its treatment has no lower level to be reduced to. All have the number of the one record: they
are corrected and struck together. A row that asks about the treatment itself, how long it is on hold or at which level it is, is
decided for that one alone. A treatment that had no dose when an adverse event came up was not asked about a lower dose, and
begins at its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scheduler.dates import Day
from scheduler.patient.events import AdverseEvent, CycleStarted, Decided, Given, Regraded, Taken
from scheduler.patient.log import Fact
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.plan.study import Plan


def decides_for_several(facts: tuple[Fact, ...], plan: Plan) -> bool:
    """True where a decision is about a row that is for several treatments."""
    shared = _shared(plan)
    return bool(shared) and any(type(fact.event) is Decided and _rule_id(fact.event) in shared for fact in facts)


def for_each_treatment(facts: tuple[Fact, ...], plan: Plan) -> tuple[Fact, ...]:
    """The facts, with a decision about several treatments as one for each of them."""
    shared = _shared(plan)
    if not shared:
        return facts
    own: dict[str, int] = {}
    for fact in facts:
        if isinstance(fact.event, Decided):
            own[fact.event.proposal] = min(fact.number, own.get(fact.event.proposal, fact.number))
    begun = _first_doses(facts)
    days = {fact.numbers[0]: fact.day for fact in facts if isinstance(fact.event, AdverseEvent | Regraded)}
    return tuple(each for fact in facts for each in (fact, *_for_the_others(fact, shared, own, begun, days)))


def _first_doses(facts: tuple[Fact, ...]) -> dict[str, Day]:
    """The day of the first dose of each treatment that somebody recorded or reported."""
    found: dict[str, Day] = {}
    for fact in facts:
        if isinstance(fact.event, Given | CycleStarted | Taken):
            found[fact.event.treatment] = min(fact.day, found.get(fact.event.treatment, fact.day))
    return found


def _was_asked(rule: Rule, treatment: str, came_up: Day | None, begun: Mapping[str, Day]) -> bool:
    """True where the row is proposed for a treatment too: before its first dose only what holds or ends it."""
    if came_up is None or any(action.strictness >= Strictness.HOLD for action in rule.actions):
        return True
    return treatment in begun and begun[treatment] <= came_up


def _for_the_others(
    fact: Fact, shared: Mapping[str, Rule], own: Mapping[str, int], begun: Mapping[str, Day], days: Mapping[int, Day]
) -> Iterator[Fact]:
    event = fact.event
    if type(event) is not Decided or (rule := shared.get(_rule_id(event))) is None:
        return
    words = _words(rule, event.action)
    trigger = event.proposal.rpartition(".")[2]
    came_up = days.get(int(trigger)) if trigger.isdecimal() else None
    for name, treatment in rule.decided_with if words is not None else ():
        proposal = f"{name}.{trigger}"
        if own.get(proposal, fact.number) >= fact.number and _was_asked(rule, treatment, came_up, begun):
            yield Fact(event.model_copy(update={"proposal": proposal, "action": words}), fact.numbers, carried=True)


def _words(rule: Rule, action: str) -> str | None:
    """What was chosen, in the words of the row; None for what is about one treatment alone, such as a level that it lacks.

    A number is that of an option. Where the row reduces, it may have been that of ending a treatment without a lower level.
    """
    if action.isdecimal() and 1 <= int(action) <= len(rule.actions):
        return None if any(each.levels_down > 0 for each in rule.actions) else rule.actions[int(action) - 1].words
    return action if any(each.words.casefold() == action.casefold() for each in rule.actions) else None


def _shared(plan: Plan) -> dict[str, Rule]:
    return {rule.id: rule for rule in plan.rules if rule.decided_with}


def _rule_id(event: Decided) -> str:
    return event.proposal.rpartition(".")[0]
