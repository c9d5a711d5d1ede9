"""The sheets of time points around a patient's doses and visits, as lists: one for each dose, and all of them in short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.entries.dose_sheet import (
    DoseSheet,
    Sample,
    Standing,
    clock,
    clock_under,
    in_words,
    minutes_in_words,
)
from scheduler.calendar.entries.entry import Calendar
from scheduler.errors import UnknownEntry
from scheduler.findings import did_you_mean
from scheduler.said import COMMAS, SPACES, Code, Value, listed, own_words, said, said_of, text_of
from scheduler.views.table import Cell, Table

COLUMNS = (
    "sheet",
    "visit",
    "time point",
    "minutes",
    "date",
    "planned",
    "window",
    "status",
    "taken on",
    "taken at",
    "elapsed, minutes",
    "off, minutes",
    "reason",
)
"""The columns of the CSV: a public interface."""


def sheets_about(calendar: Calendar, of: str | None = None) -> tuple[DoseSheet, ...]:
    """The sheets of one dose or visit, or one of them by its own id; all of them where nobody asks for one.

    Raises UnknownEntry where there is none.
    """
    found = tuple(sheet for sheet in calendar.sheets if of is None or of in _names(sheet))
    if not found:
        known = dict.fromkeys(name for sheet in calendar.sheets for name in _names(sheet))
        hint = did_you_mean(of, known) if of is not None else "write them under 'sheets' of the protocol"
        about = f" of '{of[:80]}'" if of is not None else ""
        raise UnknownEntry(f"this calendar has no sheet{about}" + (f" ({hint})" if hint else ""))
    return found


def _names(sheet: DoseSheet) -> tuple[str, ...]:
    return (sheet.id, sheet.of, sheet.of.removesuffix(".1"), *(sample.entry for sample in sheet.samples))


def all_of_sheets(calendar: Calendar, sheets: Iterable[DoseSheet]) -> Table:
    """All time points as one list, which other programs read."""
    rows = tuple(_row(sheet, sample) for sheet in sheets for sample in sheet.samples)
    return Table(f"{calendar.subject or calendar.study} sheets", COLUMNS, rows)


def table_of_sheet(calendar: Calendar, sheet: DoseSheet) -> Table:
    """One sheet, a line for each time point: offsets only until the time of the dose is known."""
    began = f", {sheet.began}" if sheet.began is not None else ""
    who = calendar.subject or calendar.study
    rows = tuple(_row(sheet, sample) for sample in sheet.samples)
    return Table(f"{who} {sheet.title} [{sheet.id}], {sheet.of}{began}", COLUMNS, rows)


def _row(sheet: DoseSheet, sample: Sample) -> tuple[Cell, ...]:
    planned, taken = sample.planned, sample.taken
    return (
        sheet.id,
        sample.entry,
        sample.point.name,
        sample.point.minutes,
        planned.day if planned is not None else sample.day,
        clock(planned) if planned is not None else None,
        minutes_in_words(sample.point) or None,
        sample.standing.value,
        taken.day if taken is not None else None,
        clock(taken) if taken is not None else None,
        sample.elapsed,
        sample.off,
        sample.reason,
    )


def table_of_sheets(calendar: Calendar) -> Table:
    """All sheets in short, a line for each visit: its time points with their clock times."""
    rows = tuple(row for sheet in calendar.sheets for row in _of_visits(sheet))
    return Table(text_of(said("Sheets")), ("date", "sheet", "visit", "time points"), rows)


def _of_visits(sheet: DoseSheet) -> Iterator[tuple[Cell, ...]]:
    for entry, day, samples in sheet.visits:
        told = listed(*(_in_short(sample, day) for sample in samples), how=COMMAS)
        yield day, sheet.id, entry, text_of(told)


def _in_short(sample: Sample, day: date | None) -> Value:
    """0.5 h; 0.5 h 08:40; 0.5 h 08:40 taken 08:52 (+12 min); 0.5 h 08:40 not taken; 12 h 02:10 03-05, the day after."""
    planned = (said_of(clock_under(day, sample.planned)),) if sample.planned is not None else ()
    point = listed(own_words(sample.point.name), *planned, how=SPACES)
    if sample.standing is Standing.NOT_TAKEN:
        return said("{point} not taken", point=point)
    if sample.taken is None:
        return point
    taken = said_of(clock_under(day, sample.taken))
    if sample.off is None:
        return said("{point} taken {time}", point=point, time=taken)
    off = Code(f"{'+' if sample.off >= 0 else '-'}{in_words(abs(sample.off))}")
    return said("{point} taken {time} ({off})", point=point, time=taken, off=off)
