"""Named days that timings hang on, as the language says them and as the engine reads them.

A moment is *actual* (recorded), *projected* (the best estimate), *pending* (nobody knows yet) or *never* (it will not come).
Which of these it is depends on the patient; here is only what is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from scheduler.dates import Day, Span


class Relative(Enum):
    """An occurrence that is named by where it stands, not by its number."""

    PREVIOUS = "the previous"
    SAME = "for it"


Which: TypeAlias = int | Relative
"""The number of an occurrence, or where it stands."""

OWN = ""
"""The timeline that the timing itself belongs to, as in "the previous cycle"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A date by name: randomisation, first dose, progression, end of treatment, or one that the study names itself."""

    name: str


DATE_OF_BIRTH = "date of birth"
"""The date that ages count from. Its day is said nowhere but in the record of it."""

RANDOMISATION = Named("randomisation")
BEGINNINGS = (Named("first dose"), RANDOMISATION)


@dataclass(frozen=True, slots=True)
class OnStudyDay:
    """Study Day n, a label: Day 1 is the first dose and there is no Day 0 (unless the study says otherwise)."""

    label: int


@dataclass(frozen=True, slots=True)
class OnDate:
    """A fixed civil date."""

    day: Day


@dataclass(frozen=True, slots=True)
class StartOf:
    """The day of an occurrence: a cycle's day 1, a dose, a fraction, a visit."""

    timeline: str
    which: Which


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day of a cycle, counted from its day 1."""

    timeline: str
    which: Which
    day: int


@dataclass(frozen=True, slots=True)
class LastDayOf:
    """The last dosing day of a cycle."""

    timeline: str
    which: Which


@dataclass(frozen=True, slots=True)
class EndOf:
    """The end of a course: its last fraction or dose, or the day that it was discontinued."""

    timeline: str


@dataclass(frozen=True, slots=True)
class HasHad:
    """The last day of the cycle with which a treatment has had so many; one that was not done does not count."""

    timeline: str
    most: int


@dataclass(frozen=True, slots=True)
class LastDose:
    """The last day with any amount taken or given, of one treatment or (None) of anything."""

    timeline: str | None


@dataclass(frozen=True, slots=True)
class IdealOf:
    """The protocol's date of an occurrence, wherever the visit itself is put."""

    timeline: str
    which: Which


@dataclass(frozen=True, slots=True)
class DueOf:
    """The day an occurrence is due: by its rule and its delays, before it waits for anything."""

    timeline: str
    which: Which


IUPD = "iUPD"
"""Unconfirmed progression by iRECIST, which asks for a scan that confirms it."""


@dataclass(frozen=True, slots=True)
class EachEvent:
    """Each event of a kind that the log holds, such as each iUPD; every one makes an occurrence of its own.

    Of adverse events those that ever had a grade from ``low`` to ``high``, when they begin, as such, or (``ends``) are resolved.
    """

    name: str
    low: int = 1
    high: int = 5
    serious: bool = False
    ends: bool = False


Moment: TypeAlias = (
    Named | OnStudyDay | OnDate | StartOf | DayOf | LastDayOf | EndOf | HasHad | LastDose | IdealOf | DueOf | EachEvent
)


@dataclass(frozen=True, slots=True)
class Edge:
    """A moment, or a span before or after one: "1 day after the end of radiotherapy", "5 working days before fraction 1"."""

    moment: Moment
    span: Span | None
    sign: int
    words: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Some occurrences by number: the listed ones, then every so many after the last listed.

    "every" is every 1; "every 3rd" is 3, 6, 9; "3, 6, then every 4th" is 3, 6, 10, 14.
    """

    listed: tuple[int, ...] = ()
    every: int | None = None

    def includes(self, n: int) -> bool:
        """True when the n-th occurrence is one of them."""
        if n in self.listed:
            return True
        last = max(self.listed, default=0)
        return self.every is not None and n > last and (n - last) % self.every == 0


EVERY = Selection(every=1)
