"""How full a resource is on a day, and what does not fit: told before it happens, and nothing is moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import cast

from scheduler.calendar.entries.sentences import closed_why
from scheduler.said import COMMAS, Code, Quoted, Said, counted, listed, said
from scheduler.site.capacity import Capacity, minute_of
from scheduler.site.open_days import OpenDays
from scheduler.site.site import Site
from scheduler.views.shapes.shape import CivilDate, Shape, Told
from scheduler.views.whole_site.appointment import Appointment, Work, resource_in_words


class Misfit(StrEnum):
    """Why a day does not go as it stands."""

    CLOSED = "closed"
    AT_ONCE = "too many at once"
    A_DAY = "too many on one day"
    TOO_LONG = "longer than the day"
    OUTSIDE_HOURS = "outside the hours"
    TWO_PLACES = "in two places"


@dataclass(frozen=True, slots=True)
class Clash(Shape):
    """What does not fit on a day."""

    kind: str
    """What sort of clash."""
    date: CivilDate
    """The day."""
    resource: str | None
    """The resource that it is about; null where one patient is to be in two places."""
    subjects: tuple[str, ...]
    """The patients whom it is about."""
    what: Told
    """What does not fit, in a sentence."""


@dataclass(frozen=True, slots=True)
class Load(Shape):
    """How full a resource is on a day. What the site does not say is null, and then nothing is said to be too much."""

    resource: str | None
    """The resource; null for what needs none."""
    patients: int
    """How many patients there is something to do for."""
    closed: Told | None
    """Why it is closed that day; null when it is open."""
    most_patients: int | None
    """How many patients it takes on a day."""
    chairs: int | None
    """How many patients it takes at the same time."""
    at_once: int | None
    """How many are there at the same time at most, by the times that are booked; null where none is."""
    minutes: int | None
    """How long their visits take together, as far as their lengths are known; null where none is."""
    most_minutes: int | None
    """How many minutes all its chairs have on a day."""
    full: int | None
    """How full it is in percent: the highest of the three; null where the site gives no limit."""


def length_in_words(minutes: int) -> Said:
    """45 min; 2 h; 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return said("{minutes} min", minutes=rest)
    return said("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else said("{hours} h", hours=hours)


def why_closed(days: OpenDays, day: date) -> Told | None:
    """Why it is closed on that day, for any reader; None on an open day."""
    why = days.why_closed(day.toordinal())
    return None if why is None else cast(Told, closed_why(why))


def load_of(resource: str | None, day: date, lines: Sequence[Appointment], site: Site) -> Load:
    """How full a resource is on that day with these appointments, of which only those count that take place."""
    coming = [line for line in lines if line.takes_place]
    capacity = site.capacity_of(resource) if resource is not None else Capacity()
    patients = len({line.subject for line in coming})
    lengths = [line.minutes for line in coming if line.minutes is not None]
    busiest = _busiest(coming)
    at_once = len(busiest[1]) if busiest is not None else None
    minutes = sum(lengths) if lengths else None
    parts = ((patients, capacity.patients), (at_once, capacity.chairs), (minutes, capacity.minutes))
    shares = [100 * number // most for number, most in parts if number is not None and most is not None]
    return Load(
        resource=resource,
        patients=patients,
        closed=None if resource is None else why_closed(site.open_days(resource), day),
        most_patients=capacity.patients,
        chairs=capacity.chairs,
        at_once=at_once,
        minutes=minutes,
        most_minutes=capacity.minutes,
        full=max(shares, default=None),
    )


def clashes_of(load: Load, day: date, lines: Sequence[Appointment], site: Site) -> Iterator[Clash]:
    """What does not fit at one resource on that day."""
    coming = [line for line in lines if line.takes_place]
    if load.resource is None or not coming:
        return
    name, subjects = resource_in_words(load.resource), _subjects(coming)
    if load.closed is not None:
        what = said("{resource} is closed: {why}", resource=name, why=load.closed)
        yield Clash(Misfit.CLOSED.value, day, load.resource, subjects, what)
    if load.most_patients is not None and load.patients > load.most_patients:
        what = said(
            "{resource}: {patients}, and it takes {most} a day",
            resource=name,
            patients=_patients(load.patients),
            most=load.most_patients,
        )
        yield Clash(Misfit.A_DAY.value, day, load.resource, subjects, what)
    busiest = _busiest(coming)
    if busiest is not None and load.chairs is not None and len(busiest[1]) > load.chairs:
        what = said(
            "{resource}: {patients} at {time}, and it takes {most} at the same time",
            resource=name,
            patients=_patients(len(busiest[1])),
            time=Code(busiest[0]),
            most=load.chairs,
        )
        yield Clash(Misfit.AT_ONCE.value, day, load.resource, busiest[1], what)
    if load.minutes is not None and load.most_minutes is not None and load.minutes > load.most_minutes:
        what = said(
            "{resource}: the visits take {time}, and its chairs have {most}",
            resource=name,
            time=length_in_words(load.minutes),
            most=length_in_words(load.most_minutes),
        )
        yield Clash(Misfit.TOO_LONG.value, day, load.resource, subjects, what)
    yield from _outside_hours(load.resource, day, coming, site, name)


def in_two_places(day: date, lines: Sequence[Appointment]) -> Iterator[Clash]:
    """A patient who is to be at two resources at the same time, by the times that are booked."""
    coming = [line for line in lines if line.takes_place and line.time is not None and line.resource is not None]
    for number, first in enumerate(coming):
        for second in coming[number + 1 :]:
            if first.subject == second.subject and first.resource != second.resource and _overlap(first, second):
                what = said(
                    "{subject} is to be at {first} at {time} and at {second} at {other}",
                    subject=Code(first.subject),
                    first=resource_in_words(first.resource),
                    time=Code(first.time or ""),
                    second=resource_in_words(second.resource),
                    other=Code(second.time or ""),
                )
                yield Clash(Misfit.TWO_PLACES.value, day, None, (first.subject,), what)


def _outside_hours(
    resource: str, day: date, coming: Sequence[Appointment], site: Site, name: Said | Quoted
) -> Iterator[Clash]:
    hours = site.capacity_of(resource).hours
    if hours is None:
        return
    opens, closes = minute_of(hours.opens), minute_of(hours.closes)
    late = [line for line in coming if line.time is not None and not opens <= _start(line) <= _end(line) <= closes]
    if late:
        times = listed(
            *(said("{subject} at {time}", subject=Code(line.subject), time=Code(line.time or "")) for line in late),
            how=COMMAS,
        )
        what = said("{resource} works {hours}: {patients}", resource=name, hours=Code(str(hours)), patients=times)
        yield Clash(Misfit.OUTSIDE_HOURS.value, day, resource, _subjects(late), what)


def _busiest(coming: Sequence[Appointment]) -> tuple[str, tuple[str, ...]] | None:
    """The time at which most patients are there, and who; a visit of unknown length counts at the moment that it begins."""
    timed = [line for line in coming if line.time is not None and line.work == Work.ATTENDANCE.value]
    found: tuple[str, tuple[str, ...]] | None = None
    for begin in sorted({line.time for line in timed if line.time is not None}):
        at = minute_of(time.fromisoformat(begin))
        there = _subjects([line for line in timed if _start(line) <= at < _end(line)])
        if found is None or len(there) > len(found[1]):
            found = (begin, there)
    return found


def _overlap(first: Appointment, second: Appointment) -> bool:
    begin, end = max(_start(first), _start(second)), min(_end(first), _end(second))
    return begin < end


def _start(line: Appointment) -> int:
    return minute_of(time.fromisoformat(line.time or "00:00"))


def _end(line: Appointment) -> int:
    """When it is over; where nobody said how long it lasts, a minute later."""
    return _start(line) + (line.minutes or 1)


def _subjects(lines: Sequence[Appointment]) -> tuple[str, ...]:
    return tuple(sorted({line.subject for line in lines}))


def _patients(number: int) -> Said:
    return counted("{n} patient", "{n} patients", number)
