"""What USDM has no place for, a row each: it is in the protocol's text, which the file carries, and nowhere else in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.protocol.plan.study import Plan, StudyVersion, Timeline
from scheduler.standards.usdm_out.nodes import Line
from scheduler.views.table import Table

COLUMNS = ("part", "name", "where it is", "note")
"""The columns of the list: a public interface."""

_IN_TEXT = "extensionAttributes: the protocol's text"
_IN_RULE = "transitionStartRule of the encounter"
_ON_INSTANCE = "extensionAttributes of the instance"
_STANDS_IN = "a placeholder"


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing: its kind and name, where it is in the file, and what a reader of USDM does not learn."""

    part: str
    name: str
    place: str
    note: str


def table_of_carried(version: StudyVersion, rows: tuple[Carried, ...]) -> Table:
    """All rows as a list."""
    cells = tuple((each.part, each.name, each.place, each.note) for each in rows)
    return Table(f"{version.study} as USDM", COLUMNS, cells)


def carried_as_text(version: StudyVersion, lines: tuple[Line, ...]) -> Iterator[Carried]:
    """All of it, what is the same in several arms once."""
    yield from _visits(version, lines)
    rows = (row for plan in version.arms.values() for row in _of_plan(plan))
    yield from dict.fromkeys(rows)
    for name in version.assumptions:
        yield Carried("assumption", name, _IN_TEXT, "what the protocol leaves open, and how it is read")
    unsaid = [] if version.synopsis.population else ["population"]
    for what in ("sponsor", *unsaid, "arm type", "study phase", "intent", "rationale"):
        yield Carried("not said", what, _STANDS_IN, "USDM asks for it, or for a code, and the protocol does not say it")


def _visits(version: StudyVersion, lines: tuple[Line, ...]) -> Iterator[Carried]:
    for line in lines:
        for node in line.nodes:
            name = node.key.name if not node.key.arm else f"{node.key.name} ({node.key.arm})"
            if node.visit is None:
                continue
            if len(node.arms) < len(version.arms):
                yield Carried("arms of a visit", name, _ON_INSTANCE, f"only for {', '.join(node.arms)}")
            if node.relation is None and node.target is None and line.entered:
                yield Carried("timing", name, _IN_RULE, f"no single day: {node.visit.rule}")
            elif "working day" in node.visit.rule:
                note = f"the day is that of a site that is always open, and it has no window: {node.visit.rule}"
                yield Carried("timing", name, _IN_RULE, note)
            elif node.visit.rule and any(word in node.visit.rule for word in (", not ", "at least", "on or after")):
                yield Carried("timing", name, _IN_RULE, f"what it waits for: {node.visit.rule}")


def _of_plan(plan: Plan) -> Iterator[Carried]:
    for timeline in plan.timelines.values():
        yield from _of_timeline(timeline)
    for rule in plan.rules:
        yield Carried("dose rule", rule.id, _IN_TEXT, "when a dose is held, reduced or ended")
    for period in plan.periods:
        yield Carried("period", period.name, _IN_TEXT, "a time in which the study counts")
    for sheet in plan.sheets:
        yield Carried("sheet", sheet.name, _IN_TEXT, "time points around a dose or visit")
    for name in plan.products:
        yield Carried("product", name, _IN_TEXT, "what is handed out")
    if plan.horizon is not None:
        yield Carried("horizon", plan.arm, _IN_TEXT, f"how far calendars are planned: {plan.horizon.words}")


def _of_timeline(line: Timeline) -> Iterator[Carried]:
    if line.single is False and not line.counts and not line.pieces:
        note = "it goes on until the protocol ends it; the timeline lists what is planned up to the horizon"
        yield Carried("repeats", line.name, _IN_TEXT, note)
    if line.gives:
        yield Carried(
            "dose", line.name, "description of the administrations", "amounts, levels and days stay sentences"
        )
    if line.resource != "any day":
        yield Carried("open days", line.name, _IN_TEXT, f"{line.resource}; if closed: {line.if_closed.value}")
    for what, has in (
        ("value to go on", line.goes_on is not None),
        ("branch", line.branches),
        ("longest hold", bool(line.long_holds)),
        ("fraction made up", line.made_up is not None),
        ("diary", line.prompts is not None),
        ("routine care before consent", line.before_consent is not None),
    ):
        if has:
            yield Carried(what, line.name, _IN_TEXT, "USDM has conditions as text alone")
