"""A list, written in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from scheduler.cli.options import ListFormat
from scheduler.cli.screen import refuse_terminal, show_table, write, write_bytes
from scheduler.languages import Language

if TYPE_CHECKING:
    from scheduler.views.chart.naming import Names
    from scheduler.views.imprint import Imprint
    from scheduler.views.table import Table


def write_tables(
    *tables: Table,
    format_: ListFormat,
    plain: Table | None = None,
    json: Callable[[], str] | None = None,
    imprint: Imprint | None = None,
    pdf: Callable[[], bytes] | None = None,
    language: Language = Language.ENGLISH,
    names: Callable[[], Names] = dict,
) -> None:
    """Write lists to standard output.

    ``plain`` is the one list that other programs read as CSV and JSON, ``json`` the list's own public JSON, where it has one.
    ``imprint`` is what stands in the foot of a PDF, ``pdf`` the list's own sheet, where it has one; ``language`` is that of
    all but CSV, JSON and workbooks, which are in English. ``names`` are what a study calls what has an id.
    """
    from scheduler.exports.json import table_as_json
    from scheduler.exports.pages.lists import table_as_html
    from scheduler.exports.tables.csv import table_as_csv

    if language is not Language.ENGLISH and (known := names()):
        from scheduler.views.chart.naming import with_names

        tables = tuple(with_names(table, known) for table in tables)
    match format_:
        case ListFormat.TABLE:
            for number, table in enumerate(tables):
                if number:
                    write("\n")
                show_table(table, language)
        case ListFormat.JSON:
            write(json() if json else table_as_json(plain or tables[0]))
        case ListFormat.CSV:
            write(table_as_csv(plain or tables[0]))
        case ListFormat.HTML:
            write(table_as_html(*tables, language=language))
        case ListFormat.XLSX:
            refuse_terminal("a workbook")
            write_bytes(_workbook(tables))
        case ListFormat.PDF:
            refuse_terminal("a PDF")
            write_bytes(pdf() if pdf else _sheet(tables, imprint, language))


def _workbook(tables: tuple[Table, ...]) -> bytes:
    from scheduler.exports.tables.xlsx import tables_as_xlsx

    return tables_as_xlsx(*tables)


def _sheet(tables: tuple[Table, ...], imprint: Imprint | None, language: Language) -> bytes:
    from scheduler.exports.paper.lists import tables_as_pdf

    return tables_as_pdf(*tables, imprint=imprint, language=language)
