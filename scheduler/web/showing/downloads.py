"""Lists and calendars as files: CSV, workbook, JSON, PDF. What people wrote never becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from starlette.responses import Response

from scheduler.errors import InvalidText
from scheduler.exports.paper.fonts import has_font
from scheduler.exports.paper.lists import tables_as_pdf
from scheduler.exports.tables.csv import table_as_csv
from scheduler.exports.tables.xlsx import tables_as_xlsx
from scheduler.folder.printing.imprints import imprint_of_logs
from scheduler.languages import Language
from scheduler.said import Said, said
from scheduler.views.chart.naming import names_in_study, with_names
from scheduler.views.imprint import Imprint
from scheduler.views.table import Table
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown
from scheduler.web.problems import Problem, findings_in_words

PATIENCE = 120.0
"""Seconds that a file may take: it is written when every patient is in it."""

MOST_LINES = 1000
"""Lines of a list on paper. A sheet is typeset as a whole, and a much longer one takes the server's memory from everybody."""


class Form(StrEnum):
    """In which form a list is written."""

    CSV = "csv"
    XLSX = "xlsx"


class Report(StrEnum):
    """In which form a report is written: a list, and on paper."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}


def list_as_file(form: Form, name: str, plain: Table, *tables: Table) -> Response:
    """A list as a file to keep: ``plain`` for CSV, ``tables`` as the sheets of a workbook where they say more."""
    if form is Form.CSV:
        return as_file(table_as_csv(plain).encode("utf-8"), name, "csv")
    return as_file(tables_as_xlsx(*(tables or (plain,))), name, "xlsx")


def report_as_file(visit: Visit, form: Report, name: str, imprint: Imprint, plain: Table, *tables: Table) -> Response:
    """A report as a file; on paper, in the reader's language, ``tables`` one under the other, and below what they are made of."""
    if form is not Report.PDF:
        return list_as_file(Form(form.value), name, plain, *tables)
    printed = tables or (plain,)
    not_too_long(sum(len(table.rows) for table in printed), said("Ask for fewer patients"))
    return lists_on_paper(visit, name, imprint, *printed)


def lists_on_paper(visit: Visit, name: str, imprint: Imprint, *tables: Table) -> Response:
    """Lists as a sheet in the reader's language, with the names of the study in the place of ids."""
    language, printed = language_of(visit), tables
    if language is not Language.ENGLISH:
        study = visit.server.patients.study()
        names = names_in_study(study.versions, study.sites)
        printed = tuple(with_names(table, names) for table in tables)
    return sheet_as_file(name, lambda: tables_as_pdf(*printed, imprint=imprint, language=language))


def language_of(visit: Visit) -> Language:
    """The reader's language on paper: English where the font of theirs is not installed, as nobody asked for another."""
    return visit.language if has_font(visit.language) else Language.ENGLISH


def imprint_of(visit: Visit, shown: Iterable[Shown]) -> Imprint:
    """What a report of these patients was made of."""
    return imprint_of_logs(visit.server.patients.study().newest, [each.log for each in shown])


def not_too_long(lines: int, narrower: Said) -> None:
    """Raises Problem for a list that has more lines than are printed. ``narrower`` says how to ask for fewer."""
    if lines > MOST_LINES:
        text = said(
            "It has {lines} lines, and at most {most} are printed. {narrower}, or take the CSV or the workbook.",
            lines=lines,
            most=MOST_LINES,
            narrower=narrower,
        )
        raise Problem(422, "too-long", said("This list is too long for paper"), text)


def sheet_as_file(name: str, typeset: Callable[[], bytes]) -> Response:
    """A sheet of paper as PDF. Raises Problem where something on it cannot be printed: nothing is printed with a gap."""
    try:
        data = typeset()
    except InvalidText as error:
        raise Problem(409, "not-printable", said("Nothing was printed"), findings_in_words(error.findings)) from None
    return as_file(data, name, "pdf")


def as_file(data: bytes, name: str, ending: str) -> Response:
    """Data that the browser saves under that name. The name is plain letters whatever it was made of."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "list"
    headers = {"content-disposition": f'attachment; filename="{plain}.{ending}"'}
    return Response(data, media_type=_TYPES[ending], headers=headers)
