"""What a patient has before randomisation, where something is given before it: a run-in, an induction.

It is one plan made of the plans of all arms. What every arm has alike is dated as in any of them. What is given after
randomisation, or differs between the arms, waits for the arm, and so does all that counts from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.plan.study import Plan, Role, Timeline

T = TypeVar("T")


def plan_before_arms(arms: Mapping[str, Plan]) -> Plan | None:
    """The plan of patients who are not randomised yet; None where nothing is given before that, and where there is one arm."""
    plans = tuple(arms.values())
    if len(plans) < 2 or not any(line.before_randomisation for line in plans[0].timelines.values()):
        return None
    timelines = {name: line for plan in reversed(plans) for name, line in plan.timelines.items()}
    timelines = dict(sorted(timelines.items(), key=lambda each: each[1].order))
    alike = {name for name, line in timelines.items() if all(plan.timelines.get(name) == line for plan in plans)}
    waiting = {name for name, line in timelines.items() if name not in alike or _waits(line, plans[0])}
    dates = {name for name, line in plans[0].dates.items() if any(plan.dates.get(name) != line for plan in plans)}
    return replace(
        plans[0],
        arm="",
        arm_title="",
        timelines=timelines,
        dates={name: line for name, line in plans[0].dates.items() if name not in dates},
        periods=_in_all(plans, lambda plan: plan.periods),
        rules=tuple(rule for rule in _rules(plans) if rule.treatment not in waiting),
        intervals=_in_all(plans, lambda plan: plan.intervals),
        sheets=_in_all(plans, lambda plan: plan.sheets),
        not_first=frozenset(name for plan in plans for name in plan.not_first),
        epochs=_in_all(plans, lambda plan: plan.epochs),
        awaits_arm=frozenset(waiting),
    )


def _waits(line: Timeline, plan: Plan) -> bool:
    """True for what is given after randomisation, though every arm has it."""
    if line.role is Role.CYCLES:
        return not any(plan.timelines[name].before_randomisation for name in plan.drugs.get(line.name, ()))
    return line.role is Role.TREATMENT and not line.before_randomisation


def _in_all(plans: tuple[Plan, ...], of: Callable[[Plan], tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(each for each in of(plans[0]) if all(each in of(plan) for plan in plans))


def _rules(plans: tuple[Plan, ...]) -> tuple[Rule, ...]:
    """The rows of all arms, each once: for all the treatments that any arm has of its table, so that one decision carries all.

    Those about a drug that only waits for the arm propose once the patient has it: another arm never gets it.
    """
    found: dict[Rule, dict[tuple[str, str], None]] = {}
    for rule in (rule for plan in plans for rule in plan.rules):
        found.setdefault(replace(rule, together=()), {}).update(dict.fromkeys(rule.together))
    return tuple(replace(rule, together=tuple(others)) for rule, others in found.items())
