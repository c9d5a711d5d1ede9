"""What one place of a compiled protocol means, in the short form of telling.py: a "when", a dose, a row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.dosing.give import Ladder
from scheduler.protocol.plan.rules import Condition, GradeIs, MedicineFor, OccurrenceIs, OnHoldFor, Rule
from scheduler.protocol.plan.study import Plan, Timeline
from scheduler.protocol.plan.values import Basis, ValueIs
from tests.protocol.telling import (
    told_band,
    told_give,
    told_limit,
    told_moment,
    told_only_if,
    told_selection,
    told_sheet,
    told_timing,
)


def told_at(plan: Plan, place: str) -> str:
    """What stands at a place such as "treatments/drug/give" means in this arm."""
    match place.split("/"):
        case ["study days" | "screened again" as key]:
            return _told_of_study(plan, key)
        case ["products", name, *_]:
            return "; ".join(
                f"{product}"
                + ("" if product.step == 1 else f" in {product.parts}")
                + (f", {product.pack} of {product.per_pack}" if product.pack is not None else "")
                for product in plan.products[name]
            )
        case ["sheets" | "rules" as section, name, *rest]:
            return _told_by_name(plan, section, name, rest)
        case ["activities", activity, _]:
            return "; ".join(_with_activity(plan, activity))
        case [_, name, "when", *_] | ["visits", name]:
            return told_line(plan.timelines[name])
        case [_, name, "until"]:
            line = plan.timelines[name]
            return "; ".join([*map(told_limit, line.counts), *map(told_limit, line.limits_by_date)])
        case [_, name, "levels"]:
            ladder = plan.timelines[name].ladder
            assert ladder is not None
            return _told_ladder(ladder)
        case [_, name, "give"]:
            return "; ".join(told_give(give) for give in plan.timelines[name].gives)
        case [_, name, key, *_]:
            only_if = plan.timelines[name].only_if if key == "only if" else None
            return told_only_if(only_if) if only_if is not None else _told_calculation(plan.timelines[name], key)
    raise LookupError(place)


def _told_by_name(plan: Plan, section: str, name: str, rest: list[str]) -> str:
    if section == "sheets":
        return told_sheet(next(sheet for sheet in plan.sheets if sheet.name == name))
    return told_rule(next(rule for rule in plan.rules if rule.id == f"{name}.{int(rest[-1]) + 1}"))


def _with_activity(plan: Plan, activity: str) -> Iterator[str]:
    for line in plan.timelines.values():
        yield from (
            f"{line.name} {told_selection(each.selection)}{f' {each.apart.words}' if each.apart else ''}"
            for each in line.activities
            if each.name == activity
        )


def told_line(line: Timeline) -> str:
    """When one treatment or visit is: each number, what follows, and which days of another one."""
    parts = [
        f"{n}: {told_timing(timing)}" if n != 1 or line.then else told_timing(timing)
        for n, timing in line.numbered.items()
    ]
    parts += [f"then: {told_timing(line.then)}"] if line.then is not None and line.numbered else []
    parts += [told_timing(line.then)] if line.then is not None and not line.numbered else []
    parts += [told_timing(piece) for piece in line.pieces]
    if line.follows is not None:
        days = f" days {','.join(map(str, line.follows.days))}" if line.follows.days else ""
        parts.append(f"for {line.follows.timeline} {told_selection(line.follows.selection)}{days}")
    return "; ".join(parts)


def _told_calculation(line: Timeline, key: str) -> str:
    if key == "before consent":
        return "before consent as routine care" if line.before_consent else "after consent"
    how = line.gives[0].calculation
    match key:
        case "dose by":
            return "; ".join(map(told_band, how.bands))
        case "body surface" if how.surface is not None:
            at_most = "" if how.surface.at_most is None else f" up to {how.surface.at_most} m2"
            return f"{how.surface.formula.value}{at_most}"
        case "clearance" if how.clearance is not None:
            return f"up to {how.clearance.at_most} mL/min"
        case "round to" if how.round_to is not None:
            amounts = ", ".join(map(str, how.round_to.amounts))
            within = "" if how.round_to.within is None else f" within {how.round_to.within} percent"
            return f"{how.round_to.onto.value} {amounts} {how.round_to.unit or ''}".strip() + within
        case "at most" if how.at_most is not None:
            return f"{how.at_most.amount} {how.at_most.unit} each"
    raise LookupError(key)


def told_rule(rule: Rule) -> str:
    """What is found, and what is to be done."""
    return f"{', '.join(map(_told_condition, rule.conditions))} -> {' or '.join(map(_told_action, rule.actions))}"


def _told_condition(condition: Condition) -> str:
    match condition:
        case GradeIs(_, low, high):
            return f"grade {low}-{high}"
        case OccurrenceIs(first, last):
            return f"time {first}-{last or ''}"
        case OnHoldFor(longer_than):
            return f"held > {longer_than}"
        case MedicineFor(name, longer_than, above, unit):
            return f"{name} > {above} {unit} for > {longer_than}"
        case ValueIs():
            left = (
                "" if condition.above is None else f"{_plain(condition.above)} {'<=' if condition.from_above else '<'} "
            )
            right = "" if condition.up_to is None else f" {'<' if condition.below else '<='} {_plain(condition.up_to)}"
            unit = condition.unit if condition.basis is Basis.ABSOLUTE else f"x {condition.basis.value}"
            if condition.basis.is_change:
                points = "" if condition.basis.is_percent else f"{condition.unit or 'points'} "
                unit = f"{points}{condition.basis.value}"
            return f"{left}{' '.join(condition.tests)}{right} {unit}"
    raise LookupError(str(condition))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _told_ladder(ladder: Ladder) -> str:
    amounts = f"{', '.join(f'{amount:f}' for amount in ladder.amounts)} {ladder.unit}"
    start = f" from {ladder.start}" if ladder.start else ""
    steps = ladder.steps
    unless = f" unless {steps.unless}" if steps is not None and steps.unless else ""
    up = f" | +{steps.levels} / {steps.every} days of cycle {steps.cycle}{unless}" if steps is not None else ""
    return f"{amounts}{start}{up}{' kept' if ladder.kept else ''}"


def _told_action(action: Action) -> str:
    if action.discontinue:
        return "discontinue"
    level = f"{action.levels_down} down" if action.levels_down else "same level"
    if action.hold:
        late = f", {action.down_if_later} down after {action.recovered_within}" if action.recovered_within else ""
        return f"hold until {action.until}, {level}{late}"
    return level


def _told_of_study(plan: Plan, key: str) -> str:
    if key == "study days":
        return f"{told_moment(plan.reference)} is Day {plan.day_one}"
    return "another consent first" if plan.consent_again is not None else "no consent"
