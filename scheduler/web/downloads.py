"""Lists and calendars as files: CSV, workbook, JSON. What people wrote never becomes a formula (`scheduler.exports.csv`)."""

from __future__ import annotations

import re
from enum import StrEnum

from starlette.responses import Response

from scheduler.exports.csv import table_as_csv
from scheduler.exports.xlsx import tables_as_xlsx
from scheduler.views.table import Table

PATIENCE = 120.0
"""Seconds that a file may take: it is written when every patient is in it."""


class Form(StrEnum):
    """In which form a list is written."""

    CSV = "csv"
    XLSX = "xlsx"


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


def list_as_file(form: Form, name: str, plain: Table, *tables: Table) -> Response:
    """A list as a file to keep: ``plain`` for CSV, ``tables`` as the sheets of a workbook where they say more."""
    if form is Form.CSV:
        return as_file(table_as_csv(plain).encode("utf-8"), name, "csv")
    return as_file(tables_as_xlsx(*(tables or (plain,))), name, "xlsx")


def as_file(data: bytes, name: str, ending: str) -> Response:
    """Data that the browser saves under that name. The name is plain letters whatever it was made of."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "list"
    headers = {"content-disposition": f'attachment; filename="{plain}.{ending}"'}
    return Response(data, media_type=_TYPES[ending], headers=headers)
