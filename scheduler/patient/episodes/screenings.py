"""How often a patient was screened: a screen failure ends one screening, a later consent or screening visit begins the next."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from scheduler.patient.events import (
    Booked,
    Consented,
    FirstDosePlanned,
    Randomised,
    Rebooked,
    Screened,
    ScreenFailed,
    VisitDone,
)
from scheduler.patient.log import Fact

_BEGIN = (Consented, Screened, Randomised, FirstDosePlanned)
_VISITS = (VisitDone, Booked, Rebooked)


@dataclass(frozen=True, slots=True)
class Screenings:
    """The screenings that failed and were followed by another, oldest first, each with what began the next.

    ``failed`` is the failure after which nothing of a new screening is on record: the patient is not in the study.
    """

    repeated: tuple[tuple[Fact, Fact], ...] = ()
    failed: Fact | None = None

    @property
    def number(self) -> int:
        """How many there were, the last or running one included."""
        return len(self.repeated) + 1


NOT_FAILED = Screenings()


@dataclass(slots=True)
class _Count:
    repeated: list[tuple[Fact, Fact]] = field(default_factory=list)
    failed: Fact | None = None


def screenings_of(facts: Iterable[Fact], visits: Container[str] | None = None) -> Screenings:
    """The screenings that facts tell of, which come in the order of their days.

    ``visits`` are the visits of the plan that are screenings, by name; without them, any visit of the next number counts.
    """
    count = _Count()
    for fact in facts:
        if isinstance(fact.event, ScreenFailed):
            count.failed = fact
        elif count.failed is not None and _begins(fact, len(count.repeated) + 2, visits):
            count.repeated.append((count.failed, fact))
            count.failed = None
    return Screenings(tuple(count.repeated), count.failed) if count.repeated or count.failed else NOT_FAILED


def _begins(fact: Fact, number: int, visits: Container[str] | None) -> bool:
    """True for what begins the screening of that number: a consent, a randomisation, or a visit of it, such as screening.2."""
    event = fact.event
    if isinstance(event, _VISITS):
        name, _, which = event.entry.rpartition(".")
        return which == str(number) and (visits is None or name in visits)
    return isinstance(event, _BEGIN)
