"""``scheduler sheets``: the time points around a patient's doses, as lists and as sheets to fill in."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli.lists import write_tables
from scheduler.cli.options import CaseArgument, ListFormat, ListFormatOption, Until
from scheduler.cli.reader import LanguageOfWords, reader_of
from scheduler.cli.screen import say_warnings


def sheets(
    case: CaseArgument,
    of: Annotated[
        str | None, typer.Option("--of", metavar="ENTRY", help="Only those of this dose or visit, or this sheet: pk.1.")
    ] = None,
    until: Until = None,
    format_: ListFormatOption = ListFormat.TABLE,
    language: LanguageOfWords = None,
) -> None:
    """Print the sheets of time points: offsets until the time of the dose is known, then clock times and what was recorded."""
    from scheduler.folder.printing.printed import printed_sheets
    from scheduler.folder.reading.case import read_case
    from scheduler.views.sheets import all_of_sheets, sheets_about, table_of_sheet

    patient, reader = read_case(case), reader_of(language)
    say_warnings(patient.findings, [patient.version], reader)
    calendar = patient.calendar(until)
    found = sheets_about(calendar, of)
    write_tables(
        *(table_of_sheet(calendar, sheet) for sheet in found),
        format_=format_,
        language=reader,
        plain=all_of_sheets(calendar, found),
        pdf=lambda: printed_sheets(patient, calendar, found, reader),
    )
