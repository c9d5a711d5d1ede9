"""Operations on the patient: planned ahead, done, and the wound healed; anti-angiogenic drugs must keep clear of them."""

from __future__ import annotations

from typing import Annotated, Literal

from scheduler.patient.events.fields import Event
from scheduler.patient.events.kind import About, Asked, Authority, Group
from scheduler.written import IsoDate

Size = Annotated[
    Literal["major", "minor"] | None, Asked(label="Major or minor", hint="without it, it counts as major", sort="text")
]


class OfOperation(Event, about=About.PATIENT):
    """An event about an operation."""

    size: Size = None
    """Whether the operation is "major" or "minor". One that nobody sized counts as major."""

    @property
    def is_minor(self) -> bool:
        """True only where somebody said so."""
        return self.size == "minor"


class Surgery(
    OfOperation,
    label="Surgery",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="the patient has an operation[, a {size} one][emergency:, an emergency]",
):
    """The patient had an operation."""

    event: Literal["surgery"] = "surgery"
    emergency: bool = False
    """It was an emergency, and nobody could plan it."""


class SurgeryPlanned(
    OfOperation,
    label="Surgery planned",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="an operation is planned on {day}[, a {size} one]",
):
    """An operation is planned on a day to come; where the day changes, this record is corrected, where it is given up, struck."""

    event: Literal["surgery planned"] = "surgery planned"
    day: IsoDate
    """The day of the operation, which may lie ahead: YYYY-MM-DD."""


class WoundHealed(
    Event,
    about=About.PATIENT,
    label="Wound healed",
    group=Group.FINDINGS,
    authority=Authority.FACT,
    sentence="the wound of the operation has healed",
):
    """The wound of an operation has healed, as the investigator sees it."""

    event: Literal["wound healed"] = "wound healed"
