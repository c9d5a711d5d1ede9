"""One patient's calendar on paper, for the coordinator: every date with its window, dose, status and reasons."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.exports.words import dates_between, doses_in_words, with_weekday
from scheduler.views.days.spelled_out import DayEntry, in_runs
from scheduler.views.imprint import Imprint
from scheduler.views.pending import table_of_pending
from scheduler.views.table import Cell, Table
from scheduler.views.table_of_dates import Say, in_order_of_days, name_of

_COLUMNS = ("date", "study day", "what", "window", "dose", "status", "why")
_FINDINGS = ("severity", "entry", "what is wrong", "what to do")


def calendar_as_pdf(calendar: Calendar, say: Say, imprint: Imprint) -> bytes:
    """The calendar as PDF, A4 landscape: what has a date, what is pending, and what is wrong with it.

    The same arguments give the same bytes. Raises InvalidText where a letter cannot be printed.
    """
    lines = in_order_of_days(in_runs(calendar))
    tables = [Table("Dates", _COLUMNS, tuple(_row(line, say) for line in lines))]
    if calendar.pending:
        tables.append(table_of_pending(calendar))
    if calendar.findings:
        rows = tuple((each.severity.value, each.entry, each.message, each.hint) for each in calendar.findings)
        tables.append(Table("Findings", _FINDINGS, rows))
    return tables_as_pdf(*tables, imprint=imprint, title=name_of(calendar))


def _row(line: DayEntry, say: Say) -> tuple[Cell, ...]:
    return (
        _when(line),
        line.study_day,
        f"{line.title} [{line.id}]",
        dates_between(*line.window) if line.window else None,
        doses_in_words(line.doses) or None,
        ", ".join([line.status.value, *(flag.value for flag in line.flags)]),
        "; ".join(map(str, say(line.because))) or None,
    )


def _when(line: DayEntry) -> str | None:
    if line.date is None:
        return None
    time = f" {line.clock}" if line.clock else ""
    until = f" – {with_weekday(line.until)}" if line.until else ""
    return f"{with_weekday(line.date)}{time}{until}"
