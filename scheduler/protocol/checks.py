"""What can only be judged on the whole protocol."""

from __future__ import annotations

from scheduler.findings import Finding
from scheduler.protocol.plan import StudyVersion
from scheduler.source import Node


def check_version(version: StudyVersion, node: Node) -> list[Finding]:
    """Every finding about a compiled protocol."""
    return []
