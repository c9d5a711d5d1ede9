"""When an occurrence is to be, and where that ends: by number or by date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.dates import Span
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.times.moments import BEGINNINGS, Edge, Moment, StartOf


class Counted(StrEnum):
    """What a limit by number counts."""

    SLOTS = "slots"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class CountLimit:
    """At most so many occurrences. With GIVEN, one that was not done does not count.

    ``choice`` are the numbers of which the investigator chooses one, the last of them ``most``; nothing where there is no choice.
    ``of`` is what is counted then: cycles, doses.
    """

    most: int
    counted: Counted
    clause: Clause
    choice: tuple[int, ...] = ()
    of: str = ""

    def chosen_as(self, timeline: str) -> str:
        """The attribute under which the number that the investigator chose is recorded: "cycles of chemotherapy"."""
        return f"{self.of} of {timeline}"


@dataclass(frozen=True, slots=True)
class DateLimit:
    """No occurrence after a moment, or (``before``) none on or after it.

    ``included``: it is said that the day itself counts, so that another treatment may begin on it too. ``finishes``: a cycle
    that has started by then is given to its end; else its days end there too.
    """

    edge: Edge
    before: bool
    clause: Clause
    included: bool = False
    finishes: bool = False


@dataclass(frozen=True, slots=True)
class WindowOfHours:
    """The minutes that something timed in hours may come earlier and later than its own; true minutes by the clock."""

    early: int
    late: int

    def __str__(self) -> str:
        if self.early == self.late:
            return f"±{in_hours(self.early)}"
        return f"-{in_hours(self.early)} to +{in_hours(self.late)}"


def in_hours(minutes: int) -> str:
    """A length of time as sentences write it: 12 hours, 1 hour, 30 minutes."""
    number, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Timing:
    """When an occurrence is to be: an offset from a moment, the window around it, what it waits for.

    ``early`` and ``late`` are days around the ideal; both None where the protocol gives no window. ``open_ended`` is "at least"
    and "on or after": any day from the nominal on. ``every`` makes a fixed grid from the moment. ``of_each_year`` are days of the
    calendar, as month and day, on or after the moment; ``every`` is then the shortest time between two of them. ``lasts``: it
    says from when until when. ``hours`` is the window of what is timed in hours; ``early`` and ``late`` are its whole days,
    which count while a time is not known. ``in_open_days``: the window is counted in open days of the site.
    """

    clause: Clause
    moment: Moment
    span: Span | None = None
    sign: int = 1
    early: int | None = None
    late: int | None = None
    open_ended: bool = False
    every: Span | None = None
    of_each_year: tuple[tuple[int, int], ...] = ()
    continues: bool = False
    not_before: tuple[Edge, ...] = ()
    not_after: tuple[Edge, ...] = ()
    until: tuple[DateLimit, ...] = ()
    lasts: bool = False
    hours: WindowOfHours | None = None
    in_open_days: bool = False

    @property
    def precedes(self) -> bool:
        """True when this must come before its moment, so that it has no later fallback."""
        return self.sign < 0

    @property
    def comes_first(self) -> bool:
        """True for what comes before the first dose or randomisation, or before the first cycle or dose of a treatment."""
        moment = self.moment
        return self.precedes and (moment in BEGINNINGS or (isinstance(moment, StartOf) and moment.which == 1))
