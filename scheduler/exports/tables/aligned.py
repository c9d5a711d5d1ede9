"""How wide the columns of a list are, and the list as plain text where each of its rows has room on a line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rich.cells import cell_len

from scheduler.exports.letters import showable
from scheduler.views.table import Cell, Table

BETWEEN = 2
_NARROW_TEXT = 10


def aligned_text(table: Table, width: int) -> str | None:
    """The list as lines of at most that many columns; None where a cell is too long for its line, and has to be folded."""
    shown = columns_shown(table)
    widths = column_widths(table, shown, width)
    if widths is None:
        return None
    right = [is_of_numbers(table, column) for column in shown]
    rows = [[showable(table.columns[column]) for column in shown]]
    rows += [[in_plain_text(row[column]) for column in shown] for row in table.rows]
    if any(
        not text.isprintable() or cell_len(text) > wide for row in rows for text, wide in zip(row, widths, strict=True)
    ):
        return None
    heading, *lines = (
        "".join(
            f"{_room(text, wide)}{text}{' ' * BETWEEN}" if number else f"{text}{_room(text, wide)}{' ' * BETWEEN}"
            for text, wide, number in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    )
    rule = "─" * (sum(widths) + BETWEEN * len(widths) - 1)
    return "\n".join((showable(table.title).rstrip(), heading, rule, *lines)) + "\n"


def _room(text: str, width: int) -> str:
    return " " * (width - cell_len(text))


def columns_shown(table: Table) -> list[int]:
    """The columns that say anything: those that are empty in every row are left out."""
    return [
        column
        for column in range(len(table.columns))
        if not table.rows or any(row[column] is not None for row in table.rows)
    ]


def is_of_numbers(table: Table, column: int) -> bool:
    """True for a column of numbers alone: they stand on the right."""
    cells = [row[column] for row in table.rows if row[column] is not None]
    return bool(cells) and all(isinstance(cell, int | Decimal) for cell in cells)


def column_widths(table: Table, shown: list[int], width: int) -> list[int] | None:
    """A width for each column shown, or None when they cannot stand side by side."""
    least, wanted = [], []
    for column in shown:
        texts = [showable(table.columns[column]), *(in_plain_text(row[column]) for row in table.rows)]
        longest = max(cell_len(text) for text in texts)
        word = max((cell_len(word) for text in texts for word in text.split()), default=1)
        wanted.append(max(longest, 1))
        least.append(max(word, min(longest, _NARROW_TEXT), 1))
    spare = width - sum(least) - BETWEEN * len(shown)
    if spare < 0:
        return None
    widths = list(least)
    # The narrowest wish first, so that one long text does not take what would have served many.
    for place in sorted(range(len(shown)), key=lambda place: wanted[place] - least[place]):
        more = min(wanted[place] - least[place], spare)
        widths[place] += more
        spare -= more
    return widths


def in_plain_text(cell: Cell) -> str:
    """A cell as text, without anything that a terminal would take for an order."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return showable(str(cell))
