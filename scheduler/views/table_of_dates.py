"""One patient's calendar as a list: a line for each attendance, period and run of dosing days, every date with its reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.doses_in_words import doses_in_words
from scheduler.calendar.entries.entry import Calendar, Dose, Flag, NamedDate
from scheduler.dates import weekday_name
from scheduler.said import (
    COMMAS,
    SHORT_WEEKDAY,
    Code,
    Day,
    Said,
    Text,
    Value,
    listed,
    own_words,
    said,
    text_of,
    told_as,
)
from scheduler.views.days.spelled_out import DayEntry, in_runs, spelled_out
from scheduler.views.table import Cell, Table, without_zeros

Row: TypeAlias = tuple[Cell, ...]
Say: TypeAlias = Callable[[Because], tuple[Said, ...]]
"""Tells reasons in plain sentences."""

COLUMNS = (
    "date",
    "until",
    "weekday",
    "study day",
    "id",
    "what",
    "ideal",
    "earliest",
    "latest",
    "time",
    "dose",
    "unit",
    "level",
    "status",
    "flags",
    "activities",
    "why",
)


OVER = "over"
"""The column of the time that a dose is given over, in the list of a protocol that says it."""


def table_of_dates(calendar: Calendar, say: Say, by_day: bool = False) -> Table:
    """All dates of one patient in the order of their days; what has no date comes last.

    Days of tablets that are alike are one line with its last day in ``until``; with ``by_day`` each day has its own line. A
    column says over how long a dose is given, where the protocol says it, and one the epoch, where it names epochs.
    """
    lines = spelled_out(calendar) if by_day else in_runs(calendar)
    rows = tuple((line, _row(line, say)) for line in in_order_of_days(lines))
    named = tuple((each, _row_of_date(calendar, each, each.date, say)) for each in calendar.dates if each.date)
    columns: tuple[str, ...] = COLUMNS
    if any(dose.over is not None for line, _ in rows for dose in line.doses):
        columns = (*columns, OVER)
        rows = tuple((line, (*row, _over(line.doses))) for line, row in rows)
        named = tuple((each, (*row, None)) for each, row in named)
    if calendar.epochs:
        columns = (*columns, "epoch")
        rows = tuple((line, (*row, line.epoch)) for line, row in rows)
        named = tuple((each, (*row, calendar.epoch_on(each.date) if each.date else None)) for each, row in named)
    return Table(name_of(calendar), columns, _by_day(tuple(row for _, row in rows), tuple(row for _, row in named)))


def short_table_of_dates(calendar: Calendar) -> Table:
    """The same for a narrow screen: what, when, the window and the dose, without activities and reasons.

    A run of tablets is one line, ``2026-03-02..03-22``; a window is told without its year.
    """
    return Table(
        title=name_of(calendar),
        columns=("date", "weekday", "study day", "id", "window", "dose", "status"),
        rows=_by_day(
            tuple(_short_row(line) for line in in_order_of_days(in_runs(calendar))),
            tuple(_short_row_of_date(calendar, each, each.date) for each in calendar.dates if each.date),
        ),
    )


def _by_day(rows: tuple[Row, ...], named: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with those of the dates that the study names, each before what stands on its day."""
    return tuple(sorted((*named, *rows), key=lambda row: str(row[0]).partition("..")[0][:10] if row[0] else "~"))


def _row_of_date(calendar: Calendar, named: NamedDate, on: date, say: Say) -> Row:
    found: dict[str, Cell] = {
        "date": on,
        "weekday": weekday_name(on.toordinal()),
        "study day": calendar.study_day(on),
        "id": named.name,
        "what": named.name,
        "status": _standing(named),
        "why": " ".join(map(str, say(named.because))) or None,
    }
    return tuple(found.get(column) for column in COLUMNS)


