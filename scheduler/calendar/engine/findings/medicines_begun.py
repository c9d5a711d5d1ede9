"""Another medicine that is changed or stopped although nobody recorded its start: rules that count its days do not see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from scheduler.findings import Finding, Severity
from scheduler.patient.episodes.medicines import medicines_of
from scheduler.patient.events.kind import CHOICE
from scheduler.patient.events.observations import OfMedicine
from scheduler.patient.log import Fact
from scheduler.said import Code, Quoted, Said, Value, said

NOT_BEGUN = "medicine-not-begun"


def findings_of_medicines(facts: Iterable[Fact]) -> Iterator[Finding]:
    """A warning for each change or stop of a medicine that the patient does not take by the log; ``facts`` as they count.

    What is given by one route only is not given by another.
    """
    for fact in medicines_of(facts).not_begun:
        event = cast(OfMedicine, fact.event)
        what: Value = Quoted(event.name)
        if event.route is not None:
            what = said("{name} ({route})", name=what, route=Said(event.route, context=CHOICE))
        message = said(
            "{day}, event {number}: '{word}' of {what}, which nobody recorded as started",
            day=Code(f"{event.on}"),
            number=fact.number,
            word=Said(event.kind.word, context="record"),
            what=what,
        )
        hint = said("record 'medicine started' with its first day and its dose of a day, or strike the event")
        yield Finding.of(NOT_BEGUN, Severity.WARNING, message, hint, events=fact.numbers)
