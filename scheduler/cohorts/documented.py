"""The schema as lists that people read: what is in each column."""

from __future__ import annotations

from scheduler.cohorts.schema import COLUMNS, PARTITIONS, SUBJECT, VERSION
from scheduler.cohorts.sources import COLUMNS_OF_LOGS
from scheduler.views.table import Table


def schema_tables() -> tuple[Table, Table]:
    """The columns of all data sets, and those of logs in Parquet."""
    rows = tuple(
        (data_set.value, column.name, column.type.value, column.meaning)
        for data_set, columns in COLUMNS.items()
        for column in (*PARTITIONS, SUBJECT, *columns)
    )
    logs = tuple(("logs", name, "text" if name != "number" else "number", meaning) for name, meaning in COLUMNS_OF_LOGS)
    heading = ("data set", "column", "type", "meaning")
    return Table(f"Data sets, version {VERSION}", heading, rows), Table("Logs in Parquet", heading, logs)
