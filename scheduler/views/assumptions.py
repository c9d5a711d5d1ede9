"""What a protocol leaves open and how this study reads it, as a list."""

from __future__ import annotations

from scheduler.protocol.plan import StudyVersion
from scheduler.views.table import Table


def table_of_assumptions(version: StudyVersion) -> Table:
    """The assumptions of one protocol version: the question, our reading, what else it could mean, and why."""
    return Table(
        title=f"{version.study} {version.version}: assumptions",
        columns=("id", "line", "question", "reading", "alternatives", "because"),
        rows=tuple(
            (each.id, each.line, each.question, each.reading, each.alternatives, each.because)
            for each in version.assumptions.values()
        ),
    )
