"""Another medicine that is changed or stopped although nobody recorded its start: rules that count its days do not see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.findings import Finding, Severity
from scheduler.patient.events import MedicineStarted, MedicineStopped
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.vocabulary import generic_name

NOT_BEGUN = "medicine-not-begun"


def findings_of_medicines(facts: Iterable[Fact]) -> Iterator[Finding]:
    """A warning for each change or stop of a medicine that the patient does not take by the log; ``facts`` as they count."""
    taken: set[str] = set()
    for fact in facts:
        event = fact.event
        if not isinstance(event, OfMedicine):
            continue
        key = generic_name(event.name)
        if key not in taken and not isinstance(event, MedicineStarted):
            message = (
                f"{event.on}, event {fact.number}: '{event.event}' of {event.name}, which nobody recorded as started"
            )
            hint = "record 'medicine started' with its first day and its dose of a day, or strike the event"
            yield Finding(NOT_BEGUN, Severity.WARNING, message, hint, events=fact.numbers)
        (taken.discard if isinstance(event, MedicineStopped) else taken.add)(key)
