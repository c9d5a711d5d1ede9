"""What one version of a protocol says of itself: what it wants to know, leaves open and amends; what SDTM calls its visits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the protocol leaves open, how this study reads it, what else it could mean, and why."""

    id: str
    question: str
    reading: str
    alternatives: str
    because: str
    line: int


class Moving(StrEnum):
    """What an amendment says about patients who are under way."""

    MUST = "must move"
    MAY = "may move"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a version says about the one that it amends: who moves to it, and whether patients have to consent again."""

    of: str
    patients: Moving
    consent_again: bool
    line: int


@dataclass(frozen=True, slots=True)
class Objective:
    """What the study wants to know: primary, secondary or exploratory, and by what."""

    level: str
    text: str
    end_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """Who may take part, or may not: its number, and its text."""

    number: str
    is_inclusion: bool
    text: str


@dataclass(frozen=True, slots=True)
class Synopsis:
    """What the protocol wants to know and of whom, as it says it; nothing is planned by it. Missing is None, or no row.

    ``sex`` is female, male or both; ``youngest`` and ``oldest`` are the planned ages in years, both included.
    """

    objectives: tuple[Objective, ...] = ()
    population: str | None = None
    subjects: int | None = None
    criteria: tuple[Criterion, ...] = ()
    sex: str | None = None
    youngest: int | None = None
    oldest: int | None = None


@dataclass(frozen=True, slots=True)
class TrialVisit:
    """What a visit is called in the study's SDTM: VISITNUM, VISIT, VISITDY. The day is a label: nothing is planned by it."""

    number: Decimal
    title: str | None
    day: int | None
