"""Lists on a terminal: side by side where there is room, else one field under the other. Nothing is ever cut off."""

from __future__ import annotations

import rich.box
import rich.table
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.text import Text

from scheduler.exports.letters import showable
from scheduler.exports.tables.aligned import column_widths, columns_shown, in_plain_text, is_of_numbers
from scheduler.views.table import Cell, Table

_STYLES = {
    "done": "green",
    "held": "yellow",
    "not done": "red",
    "cancelled": "dim",
    "overdue": "bold red",
    "error": "bold red",
    "warning": "yellow",
}


def table_for_screen(table: Table, width: int) -> RenderableType:
    """The list as rich shows it on a terminal of that many columns.

    Columns that are empty in every row are left out. A date, a number or an id is never broken over two lines: where that
    would happen, each row becomes a block with a field on each line.
    """
    shown = columns_shown(table)
    widths = column_widths(table, shown, width)
    title = Text(showable(table.title), style="bold")
    return Group(title, _blocks(table, shown) if widths is None else _side_by_side(table, shown, widths))


def table_as_text(table: Table, width: int = 120) -> str:
    """The list as plain text of that many columns, without colours."""
    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table_for_screen(table, width))
    return "\n".join(line.rstrip() for line in captured.get().rstrip().splitlines()) + "\n"


def _side_by_side(table: Table, shown: list[int], widths: list[int]) -> rich.table.Table:
    drawn = rich.table.Table(box=rich.box.SIMPLE_HEAD, header_style="bold", show_edge=False, padding=(0, 1, 0, 0))
    for column, width in zip(shown, widths, strict=True):
        drawn.add_column(
            Text(showable(table.columns[column])),
            justify="right" if is_of_numbers(table, column) else "left",
            overflow="fold",
            min_width=width,
            max_width=width,
        )
    for row in table.rows:
        drawn.add_row(*(_shown(row[column]) for column in shown))
    return drawn


def _blocks(table: Table, shown: list[int]) -> Group:
    widest = max(cell_len(table.columns[column]) for column in shown)
    blocks: list[RenderableType] = []
    for row in table.rows:
        block = rich.table.Table.grid(padding=(0, 2, 0, 0))
        block.add_column(style="dim", min_width=widest, max_width=widest)
        block.add_column(overflow="fold")
        for column in shown:
            if row[column] is not None:
                block.add_row(Text(showable(table.columns[column])), _shown(row[column]))
        blocks += [Text(""), block]
    return Group(*blocks)


def _shown(cell: Cell) -> Text:
    return Text(in_plain_text(cell), style=_STYLES.get(cell, "") if isinstance(cell, str) else "")
