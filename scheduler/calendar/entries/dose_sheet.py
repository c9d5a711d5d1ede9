"""The sheet of one dose: its time points by the site's clock, what was taken when, and how far from its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from scheduler.local_times import LocalTime
from scheduler.protocol.plan.sheet import TimePoint
from scheduler.said import Code, said, text_of


class Standing(StrEnum):
    """What became of a time point by the log alone."""

    PLANNED = "planned"
    TAKEN = "taken"
    NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class Sample:
    """One time point of the sheet of one dose.

    ``entry`` is the visit that it belongs to, on the civil date ``day``. ``planned`` is its local time, once that of the dose is
    known. ``taken`` is when it was taken, ``elapsed`` the true minutes from the dose until then, and ``off`` how many minutes
    that was after its time, or below 0 before it; None where one of them is not known. ``events`` are the numbers of the
    events that say so.
    """

    id: str
    point: TimePoint
    entry: str
    day: date | None
    planned: LocalTime | None
    standing: Standing
    taken: LocalTime | None = None
    elapsed: int | None = None
    off: int | None = None
    reason: str | None = None
    events: tuple[int, ...] = ()

    @property
    def minutes_outside(self) -> int:
        """How many minutes outside its window it was taken: after its end, below 0 before its beginning; 0 inside it."""
        if self.off is None or self.point.early is None or self.point.late is None:
            return 0
        return max(self.off - self.point.late, 0) or min(self.off + self.point.early, 0)


class SampledVisit(NamedTuple):
    """The time points of one visit, and the day that stands above them: that of the dose, or of the first of a later day."""

    entry: str
    day: date | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class DoseSheet:
    """A sheet around one dose or visit, by time.

    ``of`` is the entry of the dose, ``began`` its local time, ``recorded`` whether that was recorded or is only booked.
    """

    id: str
    sheet: str
    title: str
    of: str
    began: LocalTime | None
    recorded: bool
    samples: tuple[Sample, ...]

    @property
    def visits(self) -> tuple[SampledVisit, ...]:
        """Its time points by visit, in their order."""
        by_visit: dict[str, list[Sample]] = {}
        for sample in self.samples:
            by_visit.setdefault(sample.entry, []).append(sample)
        of_dose = self.began.day if self.began is not None else None
        return tuple(
            SampledVisit(entry, (of_dose if entry == self.of else None) or samples[0].day, tuple(samples))
            for entry, samples in by_visit.items()
        )


def in_words(minutes: int) -> str:
    """12 min; 1 h 05 min; 24 h."""
    hours, rest = divmod(minutes, 60)
    return f"{rest} min" if not hours else f"{hours} h {rest:02} min" if rest else f"{hours} h"


def minutes_in_words(point: TimePoint) -> str:
    """The window of a time point: ±5 min, -30 to +0 min; nothing where it has none."""
    if point.early is None or point.late is None:
        return ""
    if point.early == point.late:
        return f"±{in_words(point.early)}"
    early, late = Code(f"-{in_words(point.early)}"), Code(f"+{in_words(point.late)}")
    return text_of(said("{early} to {late}", early=early, late=late))


def clock(local: LocalTime) -> str:
    """What the clock shows: 08:40; of a time that comes twice that day, the second is said."""
    time = local.at.isoformat("minutes")
    return text_of(said("{time} (the second time)", time=Code(time))) if local.second else time


def clock_under(day: date | None, local: LocalTime) -> str:
    """What the clock shows, under the day of a visit: 08:40; past midnight with its own day, 00:40 03-05."""
    return clock(local) if day in (None, local.day) else f"{clock(local)} {local.day:%m-%d}"
