"""The public JSON of a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.bundling import plan
from scheduler.patient.events import dump_event
from scheduler.views.shapes.change import Change, tell_changes
from scheduler.views.shapes.shape import CivilDate, Shape, Told


@dataclass(frozen=True, kw_only=True)
class Move(Shape):
    """A date that would move."""

    entry: str
    """The entry."""
    title: str
    """What it is called."""
    date: CivilDate
    """Where it stands now."""
    proposed: CivilDate
    """Where it would be."""
    window: tuple[CivilDate, CivilDate] | None
    """Its first and last allowed day in the proposed calendar."""
    ideal: CivilDate | None
    """The protocol's own day in the proposed calendar."""
    booked: bool
    """It needs an appointment; else it follows from others."""
    why: Told
    """The reason."""


@dataclass(frozen=True, kw_only=True)
class Kept(Shape):
    """What was left where it is although its window has other days."""

    entry: str
    """The entry."""
    date: CivilDate
    """Its day."""
    why: Told
    """The reason."""


@dataclass(frozen=True, kw_only=True)
class PatientTrips(Shape):
    """What is proposed for one patient."""

    subject: str | None
    """The number in the study; null for a plan without a patient."""
    trips: tuple[CivilDate, ...]
    """The days on which the patient comes as the calendar stands."""
    proposed: tuple[CivilDate, ...]
    """The days on which the patient would come."""
    moves: tuple[Move, ...]
    """The dates that would move."""
    kept: tuple[Kept, ...]
    """What was not moved."""
    clashes: tuple[tuple[Told, ...], ...]
    """Sets of this patient's rules that cannot be kept all at once; then nothing is proposed for this one of several."""
    refused: Told | None
    """What the calendar would say to the last plan for this one of several patients, where it agreed to none."""
    events: tuple[dict[str, Any], ...]
    """What accepting it would record, as it would be sent: appointments."""
    changes: tuple[Change, ...]
    """All that recording them would change, up to the last day of the plan."""


@dataclass(frozen=True, kw_only=True)
class FewestTrips(Shape):
    """A proposal of dates inside their windows, with as few trips as possible. Nothing of it is recorded."""

    on: CivilDate
    """Only what comes after this day moves."""
    until: CivilDate
    """The last day whose trips count."""
    trips: int
    """How many trips it is as the calendars stand, of all patients together."""
    proposed: int
    """How many it would be."""
    saves: int
    """How many fewer that is."""
    proven: bool
    """It is proven that no plan has fewer."""
    at_least: int
    """Fewer trips than this are proven to be impossible."""
    seconds: int
    """How long the searches were allowed to take together, in whole seconds."""
    clashes: tuple[tuple[Told, ...], ...]
    """Sets of rules that cannot be kept all at once; then nothing is proposed."""
    refused: Told | None
    """What the calendar would say to the last plan, where it agreed to none."""
    patients: tuple[PatientTrips, ...]
    """Patient by patient."""


def tell_bundle(bundle: plan.Bundle) -> FewestTrips:
    """The same with the names that the public JSON has."""
    return FewestTrips.taken_from(
        bundle,
        trips=bundle.before,
        proposed=bundle.after,
        seconds=round(bundle.seconds),
        patients=tuple(_patient(each) for each in bundle.patients),
    )


def _patient(each: plan.PatientPlan) -> PatientTrips:
    return PatientTrips.taken_from(
        each,
        trips=each.before,
        proposed=each.after,
        moves=tuple(Move.taken_from(move, date=move.before, proposed=move.after) for move in each.moves),
        kept=tuple(Kept.taken_from(kept) for kept in each.kept),
        events=tuple(dump_event(event) for event in each.events),
        changes=tell_changes(each.changes),
    )
