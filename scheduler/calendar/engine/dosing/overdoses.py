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


def due_instead(line: Timeline, given: tuple[Dose, ...], due: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """What was due, where another amount was given; nothing where it was as due, or the two cannot be compared."""
    same = len(given) == len(due) and not any(_is_other(line, *both) for both in zip(given, due, strict=True))
    return () if same or len(given) != len(due) else due


def _is_other(line: Timeline, given: Dose, due: Dose) -> bool:
    times = doses_a_day(line.gives[0].frequency) if len(line.gives) == 1 else 1
    if due.amount is None or given.amount is None or times is None:
        return False
    amount = convert(given.amount, given.unit, due.unit)
    return amount is not None and amount != times * due.amount


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
