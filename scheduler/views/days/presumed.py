"""How the days of tablets stand on a given day: past ones that nobody reported are presumed taken.

The calendar itself never says so, because it knows no today. Attendances are never presumed: not a visit, not an infusion, not
the first day of a cycle. So the days of a cycle that nobody recorded as started are not presumed taken either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.calendar.entries.entry import Calendar, Dose, Kind, Status
from scheduler.views.days.spelled_out import DayEntry, spelled_out


class Intake(StrEnum):
    """How one day of tablets stands on a given day."""

    REPORTED = "reported"
    PRESUMED_TAKEN = "presumed taken"
    NO_RECORD = "no record"
    AS_NEEDED = "as needed"
    TO_COME = "to come"
    NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class DayOfTablets:
    """One dosing day as it is spelled out, and how it stands on the day that was asked about."""

    line: DayEntry
    intake: Intake


def days_of_tablets(calendar: Calendar, on: date) -> Iterator[DayOfTablets]:
    """Every dosing day of the calendar as it stands on the day ``on``. Today is still to come: it may be taken tonight."""
    for line in spelled_out(calendar):
        if line.kind is Kind.ORAL and line.date is not None:
            yield DayOfTablets(line, _intake(line, on))


def presumed_taken(calendar: Calendar, on: date) -> tuple[DayEntry, ...]:
    """The dosing days before ``on`` that nobody reported and that are presumed taken."""
    return tuple(day.line for day in days_of_tablets(calendar, on) if day.intake is Intake.PRESUMED_TAKEN)


def is_as_needed(doses: Iterable[Dose]) -> bool:
    """True for the doses of a day that are taken as needed: without a record, nobody knows whether any was."""
    return any(dose.most_of_day is not None for dose in doses)


def _intake(line: DayEntry, on: date) -> Intake:
    if line.status is Status.DONE:
        return Intake.REPORTED
    if line.status is not Status.PLANNED:
        return Intake.NOT_TAKEN
    if line.date is None or line.date >= on:
        return Intake.TO_COME
    if is_as_needed(line.doses):
        return Intake.AS_NEEDED
    return Intake.PRESUMED_TAKEN if line.of.status is Status.DONE else Intake.NO_RECORD
