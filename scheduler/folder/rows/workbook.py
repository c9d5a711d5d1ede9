"""The first sheet of a workbook as texts, read by calamine after it was looked at: a small file may unfold into gigabytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from importlib.util import find_spec

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.said import Said, said

_UNFOLDED = 60_000_000
_MOST_PARTS = 2_000
_MOST_TEXT = 100_000_000
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,12})["']""")
_STARTS = {name: re.compile(rb"<(?:\w+:)?%b[\s/>]" % name.encode()) for name in ("c", "row", "si")}
_DIGITS = 15
"""As many digits of a number as a spreadsheet shows and keeps; what lies behind them is how computers count."""

TOO_LARGE = said("the workbook is too large")


def sheet_of(data: bytes, name: str, *, rows: int, columns: int) -> list[list[str]]:
    """The cells of the first sheet, from its first row and column on.

    A date is YYYY-MM-DD, a time of day HH:MM, a number in plain digits. Raises InvalidText where it cannot be read.
    """
    if find_spec("python_calamine") is None:
        what = said("workbooks cannot be read here: a package is missing")
        raise _wrong(name, "no-calamine", what, said("install the extra 'workbooks', or save the list as CSV"))
    try:
        sound = _is_within_limits(data, rows, columns)
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OSError):
        raise _broken(name) from None
    if not sound:
        hint = said("at most {rows} rows and {columns} columns; or save the list as CSV", rows=rows, columns=columns)
        raise _wrong(name, "too-large", TOO_LARGE, hint)
    return [[_text(cell) for cell in row] for row in _read(data, name)]


def _read(data: bytes, name: str) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the library in Rust is none of Exception
        raise _broken(name) from None


def _is_within_limits(data: bytes, rows: int, columns: int) -> bool:
    """False for what would take far more memory than a list does. Each part is unfolded, so that none says less than it is."""
    cells = longest = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _UNFOLDED:
            return False
        for part in parts:
            text = archive.read(part)
            if part.filename.lower().endswith("sharedstrings.xml"):
                longest = max(map(len, _STARTS["si"].split(text)), default=0)
            elif b"sheetData" in text or "worksheets/" in part.filename.lower():
                if b"\0" in text or not all(_is_inside(found, rows, columns) for found in _CELL.finditer(text)):
                    return False
                cells += len(_STARTS["c"].findall(text))
                if len(_STARTS["row"].findall(text)) > rows:
                    return False
    return cells * longest <= _MOST_TEXT


def _is_inside(found: re.Match[bytes], rows: int, columns: int) -> bool:
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - ord("A") + 1
    return column <= columns and int(found[2]) <= rows


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="minutes") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes") if not (cell.second or cell.microsecond) else cell.isoformat()
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.{_DIGITS}g}'):f}".removesuffix(".0")
    return str(cell).strip()


def _broken(name: str) -> InvalidText:
    what = said("this workbook cannot be read")
    return _wrong(name, "broken-workbook", what, said("save it again as .xlsx without a password, or as CSV"))


def _wrong(name: str, code: str, what: Said, hint: Said) -> InvalidText:
    return InvalidText([Finding.of(code, Severity.ERROR, what, hint, Place(name, 1, 1))])
