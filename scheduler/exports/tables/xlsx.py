"""Lists as a workbook: real dates, a bold header that stays in sight, and a page that prints."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from scheduler.exports.letters import one_line, showable
from scheduler.views.table import Cell, Table

# A workbook without a fixed date would differ at each writing; the start of the format's own calendar says "not a real date".
_CREATED = datetime(1980, 1, 1)
_WIDEST = 60
_NARROWEST = 6
_LONGEST_SHEET_NAME = 31
_LONGEST_TEXT = 32_767
_FIRST_YEAR = 1900
_NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def tables_as_xlsx(*tables: Table) -> bytes:
    """A workbook with a sheet for each list. The same lists give the same bytes.

    Dates are dates and amounts are numbers, so that they sort and filter. Text is never a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"created": _CREATED})
    formats = {
        "header": workbook.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
        "text": workbook.add_format({"valign": "top", "text_wrap": True}),
        "date": workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
    }
    names: set[str] = set()
    for table in tables:
        name = _sheet_name(table.title, names)
        names.add(name.lower())
        _write_sheet(workbook.add_worksheet(name), table, formats)
    workbook.close()
    return target.getvalue()


def _write_sheet(sheet: xlsxwriter.worksheet.Worksheet, table: Table, formats: dict[str, object]) -> None:
    for column, name in enumerate(table.columns):
        cells = [row[column] for row in table.rows]
        sheet.set_column(column, column, _width(name, cells))
        sheet.write_string(0, column, one_line(name), formats["header"])
        for number, cell in enumerate(cells, start=1):
            _write_cell(sheet, number, column, cell, formats)
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if title := one_line(table.title)[:100]:
        # "&" begins a code in a header, and two of them are one ampersand.
        sheet.set_header("&L" + title.replace("&", "&&"))
    sheet.set_footer("&RPage &P of &N")


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[str, object]
) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["date"])
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, column, cell, formats["text"])
    else:
        text = showable(str(cell))
        # The format has no longer text, and the library would leave the cell empty without a word.
        short = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
        sheet.write_string(row, column, short, formats["text"])


def _width(name: str, cells: list[Cell]) -> int:
    """Wide enough for the longest line of the column, within reason: longer text wraps."""
    # Room for the filter's arrow beside the heading.
    longest = max([len(name) + 3, *(len(str(cell)) + 1 for cell in cells if cell is not None)])
    return max(_NARROWEST, min(_WIDEST, longest))


def _sheet_name(title: str, taken: set[str]) -> str:
    """The list's title as a spreadsheet allows it: 31 letters, none of []:*?/\\, no apostrophe at an end, no name twice."""
    plain = one_line(title).translate(_NOT_IN_A_SHEET_NAME)[:_LONGEST_SHEET_NAME].strip("' ") or "List"
    if plain.lower() == "history":
        plain = "History of dates"
    name, number = plain, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = plain[: _LONGEST_SHEET_NAME - len(ending)] + ending, number + 1
    return name
