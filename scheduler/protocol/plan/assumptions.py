"""Assumptions: what a protocol leaves open, and which of its lines rest on the way it is read here."""

from __future__ import annotations

from scheduler.protocol.plan.study import StudyVersion


def assumption_lines(version: StudyVersion) -> dict[str, tuple[int, ...]]:
    """For each assumption the lines of the sentences that cite it, in the order of reading; none for one that nothing cites."""
    return {name: version.cited_on.get(name, ()) for name in version.assumptions}
