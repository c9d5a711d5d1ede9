"""Schedule timelines with their instances and timings, and the encounters and activities that instances name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.calendar.entries.entry import Kind
from scheduler.standards.design.relation import Relation
from scheduler.standards.usdm_out.nodes import Key, Line, Node
from scheduler.standards.usdm_out.parts import ARMS, ENTRY, Part, Parts, iso

MAIN_ENTRY = "A patient takes part in the study"

_AFTER, _BEFORE, _FIXED = ("C201356", "After"), ("C201357", "Before"), ("C201358", "Fixed Reference")
_START_TO_START = ("C201355", "Start to Start")
_VISIT, _IN_PERSON, _BY_TELEPHONE = ("C25716", "Visit"), ("C175574", "In Person"), ("C171537", "Telephone Call")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The timelines, and their encounters in the order of the instances."""

    timelines: tuple[Part, ...]
    encounters: tuple[Part, ...]


def scheduled(
    parts: Parts,
    lines: tuple[Line, ...],
    arms: int,
    epochs: Mapping[str, str],
    activities: Mapping[str, str],
    day_one: int,
) -> Scheduled:
    """Every timeline. ``epochs`` and ``activities`` are ids by name; ``arms`` is how many the study has."""
    timelines, encounters = [], []
    for line in lines:
        timeline, own = _timeline(parts, line, arms, epochs, activities, day_one)
        timelines.append(timeline)
        encounters += own
    return Scheduled(tuple(timelines), tuple(encounters))


def _timeline(
    parts: Parts, line: Line, arms: int, epochs: Mapping[str, str], activities: Mapping[str, str], day_one: int
) -> tuple[Part, list[Part]]:
    ids = {node.key: parts.id("ScheduledActivityInstance") for node in line.nodes}
    timing_ids = {node.key: parts.id("Timing") for node in line.nodes}
    leave = parts.part("ScheduleTimelineExit")
    follows: list[str | None] = [ids[node.key] for node in line.nodes[1:]]
    instances, encounters, timings = [], [], []
    for node, after in zip(line.nodes, [*follows, None], strict=True):
        encounter = _encounter(parts, node, timing_ids[node.key])
        encounters += [] if encounter is None else [encounter]
        instances.append(
            _instance(parts, node, ids[node.key], arms, activities)
            | {
                "defaultConditionId": after,
                "timelineExitId": leave["id"] if after is None else None,
                "epochId": _epoch(node, line, epochs),
                "encounterId": encounter["id"] if encounter is not None else None,
            }
        )
        timings.append(_timing(parts, node, ids, timing_ids[node.key], day_one if not line.entered else 0))
    name = line.entered.capitalize() or "Main timeline"
    timeline = parts.part(
        "ScheduleTimeline",
        name=name,
        label=name,
        description=None,
        mainTimeline=not line.entered,
        entryCondition=f"{name}: recorded for the patient" if line.entered else MAIN_ENTRY,
        entryId=ids[line.nodes[0].key],
        exits=[leave],
        timings=timings,
        instances=instances,
        plannedDuration=_planned_duration(parts, line),
    )
    return timeline, encounters


def _planned_duration(parts: Parts, line: Line) -> Part | None:
    days = [node.day for node in line.nodes if node.day is not None]
    if line.entered or not days:
        return None
    return parts.part(
        "Duration",
        text=f"From study day {min(days)} to study day {max(days)} as planned; it ends for each patient by the protocol",
        quantity=None,
        durationWillVary=True,
        reasonDurationWillVary="Treatment and visits go on until the protocol ends them for the patient",
    )


def _instance(parts: Parts, node: Node, of: str, arms: int, activities: Mapping[str, str]) -> Part:
    visit = node.visit
    said = [parts.said(ENTRY, visit.id)] if visit is not None else []
    if visit is not None and len(node.arms) < arms:
        said.append(parts.said(ARMS, ", ".join(node.arms)))
    return parts.part(
        "ScheduledActivityInstance",
        id=of,
        name=_name(node.key),
        label=node.title,
        description=visit.rule if visit is not None and visit.rule else None,
        timelineId=None,
        activityIds=[activities[each] for each in visit.activities] if visit is not None else [],
    ) | {"extensionAttributes": said}


def _name(key: Key) -> str:
    return f"{key.name} ({key.arm})" if key.arm else key.name


def _epoch(node: Node, line: Line, epochs: Mapping[str, str]) -> str | None:
    """The epoch that the plan has it in; without epochs of the protocol's own, before, in or after treatment."""
    if node.visit is not None and node.visit.epoch is not None:
        return epochs.get(node.visit.epoch)
    standard = [epochs[name] for name in ("SCREENING", "TREATMENT", "FOLLOW-UP") if name in epochs]
    if len(standard) < 3:
        return next(iter(epochs.values())) if node.visit is None else list(epochs.values())[-1]
    if line.entered:
        return standard[2]
    return standard[0] if node.day is not None and node.day < 1 else standard[1]


def _encounter(parts: Parts, node: Node, timing: str) -> Part | None:
    visit = node.visit
    if visit is None:
        return None
    away = visit.kind is Kind.CONTACT
    return parts.part(
        "Encounter",
        name=_name(node.key),
        label=node.title,
        description=None,
        type=parts.code(*_VISIT),
        scheduledAtId=timing,
        environmentalSettings=[],
        contactModes=[parts.code(*(_BY_TELEPHONE if away else _IN_PERSON))],
        transitionStartRule=parts.rule(f"start of {_name(node.key)}", visit.rule),
        transitionEndRule=None,
        notes=[],
    )


def _timing(parts: Parts, node: Node, ids: Mapping[Key, str], of: str, day_one: int) -> Part:
    relation = node.relation if node.target is not None else None
    window = None if relation is None or relation.early is None or relation.late is None else relation
    before = relation is not None and relation.before
    return parts.part(
        "Timing",
        id=of,
        name=f"timing of {_name(node.key)}",
        label=node.title,
        description=None,
        type=parts.code(*(_FIXED if relation is None else _BEFORE if before else _AFTER)),
        value=f"P{day_one}D" if relation is None else iso(relation.span),
        valueLabel=_label(relation, day_one),
        relativeToFrom=parts.code(*_START_TO_START),
        relativeFromScheduledInstanceId=ids[node.key],
        relativeToScheduledInstanceId=ids[node.target if node.target is not None else node.key],
        windowLower=f"P{window.early}D" if window is not None else None,
        windowUpper=f"P{window.late}D" if window is not None else None,
        windowLabel=f"-{window.early} to +{window.late} days" if window is not None else None,
    )


def _label(relation: Relation | None, day_one: int) -> str:
    if relation is None:
        return f"Day {day_one}"
    if relation.span is None or not relation.span.amount:
        return "the same day"
    return f"{relation.span} {'before' if relation.before else 'after'}"
