"""What is expected: how many patients come, how often doses are put off, reduced and stopped, and what is in stock.

Every number is somebody's, and says whose: ``source`` names one of the file's sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from scheduler.protocol.plan.dosing.calculation import Surface

DAYS_A_MONTH = Fraction(1461, 48)
"""Of the mean year of 365.25 days."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Patients who begin treatment at a site: so many in so many days on the mean, from a day to a day, both included.

    Each comes by chance and for themselves: the number in any stretch of days is Poisson.
    """

    site: str
    patients: Decimal
    days: Fraction
    source: str
    first: date | None = None
    last: date | None = None

    def expected_on(self, day: date) -> Fraction:
        """How many are expected on one day; 0 outside the time that is told."""
        if (self.first is not None and day < self.first) or (self.last is not None and day > self.last):
            return Fraction(0)
        return Fraction(self.patients) / self.days


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely something is at the start of each cycle or dose after the first. ``days`` is how long a start is put off."""

    chance: Fraction
    source: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What may happen at the start of each later cycle or dose of one treatment. None: it is not reckoned with.

    First it is seen whether all treatment ends there, then whether this one is discontinued; where neither, whether the start
    is put off and whether the dose is one level lower from it on, each for itself.
    """

    ended: Chance | None = None
    discontinued: Chance | None = None
    delayed: Chance | None = None
    reduced: Chance | None = None

    def chances(self) -> Iterator[tuple[str, Chance]]:
        """Each with the word of its event."""
        named = {
            "end of treatment": self.ended,
            "discontinued": self.discontinued,
            "delayed": self.delayed,
            "dose changed": self.reduced,
        }
        yield from ((name, chance) for name, chance in named.items() if chance is not None)


@dataclass(frozen=True, slots=True)
class BodySize:
    """What part of the patients has such a body: kg, cm, mL/min and years, by the names that attributes have in a log."""

    chance: Fraction
    values: Mapping[str, Decimal]
    source: str


@dataclass(frozen=True, slots=True)
class AssumedSurface:
    """How a body surface is worked out where the protocol names no formula."""

    surface: Surface
    source: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Packs, or units where there are no packs: in stock, or on the way and there on the morning of ``arrives``.

    ``expires`` is the last day on which it may be used; None where nobody said it.
    """

    quantity: int
    expires: date | None = None
    arrives: date | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """How one drug comes to one site, and what is there. ``strength`` where it comes in several.

    ``lead`` days pass from the order to the delivery, which is to last for ``cover`` days and can be used for ``shelf_life`` days
    (None: nobody said). ``safety`` packs are to be left at any time; ``risk`` is the chance of having fewer that is borne.
    ``says_stock``: the rates say what is at the site, so that the site's own log is not asked.
    """

    site: str
    drug: str
    strength: str | None
    lots: tuple[Lot, ...]
    lead: int
    cover: int
    safety: int
    risk: Fraction
    shelf_life: int | None
    source: str
    says_stock: bool = True


@dataclass(frozen=True, slots=True)
class Rates:
    """All that is expected of a study. ``most`` is how many patients it may have in all, those who are in it among them.

    ``allocation`` are the parts of each arm; an arm that is not in it gets nobody. ``weeks`` is how far it is looked ahead.
    ``body_sizes`` are those of who comes, and of patients of whom nothing is recorded; ``surface`` counts where the protocol
    names no formula.
    """

    seed: int = 0
    runs: int = 1
    weeks: int = 26
    enrolment: tuple[Enrolment, ...] = ()
    most: int | None = None
    allocation: Mapping[str, int] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    supplies: tuple[Supply, ...] = ()
    body_sizes: tuple[BodySize, ...] = ()
    surface: AssumedSurface | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def chance_decides(self) -> bool:
        """True where two runs may differ."""
        return bool(self.enrolment or self.courses) or len(self.body_sizes) > 1
