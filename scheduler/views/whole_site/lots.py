"""What became of each lot: handed out, brought back, lost, and with how many patients. A monitor holds it against the packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from scheduler.patient.events import Dispensed, Lost, OfUnits, Returned
from scheduler.said import Code, said, said_as, text_of
from scheduler.views.patients import Patient
from scheduler.views.table import Cell, Table
from scheduler.vocabulary.dosage_forms import MILLILITRE, Count, DosageForm, as_count

COLUMNS = (
    "treatment",
    "strength",
    "lot",
    "expires",
    "patients",
    "dispensed",
    "returned",
    "lost",
    "with patients",
    "unit",
    "first",
    "last",
)


ALL_LOTS = text_of(said("all lots"))
"""Stands in the column of the lot for the sum of a treatment and strength."""


class LotKey(NamedTuple):
    """What is counted by itself: tablets of two strengths have no sum."""

    treatment: str
    strength: str | None
    lot: str | None


Found: TypeAlias = list[tuple[Patient, OfUnits]]
"""Events with whose they are."""


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot of one treatment, or all its lots together. ``key.lot`` is None for units that nobody recorded a lot of.

    ``expires`` are all expiry dates that were recorded of it: more than one is a slip. ``of_all``: the sum of all lots.
    ``attributed``: all that came back or was lost is recorded with its lot and strength, so that a lot can be counted by itself.
    """

    key: LotKey
    form: DosageForm
    expires: tuple[date, ...]
    subjects: tuple[str, ...]
    dispensed: Count
    returned: Count
    lost: Count
    first: date
    last: date
    attributed: bool
    of_all: bool = False

    @property
    def unexplained(self) -> Count | None:
        """What was handed out and neither came back nor was lost: taken, or still with patients; None where nobody can tell.

        Below 0, more came back than is recorded as handed out.
        """
        if not self.attributed:
            return None
        return as_count(Decimal(self.dispensed) - Decimal(self.returned) - Decimal(self.lost))

    def cells(self) -> tuple[Cell, ...]:
        """The line under the columns of a list."""
        return (
            self.key.treatment,
            self.key.strength,
            ALL_LOTS if self.of_all else self.key.lot,
            ", ".join(map(str, self.expires)) or None,
            len(self.subjects),
            self.dispensed,
            self.returned,
            self.lost,
            self.unexplained,
            MILLILITRE if self.form.is_measured else text_of(said_as("in the column of the unit", "units")),
            self.first,
            self.last,
        )


@dataclass(frozen=True, slots=True)
class Lots:
    """All lots of a study, by treatment, strength and lot; units without a lot come last of each, and then the sum."""

    study: str
    lines: tuple[LotLine, ...]

    def table(self) -> Table:
        """Every lot."""
        return Table(
            text_of(said("{study} lots", study=Code(self.study))), COLUMNS, tuple(line.cells() for line in self.lines)
        )


def lots_of(study: str, patients: Iterable[Patient]) -> Lots:
    """What became of each lot, by the events that are in force."""
    events: dict[LotKey, Found] = {}
    for patient in patients:
        for fact in patient.course.facts:
            event = fact.event
            if isinstance(event, OfUnits):
                key = LotKey(event.treatment, event.strength_in_short, event.lot)
                events.setdefault(key, []).append((patient, event))
    lines: list[LotLine] = []
    for strength in sorted({(key.treatment, key.strength or "") for key in events}):
        keys = sorted((key for key in events if (key.treatment, key.strength or "") == strength), key=_lot_last)
        by_strength = _strengths_are_told(keys[0].treatment, events)
        by_lot = by_strength and not any(_came_back(events[key]) for key in keys if key.lot is None)
        lines += (_line(key, events[key], by_lot) for key in keys)
        everything = [each for key in keys for each in events[key]]
        lines.append(replace(_line(keys[0]._replace(lot=None), everything, by_strength), of_all=True))
    return Lots(study, tuple(lines))


def _strengths_are_told(treatment: str, events: Mapping[LotKey, Found]) -> bool:
    """False where some units of a treatment in several strengths have no strength: then no strength can be counted by itself."""
    told = {key.strength for key in events if key.treatment == treatment}
    return len(told) == 1 or None not in told


def _came_back(found: Found) -> bool:
    return any(isinstance(event, Returned | Lost) for _, event in found)


def _line(key: LotKey, found: Found, attributed: bool) -> LotLine:
    days = [event.on for _, event in found]
    return LotLine(
        key=key,
        form=found[0][0].calendar.form_of(key.treatment),
        expires=tuple(sorted({event.expires for _, event in found if event.expires is not None})),
        subjects=tuple(sorted({patient.subject for patient, _ in found})),
        dispensed=_sum(found, Dispensed),
        returned=_sum(found, Returned),
        lost=_sum(found, Lost),
        first=min(days),
        last=max(days),
        attributed=attributed,
    )


def _sum(found: Found, kind: type[OfUnits]) -> Count:
    return as_count(sum((Decimal(event.quantity) for _, event in found if isinstance(event, kind)), Decimal(0)))


def _lot_last(key: LotKey) -> tuple[bool, str]:
    return (key.lot is None, key.lot or "")
