"""One patient's calendar on paper, for the coordinator: every date with its window, dose, status and reasons."""

from __future__ import annotations

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.entries.titles_in_words import clock_said, title_in_words
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.exports.words import dates_between, doses_in_words, with_weekday
from scheduler.findings import Finding
from scheduler.languages import Language
from scheduler.said import SEMICOLONS, SPACES, Code, listed, said, text_of
from scheduler.views.days.spelled_out import DayEntry, in_runs
from scheduler.views.imprint import Imprint
from scheduler.views.pending import table_of_pending
from scheduler.views.table import Cell, Table
from scheduler.views.table_of_dates import Say, in_order_of_days, name_of, status_with_flags
from scheduler.words.saying import say

_COLUMNS = ("date", "study day", "what", "window", "dose", "status", "why")
_FINDINGS = ("severity", "entry", "what is wrong", "what to do")


def calendar_as_pdf(calendar: Calendar, tell: Say, imprint: Imprint, language: Language = Language.ENGLISH) -> bytes:
    """The calendar as PDF, A4 landscape, in that language: what has a date, what is pending, and what is wrong with it.

    The same arguments give the same bytes. Raises InvalidText where a letter cannot be printed.
    """
    lines = in_order_of_days(in_runs(calendar))
    tables = [Table(text_of(said("Dates")), _COLUMNS, tuple(_row(line, tell, language) for line in lines))]
    if calendar.pending:
        tables.append(table_of_pending(calendar))
    if calendar.findings:
        tables.append(Table(text_of(said("Findings")), _FINDINGS, tuple(map(_finding, calendar.findings))))
    return tables_as_pdf(*tables, imprint=imprint, title=name_of(calendar), language=language)


def _row(line: DayEntry, tell: Say, language: Language) -> tuple[Cell, ...]:
    because = tell(line.because)
    return (
        _when(line, language),
        line.study_day,
        text_of(listed(title_in_words(line.title), Code(f"[{line.id}]"), how=SPACES)),
        dates_between(*line.window, language) if line.window else None,
        doses_in_words(line.doses, language) or None,
        text_of(status_with_flags(line)),
        text_of(listed(*because, how=SEMICOLONS)) if because else None,
    )


def _finding(found: Finding) -> tuple[Cell, ...]:
    to_do = found.what_to_do
    hint = text_of(to_do) if found.hint is not None and to_do is not None else None
    return found.severity.value, found.entry, text_of(found.told), hint


def _when(line: DayEntry, language: Language) -> str | None:
    if line.date is None:
        return None
    time = f" {say(clock_said(line.clock), language)}" if line.clock else ""
    until = f" – {with_weekday(line.until, language)}" if line.until else ""
    return f"{with_weekday(line.date, language)}{time}{until}"
