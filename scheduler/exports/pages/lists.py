"""Pages of more than one patient: a list to read or print, and the first page of a study, with links to everything else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from scheduler.exports.letters import width_of
from scheduler.exports.list_words import list_in_words, said_cell
from scheduler.exports.pages.environment import document
from scheduler.exports.pages.translated import marked
from scheduler.exports.words import signed
from scheduler.languages import Language
from scheduler.views.table import Cell, Table
from scheduler.words.saying import say

_LONGEST_WORD = 24


class _Field(NamedTuple):
    text: str | Markup
    look: str = ""
    is_date: bool = False


def table_as_html(*tables: Table, language: Language = Language.ENGLISH) -> str:
    """One page with every list under its title, in that language; what is quoted in another one is marked.

    Dates are told as YYYY-MM-DD; an empty field is a missing value.
    """
    lists = [(list_in_words(table, language), _rows(table, language)) for table in tables]
    return document("lists.html", language, lists=lists, longest_word=_LONGEST_WORD)


def _rows(table: Table, language: Language) -> list[list[_Field]]:
    if language is Language.ENGLISH:
        return [[_field(cell) for cell in row] for row in table.rows]
    return [[_told(*both, language) for both in zip(row, table.columns, strict=True)] for row in table.rows]


def _told(cell: Cell, column: str, language: Language) -> _Field:
    if not isinstance(cell, str):
        return _field(cell)
    value = said_cell(cell, column)
    return _field(say(value, language))._replace(text=marked(value, language))


def _field(cell: Cell) -> _Field:
    if cell is None:
        return _Field("")
    if isinstance(cell, date):
        return _Field(cell.isoformat(), "day", is_date=True)
    if isinstance(cell, Decimal):
        return _Field(f"{cell:f}", "amount")
    if isinstance(cell, int):
        return _Field(signed(cell), "amount")
    # A number of a patient or an entry is never broken, and a sentence gets room.
    if width_of(cell) > _LONGEST_WORD:
        return _Field(cell, "what")
    if " " not in cell:
        return _Field(cell, "day")
    # Chinese may be broken behind every letter, and would stand on end in a narrow column.
    return _Field(cell, "" if cell.isascii() else "phrase")


@dataclass(frozen=True, slots=True)
class Link:
    """A file beside the page: what it is, and where, as a relative path."""

    words: str
    path: str

    @property
    def href(self) -> str:
        """The path as a link that can only lead to a file beside the page: a colon would begin a scheme."""
        return quote(self.path.lstrip("/"), safe="/#?=&")


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient on the study's page. ``page`` is where the calendar is, ``files`` are its other forms."""

    subject: str
    arm: str | None
    first_dose: date | None
    page: str
    note: str = ""
    next_visit: date | None = None
    files: tuple[Link, ...] = ()

    @property
    def calendar(self) -> Link:
        """The patient's number, leading to the calendar."""
        return Link(self.subject, self.page)


def study_as_html(
    study: str,
    version: str,
    title: str,
    rows: Iterable[PatientRow],
    lists: Iterable[Link] = (),
    language: Language = Language.ENGLISH,
) -> str:
    """The study's page, in that language. Links are relative, so that the folder can be moved, zipped and mailed."""
    told = {"study": study, "version": version, "title": title, "rows": tuple(rows), "lists": tuple(lists)}
    return document("study.html", language, **told)