def _short_row_of_date(calendar: Calendar, named: NamedDate, on: date) -> Row:
    return (
        on.isoformat(),
        text_of(Day(on, SHORT_WEEKDAY)),
        calendar.study_day(on),
        named.name,
        None,
        None,
        _standing(named),
    )


def _standing(named: NamedDate) -> str:
    return "recorded" if named.recorded else "planned"


def name_of(calendar: Calendar) -> Text:
    """Whose calendar it is: the subject's number, or the plan of an arm where there is no subject yet."""
    study = Code(calendar.study)
    if calendar.subject:
        return text_of(Code(f"{calendar.study} {calendar.subject}"))
    if calendar.arm:
        return text_of(said("{study} plan, {arm}", study=study, arm=own_words(calendar.arm)))
    return text_of(said("{study} plan", study=study))


def in_order_of_days(lines: Iterable[DayEntry]) -> list[DayEntry]:
    """By date, keeping the calendar's own order within a day; what has no date comes last."""
    return sorted(lines, key=lambda line: (line.date is None, line.date.toordinal() if line.date else 0))


def _row(line: DayEntry, say: Say) -> tuple[Cell, ...]:
    earliest, latest = line.window or (None, None)
    amount, unit, level = _dose(_told(line))
    return (
        line.date,
        line.until,
        weekday_name(line.date.toordinal()) if line.date else None,
        line.study_day,
        line.id,
        line.title,
        line.ideal,
        earliest,
        latest,
        line.clock,
        amount,
        unit,
        level,
        line.status.value,
        "; ".join(flag.value for flag in line.flags) or None,
        "; ".join((*line.activities, *([str(line.of.prompts)] if line.of.prompts is not None else ()))) or None,
        " ".join(map(str, say(line.because))) or None,
    )


def _told(line: DayEntry) -> tuple[Dose, ...]:
    """The doses that a line names: none while a decision about them is awaited."""
    return () if Flag.AWAITING_DECISION in line.flags else line.doses


def _short_row(line: DayEntry) -> tuple[Cell, ...]:
    until = f"..{_to(line.date, line.until)}" if line.date and line.until else ""
    time = f" {line.clock}" if line.clock else ""
    return (
        f"{line.date.isoformat()}{until}{time}" if line.date else None,
        text_of(Day(line.date, SHORT_WEEKDAY)) if line.date else None,
        line.study_day,
        line.id,
        f"{line.window[0]:%m-%d}..{_to(line.window[0], line.window[1])}" if line.window else None,
        _short_doses(_told(line)),
        text_of(status_with_flags(line)),
    )


def status_with_flags(line: DayEntry) -> Value:
    """How a line stands, and what else is to be known of it: planned, booked."""
    flags = (Said(flag.value, (), None, "flag") for flag in line.flags)
    return listed(Said(line.status.value, (), None, "status"), *flags, how=COMMAS)


def _short_doses(doses: tuple[Dose, ...]) -> Text | None:
    """The amounts of one day, in one cell."""
    if not doses:
        return None
    return told_as("; ".join(f"{dose}{dose.over_time}" for dose in doses), doses_in_words(doses))


def _to(first: date, last: date) -> str:
    """The last day of a span, with its year only where that is another one."""
    return f"{last:%m-%d}" if first.year == last.year else last.isoformat()


def _over(doses: tuple[Dose, ...]) -> str | None:
    """The time that a dose is given over; several doses are told with theirs, each by its drug."""
    if len(doses) == 1:
        return str(doses[0].over) if doses[0].over is not None else None
    return "; ".join(f"{dose.of or ''} {dose.over}".strip() for dose in doses if dose.over is not None) or None


def _dose(doses: tuple[Dose, ...]) -> tuple[Decimal | str | None, str | None, int | None]:
    """Amount, unit and level; several doses of one day cannot share a unit column and are told as text."""
    if not doses:
        return None, None, None
    if len(doses) == 1:
        return without_zeros(doses[0].amount), doses[0].unit, doses[0].level
    return "; ".join(str(dose) for dose in doses), None, None
