"""What decisions contradict: a proposal that was never made, an action that it does not offer, a second decision on it.

A decision is judged by the log as it was when it was recorded: what was struck or corrected later does not make it wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from scheduler.findings import Finding, nearest_known
from scheduler.patient.chart import Chart
from scheduler.patient.contradictions.say import refuse, repeats, told, warn
from scheduler.patient.dose_rules.firing.all_rules import readings_of
from scheduler.patient.dose_rules.firing.held_too_long import read_holds
from scheduler.patient.dose_rules.firing.levels import level_at
from scheduler.patient.dose_rules.firing.waited_too_long import waits_there_may_be
from scheduler.patient.dose_rules.so_far.decided import choice_of, is_possible, with_decisions
from scheduler.patient.dose_rules.so_far.history import History
from scheduler.patient.dose_rules.so_far.options import find_option, options_of
from scheduler.patient.dose_rules.so_far.reading import Reading
from scheduler.patient.events import Decided
from scheduler.patient.log import Fact
from scheduler.patient.replaying.decided_together import for_each_treatment
from scheduler.patient.replaying.replay import replay
from scheduler.protocol.plan.rules import OnHoldFor
from scheduler.protocol.plan.study import Plan
from scheduler.said import Code, said
from scheduler.source.quoting import quoted


def decisions_answer_proposals(chart: Chart) -> Iterator[Finding]:
    """What is decided on was proposed by then, and the action is one of its options."""
    for fact, event in chart.of(Decided):
        by_plan = [(plan, _proposed(chart, plan, fact)) for plan in chart.plans_that_judge(event.on)]
        if not by_plan:
            continue
        plan, known = next((each for each in by_plan if event.proposal in each[1]), by_plan[0])
        reading = known.get(event.proposal)
        if reading is None:
            nothing = said("nothing is proposed for this patient on that day")
            message = said("there is no proposal {proposal}", proposal=Code(quoted(event.proposal)))
            yield refuse("unknown-proposal", message, nearest_known(event.proposal, known) or nothing, fact)
            continue
        yield from _action(chart, plan, fact, event, reading)


def _proposed(chart: Chart, plan: Plan, fact: Fact) -> dict[str, Reading]:
    """Everything that was proposed when the decision was recorded, by the day that it is of."""
    history = _history_before(chart, plan, fact)
    if history.course.first_dose is None:
        return {}
    day = fact.day
    # How long a hold has lasted needs the calendar; here it is enough that there was a hold that the rule is about.
    found = readings_of(history)
    read_holds(history, lambda _, hold: hold.start, found)
    for reading in waits_there_may_be(history):
        found.fire(reading)
    return {each.id: each for each in found.fired if each.day <= day or _is_about_a_hold(each)}


def _history_before(chart: Chart, plan: Plan, fact: Fact) -> History:
    before = replay(chart.log.until(fact.number - 1))
    return History(plan, with_decisions(before, plan))


def _is_about_a_hold(reading: Reading) -> bool:
    return any(isinstance(condition, OnHoldFor) for condition in reading.rule.conditions)


def _action(chart: Chart, plan: Plan, fact: Fact, event: Decided, reading: Reading) -> Iterator[Finding]:
    level = level_at(_history_before(chart, plan, fact), reading.rule.treatment, reading.day)
    options = options_of(plan, reading.rule, level)
    if find_option(options, event.action) is None:
        words = [option.words for option in options]
        message = said(
            "{action} is not an option of {proposal}",
            action=Code(quoted(event.action)),
            proposal=Code(quoted(event.proposal)),
        )
        yield refuse("unknown-action", message, nearest_known(event.action, words), fact)


def stops_decided(chart: Chart) -> dict[int, tuple[tuple[str, ...], bool]]:
    """The decisions that stop treatments, by number: which treatments, and whether for good."""
    decided = [fact for fact, _ in chart.of(Decided)]
    if not decided:
        return {}
    course = replay(chart.log)
    stops: dict[int, tuple[tuple[str, ...], bool]] = {}
    for fact in for_each_treatment(tuple(decided), chart.plans_on(decided[0].event.on)[0]):
        choice = choice_of(chart.plans_on(fact.event.on)[0], course, fact)
        if choice is not None and (choice.action.hold or choice.action.discontinue):
            others, _ = stops.get(fact.number, ((), False))
            stops[fact.number] = ((*others, choice.rule.treatment), choice.action.discontinue)
    return stops


def proposals_are_decided_once(chart: Chart) -> Iterator[Finding]:
    """One decision answers a proposal; another view of it is an order, or a correction of the decision."""
    decided: dict[str, list[Fact]] = {}
    recorded = tuple(fact for fact, _ in chart.of(Decided))
    if not recorded:
        return
    plan = chart.plans_on(recorded[0].event.on)[0]
    everything = for_each_treatment(recorded, plan)
    course = with_decisions(replay(chart.log), plan) if len(everything) > len(recorded) else None
    for fact in everything:
        if course is not None and not is_possible(plan, course, fact):
            continue
        decided.setdefault(cast(Decided, fact.event).proposal, []).append(fact)
    for proposal, facts in decided.items():
        for first, again in repeats(facts):
            message = said(
                "{proposal} was decided twice: {first} and {again}",
                proposal=Code(quoted(proposal)),
                first=told(first),
                again=told(again),
            )
            yield refuse(
                "decided-twice",
                message,
                said("correct or strike one of them, or record the new order itself"),
                first,
                again,
            )


def decisions_have_a_name(chart: Chart) -> Iterator[Finding]:
    """A named person decides."""
    for fact, event in chart.of(Decided):
        if event.by is None:
            message = said("the decision {fact} does not say who decided", fact=told(fact))
            yield warn("no-decider", message, said("add 'by'"), fact)
