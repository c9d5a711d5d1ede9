"""SDTM datasets in a folder, read: Dataset-JSON (``.json``) and SAS transport files (``.xpt``)."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity
from scheduler.folder.exchanging.transport_file import NoTransportFile, missing_reader, read_transport_file
from scheduler.folder.reading.files import name_of
from scheduler.said import Code, Quoted, Said, listed, said
from scheduler.standards.sdtm_in.records import Record

LARGEST = 500_000_000
"""Bytes of a file that is read."""
_LARGEST_NUMBER = 10**15
"""Beyond it a transport file does not tell numbers apart to their last digit."""


@dataclass(frozen=True, slots=True)
class Datasets:
    """All records of a folder, and what is to say about its files."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def read_datasets(folder: Path) -> Datasets:
    """Every dataset of a folder. Where one is there in both formats, the Dataset-JSON is read, and a finding says so.

    Raises InvalidText where the folder has none, or one cannot be read.
    """
    paths = {path.stem.upper(): path for path in sorted(folder.glob("*.xpt"))} if folder.is_dir() else {}
    both = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        both += [path.stem.upper()] if path.stem.upper() in paths else []
        paths[path.stem.upper()] = path
    if not paths:
        hint = said("name a folder with .xpt or .json files of SDTM")
        raise _unreadable(name_of(folder), said("has no dataset"), hint)
    records = [record for _, path in sorted(paths.items()) for record in read_dataset(path, name_of(path))]
    told = said(
        "of {names} there are two files: the .json is read, and the .xpt is not", names=listed(*map(Code, both))
    )
    hint = said("take one of them out of the folder where they differ")
    two = (Finding.of("two-files", Severity.NOTE, told, hint),) if both else ()
    return Datasets(tuple(records), two)


def read_dataset(path: Path, called: str) -> Iterator[Record]:
    """The records of one file: JSON by its ending, else a transport file. ``called`` is what findings call it.

    Raises InvalidText where it cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise _unreadable(called, said("is too large"), said("split it by subject"))
    name, columns, rows = _of_json(path, called) if path.suffix == ".json" else _of_transport(path, called)
    for number, row in enumerate(rows, 1):
        cells = {column: _cell(cell) for column, cell in zip(columns, row, strict=True)}
        yield Record(name, number, {column: cell for column, cell in cells.items() if cell not in (None, "")})


def _cell(value: object) -> str | Decimal | None:
    """A text, or a number; what is neither, or no number that a record may have, is a text as it stands."""
    if isinstance(value, str):
        return _written(value).strip()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST_NUMBER:
        return json.dumps(value)
    number = Decimal(str(round(value, 6)))
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _written(text: str) -> str:
    """The text, with a question mark where JSON has half a letter, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _of_json(path: Path, called: str) -> tuple[str, list[str], list[list[object]]]:
    hint = said("give Dataset-JSON 1.1")
    try:
        whole = json.loads(path.read_bytes())
        columns, rows = [column["name"] for column in whole["columns"]], whole["rows"]
        name = whole["name"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        raise _unreadable(called, said("is no Dataset-JSON"), hint) from None
    if not isinstance(name, str) or not isinstance(rows, list) or not all(isinstance(each, str) for each in columns):
        raise _unreadable(called, said("is no Dataset-JSON"), hint)
    twice = sorted(column for column, times in Counter(columns).items() if times > 1)
    if twice:
        what = said("has several columns {names}", names=listed(*map(Quoted, twice)))
        raise _unreadable(called, what, said("give each a name of its own"))
    wrong = [number for number, row in enumerate(rows, 1) if not isinstance(row, list) or len(row) != len(columns)]
    if wrong:
        what = said("has {columns} columns, and row {row} has not", columns=len(columns), row=wrong[0])
        raise _unreadable(called, what, hint)
    return _written(name), list(map(_written, columns)), rows


def _of_transport(path: Path, called: str) -> tuple[str, list[str], list[list[object]]]:
    if missing_reader():
        what = said("is a transport file, and what reads it is not installed")
        raise _unreadable(called, what, said("install {extra}", extra=Code("scheduler[standards]")))
    try:
        name, columns, rows = read_transport_file(path)
    except NoTransportFile as error:
        hint = said("give SAS transport files, version 5 or 8, with texts in UTF-8")
        raise _unreadable(called, error.why, hint) from None
    return (name or path.stem).upper(), columns, rows


def _unreadable(called: str, why: Said, hint: Said) -> InvalidText:
    what = said("{file} {why}", file=Quoted(called), why=why)
    return InvalidText([Finding.of("dataset-not-read", Severity.ERROR, what, hint)])
