"""What became of every record: a row for each, and how many there are of each dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from scheduler.said import Quoted, Said
from scheduler.views.table import Table

Verdict: TypeAlias = Literal["said", "said with an assumption", "carried", "the file is wrong"]
VERDICTS: tuple[Verdict, ...] = ("said", "said with an assumption", "carried", "the file is wrong")

Note: TypeAlias = Said | Quoted
"""Why a record became what it did."""

COLUMNS = ("dataset", "record", "subject", "what became of it", "in the log", "note")
"""The columns of the CSV: a public interface."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: what became of it, the events that say it, and why."""

    dataset: str
    record: int
    subject: str
    verdict: Verdict
    events: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def note(self) -> str:
        """Why, in English."""
        return "; ".join(map(str, self.notes))


@dataclass(frozen=True, slots=True)
class Report:
    """A row for each record that was read, in their order; ``left`` are the other datasets with how many records they have."""

    rows: Sequence[Row]
    left: Mapping[str, int]

    def table(self, study: str) -> Table:
        """All rows as a list; a dataset that is not read is one row."""
        rows = [
            (row.dataset, row.record, row.subject or None, row.verdict, "; ".join(row.events) or None, row.note or None)
            for row in self.rows
        ]
        left = [
            (name, None, None, "carried", None, f"{number} records: this dataset is not read")
            for name, number in self.left.items()
        ]
        return Table(f"{study} import", COLUMNS, (*rows, *left))

    def text(self, study: str) -> str:
        """How many of each dataset became what, then what was not simply said, each sort of note with its records."""
        counts = Counter((row.dataset, row.verdict) for row in self.rows)
        lines = [f"{study}: what became of every record", ""]
        lines.append(f"{'':<10}" + "".join(f"{verdict:>25}" for verdict in VERDICTS) + f"{'in all':>10}")
        for name in dict.fromkeys(row.dataset for row in self.rows):
            numbers = [counts[name, verdict] for verdict in VERDICTS]
            lines.append(f"{name:<10}" + "".join(f"{number:>25}" for number in numbers) + f"{sum(numbers):>10}")
        for name, number in self.left.items():
            lines.append(f"{name:<10}{'':>25}{'':>25}{number:>25}{'':>25}{number:>10}  not read")
        for verdict in VERDICTS[1:]:
            found: dict[tuple[str, str], list[str]] = {}
            for row in self.rows:
                if row.verdict == verdict:
                    found.setdefault((row.dataset, row.note), []).append(str(row.record))
            if found:
                lines += ["", verdict.capitalize(), ""]
            lines += [f"- {name}: {note}: record {_some(numbers)}" for (name, note), numbers in found.items()]
        return "\n".join(lines) + "\n"


def _some(numbers: list[str]) -> str:
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return ", ".join(numbers[:10]) + more
