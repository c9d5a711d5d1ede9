"""Rows as Arrow tables: those that many patients share are copied by position, never worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from scheduler.cohorts.rows import Row
from scheduler.cohorts.schema import COLUMNS, SUBJECT, UNDATED, VERSION, DataSet, Type, date_of
from scheduler.cohorts.shared_calendars import Shared

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

PLACES = 12
"""How many decimals an amount has at most. One with more is refused, not rounded."""


@dataclass(slots=True)
class _Month:
    """The rows of one month, and whose they are: from which row on, how many, and of which group of patients."""

    rows: list[Row] = field(default_factory=list)
    blocks: list[tuple[int, int, int]] = field(default_factory=list)


def tables_of(data_set: DataSet, groups: Sequence[Shared]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of these patients, a table for each month, in the order of the months; in one, patient by patient."""
    import numpy as np
    import pyarrow as pa

    subjects = pa.array([subject for group in groups for subject in group.subjects], pa.string())
    numbers = [len(group.subjects) for group in groups]
    firsts = np.concatenate(([0], np.cumsum(numbers)[:-1])) if numbers else np.zeros(0, int)
    for name, month in sorted(_by_month(data_set, groups).items()):
        whose, which = _copied(month, numbers, firsts)
        told = pa.DictionaryArray.from_arrays(pa.array(whose, pa.int32()), subjects)
        shared = _columns(data_set, month.rows)
        if len(which) != len(month.rows):
            taken = pa.array(which)
            shared = [column.take(taken) for column in shared]
        yield name, pa.Table.from_arrays([told, *shared], schema=schema_of(data_set))


def _by_month(data_set: DataSet, groups: Sequence[Shared]) -> dict[str, _Month]:
    """Each group's rows by the months of their dates, in their order."""
    at = date_of(data_set)
    months: dict[str, _Month] = {}
    for number, group in enumerate(groups):
        for row in group.rows.get(data_set, ()):
            month = months.setdefault(month_of(row[at]), _Month())
            begun = month.blocks[-1] if month.blocks and month.blocks[-1][2] == number else None
            if begun is None:
                month.blocks.append((len(month.rows), 1, number))
            else:
                month.blocks[-1] = (begun[0], begun[1] + 1, number)
            month.rows.append(row)
    return months


def month_of(day: object) -> str:
    """The month of a row's date, YYYY-MM."""
    return f"{day.year:04}-{day.month:02}" if isinstance(day, date) else UNDATED


def _copied(
    month: _Month, numbers: Sequence[int], firsts: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """For each row that is written: whose it is, and which row it is a copy of."""
    import numpy as np

    whose, which = [], []
    for begin, length, group in month.blocks:
        count = numbers[group]
        whose.append(np.repeat(np.arange(firsts[group], firsts[group] + count, dtype=np.int32), length))
        which.append(np.tile(np.arange(begin, begin + length, dtype=np.int32), count))
    return np.concatenate(whose), np.concatenate(which)


def _columns(data_set: DataSet, rows: Iterable[Row]) -> list[pa.Array]:
    import pyarrow as pa

    found = []
    for column, cells in zip(COLUMNS[data_set], zip(*rows, strict=True), strict=True):
        kept = pa.array(cells, _plain_type(column.type))
        found.append(kept.dictionary_encode() if column.type is Type.TEXT else kept)
    return found


@cache
def schema_of(data_set: DataSet) -> pa.Schema:
    """The columns of a data set's files, and the version of the schema."""
    import pyarrow as pa

    fields = [pa.field(column.name, _type(column.type)) for column in (SUBJECT, *COLUMNS[data_set])]
    return pa.schema(fields, metadata={"scheduler schema": str(VERSION)})


def _type(kind: Type) -> pa.DataType:
    import pyarrow as pa

    return pa.dictionary(pa.int32(), pa.string()) if kind is Type.TEXT else _plain_type(kind)


@cache
def _plain_type(kind: Type) -> pa.DataType:
    import pyarrow as pa

    days = [(name, pa.int32()) for name in ("first_day", "last_day")]
    dates = [(name, pa.date32()) for name in ("first_date", "last_date")]
    run = pa.struct([*days, *dates, *((name, pa.string()) for name in ("doses", "status", "reasons"))])
    return {
        Type.TEXT: pa.string(),
        Type.DAY: pa.date32(),
        Type.NUMBER: pa.int32(),
        Type.AMOUNT: pa.decimal128(38, PLACES),
        Type.YES_NO: pa.bool_(),
        Type.NUMBERS: pa.list_(pa.int32()),
        Type.RUNS: pa.list_(run),
    }[kind]
