"""Asking a cohort: lists over all patients, read by DuckDB from what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cohorts.extra import refuse_without_extra
from scheduler.cohorts.manifest import COHORT, MANIFEST, records_in
from scheduler.cohorts.schema import DataSet
from scheduler.cohorts.sql import CAPACITIES, LISTS, MONTHS, VIEW
from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.reading.files import name_of
from scheduler.views.table import Cell, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Question(StrEnum):
    """What may be asked of a day."""

    WORKLIST = "worklist"
    OVERDUE = "overdue"
    DUE = "due"
    CLOSING = "closing"
    VISITS = "visits"
    LOAD = "load"


_ORDER = {Question.VISITS: "date, site", Question.LOAD: "date, site, resource"}
_ANY_TIME = 36_500
"""How many days around a day are looked at while nobody knows how many are enough."""
_BY_DAY = "date, time, subject, entry"


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer: the list, and how many lines it has in all, of which it may be the first."""

    table: Table
    lines: int
    findings: tuple[Finding, ...] = ()


def asked(
    out: Path, question: Question, on: date, *, days: int = 7, site: str | None = None, most: int | None = None
) -> Asked:
    """A list of a day, of all sites or of one, with what comes up to ``days`` later; its first lines, where ``most`` is said.

    Raises InvalidText where there is no cohort.
    """
    with opened(out) as connection:
        said = "$on" if question is Question.OVERDUE else "$on, $days"
        found = f"FROM {question.value}({said})" + (" WHERE site = $site" if site is not None else "")
        values: dict[str, object] = {"on": on, "site": site, "days": days}
        given = {name: value for name, value in values.items() if f"${name}" in found}
        limit = f" LIMIT {most:d}" if most is not None else ""
        rows = connection.execute(f"SELECT * {found} ORDER BY {_ORDER.get(question, _BY_DAY)}{limit}", given)
        columns = tuple(each[0] for each in rows.description or ())
        cells = tuple(tuple(map(_cell, row)) for row in rows.fetchall())
        lines = len(cells)
        if lines == most:
            counted = connection.execute(f"SELECT count(*) {found}", given).fetchone()
            lines = counted[0] if counted is not None else lines
        findings = tuple(_unfinished(out))
    title = f"{question.value}, {on}"
    return Asked(Table(title, columns, cells), lines, findings)


def opened(out: Path) -> DuckDBPyConnection:
    """The cohort in that folder as a database of DuckDB: a view for each data set, and the lists as table functions.

    Raises InvalidText where there is none.
    """
    refuse_without_extra()
    import duckdb

    connection = duckdb.connect()
    connection.execute(views_of(out))
    # The list and the number of its lines are two questions: what files say of themselves is read once.
    connection.execute("SET parquet_metadata_cache = true")
    return connection


def views_of(out: Path) -> str:
    """The SQL that makes the views and lists of a cohort. Raises InvalidText where there is none."""
    cohorts = _cohorts(out)
    if not cohorts:
        message = f"there is no cohort in {name_of(out)}"
        hint = f"write one: scheduler cohort expand STUDY --out {name_of(out)}"
        raise InvalidText([Finding("no-cohort", Severity.ERROR, message, hint, Place(name_of(out), 1, 1))])
    whole = all(each["complete"] for each in cohorts)
    files = {data_set: _files(out, data_set, whole=whole) for data_set in DataSet}
    told = [VIEW.format(data_set=data_set.value, files=found) for data_set, found in files.items() if found is not None]
    rows = [row for each in cohorts for row in _capacities(each)]
    told += [CAPACITIES, *(f"INSERT INTO capacities VALUES ({', '.join(map(_literal, row))});" for row in rows), MONTHS]
    early, late = (max(each[name] for each in cohorts) if whole else _ANY_TIME for name in ("early", "late"))
    return "\n".join([*told, LISTS.format(early=early, late=late) if files[DataSet.CALENDARS] is not None else ""])


def _cohorts(out: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((out / MANIFEST).glob(f"*/{COHORT}"))]


def _files(out: Path, data_set: DataSet, *, whole: bool) -> str | None:
    """What DuckDB is to read: all of the folder, or, while a run has not ended, what its records name."""
    if whole:
        return (
            _quoted(str(out / data_set.value / "*" / "*" / "*" / "*.parquet"))
            if (out / data_set.value).is_dir()
            else None
        )
    paths = [
        str(out / each.path)
        for manifest in sorted((out / MANIFEST).iterdir())
        for record in records_in(manifest)
        for each in record.files
        if each.path.startswith(f"{data_set.value}/")
    ]
    return f"[{', '.join(map(_quoted, paths))}]" if paths else None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literal(value: object) -> str:
    return "NULL" if value is None else _quoted(value) if isinstance(value, str) else str(value)


def _capacities(cohort: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for site in cohort["sites"]:
        for each in site["resources"]:
            yield cohort["study"], site["site"], each["resource"], each["chairs"], each["patients"], each["minutes"]


def _unfinished(out: Path) -> Iterator[Finding]:
    for cohort in _cohorts(out):
        if not cohort["complete"]:
            message = (
                f"the cohort of {cohort['study']} is not complete: patients are missing, or are as they were before"
            )
            hint = "let 'scheduler cohort expand' run to its end"
            yield Finding("cohort-not-complete", Severity.WARNING, message, hint)


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int | Decimal | date) else str(value)
