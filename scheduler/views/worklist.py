"""What a coordinator has to look at on a day: who comes, which windows close, what has no record, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.views.patients import Patient
from scheduler.views.table import Table

COLUMNS = (
    "list",
    "subject",
    "entry",
    "title",
    "date",
    "time",
    "earliest",
    "latest",
    "days left",
    "status",
    "what to do",
)


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One thing to do for one patient. ``days_left`` are the days to the window's last day, below 0 when it has passed."""

    subject: str
    entry: str | None
    title: str
    date: date | None
    time: str | None
    window: tuple[date, date] | None
    days_left: int | None
    status: str
    flags: tuple[str, ...]
    to_do: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """The work of one day (``on``, a civil date at the site) with a look ahead."""

    study: str
    on: date
    due: tuple[WorklistLine, ...]
    closing: tuple[WorklistLine, ...]
    overdue: tuple[WorklistLine, ...]
    decisions: tuple[WorklistLine, ...]

    def table(self) -> Table:
        """All four lists as one, the list's name in the first column."""
        return Table(f"{self.study} worklist, {self.on}", COLUMNS, ())

    def as_keys(self) -> dict[str, object]:
        """The public JSON: ``due``, ``closing``, ``overdue`` and ``decisions``, dates as YYYY-MM-DD."""
        return {
            "study": self.study,
            "on": self.on.isoformat(),
            "due": [],
            "closing": [],
            "overdue": [],
            "decisions": [],
        }


def worklist(patients: Iterable[Patient], on: date, ahead_days: int = 7) -> Worklist:
    """The work of the day ``on``, with what is due or closes up to ``ahead_days`` later."""
    known = tuple(patients)
    return Worklist(known[0].calendar.study if known else "", on, (), (), (), ())
