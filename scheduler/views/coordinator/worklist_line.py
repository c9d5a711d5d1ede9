"""One thing to do for one patient, as a value, as cells of a list and as keys of the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from scheduler.views.table import Cell

CivilDate: TypeAlias = date

COLUMNS = (
    "subject",
    "entry",
    "title",
    "date",
    "time",
    "earliest",
    "latest",
    "days left",
    "status",
    "flags",
    "what to do",
)


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One thing to do for one patient.

    ``days_left`` are the days to the last allowed day, below 0 when it has passed; None where nothing closes. ``entry`` is
    an id of the calendar, None where it is about the patient or about events.
    """

    subject: str
    entry: str | None
    title: str
    date: CivilDate | None
    time: str | None
    window: tuple[CivilDate, CivilDate] | None
    days_left: int | None
    status: str
    flags: tuple[str, ...]
    to_do: str

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of a list."""
        earliest, latest = self.window if self.window is not None else (None, None)
        return (
            self.subject,
            self.entry,
            self.title,
            self.date,
            self.time,
            earliest,
            latest,
            self.days_left,
            self.status,
            "; ".join(self.flags) or None,
            self.to_do,
        )

    def as_keys(self) -> dict[str, object]:
        """The line as the public JSON has it."""
        return {
            "subject": self.subject,
            "entry": self.entry,
            "title": self.title,
            "date": self.date.isoformat() if self.date is not None else None,
            "time": self.time,
            "window": [day.isoformat() for day in self.window] if self.window is not None else None,
            "days_left": self.days_left,
            "status": self.status,
            "flags": list(self.flags),
            "to_do": self.to_do,
        }
