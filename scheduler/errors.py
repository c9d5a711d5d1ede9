"""The few exceptions, for callers.

SchedulerError
  InvalidText     a protocol, site or case text has errors; carries all findings
  Refused         an event contradicts the log or breaks an order of the protocol; carries the findings
  AskedFirst      something is asked before it is recorded (in `scheduler.asking`, with the questions that it carries)
  UnknownEntry    an entry id that the calendar does not have
  RecordedAlready a request of that key was recorded already; what was answered to it is kept
  Conflict        somebody else recorded something in the meantime; carries the length that the log has now
  UnknownSubject  there is no patient of that number in the study
  StoreUnavailable  the database is gone, full, read-only or damaged; carries what it is and what to do as a finding
"""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.findings import Finding, Severity, sort_findings


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


class ChangedMeanwhile(Refused):
    """What somebody changes was changed by another after it was looked at; nothing was changed."""


class UnknownEntry(SchedulerError):
    """There is no entry of that id in this calendar."""


class RecordedAlready(SchedulerError):
    """The same request was recorded while this one waited for its turn; nothing more was recorded."""


class UnknownSubject(SchedulerError):
    """There is no patient of that number in the study."""


class Conflict(_WithFindings):
    """Somebody else recorded something about the patient after the writer last looked; nothing was recorded.

    ``seen`` is the length of the log that the writer saw, ``length`` the length that it has now.
    """

    def __init__(self, subject: str, seen: int, length: int) -> None:
        self.subject, self.seen, self.length = subject, seen, length
        message = f"the log of {subject} has {length} events by now, and {seen} were seen"
        hint = "look at what is new, then record again"
        super().__init__([Finding("log-moved-on", Severity.ERROR, message, hint)])


class StoreUnavailable(_WithFindings):
    """The database cannot be reached, read or written now; nothing was recorded. ``findings`` holds the one reason."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__([Finding(code, Severity.ERROR, message, hint)])
