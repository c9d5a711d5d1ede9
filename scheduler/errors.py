"""The few exceptions, for callers.

SchedulerError
  InvalidText     a protocol, site or case text has errors; carries all findings
  Refused         an event contradicts the log or breaks an order of the protocol; carries the findings
  UnknownEntry    an entry id that the calendar does not have
"""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.findings import Finding, sort_findings


class SchedulerError(Exception):
    """Anything that this program raises on purpose."""


class _WithFindings(SchedulerError):
    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sort_findings(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class InvalidText(_WithFindings):
    """A protocol, site or case text that cannot be used; ``findings`` holds every fault at once."""


class Refused(_WithFindings):
    """An event that contradicts what the log already holds, or an order that the protocol forbids."""


class UnknownEntry(SchedulerError):
    """There is no entry of that id in this calendar."""
