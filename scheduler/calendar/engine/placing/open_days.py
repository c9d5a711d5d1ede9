"""Days on which an occurrence can be: open for its whole block, and on a day of the treatment that it goes together with."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.dates import Day
from scheduler.protocol.plan.study import Timeline
from scheduler.site.open_days import OpenDays
from scheduler.site.site import Site


@dataclass(frozen=True, slots=True)
class BlockDays(OpenDays):
    """Open days of a resource for a block: every one of ``offsets``, counted from the occurrence's day, must be open."""

    offsets: tuple[int, ...] = (0,)

    def is_open(self, day: Day) -> bool:
        """True when the resource works on every day of the block."""
        return all(
            (self.week[each % 7] and each not in self.closed) or each in self.opened
            for each in (day + offset for offset in self.offsets)
        )

    def why_closed(self, day: Day) -> str | None:
        """Why the block does not fit: why its first closed day is closed."""
        for offset in self.offsets:
            if not OpenDays.is_open(self, day + offset):
                return OpenDays.why_closed(self, day + offset)
        return None


def block_days(days: OpenDays, offsets: tuple[int, ...]) -> OpenDays:
    """The open days of a resource on which a block of days fits."""
    if offsets == (0,):
        return days
    return BlockDays(
        days.resource, days.week, days.closed, days.opened, days.unpublished_from, days.uncertain, offsets=offsets
    )


@dataclass(frozen=True, slots=True)
class TogetherDays(OpenDays):
    """Open days of a resource on which another treatment is given too."""

    given_on: frozenset[Day] = frozenset()
    other: str = ""

    def is_open(self, day: Day) -> bool:
        """True when the resource works that day and the other treatment is given."""
        return day in self.given_on and OpenDays.is_open(self, day)

    def why_closed(self, day: Day) -> str | None:
        """Why it cannot be that day: closed, or a day without the other treatment."""
        return OpenDays.why_closed(self, day) or (None if day in self.given_on else f"no {self.other} on that day")


def together_days(days: OpenDays, given_on: frozenset[Day], other: str) -> OpenDays:
    """The open days of a resource on which another treatment is given too."""
    return TogetherDays(
        days.resource,
        days.week,
        days.closed,
        days.opened,
        days.unpublished_from,
        days.uncertain,
        given_on=given_on,
        other=other,
    )


def days_for(site: Site, line: Timeline, given_on: frozenset[Day] | None) -> OpenDays:
    """The days on which an occurrence of a timeline can be; ``given_on`` are the days of what it goes together with."""
    days = block_days(site.open_days(line.resource), line.open_days)
    if given_on is not None:
        days = together_days(days, given_on, line.together_with or "")
    return days
