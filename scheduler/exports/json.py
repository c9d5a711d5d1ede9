"""A calendar and its lists as JSON: the public form for other programs, keys and their order included.

Amounts are text, because a JSON number is a binary fraction and a dose is not. Dates are civil dates, ``YYYY-MM-DD``. A missing
value is null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from scheduler.calendar.entries.entry import Calendar, Dose, Pending
from scheduler.exports.proposals import proposals_in_keys
from scheduler.findings import Finding
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.table import Cell, Table
from scheduler.views.table_of_dates import Say

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None


def calendar_as_json(calendar: Calendar, say: Say) -> str:
    """One patient's calendar as text, an entry on each line, so that two of them can be compared line by line."""
    return _one_item_a_line(calendar_in_keys(calendar, say))


def calendar_in_keys(calendar: Calendar, say: Say) -> dict[str, Json]:
    """One patient's calendar as keys and values: each day of tablets is an entry, and every entry says why."""
    # Days of one run share their reasons.
    told = cache(say)
    return {
        "study": calendar.study,
        "version": calendar.version,
        "subject": calendar.subject,
        "arm": calendar.arm,
        "first_dose": _date(calendar.first_dose),
        "entries": [_entry(line, told) for line in spelled_out(calendar)],
        "pending": [_pending(pending, told) for pending in calendar.pending],
        "proposals": proposals_in_keys(calendar),
        "findings": findings_in_keys(calendar.findings),
    }


def findings_in_keys(findings: Iterable[Finding]) -> list[Json]:
    """What is wrong, with its code, its place in a text or on the calendar, and what to do."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "message": finding.message,
            "hint": finding.hint,
            "place": str(finding.place) if finding.place else None,
            "entry": finding.entry,
            "events": list(finding.events),
        }
        for finding in findings
    ]


def table_as_json(table: Table) -> str:
    """A list as its title and its rows, each row an object with the column names as keys."""
    rows: list[Json] = [
        {column: _cell(cell) for column, cell in zip(table.columns, row, strict=True)} for row in table.rows
    ]
    return _one_item_a_line({"title": table.title, "rows": rows})


def _entry(line: DayEntry, say: Say) -> Json:
    keys: dict[str, Json] = {
        "id": line.id,
        "kind": line.kind.value,
        "title": line.title,
        "cycle": line.cycle,
        "day": line.day,
        "n": line.number,
        "study_day": line.study_day,
        "ideal": _date(line.ideal),
        "window": [_date(day) for day in line.window] if line.window else None,
        "date": _date(line.date),
        "time": line.time,
        "status": line.status.value,
        "dose": _dose(line.dose) if line.dose else None,
    }
    if len(line.doses) > 1:
        keys["doses"] = [{"of": dose.of, **_dose(dose)} for dose in line.doses]
    keys["activities"] = list(line.activities)
    keys["flags"] = [flag.value for flag in line.flags]
    keys["because"] = list(say(line.because))
    return keys


def _pending(pending: Pending, say: Say) -> Json:
    return {
        "id": pending.id,
        "kind": pending.kind.value,
        "title": pending.title,
        "rule": pending.rule,
        "because": list(say(pending.because)),
        "not_before": _date(pending.not_before),
    }


def _dose(dose: Dose) -> dict[str, Json]:
    keys: dict[str, Json] = {
        "amount": None if dose.amount is None else f"{dose.amount.normalize():f}",
        "unit": dose.unit,
        "level": dose.level,
    }
    return keys if dose.often is None else keys | {"often": dose.often}


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _cell(cell: Cell) -> Json:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _one_item_a_line(keys: dict[str, Json]) -> str:
    parts = []
    for key, value in keys.items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(_text(item) for item in value)
            parts.append(f" {_text(key)}: [\n  {items}\n ]")
        else:
            parts.append(f" {_text(key)}: {_text(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _text(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # A lone surrogate cannot be written as UTF-8, only as an escape.
    return re.sub("[\ud800-\udfff]", lambda letter: f"\\u{ord(letter[0]):04x}", text)
