"""What a new version of the protocol would change over all patients: for those who decide who moves, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar.comparing.amendment import AmendmentChanges, TooLate
from scheduler.findings import Finding
from scheduler.protocol.plan.study import StudyVersion
from scheduler.said import said, text_of
from scheduler.views.coordinator.changes import COLUMNS, table_of_changes
from scheduler.views.shapes.change import tell_changes
from scheduler.views.table import Table

TOO_LATE = ("subject", "entry", "title", "earliest", "latest", "date")
FIRST = ("subject", "what", "what to do")


@dataclass(frozen=True, slots=True)
class AmendmentList:
    """The patients of a study, each as if moved to the new version on one day."""

    newer: StudyVersion
    on: date
    patients: tuple[AmendmentChanges, ...]

    def table(self) -> Table:
        """Every difference, patient by patient, by the day that it bears on."""
        rows = tuple(
            (each.subject, *row) for each in self.patients for row in table_of_changes(each.comparison.changes).rows
        )
        title = f"{self.newer.study}, version {self.newer.version} from {self.on}: what would change"
        return Table(title, ("subject", *COLUMNS), rows)

    def too_late(self) -> Table:
        """What the new version asks for before that day, and nobody can do any more."""
        rows = tuple(
            (each.subject, late.entry, late.title, *(late.window or (None, None)), late.date)
            for each in self.patients
            for late in each.too_late
        )
        return Table(text_of(said("Too late to be done")), TOO_LATE, rows)

    def first(self) -> Table:
        """What has to be done or decided before a patient moves, such as a new consent."""
        rows = tuple(
            (each.subject, text_of(found.told), None if (to_do := found.what_to_do) is None else text_of(to_do))
            for each in self.patients
            for found in each.findings
        )
        return Table(text_of(said("Before they move")), FIRST, rows)

    def as_keys(self) -> dict[str, object]:
        """The public JSON, dates as YYYY-MM-DD. Patients whom it does not touch are there too, with empty lists."""
        amendment = self.newer.amendment
        return {
            "study": self.newer.study,
            "version": self.newer.version,
            "amends": amendment.of if amendment is not None else None,
            "patients_under_way": amendment.patients.value if amendment is not None else None,
            "consent_again": amendment.consent_again if amendment is not None else None,
            "on": self.on.isoformat(),
            "patients": [
                {
                    "subject": each.subject,
                    "is_there_already": each.is_there_already,
                    "changes": [told.as_keys() for told in tell_changes(each.comparison.changes)],
                    "too_late": [_late_in_keys(late) for late in each.too_late],
                    "findings": [_finding_in_keys(found) for found in each.findings],
                }
                for each in self.patients
            ],
        }


def amendment_list(newer: StudyVersion, on: date, patients: Iterable[AmendmentChanges]) -> AmendmentList:
    """The list over these patients."""
    return AmendmentList(newer, on, tuple(patients))


def _late_in_keys(late: TooLate) -> dict[str, object]:
    window = [day.isoformat() for day in late.window] if late.window is not None else None
    return {"entry": late.entry, "title": late.title, "window": window, "date": late.date.isoformat()}


def _finding_in_keys(found: Finding) -> dict[str, object]:
    return {"code": found.code, "message": found.message, "what_to_do": found.hint, "entry": found.entry}
