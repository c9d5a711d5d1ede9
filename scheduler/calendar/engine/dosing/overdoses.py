"""A double dose: at least twice the amount that was due on a day, as somebody reported it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.entry import Dose, Entry, Flag
from scheduler.findings import Finding, Severity
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.frequency import doses_a_day
from scheduler.protocol.sentences.dosing.giving import convert


def is_double(line: Timeline, stated: Dose, due: tuple[Dose, ...]) -> bool:
    """True where a stated amount is at least twice what was due; where the two cannot be compared it is not known."""
    if len(due) != 1 or due[0].amount is None or stated.amount is None or not due[0].amount:
        return False
    times = doses_a_day(line.gives[0].frequency) if len(line.gives) == 1 else 1
    amount = convert(stated.amount, stated.unit, due[0].unit)
    return amount is not None and times is not None and amount >= 2 * times * due[0].amount


def findings_of_overdoses(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A finding for each entry with a double dose."""
    for entry in entries:
        doses = [run.doses for run in entry.runs if Flag.OVERDOSE in run.flags]
        if not entry.runs and Flag.OVERDOSE in entry.flags:
            doses = [entry.doses]
        if doses:
            said = ", ".join(dict.fromkeys(str(dose) for found in doses for dose in found))
            message = f"{entry.id}: {said} is at least twice the dose that was due"
            hint = "look after the patient, and report the overdose as the protocol says"
            yield Finding("overdose", Severity.WARNING, message, hint, entry=entry.id)
