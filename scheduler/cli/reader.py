"""Whom a command speaks to: in which language, and how a message, a change or a list is said in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.cli.options import Languages
from scheduler.languages import Language
from scheduler.said import Text, Value, in_english, said, said_as

if TYPE_CHECKING:
    from scheduler.calendar.comparing.change import Change
    from scheduler.views.table import Cell, Table

LanguageOfWords = Annotated[
    Languages | None,
    typer.Option("--language", help="In which language; else as LANG says. JSON and files are in English."),
]
NO_DAY = " " * len("YYYY-MM-DD")
"""Where a line has no day to begin with."""
_SET_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a terminal's language is set; the first that says anything goes."""

_COLUMNS = {
    "subject": said_as("a column", "subject"),
    "entry": said_as("a column", "entry"),
    "title": said_as("a column", "title"),
    "earliest": said_as("a column", "earliest"),
    "latest": said_as("a column", "latest"),
    "date": said_as("a column", "date"),
    "time": said_as("a column", "time"),
    "moves to": said_as("a column", "moves to"),
    "what": said_as("a column", "what"),
    "what to do": said_as("a column", "what to do"),
    "stands on": said_as("a column", "stands on"),
    "proposed": said_as("a column", "proposed"),
    "ideal": said_as("a column", "ideal"),
    "by": said_as("a column", "by"),
    "why": said_as("a column", "why"),
    "site": said_as("a column", "site"),
    "from": said_as("a column", "from"),
    "to": said_as("a column", "to"),
    "treatment": said_as("a column", "treatment"),
    "product": said_as("a column", "product"),
    "units": said_as("a column", "units"),
    "5 %": said_as("a column", "5 %"),
    "50 %": said_as("a column", "50 %"),
    "95 %": said_as("a column", "95 %"),
    "packs": said_as("a column", "packs"),
    "made of": said_as("a column", "made of"),
    "order by": said_as("a column", "order by"),
    "arrives": said_as("a column", "arrives"),
    "quantity": said_as("a column", "quantity"),
    "in": said_as("a column", "in"),
    "first week at risk": said_as("a column", "first week at risk"),
    "chance %": said_as("a column", "chance %"),
    "lasts to": said_as("a column", "lasts to"),
    "chance then %": said_as("a column", "chance then %"),
    "left over": said_as("a column", "left over"),
    "now": said_as("a column", "now"),
    "rate": said_as("a column", "rate"),
    "source": said_as("a column", "source"),
    "note": said_as("a column", "note"),
}


def reader_of(asked: Languages | None) -> Language:
    """The language that was asked for; else the terminal's, where it has all words; else English."""
    if asked is not None:
        return Language(asked)
    said_there = next((value for name in _SET_BY if (value := os.environ.get(name))), "")
    code = re.split("[_.@]", said_there)[0].lower()
    return Language(code).of_staff if code in set(Language) else Language.ENGLISH


def worded(message: Value, language: Language) -> str:
    """The message in that language."""
    if language is Language.ENGLISH:
        return in_english(message)
    from scheduler.words.saying import say

    return say(message, language)


def name_for(subject: str | None, language: Language) -> str:
    """A patient's number; one without is the only one."""
    return subject or worded(said("the patient"), language)


def change_line(change: Change, language: Language) -> str:
    """A change with the day that it bears on, without the end of the line."""
    return f"{change.on or NO_DAY}  {worded(change.sentence, language)}"


def table_for(table: Table, language: Language) -> Table:
    """A list for that reader: its title, its headings, and what in it are messages. Days stay as they are."""
    if language is Language.ENGLISH:
        return table
    from scheduler.views.table import Table

    columns = tuple(worded(_COLUMNS[name], language) for name in table.columns)
    rows = tuple(tuple(_cell(cell, language) for cell in row) for row in table.rows)
    return Table(str(_cell(table.title, language)), columns, rows)


def _cell(cell: Cell, language: Language) -> Cell:
    return worded(cell.said, language) if isinstance(cell, Text) else cell
