"""What a closure of the site would change over all patients: for the coordinator who has to agree to it, and then to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.closure import Appointment, ClosureChanges, UnmetWindow
from scheduler.said import said, text_of
from scheduler.site.closure import Closure
from scheduler.views.coordinator.changes import COLUMNS, table_of_changes
from scheduler.views.shapes.change import tell_changes
from scheduler.views.table import Table

UNMET = ("subject", "entry", "title", "earliest", "latest", "date")
APPOINTMENTS = ("subject", "date", "time", "entry", "title", "moves to")


@dataclass(frozen=True, slots=True)
class ClosureList:
    """The patients of a study, each with what the closure would change."""

    study: str
    closure: Closure
    patients: tuple[ClosureChanges, ...]

    @property
    def changes_nothing(self) -> bool:
        """True when every patient's calendar stays as it is, and nobody has to be called."""
        return not any(each.comparison.changes or each.appointments for each in self.patients)

    def table(self) -> Table:
        """Every difference, patient by patient, by the day that it bears on."""
        rows = tuple(
            (each.subject, *row) for each in self.patients for row in table_of_changes(each.comparison.changes).rows
        )
        return Table(f"{self.study}, {self.closure}: what would change", ("subject", *COLUMNS), rows)

    def unmet(self) -> Table:
        """The windows that could be met and no longer can."""
        rows = tuple(
            (each.subject, lost.entry, lost.title, *(lost.window or (None, None)), lost.date)
            for each in self.patients
            for lost in each.unmet
        )
        return Table(text_of(said("Windows that can no longer be met")), UNMET, rows)

    def appointments(self) -> Table:
        """What people have arranged for a closed day: somebody has to call."""
        rows = tuple(
            (each.subject, made.date, made.time, made.entry, made.title, made.moves_to)
            for each in self.patients
            for made in each.appointments
        )
        return Table(text_of(said("Appointments to make anew")), APPOINTMENTS, rows)

    def as_keys(self) -> dict[str, object]:
        """The public JSON, dates as YYYY-MM-DD. Patients whom it does not touch are there too, with empty lists."""
        return {
            "study": self.study,
            "closed": {
                "from": self.closure.first.isoformat(),
                "to": self.closure.last.isoformat(),
                "resource": self.closure.resource,
            },
            "patients": [
                {
                    "subject": each.subject,
                    "changes": [told.as_keys() for told in tell_changes(each.comparison.changes)],
                    "windows_not_met": [_unmet_in_keys(lost) for lost in each.unmet],
                    "appointments": [_appointment_in_keys(made) for made in each.appointments],
                }
                for each in self.patients
            ],
        }


def closure_list(study: str, closure: Closure, patients: Iterable[ClosureChanges]) -> ClosureList:
    """The list over these patients."""
    return ClosureList(study, closure, tuple(patients))


def _unmet_in_keys(lost: UnmetWindow) -> dict[str, object]:
    window = [day.isoformat() for day in lost.window] if lost.window is not None else None
    return {"entry": lost.entry, "window": window, "date": _iso(lost.date)}


def _appointment_in_keys(made: Appointment) -> dict[str, object]:
    return {"entry": made.entry, "date": made.date.isoformat(), "time": made.time, "moves_to": _iso(made.moves_to)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
