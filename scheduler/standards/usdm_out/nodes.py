"""What stands on which timeline: the visits of all arms, those that differ between arms once for each, and the dates between.

USDM has one main timeline for all arms. What counts from a date whose day nobody can plan, such as the end of treatment, is on a
timeline of its own that the date enters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.dates import Span
from scheduler.standards.design.planned import ArmDesign, PlannedInstance
from scheduler.standards.design.relation import FIRST_DOSE, Relation


@dataclass(frozen=True, slots=True)
class Key:
    """A visit by its id, or a date by its name. ``arm`` is empty where it is the same in all arms that have it."""

    name: str
    arm: str = ""
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """What stands at one place of a timeline: a visit, or (None) a date; timed from ``target``, None for the anchor."""

    key: Key
    title: str
    arms: tuple[str, ...]
    day: int | None
    visit: PlannedInstance | None = None
    target: Key | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A timeline by day; its anchor counts from nothing. ``entered`` is what enters it; empty for the main one."""

    entered: str
    nodes: tuple[Node, ...]


def lines_of(designs: tuple[ArmDesign, ...]) -> tuple[Line, ...]:
    """The main timeline, then those that a date or a sentence enters."""
    nodes = {node.key: node for node in _nodes(designs)}
    timelines: dict[str, list[Node]] = {"": []}
    for node in nodes.values():
        timelines.setdefault(_entered(node, nodes), []).append(node)
    main = _main(timelines.pop(""), designs)
    return (main, *(Line(entered, _with_anchor(entered, found)) for entered, found in timelines.items()))


def _nodes(designs: tuple[ArmDesign, ...]) -> Iterable[Node]:
    common = _common(designs)
    made: dict[Key, Node] = {}
    for design in designs:
        arm = design.plan.arm
        for visit in design.visits:
            key = Key(visit.id, "" if visit.id in common else arm)
            if key in made:
                made[key] = replace(made[key], arms=(*made[key].arms, arm))
                continue
            target = _target(visit.relation, design, designs, common)
            if target is not None and target.is_date and target not in made and _is_planned(design, target.name):
                made[target] = _date(target, design)
            named = visit.title if key.arm == "" or len(designs) == 1 else f"{visit.title} ({arm})"
            made[key] = Node(key, named, (arm,), visit.day, visit, target, visit.relation)
    return made.values()


def _common(designs: tuple[ArmDesign, ...]) -> frozenset[str]:
    """The visits that are the same in every arm that has them, with all that they count from."""
    found: dict[str, set[PlannedInstance]] = {}
    for design in designs:
        for visit in design.visits:
            found.setdefault(visit.id, set()).add(replace(visit, gives=(), routes=()))
    same = {name: visits.pop() for name, visits in found.items() if len(visits) == 1}
    days = {name: {design.day_of(name) for design in designs} for design in designs for name in design.milestones}
    while True:
        kept = {name: visit for name, visit in same.items() if _stays(visit, same, days)}
        if len(kept) == len(same):
            return frozenset(kept)
        same = kept


def _stays(visit: PlannedInstance, same: dict[str, PlannedInstance], days: dict[str, set[int | None]]) -> bool:
    relation = visit.relation
    if relation is None:
        return True
    return len(days[relation.target]) == 1 if relation.milestone else relation.target in same


def _target(
    relation: Relation | None, design: ArmDesign, designs: tuple[ArmDesign, ...], common: frozenset[str]
) -> Key | None:
    if relation is None:
        return None
    arm = design.plan.arm
    if not relation.milestone:
        return Key(relation.target, "" if relation.target in common else arm)
    alike = len({each.day_of(relation.target) for each in designs}) == 1
    return Key(relation.target, "" if alike or relation.target == FIRST_DOSE else arm, is_date=True)


def _is_planned(design: ArmDesign, name: str) -> bool:
    return name != FIRST_DOSE and design.day_of(name) is not None


def _date(key: Key, design: ArmDesign) -> Node:
    """A date that the plan presumes on a study day: timed from the first dose until it is recorded."""
    day = design.day_of(key.name)
    assert day is not None
    days = day - 1 if day > 0 else day
    relation = Relation(FIRST_DOSE, True, Span(abs(days)) if days else None, days < 0)
    title = key.name.capitalize() if not key.arm else f"{key.name.capitalize()} ({key.arm})"
    return Node(key, title, (), day, None, Key(FIRST_DOSE, is_date=True), relation)


def _entered(node: Node, nodes: dict[Key, Node]) -> str:
    """What enters the timeline that a node is on: follow what it counts from."""
    at = node
    while at.target is not None and at.target in nodes:
        at = nodes[at.target]
    if at.target is None:
        return f"{at.title}: {at.visit.rule}" if at.visit is not None and at.visit.rule else at.title
    return "" if at.target.name == FIRST_DOSE else at.target.name


def _main(nodes: list[Node], designs: tuple[ArmDesign, ...]) -> Line:
    """The anchor is the first visit that every arm has on the day of the first dose, else that date itself."""
    arms = len(designs)
    bound = next((node for node in nodes if _is_first_dose(node) and len(node.arms) == arms), None)
    anchor = Key(FIRST_DOSE, is_date=True) if bound is None else bound.key
    first = (
        Node(anchor, designs[0].begins.capitalize(), (), 1)
        if bound is None
        else replace(bound, target=None, relation=None)
    )
    rest = [_from(each, anchor) for each in nodes if each.key != anchor]
    return Line("", tuple(_by_day([first, *rest])))


def _is_first_dose(node: Node) -> bool:
    relation = node.relation
    at_once = relation is not None and relation.days == 0 and relation.early is None
    return at_once and node.visit is not None and node.target == Key(FIRST_DOSE, is_date=True)


def _from(node: Node, anchor: Key) -> Node:
    return replace(node, target=anchor) if node.target == Key(FIRST_DOSE, is_date=True) else node


def _with_anchor(entered: str, nodes: list[Node]) -> tuple[Node, ...]:
    """The date that enters it is its anchor; a visit that only its sentence dates is its own."""
    own = next((node for node in nodes if node.target is None), None)
    if own is not None:
        return (own, *_by_day([node for node in nodes if node is not own]))
    anchor = Key(entered, is_date=True)
    first = Node(anchor, entered.capitalize(), (), None)
    return (first, *(replace(node, target=anchor) if node.target and node.target.is_date else node for node in nodes))


def _by_day(nodes: list[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (node.day is None, node.day or 0))
