"""A list as a page to read or print: dispensing, worklist, deviations, the schedule of activities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scheduler.exports.markup import Markup, element
from scheduler.exports.page import page
from scheduler.exports.words import signed
from scheduler.views.table import Cell, Table

_LONGEST_WORD = 24


def table_as_html(*tables: Table) -> str:
    """One page with every list under its title. Dates are told as YYYY-MM-DD; an empty field is a missing value."""
    return page(
        tables[0].title if tables else "Lists",
        element("main", *(_section(table) for table in tables)),
        element(
            "footer", "A qualified person checks every list before anybody acts on it. This is not a medical device."
        ),
    )


def _section(table: Table) -> Markup:
    if not table.rows:
        return element("section", element("h2", table.title), element("p", "Nothing is on this list.", class_="quiet"))
    return element(
        "section",
        element("h2", table.title),
        element(
            "div",
            element(
                "table",
                element("caption", table.title),
                element("thead", element("tr", *(_heading(name) for name in table.columns))),
                element("tbody", *(_row(row) for row in table.rows)),
            ),
            class_="sheet",
        ),
    )


def _heading(name: str) -> Markup:
    return element("th", name, scope="col", class_="long" if len(name) > _LONGEST_WORD else None)


def _row(row: tuple[Cell, ...]) -> Markup:
    return element("tr", *(_cell(cell) for cell in row))


def _cell(cell: Cell) -> Markup:
    if cell is None:
        return element("td")
    if isinstance(cell, date):
        return element("td", element("time", cell.isoformat(), datetime=cell.isoformat()), class_="day")
    if isinstance(cell, Decimal):
        return element("td", f"{cell:f}", class_="amount")
    if isinstance(cell, int):
        return element("td", signed(cell), class_="amount")
    # A number of a patient or an entry is never broken, and a sentence gets room.
    look = "day" if " " not in cell and len(cell) <= _LONGEST_WORD else "what" if len(cell) > _LONGEST_WORD else None
    return element("td", cell, class_=look)
