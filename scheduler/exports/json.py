"""A calendar and its lists as JSON: the public form for other programs, keys and their order included.

Amounts are text, because a JSON number is a binary fraction and a dose is not. Dates are civil dates, ``YYYY-MM-DD``. A missing
value is null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.views.shapes.calendar import tell_calendar
from scheduler.views.shapes.shape import for_json
from scheduler.views.table import Table
from scheduler.views.table_of_dates import Say


def calendar_as_json(calendar: Calendar, say: Say, taken_as_come: Mapping[str, date] | None = None) -> str:
    """One patient's calendar as text, an entry on each line, so that two of them can be compared line by line.

    ``taken_as_come`` are the days of orders, by the ids of entries, where nobody said on which day it is read.
    """
    return _one_item_a_line(tell_calendar(calendar, say, taken_as_come).told())


def table_as_json(table: Table) -> str:
    """A list as its title and its rows, each row an object with the column names as keys."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return _one_item_a_line({"title": table.title, "rows": rows})


def _one_item_a_line(keys: Mapping[str, object]) -> str:
    parts = []
    for key, value in keys.items():
        if isinstance(value, tuple | list) and value:
            items = ",\n  ".join(map(_text, value))
            parts.append(f" {_text(key)}: [\n  {items}\n ]")
        else:
            parts.append(f" {_text(key)}: {_text(value)}")
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    # A lone surrogate cannot be written as UTF-8, only as an escape, which JSON and Python write alike.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=for_json).encode
