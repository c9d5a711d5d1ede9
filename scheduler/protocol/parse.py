"""A protocol's text to its plans, or all that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity, has_errors, sort_findings
from scheduler.protocol.checks.of_version import check_version
from scheduler.protocol.checks.size import check_size
from scheduler.protocol.compiling.arms import compile_protocol
from scheduler.protocol.hints.in_its_place import in_its_place, treatments_to_name
from scheduler.protocol.hints.in_quotes import in_quotes
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.text.protocol_text import ProtocolText
from scheduler.protocol.text.sound_parts import sound_part
from scheduler.source.node import Node
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate


def parse_protocol(text: str, *, name: str) -> tuple[StudyVersion, tuple[Finding, ...]]:
    """Read a protocol. Gives its plans, and the warnings and notes about it.

    Raises InvalidText with every finding when at least one of them is an error: a protocol with errors gives no calendar.
    """
    version, findings = _read(text, name)
    if has_errors(findings):
        raise InvalidText(findings)
    return version, sort_findings(findings)


def parse_kept_protocol(text: str, *, name: str) -> tuple[StudyVersion, tuple[Finding, ...]]:
    """Read a protocol by which patients are treated already: what an earlier release took, and read the same, is a warning.

    Such a text cannot be written anew, and nobody may be shut out of the calendars of a study by a newer program.
    Raises InvalidText like `parse_protocol` for any other error.
    """
    version, findings = _read(text, name)
    findings = [replace(each, severity=Severity.WARNING) if each.code in _TAKEN_BEFORE else each for each in findings]
    if has_errors(findings):
        raise InvalidText(findings)
    return version, sort_findings(findings)


_TAKEN_BEFORE = frozenset({"last-day-of-cycles", "judged-value"})
"""Errors that earlier releases did not know, of sentences that mean here what they meant there."""


def _read(text: str, name: str) -> tuple[StudyVersion, list[Finding]]:
    """Its plans, which are of no use where a finding is an error. Raises InvalidText where its shape is wrong."""
    node = read_yaml(text, name=name)
    too_large = tuple(check_size(node))
    if too_large:
        raise InvalidText(too_large)
    try:
        written = validate(node, ProtocolText, treatments_to_name(node))
    except InvalidText as invalid:
        placed = (in_quotes(in_its_place(finding, node), node) for finding in invalid.findings)
        raise InvalidText((*placed, *_wrong_elsewhere(node))) from None
    version, compiled = compile_protocol(written, node, hashlib.sha256(text.encode()).hexdigest())
    findings = [in_its_place(each, node) if each.code == "unknown-anchor" else each for each in compiled]
    if not any(finding.code in _MAKES_NO_SENSE for finding in findings):
        findings += check_version(version, written, node)
    return version, findings


_MAKES_NO_SENSE = frozenset({"unknown-arm", "unknown-anchor", "no-timing", "no-dose", "not-in-this-arm", "name-taken"})
"""While one of these is wrong, what the whole protocol says is not known, and checks of the whole would mislead."""


def _wrong_elsewhere(node: Node) -> list[Finding]:
    """What is wrong with the parts that have no fault of shape."""
    sound = sound_part(node)
    if sound is None:
        return []
    _, findings = compile_protocol(sound.text, node, "", sound.lost)
    cut = {node.key_place(*way) for way in sound.cut}
    return [each for each in findings if each.severity is Severity.ERROR and not _was_taken_out(each, cut)]


def _was_taken_out(finding: Finding, cut: Collection[Place]) -> bool:
    """True for what has no timing, dose or end only because its sentences, each with a finding of its own, were left out."""
    if finding.code == "no-timing" and (finding.hint or "").startswith("found nothing"):
        return True
    return finding.code in ("no-timing", "no-dose", "no-limit") and finding.place in cut
