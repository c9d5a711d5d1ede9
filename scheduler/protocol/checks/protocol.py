"""A whole protocol under examination: as written, as compiled, and where each sentence stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.findings import Place
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.study import Plan, Role, StudyVersion, Timeline
from scheduler.protocol.plan.times.timing import Timing
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.protocol.text.sentence_place import At
from scheduler.source.node import Node, Step

_SECTIONS = {Role.TREATMENT: "treatments", Role.CYCLES: "cycles", Role.VISIT: "visits", Role.DATE: "dates"}


@dataclass(slots=True)
class Protocol:
    """What a check reads. ``sentences`` says where each sentence stands, by its line and words."""

    version: StudyVersion
    text: ProtocolText
    node: Node
    sentences: dict[tuple[int, str], tuple[Step, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, node in _leaves(self.node, ()):
            self.sentences.setdefault((node.line, str(node.value).strip()), path)

    @property
    def root(self) -> At:
        """The whole text."""
        return At(self.node, ())

    def of(self, line: Timeline) -> At:
        """Where a treatment or visit stands."""
        section = _SECTIONS[line.role] if line.sheet is None else "sheets"
        return self.root.below(section, line.name)

    def at(self, clause: Clause) -> At:
        """Where a sentence stands; the whole text where it cannot be found."""
        return At(self.node, self.sentences.get((clause.line, clause.text), ()))

    def timelines(self) -> Iterator[tuple[Plan, Timeline]]:
        """Every timeline of every arm."""
        for plan in self.version.arms.values():
            for line in plan.timelines.values():
                yield plan, line

    def treatments(self) -> Iterator[tuple[Plan, Timeline]]:
        """Every treatment of every arm."""
        return ((plan, line) for plan, line in self.timelines() if line.role is Role.TREATMENT)

    def key(self, line: Timeline) -> Place:
        """Where the name of a treatment or visit stands."""
        return self.of(line).key()


def timings(line: Timeline) -> Iterator[Timing]:
    """Every timing of a timeline, each once."""
    found = dict.fromkeys((*line.numbered.values(), *line.pieces))
    yield from found
    yield from (timing for timing in (line.then, line.last) if timing is not None and timing not in found)


def _leaves(node: Node, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], Node]]:
    if isinstance(node.value, str):
        yield path, node
    for step, child in node.children.items():
        yield from _leaves(child, (*path, step))
