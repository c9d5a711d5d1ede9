"""What events would change, worked out before they are recorded, and what the log says against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.whatif import compare
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.clock import Clock
from scheduler.errors import Refused
from scheduler.findings import Finding
from scheduler.patient.events import Event
from scheduler.patient.recording import append
from scheduler.web.patients import Shown


@dataclass(frozen=True, slots=True)
class Preview:
    """The differences that events make.

    ``raised`` are the proposals that they call for; ``refused`` is why they cannot be recorded.
    """

    changes: tuple[Change, ...] = ()
    raised: tuple[str, ...] = ()
    refused: tuple[Finding, ...] = ()


def preview(shown: Shown, events: Sequence[Event], clock: Clock) -> Preview:
    """What would be different with these events. Nothing is recorded."""
    longer = shown.log
    try:
        for event in events:
            longer = append(shown.version, longer, event, versions=shown.others)
    except Refused as error:
        return Preview(refused=error.findings)
    before = shown.patient.calendar
    after = calendar_of(shown.version, shown.site, longer, subject=shown.subject.subject)
    today = max(clock.today(shown.site.zone), *(event.on for event in events))
    known = {each.id for each in proposals_on(before, today)}
    raised = tuple(
        f"{each.treatment}: {each.title}"
        for each in proposals_on(after, today)
        if each.is_open and each.id not in known
    )
    return Preview(compare(shown.version, before, after).changes, raised)
