"""Too much on a day, as somebody reported it: at least twice the amount that was due, or more than may be taken as needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose, Entry, Flag
from scheduler.findings import Finding, Severity
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import COMMAS, Code, listed, said


def is_double(stated: Dose, due: tuple[Dose, ...]) -> bool:
    """True where a stated amount is at least twice what was due; where the two cannot be compared it is not known."""
    if len(due) != 1 or not due[0].of_day or stated.of_day is None:
        return False
    amount = convert(stated.of_day, stated.unit, due[0].unit)
    return amount is not None and amount >= 2 * due[0].of_day


def is_above_the_most(stated: Dose, due: Dose) -> bool:
    """True where more was taken in a day than may be as needed; where the two cannot be compared it is not known."""
    most = due.most_of_day
    amount = convert(stated.of_day, stated.unit, due.unit) if stated.of_day is not None else None
    return most is not None and amount is not None and amount > most


def due_instead(given: tuple[Dose, ...], due: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """What was due, where another amount was given; nothing where it was as due, or the two cannot be compared."""
    same = len(given) == len(due) and not any(_is_other(*both) for both in zip(given, due, strict=True))
    return () if same or len(given) != len(due) else due


def _is_other(given: Dose, due: Dose) -> bool:
    if is_above_the_most(given, due):
        return True
    if due.of_day is None or given.of_day is None:
        return False
    amount = convert(given.of_day, given.unit, due.unit)
    return amount is not None and amount != due.of_day


def findings_of_overdoses(entries: Iterable[Entry]) -> Iterator[Finding]:
    """A finding for each entry with a double dose, or with more than may be taken as needed in a day."""
    for entry in entries:
        if not entry.flags and not any(run.flags or run.due for run in entry.runs):
            continue
        above = [run for run in entry.runs if any(dose.most_of_day is not None for dose in run.due)]
        if above:
            told = dict.fromkeys(
                said(
                    "{taken} in a day is more than {most}",
                    taken=dose_in_words(run.doses[0]),
                    most=dose_in_words(run.due[0]),
                )
                for run in above
            )
            hint = said("look after the patient, and at the diary")
            yield Finding.of(
                "more-than-as-needed",
                Severity.WARNING,
                said("{entry}: {told}", entry=Code(entry.id), told=listed(*told, how=COMMAS)),
                hint,
                entry=entry.id,
            )
        doses = [run.doses for run in entry.runs if Flag.OVERDOSE in run.flags]
        if not entry.runs and Flag.OVERDOSE in entry.flags:
            doses = [entry.doses]
        if doses:
            taken = dict.fromkeys(dose_in_words(dose) for found in doses for dose in found)
            message = said(
                "{entry}: {doses} is at least twice the dose that was due",
                entry=Code(entry.id),
                doses=listed(*taken, how=COMMAS),
            )
            hint = said("look after the patient, and report the overdose as the protocol says")
            yield Finding.of("overdose", Severity.WARNING, message, hint, entry=entry.id)
