"""A protocol's text to its plans, or all that is wrong with it."""

from __future__ import annotations

import hashlib

from scheduler.errors import InvalidText
from scheduler.findings import Finding, has_errors, sort_findings
from scheduler.protocol.checks import check_version
from scheduler.protocol.compile import compile_protocol
from scheduler.protocol.model import ProtocolText
from scheduler.protocol.plan import StudyVersion
from scheduler.source import read_yaml, validate


def parse_protocol(text: str, *, name: str) -> tuple[StudyVersion, tuple[Finding, ...]]:
    """Read a protocol. Gives its plans, and the warnings and notes about it.

    Raises InvalidText with every finding when at least one of them is an error: a protocol with errors gives no calendar.
    """
    node = read_yaml(text, name=name)
    written = validate(node, ProtocolText)
    version, findings = compile_protocol(written, node, hashlib.sha256(text.encode()).hexdigest())
    if not has_errors(findings):
        findings += check_version(version, node)
    if has_errors(findings):
        raise InvalidText(findings)
    return version, sort_findings(findings)
