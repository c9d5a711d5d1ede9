"""Any list on paper: worklist, deviations, exposure, the audit trail, one patient's dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scheduler.exports.letters import one_line, width_of
from scheduler.exports.list_words import said_cell, said_head, said_title
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.typeset import Data, typeset
from scheduler.exports.paper.words import Word, printed
from scheduler.exports.words import signed
from scheduler.languages import Language
from scheduler.views.imprint import NEVER, Imprint
from scheduler.views.table import Cell, Table
from scheduler.words.saying import say

_SIZES = {9: 148, 8: 166, 7: 190, 6: 220}
"""How many letters of which size, in points, stand side by side on a page, between all columns."""

_BETWEEN = 2
_LONGEST_WORD = 26
_NARROW_TEXT = 21
_MOST_LINES = 5
"""Lines of the highest row for which letters stay large."""


def tables_as_pdf(
    *tables: Table, imprint: Imprint | None = None, title: str | None = None, language: Language = Language.ENGLISH
) -> bytes:
    """The lists one under the other as PDF, A4 landscape: PDF/A-2a and PDF/UA-1. The same arguments give the same bytes.

    Columns that are empty in every row are left out; heads are repeated on every page and nothing is cut off. ``title`` is what
    the sheet is called, else it is the first list's title. Heads and codes are words of the language.
    Raises InvalidText where a letter cannot be printed.
    """
    data: dict[str, Data] = {
        "title": say(said_title(title or (tables[0].title if tables else "Lists")), language),
        "nothing": printed(Word.NOTHING, language),
        "tables": [_table(table, title is not None or number > 0, language) for number, table in enumerate(tables)],
        "foot": foot_of(imprint, language),
    }
    return typeset("lists", data, imprint.recorded if imprint else NEVER, language)


def _table(table: Table, titled: bool, language: Language) -> Data:
    shown = [
        column for column in range(len(table.columns)) if any(row[column] is not None for row in table.rows)
    ] or list(range(len(table.columns)))
    columns = [_column(table, column, language) for column in shown]
    size, widths = _widths(columns)
    numbers = [_is_number([row[column] for row in table.rows]) for column in shown]
    return {
        "title": say(said_title(table.title), language) if titled else None,
        "size": size,
        "widths": list(widths),
        "numbers": list(numbers),
        "head": [head for head, *_ in columns],
        "rows": [list(row) for row in zip(*(cells for _, *cells in columns), strict=True)],
    }


def _column(table: Table, column: int, language: Language) -> list[str]:
    """Its head, and below it what its cells say."""
    name = table.columns[column]
    return [say(said_head(name), language), *(_text(row[column], name, language) for row in table.rows)]


def _widths(columns: list[list[str]]) -> tuple[int, list[int]]:
    """The size of the letters, and how wide each column is: the largest size that keeps words whole and rows low."""
    least = [max(_longest_word(texts), min(_longest(texts), _NARROW_TEXT)) for texts in columns]
    wanted = [_longest(texts) for texts in columns]
    widths = least
    for size, room in _SIZES.items():
        widths = _shared(least, wanted, room - _needed(least))
        lines = max((want / width for want, width in zip(wanted, widths, strict=True)), default=1)
        if _needed(least) <= room and lines <= _MOST_LINES:
            return size, [width + _BETWEEN for width in widths]
    return min(_SIZES), [width + _BETWEEN for width in widths]


def _shared(least: list[int], wanted: list[int], spare: int) -> list[int]:
    """The room that is left goes, letter by letter, to the column that has the most lines."""
    widths = list(least)
    for _ in range(spare):
        place = max(range(len(widths)), key=lambda place: wanted[place] / widths[place], default=None)
        if place is None or wanted[place] <= widths[place]:
            break
        widths[place] += 1
    return widths


def _needed(widths: list[int]) -> int:
    return sum(widths) + _BETWEEN * len(widths)


def _longest(texts: list[str]) -> int:
    return max(width_of(text) for text in texts)


def _longest_word(texts: list[str]) -> int:
    return min(max(width_of(word) for text in texts for word in text.split() or [""]), _LONGEST_WORD)


def _is_number(cells: list[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | Decimal) for cell in known)


def _text(cell: Cell, column: str, language: Language) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, int):
        return signed(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return one_line(say(said_cell(cell, column), language))
