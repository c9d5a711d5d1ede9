"""How much was taken on a day, as a report says it: an amount, or the times of all its doses; and whether it was too much.

Too much is at least twice the amount that was due, or more than may be taken as needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from scheduler.calendar.entries.doses_in_words import dose_in_words
from scheduler.calendar.entries.entry import Dose, Entry, Flag
from scheduler.dates import Day
from scheduler.findings import Finding, Severity
from scheduler.patient.course import Report
from scheduler.patient.events import Taken, parse_amount
from scheduler.protocol.plan.times.frequency import doses_a_day, most_as_needed
from scheduler.protocol.sentences.dosing.giving import convert
from scheduler.said import COMMAS, Code, listed, said


def amount_taken(report: Report) -> Dose | None:
    """The amount of a whole day that a report states; None where it is what was due, as by an order that says it was taken."""
    event = report.fact.event
    if not isinstance(event, Taken) or event.amount is None:
        return None
    number, unit = parse_amount(event.amount)
    return Dose(number, unit)


def amount_by_times(reports: Iterable[Report], day: Day, due: tuple[Dose, ...]) -> Dose | None:
    """The amount of a day of which a report has the times of all doses, fewer or more than were due; None where it was as due.

    More counts where the report is of that day alone: of several days, the first or last may have fewer doses than the others.
    What is taken as needed was taken as often as it has its times.
    """
    report = next((each for each in reports if each.first <= day <= each.last), None)
    if report is None or not report.taken or len(due) != 1 or due[0].amount is None:
        return None
    times, doses = len(cast(Taken, report.fact.event).times), doses_a_day(due[0].often)
    if times and most_as_needed(due[0].often) is not None:
        return Dose(due[0].amount * times, due[0].unit, of=due[0].of)
    if not times or doses is None or times == doses or (times > doses and report.first != report.last):
        return None
    return Dose(due[0].amount * times, due[0].unit, of=due[0].of)


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
