"""What became of every part of a USDM file: a row for each, and how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from scheduler.said import Quoted, Said
from scheduler.standards.usdm.objects import Part
from scheduler.views.table import Table

Verdict: TypeAlias = Literal["said", "said with an assumption", "carried as text", "the file is wrong"]
VERDICTS: tuple[Verdict, ...] = ("said", "said with an assumption", "carried as text", "the file is wrong")

COLUMNS = ("part", "id", "name", "path", "what became of it", "in the protocol", "note")
"""The columns of the CSV: a public interface."""


@dataclass(frozen=True, slots=True)
class Row:
    """One part: its kind, where it stands, what became of it, where it is in the protocol, and why."""

    kind: str
    part: Part
    verdict: Verdict
    place: str = ""
    notes: tuple[Said | Quoted, ...] = ()

    @property
    def note(self) -> str:
        """Why, in English."""
        return "; ".join(map(str, self.notes))


@dataclass(slots=True)
class Report:
    """Rows in the order in which they were written."""

    rows: list[Row] = field(default_factory=list)
    _places: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Which parts have a row already."""
        self._places = {row.part.path for row in self.rows}

    def add(self, kind: str, part: Part, verdict: Verdict, place: str = "", *notes: Said | Quoted | None) -> None:
        """One more row; a note that is None is none."""
        self._places.add(part.path)
        self.rows.append(Row(kind, part, verdict, place, tuple(each for each in notes if each is not None)))

    def has(self, part: Part) -> bool:
        """True where the part has a row."""
        return part.path in self._places

    def table(self, study: str) -> Table:
        """All rows as a list."""
        rows = [
            (
                row.kind,
                row.part.id or None,
                row.part.called or None,
                row.part.path,
                row.verdict,
                row.place or None,
                row.note or None,
            )
            for row in self.rows
        ]
        return Table(f"{study} import", COLUMNS, tuple(rows))

    def text(self, study: str) -> str:
        """How many of each kind became what, then everything that was not simply said."""
        counts = Counter((row.kind, row.verdict) for row in self.rows)
        kinds = list(dict.fromkeys(row.kind for row in self.rows))
        lines = [f"{study}: what became of every part of the file", ""]
        lines.append(f"{'':<16}" + "".join(f"{verdict:>25}" for verdict in VERDICTS) + f"{'in all':>10}")
        for kind in kinds:
            numbers = [counts[kind, verdict] for verdict in VERDICTS]
            lines.append(f"{kind:<16}" + "".join(f"{number:>25}" for number in numbers) + f"{sum(numbers):>10}")
        for verdict in VERDICTS[1:]:
            found = [row for row in self.rows if row.verdict == verdict]
            if found:
                lines += ["", verdict.capitalize(), ""]
            lines += [f"- {row.kind} {row.part.called or '?'} ({row.part.path}): {row.note}" for row in found]
        return "\n".join(lines) + "\n"
