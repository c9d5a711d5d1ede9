"""One question of the table of all questions, and the groups of events that several are asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.question import Strength
from scheduler.patient.events import (
    Attribute,
    Booked,
    Contacted,
    CycleStarted,
    Discontinued,
    Dispensed,
    DoseChanged,
    EndOfTreatment,
    Event,
    Given,
    Lost,
    LostToFollowUp,
    Measured,
    MedicineChanged,
    MedicineStarted,
    NewAnticancerTherapy,
    NotDone,
    Pregnancy,
    Progressed,
    Rebooked,
    Resumed,
    Returned,
    Taken,
    UnscheduledVisit,
    VisitDone,
    Withdrew,
)

Asks: TypeAlias = Callable[[Candidate], Iterator[Told]]
"""What asks a question about what somebody is about to record."""

DOSES = (CycleStarted, Given, Taken)
BOOKINGS = (Booked, Rebooked)
TIMED = (CycleStarted, Given, VisitDone)
MEASURED = (Measured, Attribute)
LEVELS = (DoseChanged, Resumed)
ENDS = (Discontinued, EndOfTreatment)
MEDICINES = (MedicineStarted, MedicineChanged)
IN_THE_STUDY = (
    *(VisitDone, NotDone, UnscheduledVisit, Dispensed, Returned, Lost),
    *(Progressed, Pregnancy, NewAnticancerTherapy, Withdrew, LostToFollowUp, Contacted, EndOfTreatment),
)
"""What can only happen to who is in the study; a measurement, a reaction or a medicine may be of years before."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One question: its code, how strongly it is asked, of which events, what it is about, and what asks it."""

    code: str
    strength: Strength
    kinds: tuple[type[Event], ...]
    about: str
    asks: Asks


def refused(code: str, about: str, asks: Asks, *kinds: type[Event]) -> Rule:
    """What cannot be."""
    return Rule(code, Strength.REFUSED, kinds, about, asks)


def asked(code: str, about: str, asks: Asks, *kinds: type[Event]) -> Rule:
    """What can be and is likely a slip, or dangerous."""
    return Rule(code, Strength.ASKED, kinds, about, asks)


def told(code: str, about: str, asks: Asks, *kinds: type[Event]) -> Rule:
    """What is taken, and somebody is told how."""
    return Rule(code, Strength.SAID, kinds, about, asks)
