"""Carrying out what was decided: a decision holds, reduces or discontinues from its day on, as the orders themselves would.

A decision names a proposal and an option. What it does is read from the rule, not from the proposal, so that it stands when the
event that led to it is struck or corrected: somebody has told the patient. A resume ends a hold that was decided like any other.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from scheduler.dates import Day
from scheduler.patient.course import Course, Hold, LevelChange, effective
from scheduler.patient.dose_rules.facts.recovery_time import recovery_of
from scheduler.patient.dose_rules.so_far.index import index_of
from scheduler.patient.dose_rules.so_far.options import (
    ALWAYS,
    find_option,
    has_level,
    instead_of_reducing,
    ladder_of,
    options_of,
)
from scheduler.patient.events import Decided, Resumed
from scheduler.patient.log import Fact
from scheduler.patient.replaying.replay import by_plan, with_orders
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.rules import NotImproved, Rule, StepUp
from scheduler.protocol.plan.study import Plan


class Choice(NamedTuple):
    """What a decision chose: the rule, the number of the event that it was read against, and the action."""

    rule: Rule
    trigger: int
    action: Action


class Decision(NamedTuple):
    """A decision in force, and what it chose; None where the plan has no such rule or option."""

    fact: Fact
    event: Decided
    choice: Choice | None


def rule_of(plan: Plan, course: Course, proposal: str) -> tuple[Rule, int] | None:
    """The rule and the event number that a proposal's id names; of two versions' rules, the one of the event's day."""
    name, _, number = proposal.rpartition(".")
    rules = index_of(plan.rules).by_id.get(name)
    if rules is None or not number.isdecimal():
        return None
    trigger = _fact(course, int(number))
    if trigger is None:
        return rules[-1], int(number)
    in_force = [rule for rule in rules if rule.is_in_force(trigger.day)]
    return (in_force[-1], int(number)) if in_force else None


def _fact(course: Course, number: int) -> Fact | None:
    return next((fact for fact in course.facts if fact.numbers[0] == number), None)


def decision_of(plan: Plan, course: Course, fact: Fact, event: Decided) -> Decision:
    """A decision with what it chose."""
    return Decision(fact, event, choice_of(plan, course, fact))


def choice_of(plan: Plan, course: Course, fact: Fact) -> Choice | None:
    """What a decision chose; None where the plan has no such rule or option."""
    event = cast(Decided, fact.event)
    named = rule_of(plan, course, event.proposal)
    if named is None:
        return None
    rule, trigger = named
    level = level_from(plan, course, rule, trigger, fact)
    option = find_option(options_of(plan, rule, level), event.action)
    if option is not None:
        return Choice(rule, trigger, option.action)
    # The levels may have been corrected since: what was chosen then is still known by its words.
    known = (*rule.actions, *(instead_of_reducing(plan, rule, action) for action in rule.actions), *ALWAYS)
    action = next((each for each in known if each.words.casefold() == event.action.casefold()), None)
    return Choice(rule, trigger, action) if action is not None else None


def is_possible(plan: Plan, course: Course, fact: Fact) -> bool:
    """False for a decision that another treatment's carries with it, where this one has no such option: no lower level is left.

    What becomes of this treatment is then to be decided by itself.
    """
    if not fact.carried:
        return True
    event = cast(Decided, fact.event)
    named = rule_of(plan, course, event.proposal)
    if named is None:
        return False
    level = level_from(plan, course, *named, fact)
    return find_option(options_of(plan, named[0], level), event.action) is not None


def level_from(plan: Plan, course: Course, rule: Rule, trigger: int, fact: Fact) -> int:
    """The dose level that a reduction counts from: that of before the trigger, so that two decisions about it reduce once.

    What failed to improve was reduced already, and counts from before the decision.
    """
    return _level(plan, course, rule.treatment, level_day(course, rule, trigger, fact))


def level_day(course: Course, rule: Rule, trigger: int, fact: Fact) -> Day:
    """The last day whose dose level a reduction counts from."""
    day = fact.day
    if not any(isinstance(condition, NotImproved) for condition in rule.conditions):
        known = _fact(course, trigger)
        step = next((condition.day - 1 for condition in rule.conditions if isinstance(condition, StepUp)), 0)
        day = min(day, known.day + step) if known is not None else day
    return day - 1


