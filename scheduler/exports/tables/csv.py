"""Lists as CSV: UTF-8 with \\r\\n line ends (RFC 4180), dates as YYYY-MM-DD, and nothing that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from scheduler.exports.letters import showable
from scheduler.views.table import Cell, Table

# Full-width signs too: a spreadsheet in an East Asian locale reads them as the plain ones.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table_as_csv(table: Table) -> str:
    """The list as CSV with a header line. An empty field is a missing value.

    Text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers and dates are left as they are, so
    that a dose level of -1 is still a number.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_text(column) for column in table.columns])
    writer.writerows([_field(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _text(text: str) -> str:
    plain = showable(text)
    return f"'{plain}" if plain.lstrip(" ").startswith(_STARTS_A_FORMULA) else plain
