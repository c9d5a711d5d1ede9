"""One occurrence while it is being placed: the one thing in the engine that changes, and nobody keeps it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import cast

from scheduler.calendar.engine.evaluation.placement import CANCELLED, PLANNED, HoursOver, Placement, Standing
from scheduler.calendar.entries.because import Reason, Step
from scheduler.calendar.entries.entry import Flag, InCount
from scheduler.dates import Day
from scheduler.findings import Finding
from scheduler.patient.dose_rules.firing.waited_too_long import Wait
from scheduler.protocol.plan.study import Timeline
from scheduler.protocol.plan.times.timing import Timing
from scheduler.said import Said


@dataclass(slots=True)
class BeingPlaced:
    """An occurrence while it is being placed, with what a `Placement` has; each step of placing writes what it worked out.

    Only what places it, or has more to say of it, sees it; what is asked and remembered is the `Placement`.
    """

    line: Timeline
    n: int
    cycle_day: int
    id: str
    timing: Timing | None = None
    standing: Standing = PLANNED
    nominal: Day | None = None
    ideal: Day | None = None
    first: Day | None = None
    last: Day | None = None
    day: Day | None = None
    time: str | None = None
    latest: int = 0
    floor: Day | None = None
    floor_reasons: tuple[Reason, ...] = ()
    created: Day | None = None
    released: Day | None = None
    stands: bool = False
    undated: bool = False
    combined_with: Reason | None = None
    set_by: tuple[Reason, ...] = ()
    looked: tuple[Reason, ...] = ()
    flags: tuple[Flag, ...] = ()
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    in_count: InCount | None = None
    values_from: Day | None = None
    fails: tuple[Said, ...] = ()
    waited: Wait | None = None
    earliest: str | None = None
    clock: tuple[HoursOver, ...] = ()
    window_days: tuple[int, int] | None = None
    judged_on: Day | None = None

    @property
    def counts_as(self) -> int:
        """The number by which the protocol speaks of it: another than its own where doses began again."""
        return self.n if self.in_count is None else self.in_count.number

    @property
    def not_for_patient(self) -> bool:
        """True for what a recorded fact about the patient left out."""
        return self.standing is CANCELLED and Flag.NOT_FOR_PATIENT in self.flags

    def placed(self) -> Placement:
        """Where it was put: from now on nothing can change it.

        The two have the same slots, so it becomes that value as it is: to copy it would take a tenth of a calendar's time.
        """
        object.__setattr__(self, "__class__", Placement)
        return cast(Placement, self)

    @classmethod
    def again(cls, placement: Placement) -> BeingPlaced:
        """What was put before, where something more has to be said of it."""
        return cls(*_VALUES(placement))

    def become(self, other: BeingPlaced) -> None:
        """Take over all that another holds: it is planned once more from there."""
        for field in fields(self):
            setattr(self, field.name, getattr(other, field.name))

    def raise_floor(self, day: Day, reasons: tuple[Reason, ...]) -> None:
        """Raise the floor. Of two waits the later binds; the other was looked at."""
        if self.floor is None or day > self.floor:
            self.looked += self.floor_reasons
            self.floor, self.floor_reasons = day, reasons
        else:
            self.looked += reasons

    def cancel(self, *because: Reason) -> None:
        """Take it off the calendar. What cancelled it set it; what had set its date before was looked at."""
        self.standing = CANCELLED
        self.looked = (*self.set_by, *self.looked)
        self.set_by = because

    def lose_its_dates(self) -> None:
        """Forget every date that was counted for it, and what was said of them."""
        self.nominal = self.ideal = self.first = self.last = self.day = None
        self.flags, self.findings, self.steps = (), (), ()

    def reach(self, latest: int) -> None:
        """Remember the highest event number that bears on this occurrence."""
        if latest > self.latest:
            self.latest = latest


_VALUES = attrgetter(*Placement.__slots__)
