"""The ledger of deviations, as other programs are told it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.calendar.entries.deviation import Deviated
from scheduler.views.looking_back.deviations import Ledger, LedgerLine
from scheduler.views.shapes.shape import CivilDate, Shape, Told


@dataclass(frozen=True, kw_only=True)
class Clause(Shape):
    """A sentence of the protocol."""

    line: int
    """Its line."""
    text: str
    """Its words."""


@dataclass(frozen=True, kw_only=True)
class Deviation(Shape):
    """What was done otherwise than the protocol says."""

    subject: str
    """Whose it is."""
    date: CivilDate | None
    """When."""
    deviation: Deviated
    """What sort it is."""
    entry: str | None
    """The entry of the calendar."""
    treatment_or_visit: str | None
    """The treatment or visit."""
    days_off: int | None
    """Days after the last allowed day, or below 0 before the first."""
    what: Told
    """What happened, in words."""
    clause: Clause | None
    """The sentence that it departs from."""
    events: tuple[int, ...]
    """The events that say so."""
    severity: str | None
    """Minor or major, where the protocol says which."""
    importance: str | None
    """Important or not, as somebody judged it."""
    cause: str | None
    """What caused it, in a word, as somebody judged it."""
    found: CivilDate | None
    """The day on which it was found: as somebody said, else the day on which it was recorded."""
    reported: CivilDate | None
    """The day on which it was reported."""


@dataclass(frozen=True, kw_only=True)
class Deviations(Shape):
    """The ledger of deviations."""

    study: str
    """The study."""
    on: CivilDate | None
    """The day that it was looked at."""
    deviations: tuple[Deviation, ...]
    """Patient by patient, by date."""


def tell_deviations(ledger: Ledger) -> Deviations:
    """The ledger of a study's patients."""
    return Deviations.taken_from(ledger, deviations=tuple(_line(each) for each in ledger.lines))


def _line(line: LedgerLine) -> Deviation:
    found = line.deviation
    return Deviation.taken_from(
        found,
        subject=line.subject,
        deviation=found.kind,
        treatment_or_visit=found.timeline or None,
        clause=Clause.taken_from(found.clause) if found.clause is not None else None,
    )
