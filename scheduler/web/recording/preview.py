"""What events would change and what is asked about them, worked out before they are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scheduler.calendar.comparing.change import Change
from scheduler.calendar.comparing.whatif import compare
from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.errors import Refused
from scheduler.findings import Finding
from scheduler.patient.appending import append
from scheduler.patient.events import Event
from scheduler.said import Quoted, Said, own_words, said
from scheduler.views.chart.naming import Names, named, names_of
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.recording.asking import Asking, asked_about, findings_of


@dataclass(frozen=True, slots=True)
class Preview:
    """The questions about events, and the differences that they make, with reasons for what is asked.

    ``raised`` are the proposals that they call for; ``refused`` is why they cannot be recorded. ``names`` is what people call
    what has an id, now or then.
    """

    asking: Asking
    changes: tuple[Change, ...] = ()
    raised: tuple[Said, ...] = ()
    refused: tuple[Finding, ...] = ()
    names: Names = field(default_factory=dict)


def preview(visit: Visit, shown: Shown, events: Sequence[Event]) -> Preview:
    """What would be different with these events. Nothing is recorded."""
    asking = asked_about(visit, shown, events)
    if asking.refused:
        return Preview(asking, refused=findings_of(asking.refused), names=names_of(shown.patient))
    longer = shown.log
    try:
        for event in asking.events:
            longer = append(shown.version, longer, event, versions=shown.others)
    except Refused as error:
        return Preview(asking, refused=error.findings, names=names_of(shown.patient))
    before = shown.patient.calendar
    after = calendar_of(shown.version, shown.site, longer, subject=shown.subject.subject)
    today = max(visit.server.clock.today(shown.site.zone), *(event.on for event in events))
    known = {each.id for each in proposals_on(before, today)}
    names = {**names_of(replace(shown.patient, calendar=after)), **names_of(shown.patient)}
    raised = tuple(
        named(said("{treatment}: {title}", treatment=Quoted(each.treatment), title=own_words(each.title)), names)
        for each in proposals_on(after, today)
        if each.is_open and each.id not in known
    )
    return Preview(asking, compare(shown.version, before, after).changes, raised, names=names)
