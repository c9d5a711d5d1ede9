"""A dataset: its variables, each with where it comes from, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Value: TypeAlias = str | int | Decimal | None
"""What a cell holds. A missing number is None, a missing text is empty."""

Row: TypeAlias = Mapping[str, Value]
"""What one record says, by the names of variables; what it does not name is missing."""

Sort: TypeAlias = Literal["text", "integer", "float"]

STUDY_DAY_NOTE = "days from RFSTDTC, which is Day 1; the day before is Day -1, and there is no Day 0"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column: its SDTM name and label, its sort, its codelist where it has one, its origin, and where it comes from here.

    ``origin`` is in the words of Define-XML 2.1: Protocol, Collected, Derived, Assigned.
    """

    name: str
    label: str
    sort: Sort
    codelist: str
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class Specification:
    """What a dataset is: its name, label, what one record is, the variables that tell records apart, and all variables."""

    name: str
    label: str
    one_record: str
    keys: tuple[str, ...]
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset with its rows; each row has a value for every variable, in their order."""

    about: Specification
    rows: tuple[tuple[Value, ...], ...]

    @property
    def name(self) -> str:
        """Its name, such as DM."""
        return self.about.name

    def records(self) -> list[dict[str, Value]]:
        """The rows by the names of variables."""
        names = [variable.name for variable in self.about.variables]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def dataset_of(about: Specification, rows: Iterable[Row]) -> Dataset:
    """The dataset of these records; a name that it has no variable for is refused."""
    names = [variable.name for variable in about.variables]
    texts = {variable.name for variable in about.variables if variable.sort == "text"}
    made = []
    for row in rows:
        unknown = row.keys() - set(names)
        if unknown:
            raise ValueError(f"{about.name} has no variable {', '.join(sorted(unknown))}")
        cells = (row.get(name) for name in names)
        made.append(
            tuple("" if cell is None and name in texts else cell for name, cell in zip(names, cells, strict=True))
        )
    return Dataset(about, tuple(made))


def numbered(rows: Iterable[dict[str, Value]], domain: str) -> list[dict[str, Value]]:
    """The records of one patient with their sequence numbers, such as AESEQ, and what every record has."""
    return [row | {"DOMAIN": domain, f"{domain}SEQ": number} for number, row in enumerate(rows, 1)]
