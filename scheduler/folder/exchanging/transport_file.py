"""A dataset written as a SAS transport file, version 5, by ReadStat, and such files read.

The libraries are an extra, ``scheduler[standards]``: they are imported where a file is written or read, and only there.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.findings import Finding, Severity
from scheduler.said import Code, Said, listed, said
from scheduler.standards.sdtm.datasets import Dataset

ENCODINGS = ("UTF-8", "WINDOWS-1252")
"""What the texts of a transport file may be in, the first that fits: the format does not say."""


class NoTransportFile(Exception):
    """``why`` a file cannot be read."""

    def __init__(self, why: Said) -> None:
        super().__init__(str(why))
        self.why = why


def missing_reader() -> bool:
    """True where what reads transport files is not installed."""
    return find_spec("pyreadstat") is None


def read_transport_file(path: Path) -> tuple[str, list[str], list[list[object]]]:
    """The dataset's name, its columns, and its rows; a missing number is NaN or None. Raises NoTransportFile."""
    import pyreadstat

    for encoding in ENCODINGS:
        try:
            columns, about = pyreadstat.read_xport(path, output_format="dict", encoding=encoding)
        except UnicodeDecodeError:
            continue
        except Exception as error:
            raise NoTransportFile(said("is no transport file")) from error
        rows = [list(row) for row in zip(*columns.values(), strict=True)]
        return about.table_name or "", list(columns), rows
    raise NoTransportFile(said("has texts that are in none of {encodings}", encodings=listed(*map(Code, ENCODINGS))))


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
