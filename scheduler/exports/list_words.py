"""Lists for people, in their reader's language: titles, heads, codes that are words. CSV and workbooks stay English."""

from __future__ import annotations

from scheduler.languages import Language
from scheduler.said import Quoted, Said, Text, Value
from scheduler.views.table import Cell, Table
from scheduler.words.saying import say

COLUMNS = (
    *("date", "time", "resource", "subject", "what", "status", "clash", "subjects", "list", "number"),
    *("recorded (UTC)", "who", "name", "role", "event", "on", "says", "why", "signed", "instead of", "hash"),
    *("deviation", "entry", "days off", "clause", "line", "events", "severity", "importance", "cause", "found"),
    *("reported", "arm", "end point", "criteria", "value", "from", "to", "days", "months", "reason", "about"),
    *("rule", "source", "rate", "of", "patients", "out of", "percent", "low %", "high %", "best overall response"),
    *("censored", "not counted", "median days", "median months", "low months", "high months", "month"),
    *("survival %", "at risk", "day", "survival", "low", "high", "worst grade", "drug", "RDI known", "median %"),
    *("least %", "most %", "below 85 %", "lower level", "period", "worst in period", "ae", "term", "recorded as"),
    *("onset", "end", "grade now", "serious", "related", "ctcae", "grade 1", "grade 2", "grade 3", "grade 4"),
    *("grade 5", "treatment", "start", "delivered", "planned", "unit", "planned days", "RDI %", "total dose %"),
    *("delay", "delayed by", "level", "reduced by", "days dosed", "presumed", "held", "not taken", "dispensed"),
    *("returned", "lost", "taken", "missing", "expected", "compliance %", "outside 80-120 %", "pill count"),
    *("strength", "lot", "expires", "with patients", "first", "last", "cycle", "title", "earliest", "latest"),
    *("days left", "flags", "what to do", "at most", "given", "left", "left %", "passed by", "load", "moves to"),
    *("by", "stands on", "proposed", "ideal", "site", "product", "units", "5 %", "50 %", "95 %", "packs"),
    *("made of", "order by", "arrives", "quantity", "in", "first week at risk", "chance %", "lasts to"),
    *("chance then %", "left over", "now", "note", "dose", "visit", "collect back", "expiry", "prepared by"),
    *("checked by", "lines without a number", "units apart", "packs apart", "lines apart", "best", "scan of"),
    *("confirmed", "best if confirmed", "response from", "ongoing", "progression", "assessment", "scan"),
    *("confirms or repeats", "takes back an iUPD", "sort", "upper limit", "until", "state", "received"),
    *("handed out", "prepared", "destroyed", "sent back", "difference when counted", "whole packs left"),
    *("brought back", "brought back and still there", "change", "after", "lots", "sure", "weekday", "study day"),
    *("id", "window", "what is wrong", "not before", "sheet", "time point", "minutes", "taken on", "taken at"),
    *("elapsed, minutes", "off, minutes", "time points", "what is known", "option", "action"),
    *("what it would change", "row", "outcome"),
)
"""The columns of the lists that pages print. In a file they are names for programs, on paper words of the reader's."""

CODES = {
    "cause": "cause",
    "deviation": "deviation",
    "importance": "importance",
    "list": "a list of the worklist",
    "outcome": "outcome",
    "period": "collection",
    "role": "role",
    "severity": "severity",
    "sort": "sort",
    "status": "status",
    "what": "record",
}
"""The columns whose cells are codes, and what these are as words."""


def said_title(title: str) -> Value:
    """A title that was made as a message; any other stands as it is."""
    return title.said if isinstance(title, Text) else Quoted(title)


def said_head(column: str) -> Value:
    """The head of a column."""
    return column.said if isinstance(column, Text) else Said(column, (), None, "column")


def said_cell(text: str, column: str) -> Value:
    """What a text in that column says."""
    if isinstance(text, Text):
        return text.said
    return Said(text, (), None, CODES[column]) if column in CODES else Quoted(text)


def list_in_words(table: Table, language: Language) -> Table:
    """The list for a reader of that language."""
    if language is Language.ENGLISH:
        return table

    def told(cell: Cell, column: str) -> Cell:
        return say(said_cell(cell, column), language) if isinstance(cell, str) else cell

    columns = tuple(say(said_head(column), language) for column in table.columns)
    rows = tuple(tuple(map(told, row, table.columns)) for row in table.rows)
    return Table(say(said_title(table.title), language), columns, rows)
