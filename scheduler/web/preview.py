"""What an event would change, worked out before it is recorded, and what the log says against it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.change import Change
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.calendar.proposals.raised import proposals_on
from scheduler.calendar.whatif import compare
from scheduler.errors import Refused
from scheduler.findings import Finding
from scheduler.patient.events import Event
from scheduler.patient.recording import append
from scheduler.web.clock import Clock
from scheduler.web.patients import Shown


@dataclass(frozen=True, slots=True)
class Preview:
    """The differences that an event makes.

    ``raised`` are the proposals that it calls for; ``refused`` is why it cannot be recorded.
    """

    changes: tuple[Change, ...] = ()
    raised: tuple[str, ...] = ()
    refused: tuple[Finding, ...] = ()


def preview(shown: Shown, event: Event, clock: Clock) -> Preview:
    """What would be different with that event. Nothing is recorded."""
    try:
        longer = append(shown.version, shown.log, event, versions=shown.others)
    except Refused as error:
        return Preview(refused=error.findings)
    before = shown.patient.calendar
    after = calendar_of(shown.version, shown.site, longer, subject=shown.subject.subject)
    today = max(clock.today(shown.site.zone), event.on)
    known = {each.id for each in proposals_on(before, today)}
    raised = tuple(
        f"{each.treatment}: {each.title}"
        for each in proposals_on(after, today)
        if each.is_open and each.id not in known
    )
    return Preview(compare(shown.version, before, after).changes, raised)
