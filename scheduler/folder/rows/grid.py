"""A file of rows as texts, each cell with its place: CSV as spreadsheets write it, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.rows.workbook import sheet_of
from scheduler.said import Code, Said, said

LARGEST = 5_000_000
"""Bytes of the largest file."""
MOST_ROWS = 5_000
MOST_COLUMNS = 60
_OF_A_WORKBOOK = b"PK\x03\x04"
_OF_AN_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_BETWEEN = ",;\t"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. ``line`` is its number as a spreadsheet shows it, from 1; it has a cell for each column, "" where it is empty."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's head and the rows below it, without those that are empty.

    ``sha256`` is of the file's bytes: by it the file is known and proved. ``head`` is the row of the column names.
    """

    file: str
    sha256: str
    head: GridRow
    rows: tuple[GridRow, ...]

    def place(self, line: int, column: int = 0) -> Place:
        """Where a cell is, as file:row:column; ``column`` counts from 0."""
        return Place(self.file, line, column + 1)


def read_grid(data: bytes, *, name: str) -> Grid:
    """The rows of a file, whatever its name says it is. Raises InvalidText where it cannot be read, or is too large."""
    if len(data) > LARGEST:
        raise _wrong(name, "too-large", said("the file is too large"), said("at most {n} bytes", n=LARGEST))
    if data.startswith(_OF_AN_OLD_WORKBOOK):
        hint = said("save it as .xlsx without a password, or as CSV")
        raise _wrong(name, "old-workbook", said("this is an old or a locked workbook"), hint)
    if data.startswith(_OF_A_WORKBOOK):
        table: Sequence[Sequence[str]] = sheet_of(data, name, rows=MOST_ROWS + 1, columns=MOST_COLUMNS)
    else:
        table = _csv(data, name)
    rows = [GridRow(line, tuple(cells)) for line, cells in enumerate(table, 1) if any(cells)]
    if len(rows) < 2:
        hint = said("its first row names the columns, and each row below it says one event")
        raise _wrong(name, "no-rows", said("there is no row in the file"), hint)
    if len(rows) > MOST_ROWS + 1:
        raise _wrong(name, "too-many-rows", said("the file has too many rows"), said("at most {n} rows", n=MOST_ROWS))
    widest = max(len(row.cells) for row in rows)
    if widest > MOST_COLUMNS:
        hint = said("at most {n} columns", n=MOST_COLUMNS)
        raise _wrong(name, "too-many-columns", said("the file has too many columns"), hint)
    head, *below = (GridRow(row.line, row.cells + ("",) * (widest - len(row.cells))) for row in rows)
    return Grid(name, hashlib.sha256(data).hexdigest(), head, tuple(below))


def _csv(data: bytes, name: str) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = said("save it as 'CSV UTF-8', or as a workbook (.xlsx)")
        raise _wrong(name, "not-utf-8", said("this is neither a workbook nor a CSV file in UTF-8"), hint) from None
    first = text.lstrip("\r\n").partition("\n")[0]
    between = max(_BETWEEN, key=first.count)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True):
            found.append([cell.strip() for cell in row])
            if len(found) > 2 * MOST_ROWS:
                break
    except csv.Error as error:
        line = len(found) + 1
        what = said("this row is no CSV: {why}", why=Code(str(error)))
        hint = said("save the list from the spreadsheet again")
        raise InvalidText([Finding.of("not-csv", Severity.ERROR, what, hint, Place(name, line, 1))]) from None
    return found


def _wrong(name: str, code: str, what: Said, hint: Said) -> InvalidText:
    return InvalidText([Finding.of(code, Severity.ERROR, what, hint, Place(name, 1, 1))])
