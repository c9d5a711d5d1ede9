"""What a rule means, in short words that a table of expectations can hold."""

from __future__ import annotations

from scheduler.protocol.plan.actions import Action, Recovery
from scheduler.protocol.plan.rules import (
    AttributeIs,
    BeforeSurgery,
    Condition,
    GradeIs,
    Happened,
    LastsFor,
    LevelIs,
    MedicineFor,
    NoLevelLeft,
    NotImproved,
    NotRecovered,
    OccurrenceIs,
    OnHoldFor,
    SinceLastDose,
    StepUp,
    WaitingFor,
    Worsened,
)
from scheduler.protocol.plan.values import Basis, EitherIs, ValueIs
from scheduler.protocol.sentences.rules.rule import RowPhrase


def told_row(row: RowPhrase) -> str:
    conditions = " & ".join(told_condition(condition) for condition in row.conditions)
    actions = " | ".join(told_action(action) for action in row.actions)
    return f"{conditions} => {actions} [{' '.join(row.clause.assumptions)}]"


def told_condition(condition: Condition) -> str:  # noqa: C901 - one kind, one line
    match condition:
        case GradeIs(terms, low, high):
            return f"grade {low}..{high}{told_names(terms)}"
        case ValueIs(tests, above, up_to, basis, unit, at_baseline, from_above, below):
            when = " at baseline" if at_baseline else ""
            left, right = "[" if from_above else "]", "[" if below else "]"
            return f"value{told_names(tests)}{when} {left}{above or ''}..{up_to or ''}{right} {_unit(unit, basis)}"
        case EitherIs(values):
            return f"either {' / '.join(map(told_condition, values))}"
        case OccurrenceIs(first, last):
            return f"time {first}..{last or ''}"
        case NotImproved(within):
            return f"not improved {within}"
        case LastsFor(longer_than):
            return f"lasts > {longer_than}"
        case NotRecovered(within):
            return f"not recovered {within}"
        case Worsened():
            return "worse"
        case AttributeIs(name, value):
            return f"{name}={value}"
        case LevelIs(None, None):
            return "lowest level"
        case LevelIs(low, high):
            return f"level {high}..{low}"
        case WaitingFor(longer_than, timeline):
            return f"{timeline} waits for more than {longer_than}"
        case OnHoldFor(longer_than):
            return f"hold > {longer_than}"
        case SinceLastDose(longer_than):
            return f"gap > {longer_than}"
        case StepUp(cycle, day, unless):
            return f"cycle {cycle} day {day} unless {unless}"
        case NoLevelLeft():
            return "no level"
        case MedicineFor(name, longer_than, above, unit, or_equivalent):
            most = f" at > {above} {unit}" if above is not None else ""
            return f"{name}{' or equivalent' if or_equivalent else ''} > {longer_than}{most}"
        case Happened(what):
            return what
        case BeforeSurgery(within):
            return f"before surgery < {within}"


def _unit(unit: str | None, basis: Basis) -> str:
    return f"{unit or ''} {basis.value}".strip() if basis.is_change else unit or basis.value


def told_names(names: tuple[str, ...]) -> str:
    return f" of {', '.join(names)}" if names else ""


def told_action(action: Action) -> str:
    parts = [action.strictness.name.lower()]
    if action.levels_down:
        parts.append(f"{-action.levels_down:+d}")
    if action.recovered_within is not None:
        parts += [f"({-down:+d} within {within})" for within, down in action.between]
        late = "ends" if action.ends_if_later else f"{-action.down_if_later:+d}"
        parts.append(f"(later than {action.by_time[-1][0]}: {late})")
    if action.at_least is not None:
        parts.append(f">= {action.at_least}")
    if action.recovery is not None:
        parts.append(f"until {told_recovery(action.recovery)}")
    if action.monitor:
        parts.append(f"{', '.join(action.monitor)} every {action.monitor_every}")
        parts += [f">= {action.monitor_at_least}"] if action.monitor_at_least else []
        parts += [f"until {told_recovery(action.monitor_recovery)}"] if action.monitor_recovery else []
    parts += [f"{' & '.join(action.only)} alone"] if action.only else []
    marks = {"care": action.supportive_care, "up": action.re_escalation, "slow": action.slow_infusion}
    return " ".join(parts + [mark for mark, said in marks.items() if said])


def told_recovery(recovery: Recovery) -> str:
    if recovery.times is not None:
        basis = _unit(recovery.unit, recovery.basis) if recovery.basis else ""
        sign = ">=" if recovery.at_least else ">" if recovery.above else "<=" if recovery.at_most else "<"
        basis += f" of {recovery.test}" if recovery.test is not None else ""
        also = f" and {told_recovery(recovery.also)}" if recovery.also is not None else ""
        return f"{sign}{recovery.times} {basis}{' or baseline' if recovery.or_baseline else ''}{also}"
    if recovery.grade is not None:
        return f"<=g{recovery.grade}{' or baseline' if recovery.or_baseline else ''}"
    return f"'{recovery.words}'"
