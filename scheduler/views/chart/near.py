"""What of a patient needs a look now, and what lies too far ahead to be looked at today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar
from scheduler.findings import Finding, Severity

AHEAD = timedelta(days=56)
"""Eight weeks: what is further ahead can wait, unless it is an error."""


def near_and_far(
    calendar: Calendar, findings: Iterable[Finding], today: date
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings to look at now, and those about an entry that begins more than eight weeks ahead, in their order.

    An error, and a finding about no entry or about one without a date, is always to be looked at now.
    """
    told = tuple(findings)
    far = tuple(finding for finding in told if _is_far(calendar, finding, today))
    return tuple(finding for finding in told if finding not in far), far


def _is_far(calendar: Calendar, finding: Finding, today: date) -> bool:
    if finding.severity is Severity.ERROR or finding.entry is None:
        return False
    entry = calendar.entry(finding.entry) or calendar.entry(finding.entry.rpartition(".")[0])
    return entry is not None and entry.date is not None and entry.date > today + AHEAD
