"""One thing to do for one patient, as other programs are told it and as cells of a list."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.said import SEMICOLONS, Said, listed, text_of
from scheduler.views.shapes.shape import CivilDate, Shape, Told
from scheduler.views.table import Cell

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
class WorklistLine(Shape):
    """One thing to look at."""

    subject: str
    """Whose it is."""
    entry: str | None
    """The entry of the calendar."""
    title: str | Told
    """What it is."""
    date: CivilDate | None
    """When it is planned or was due."""
    time: str | None
    """The local time of an appointment, HH:MM; "from HH:MM" where it must not be earlier that day."""
    window: tuple[CivilDate, CivilDate] | None
    """The first and the last allowed day."""
    days_left: int | None
    """How many days of the window are left; below 0 when it has closed."""
    status: str
    """Where it stands."""
    flags: tuple[str, ...]
    """What else is to be known about it."""
    to_do: Told
    """What to do."""

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of a list."""
        earliest, latest = self.window if self.window is not None else (None, None)
        return (
            self.subject,
            self.entry,
            _text(self.title),
            self.date,
            self.time,
            earliest,
            latest,
            self.days_left,
            self.status,
            text_of(listed(*(Said(flag, (), None, "flag") for flag in self.flags), how=SEMICOLONS))
            if self.flags
            else None,
            _text(self.to_do),
        )


def _text(told: str | Told) -> str:
    return told if isinstance(told, str) else text_of(told)
