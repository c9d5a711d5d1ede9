"""The list of all variables with their origins: what a programmer needs so as to trust a column."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.standards.sdtm.datasets import Dataset
from scheduler.views.table import Table

COLUMNS = (
    "dataset",
    "description",
    "one record",
    "variable",
    "label",
    "type",
    "key",
    "codelist",
    "origin",
    "source",
    "longest",
)
"""The columns of the CSV: a public interface."""


def variable_list(study: str, datasets: Iterable[Dataset]) -> Table:
    """A row for each variable of each dataset that was written."""
    rows = []
    for dataset in datasets:
        about = dataset.about
        for number, each in enumerate(about.variables):
            key = about.keys.index(each.name) + 1 if each.name in about.keys else None
            texts = [len(str(row[number])) for row in dataset.rows] if each.sort == "text" else []
            longest = max(texts, default=None) if texts else None
            told = (about.name, about.label, about.one_record, each.name, each.label, each.sort)
            rows.append((*told, key, each.codelist or None, each.origin, each.source, longest))
    return Table(f"{study} variables", COLUMNS, tuple(rows))
