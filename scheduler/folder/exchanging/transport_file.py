"""A dataset written as a SAS transport file, version 5, by ReadStat.

The libraries are an extra, ``scheduler[standards]``: they are imported where a file is written, and only there.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.findings import Finding, Severity
from scheduler.standards.sdtm.datasets import Dataset


def missing_extra() -> Finding | None:
    """What to say where the libraries are not installed."""
    if all(find_spec(name) for name in ("polars", "pyreadstat")):
        return None
    message = "transport files (.xpt) were not written: what writes them is not installed"
    hint = "install scheduler[standards]; the JSON files have the same records"
    return Finding("transport-files-not-written", Severity.WARNING, message, hint)


def transport_file(dataset: Dataset) -> bytes:
    """The file's bytes, where every text fits. The library puts the moment of writing into it."""
    import polars
    import pyreadstat

    columns = []
    for number, variable in enumerate(dataset.about.variables):
        cells = [row[number] for row in dataset.rows]
        if variable.sort == "text":
            columns.append(polars.Series(variable.name, cells, dtype=polars.String))
        else:
            numbers = [None if cell is None else float(cell) for cell in cells]
            columns.append(polars.Series(variable.name, numbers, dtype=polars.Float64))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.xpt"
        pyreadstat.write_xport(
            polars.DataFrame(columns),
            path,
            file_label=dataset.about.label,
            column_labels={variable.name: variable.label for variable in dataset.about.variables},
            table_name=dataset.name,
            file_format_version=5,
        )
        return path.read_bytes()
