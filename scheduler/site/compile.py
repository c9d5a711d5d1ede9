"""From what a site says of one resource, and a table of public holidays, to its open days.

Later beats earlier: the days of the week, public holidays, make-up days, the site's own days, the resource's own days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.dates import Day
from scheduler.site.holiday_table import HolidayTable
from scheduler.site.open_days import OpenDays, flags
from scheduler.site.phrases import Days


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days on which a site or resource is closed, or open, whatever its week says; ``because`` is its own reason."""

    days: Days
    because: str | None = None

    def ordinals(self) -> range:
        """Every one of the days."""
        return range(self.days.first.toordinal(), self.days.last.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class OwnDays:
    """What one list of closures and one of openings say; no day is in both."""

    closed: tuple[Exceptional, ...] = ()
    opened: tuple[Exceptional, ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a resource works in general: its days of the week, and whether public holidays and make-up days count."""

    weekdays: frozenset[int]
    rests_on_holidays: bool = True
    works_makeup_days: bool = True


def compile_open_days(resource: str, habits: Habits, table: HolidayTable | None, *own: OwnDays) -> OpenDays:
    """The open days of a resource. Of ``own``, each beats the one before it: first the site's days, then the resource's."""
    closed: dict[Day, str] = {}
    opened: dict[Day, str] = {}
    if table is not None and habits.rests_on_holidays:
        closed |= {day.toordinal(): f"public holiday: {name}" for day, name in table.holidays}
    if table is not None and habits.works_makeup_days:
        opened |= {day.toordinal(): "make-up working day" for day in table.makeup_days}
    for days in own:
        for day, reason in _each(days.closed, "closed"):
            opened.pop(day, None)
            closed[day] = reason
        for day, reason in _each(days.opened, "open"):
            closed.pop(day, None)
            opened[day] = reason
    depends = table if habits.rests_on_holidays or habits.works_makeup_days else None
    return OpenDays(
        resource,
        flags(habits.weekdays),
        closed={day: reason for day, reason in closed.items() if day not in opened},
        opened=opened,
        unpublished_from=_unpublished_from(depends, habits),
        uncertain=_beside(depends.estimated) if depends is not None and habits.rests_on_holidays else frozenset(),
    )


def _each(exceptions: tuple[Exceptional, ...], what: str) -> Iterator[tuple[Day, str]]:
    for exception in exceptions:
        reason = f"{what}: {exception.because}" if exception.because else what
        for day in exception.ordinals():
            yield day, reason


def _unpublished_from(table: HolidayTable | None, habits: Habits) -> Day | None:
    """Make-up days alone matter only where a government moves working days at all."""
    if table is None or (not habits.rests_on_holidays and table.published_through is None):
        return None
    return table.provisional_from.toordinal()


def _beside(days: tuple[date, ...]) -> frozenset[Day]:
    """A forecast that waits for the new moon can be a day out, either way."""
    return frozenset(day.toordinal() + shift for day in days for shift in (-1, 0, 1))
