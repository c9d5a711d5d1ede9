"""The plan of a patient who moved to another version of the protocol, or of one who did not.

A move counts from its day on. What was started under an earlier version is finished under it
(`scheduler.calendar.engine.placing.by_version`), so the plan keeps the earlier ones. A treatment or visit that the newer
version no longer has stays known by its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from scheduler.dates import Day
from scheduler.patient.course import Course
from scheduler.patient.events import MovedToVersion
from scheduler.protocol.plan.rules import Rule
from scheduler.protocol.plan.study import Earlier, Plan, StudyVersion


def oldest_first(versions: Iterable[StudyVersion]) -> tuple[StudyVersion, ...]:
    """The versions of a study in the order of their amendments, whatever their files are called: the newest is the last.

    ``protocol-1.1.yaml`` stands before ``protocol.yaml`` in a folder, and amends it. Those that amend nothing keep their order.
    """
    given = tuple(versions)
    amended = {each.version: each.amendment.of for each in given if each.amendment is not None}

    def amendments(version: StudyVersion) -> int:
        passed, name = set[str](), version.version
        while name in amended and name not in passed:
            passed.add(name)
            name = amended[name]
        return len(passed)

    return tuple(sorted(given, key=amendments))


def plan_for(version: StudyVersion, course: Course, arm: str | None = None) -> Plan | None:
    """The plan of a patient who came into the study under ``version``, with all moves to its other versions.

    ``arm`` is for a patient who does not exist yet. None while the arm is not known.
    """
    plan = version.plan(course.arm or arm)
    if plan is None or not course.moves:
        return plan
    known = {other.version: other for other in (*version.others, version)}
    earlier: list[Earlier] = []
    for fact in course.moves:
        newer = known.get(cast(MovedToVersion, fact.event).version)
        next_plan = newer.plan(course.arm or arm) if newer is not None else None
        if next_plan is not None and next_plan.version != plan.version:
            earlier.append(Earlier(plan, fact.day, fact.numbers))
            plan = next_plan
    return _amended(plan, tuple(earlier)) if earlier else plan


def _amended(newest: Plan, earlier: tuple[Earlier, ...]) -> Plan:
    """The newest plan, with what only earlier ones have, and with the rules that were in force before."""
    timelines, dates = dict(newest.timelines), dict(newest.dates)
    for each in earlier:
        timelines |= {name: line for name, line in each.plan.timelines.items() if name not in timelines}
        dates |= {name: line for name, line in each.plan.dates.items() if name not in dates}
    starts = (None, *(each.until for each in earlier))
    ends = (*(each.until for each in earlier), None)
    plans = (*(each.plan for each in earlier), newest)
    rules = tuple(
        _between(rule, start, end) for plan, start, end in zip(plans, starts, ends, strict=True) for rule in plan.rules
    )
    return replace(newest, timelines=timelines, dates=dates, rules=rules, earlier=earlier)


def _between(rule: Rule, start: Day | None, end: Day | None) -> Rule:
    return replace(rule, since=start, until=end)
