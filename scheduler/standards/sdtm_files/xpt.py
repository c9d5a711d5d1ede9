"""A dataset as a SAS transport file, version 5, which regulators ask for.

Source: SAS, Record Layout of a SAS Version 5 or 6 Data Set in SAS Transport (XPORT) Format (TS-140).

A text may have 200 bytes and no more: one that has more is refused with its record, never cut. Numbers are IBM's floating point:
every number that a computer of today holds fits without loss.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from scheduler.findings import Finding, Severity
from scheduler.standards.sdtm.datasets import Dataset, Value, Variable

LONGEST_TEXT = 200
"""Bytes of a text."""

_CARD = 80
_MISSING = b"." + bytes(7)
_SYSTEM = b"SAS     SAS     SASLIB  6.06    bsd4.2  "
_MEMBER = b"SASDATA 6.06    bsd4.2  "


def faults_of(dataset: Dataset) -> Iterator[Finding]:
    """The texts that do not fit: each with its variable, its record and its length."""
    for number, row in enumerate(dataset.rows, 1):
        for variable, value in zip(dataset.about.variables, row, strict=True):
            length = len(value.encode()) if isinstance(value, str) else 0
            if length > LONGEST_TEXT:
                message = (
                    f"{dataset.name}.{variable.name}, record {number}: the text has {length} bytes, and a transport file "
                    f"takes {LONGEST_TEXT}: {str(value)[:40]}..."
                )
                hint = "the JSON file has it whole; shorten it where it was written to have the transport file too"
                yield Finding("text-too-long", Severity.ERROR, message, hint)


def dataset_as_xpt(dataset: Dataset, made: datetime) -> bytes:
    """The file's bytes, where `faults_of` finds none. ``made`` is the moment of writing, in UTC."""
    widths = [_width(dataset, number) for number in range(len(dataset.about.variables))]
    stamp = made.strftime("%d%b%y:%H:%M:%S").upper().encode()
    head = (
        _header("LIBRARY", "0" * 30)
        + _card(_SYSTEM + b" " * 24 + stamp)
        + _card(stamp)
        + _header("MEMBER", "000000000000000001600000000140")
        + _header("DSCRPTR", "0" * 30)
        + _card(b"SAS     " + _text(dataset.name, 8) + _MEMBER + b" " * 24 + stamp)
        + _card(stamp + b" " * 16 + _text(dataset.about.label, 40))
        + _header("NAMESTR", f"000000{len(widths):04d}{'0' * 20}")
    )
    names, place = b"", 0
    for number, (variable, width) in enumerate(zip(dataset.about.variables, widths, strict=True), 1):
        names += _described(variable, number, width, place)
        place += width
    rows = b"".join(_cell(value, width) for row in dataset.rows for value, width in zip(row, widths, strict=True))
    return head + _whole_cards(names) + _header("OBS", "0" * 30) + _whole_cards(rows)


def _width(dataset: Dataset, number: int) -> int:
    if dataset.about.variables[number].sort != "text":
        return 8
    return max(1, *(len(str(row[number]).encode()) for row in dataset.rows))


def _header(name: str, numbers: str) -> bytes:
    return _card(f"HEADER RECORD*******{name:<8}HEADER RECORD!!!!!!!{numbers}".encode())


def _card(content: bytes) -> bytes:
    return content.ljust(_CARD)


def _whole_cards(content: bytes) -> bytes:
    return content + b" " * (-len(content) % _CARD)


def _text(text: str, width: int) -> bytes:
    encoded = text.encode()
    if len(encoded) > width:
        raise ValueError(f"{text} has more than {width} bytes")
    return encoded.ljust(width)


def _described(variable: Variable, number: int, width: int, place: int) -> bytes:
    """One NAMESTR: sort, length, number, name, label, no format, and where it stands in a row."""
    sort = 2 if variable.sort == "text" else 1
    kind = struct.pack(">hhhh", sort, 0, width, number)
    named = _text(variable.name, 8) + _text(variable.label, 40)
    no_format = b" " * 8 + struct.pack(">hhh", 0, 0, 0) + bytes(2) + b" " * 8 + struct.pack(">hh", 0, 0)
    return kind + named + no_format + struct.pack(">l", place) + bytes(52)


def _cell(value: Value, width: int) -> bytes:
    if isinstance(value, str):
        return _text(value, width)
    return _MISSING if value is None else ibm_double(float(value) if isinstance(value, Decimal) else value)


def ibm_double(number: float) -> bytes:
    """A number in IBM's form: a sign, an exponent of 16, and a fraction of 56 bits."""
    if number == 0:
        return bytes(8)
    sign, exponent, size = (0x80 if number < 0 else 0), 64, abs(number)
    while size >= 1:
        size, exponent = size / 16, exponent + 1
    while size < 1 / 16:
        size, exponent = size * 16, exponent - 1
    return bytes([sign | exponent]) + int(size * 2**56).to_bytes(7, "big")
