"""Local times of a site: which moment a reading of its clock is, and how long it is from one to another across a clock change.

The engine counts civil days (`scheduler.dates`). Where hours matter, such as between two doses, they are true hours: when the
clocks go forward, from 22:00 to 06:00 is seven of them. Pendulum's zones do it; this is the only module of the core that may use
them, and never to ask what time it is. Source of the zones: the IANA time zone database.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.dates import Day

if TYPE_CHECKING:
    from pendulum.tz import Timezone


class Passing(StrEnum):
    """How often a clock shows a time on a day."""

    ONCE = "once"
    NEVER = "never"
    """The clocks skip it in spring."""
    TWICE = "twice"
    """The clocks are set back over it in autumn."""


class UnknownZone(LookupError):
    """There is no time zone of that name."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a site's clock shows: the civil date, the time of day, the IANA zone.

    Of a time that comes twice that day the first is meant, unless ``second`` is true. Whether it comes once, twice or never,
    `passing` says; a person decides what was meant.
    """

    day: date
    at: time
    zone: str
    second: bool = False

    def __str__(self) -> str:
        return f"{self.day} {self.at.isoformat('minutes')}"


def passing(local: LocalTime) -> Passing:
    """Whether the site's clock shows this once that day, never, or twice. Raises UnknownZone."""
    from pendulum.tz.exceptions import AmbiguousTime, NonExistingTime

    try:
        _zone(local.zone).convert(datetime.combine(local.day, local.at), raise_on_unknown_times=True)
    except NonExistingTime:
        return Passing.NEVER
    except AmbiguousTime:
        return Passing.TWICE
    return Passing.ONCE


def as_recorded(day: date, at: time, zone: str) -> LocalTime:
    """The time at which somebody recorded that a dose was given: of one that comes twice that day the second.

    Whatever is counted from it, a wait, a pump to take off, a sheet of samples, goes by the same moment, and nothing is too
    soon. It is asked when it is recorded. Raises UnknownZone.
    """
    local = LocalTime(day, at, zone)
    return replace(local, second=True) if passing(local) is Passing.TWICE else local


def moment_of(local: LocalTime) -> datetime:
    """The moment, in UTC.

    A time that the clocks skip counts with the offset from before the change, so it comes as much later as was skipped; of one
    that comes twice the first counts, or the second where that is meant (RFC 5545 3.3.5). Raises UnknownZone.
    """
    # Pendulum's own way takes the second of two, and puts a skipped time before the change or after it as `fold` says.
    fold = int(local.second and passing(local) is Passing.TWICE)
    return datetime.combine(local.day, local.at.replace(fold=fold), _zone(local.zone)).astimezone(UTC)


def local_at(moment: datetime, zone: str) -> LocalTime:
    """What the clock shows there at a moment. Raises ValueError for a moment without a zone, UnknownZone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    local = moment.astimezone(_zone(zone))
    return LocalTime(local.date(), local.time().replace(fold=0), zone, second=bool(local.fold))


def day_at(moment: datetime, zone: str) -> date:
    """The civil date there at a moment. Raises ValueError for a moment without a zone, UnknownZone."""
    return local_at(moment, zone).day


def start_of(day: date, zone: str) -> datetime:
    """The moment at which a civil day begins there, in UTC. Raises UnknownZone."""
    return moment_of(LocalTime(day, time(), zone))


def elapsed(first: LocalTime, second: LocalTime) -> timedelta:
    """The true time from one to the other, below zero when the second comes first. Their zones may differ. Raises UnknownZone."""
    return moment_of(second) - moment_of(first)


def later(local: LocalTime, by: timedelta, zone_on: Callable[[Day], str] | None = None) -> LocalTime:
    """What the clock shows so much true time later, or earlier; where the patient has moved on by then, the clock there.

    Raises UnknownZone.
    """
    moment = moment_of(local) + by
    here = local_at(moment, local.zone)
    if zone_on is None or zone_on(here.day.toordinal()) == local.zone:
        return here
    there = local_at(moment, zone_on(here.day.toordinal()))
    return there if zone_on(there.day.toordinal()) == there.zone else here


def offset(local: LocalTime) -> timedelta:
    """How far the clock there is ahead of UTC at that time. Raises UnknownZone."""
    return datetime.combine(local.day, local.at, UTC) - moment_of(local)


def shown(local: LocalTime) -> LocalTime:
    """As the clock really shows it: a time that is skipped becomes the one that is there instead. Raises UnknownZone."""
    return local_at(moment_of(local), local.zone) if passing(local) is Passing.NEVER else replace(local)


def is_zone(name: str) -> bool:
    """True for the name of a time zone that is known here."""
    # Pendulum's zones are these; whether there is one of a name can be known without loading it.
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return True


def zones() -> Set[str]:
    """The names of all time zones that are known here."""
    from pendulum.tz import timezones

    return timezones()


def _zone(name: str) -> Timezone:
    # Pendulum takes a tenth of a second to load, and many commands need no zone.
    from pendulum.tz import Timezone

    try:
        return Timezone(name)
    except (LookupError, OSError, ValueError):
        raise UnknownZone(f"there is no time zone {name!r}") from None