def _level(plan: Plan, course: Course, treatment: str, day: Day) -> int:
    change = _change(course, treatment, day)
    return change.level if change is not None else plan.start_level(treatment)


def _change(course: Course, treatment: str, day: Day) -> LevelChange | None:
    """The last change up to a day; of several on one day the one that counts last."""
    changes = [change for change in course.levels.get(treatment, ()) if change.day <= day]
    return max(reversed(changes), key=lambda change: change.day, default=None)


def rests_on(course: Course, choice: Choice, fact: Fact) -> tuple[Fact, ...]:
    """The facts that say what a decision does: what it was about, and the dose levels that it counts from."""
    days = {level_day(course, choice.rule, choice.trigger, fact), fact.day - 1}
    changes = [_change(course, choice.rule.treatment, day) for day in sorted(days)]
    same_day = [c for c in course.levels.get(choice.rule.treatment, ()) if c.day == effective(fact) and c.fact != fact]
    levels = [change.fact for change in (*changes, *same_day) if change is not None]
    trigger = _fact(course, choice.trigger)
    return (*([trigger] if trigger is not None else []), *dict.fromkeys(levels))


def with_decisions(course: Course, plan: Plan) -> Course:
    """The course as this plan reads it, with everything that was decided carried out."""
    course = by_plan(course, plan)
    if not plan.rules or not course.decided:
        return course
    return with_orders(course, lambda again, fact: _carry_out(plan, again, fact))


def _carry_out(plan: Plan, course: Course, fact: Fact) -> None:
    if isinstance(fact.event, Resumed):
        _level_after_a_hold(plan, course, fact)
        return
    choice = choice_of(plan, course, fact)
    if choice is None or not is_possible(plan, course, fact):
        return
    action, treatment, day = choice.action, choice.rule.treatment, effective(fact)
    holds = course.holds.setdefault(treatment, [])
    if choice.rule.decided_with and any(hold.discontinued and hold.end is None and hold.start <= day for hold in holds):
        # Decided for several treatments, of which this one had ended by itself.
        return
    if action.discontinue:
        holds.append(Hold(day, None, fact, discontinued=True))
    elif action.hold:
        holds.append(Hold(day, None, fact))
    now = _level(plan, course, treatment, day)
    wanted = _wanted(plan, course, choice, fact, now)
    if wanted != now:
        course.levels.setdefault(treatment, []).append(LevelChange(day, wanted, fact))


def _level_after_a_hold(plan: Plan, course: Course, resumed: Fact) -> None:
    """The level of a resume that names none, where it depends on how long the recovery took."""
    if cast(Resumed, resumed.event).level is not None:
        return
    for treatment, holds in course.holds.items():
        for hold in holds:
            if hold.closed is not resumed or not isinstance(hold.opened.event, Decided):
                continue
            choice = choice_of(plan, course, hold.opened)
            trigger = _fact(course, choice.trigger) if choice is not None else None
            if choice is None or trigger is None or choice.action.recovered_within is None:
                continue
            took = recovery_of(plan, course, choice.rule, choice.action, trigger, resumed.day)
            start, now = (
                level_from(plan, course, choice.rule, choice.trigger, hold.opened),
                _level(plan, course, treatment, resumed.day),
            )
            # Treatment was to end: a person's resume stands, at the lowest level of the row, and its doses wait for a decision.
            down = took.down if took.down is not None else choice.action.most_down
            known = ladder_of(plan, choice.rule)
            possible = known is not None and known.amount(start - down) is not None
            wanted = min(now, start - down) if possible else now
            change = LevelChange(resumed.day, wanted, hold.opened, (resumed, *took.facts))
            course.levels.setdefault(treatment, []).append(change)


def _wanted(plan: Plan, course: Course, choice: Choice, fact: Fact, now: int) -> int:
    """The level after a decision: never below the ladder, never above it, and never higher because something was reduced."""
    action = choice.action
    if action.discontinue or action.levels_down == 0:
        return now
    start = level_from(plan, course, choice.rule, choice.trigger, fact)
    if action.levels_down < 0:
        # Never above the dose that the option names, though the level was changed since.
        return max(now, min(0, now - action.levels_down, start - action.levels_down))
    possible = has_level(ladder_of(plan, choice.rule), start, action)
    return min(now, start - action.levels_down) if possible else now
