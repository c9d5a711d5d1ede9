"""The agenda of a site: its days, each with who comes to which resource, how full it is, and what does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Kind
from scheduler.said import Code, Text, said, text_of
from scheduler.site.site import Site
from scheduler.views.shapes.shape import CivilDate, Shape, Told
from scheduler.views.table import Table
from scheduler.views.whole_site.appointment import COLUMNS, Appointment, Work, resource_in_words
from scheduler.views.whole_site.load import Clash, Load, clashes_of, in_two_places, load_of, why_closed

LONGEST = 366
"""Days of the longest agenda."""

FIRST_SHOWN = ("clinic", "infusion", "radiotherapy", "imaging", "pharmacy")
"""The order in which resources are shown; others follow by their names."""

ByDay = Mapping[date, tuple[Appointment, ...]]
"""One patient's appointments by day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen of an agenda. It hides lines alone: how full a day is, is told of all patients."""

    resource: str | None = None
    arm: str | None = None
    subjects: frozenset[str] | None = None

    def shows(self, line: Appointment) -> bool:
        """True for a line that is to be seen."""
        at_resource = self.resource is None or line.resource == self.resource
        of_these = self.subjects is None or line.subject in self.subjects
        return at_resource and of_these and (self.arm is None or line.arm == self.arm)


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class AgendaDay(Shape):
    """One day of the site."""

    date: CivilDate
    """The day."""
    closed: Told | None
    """Why the site is closed; null on a day on which any of its resources is open."""
    provisional: bool
    """True when the public holidays around that day are not published yet."""
    patients: int
    """How many patients come."""
    loads: tuple[Load, ...]
    """How full each resource is that has something to do."""
    clashes: tuple[Clash, ...]
    """What does not fit; only of today and later."""
    appointments: tuple[Appointment, ...]
    """Who comes for what, by time, and the pharmacy's part in it."""

    def at(self, resource: str | None) -> tuple[Appointment, ...]:
        """The lines of one resource."""
        return tuple(line for line in self.appointments if line.resource == resource)

    def load_at(self, resource: str | None) -> Load | None:
        """How full a resource is; None where there is nothing to do at it."""
        return next((load for load in self.loads if load.resource == resource), None)

    @property
    def in_short(self) -> tuple[Appointment, ...]:
        """Whom to expect, once for each thing; the pharmacy's part in it only where nothing else is asked for."""
        return tuple(line for line in self.appointments if line.work == Work.ATTENDANCE.value) or self.appointments

    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many patients come for each kind of visit, in the order in which kinds are shown."""
        coming = [line for line in self.in_short if line.takes_place]
        counted = {kind: len({line.subject for line in coming if line.kind == kind.value}) for kind in Kind}
        return tuple((kind.value, number) for kind, number in counted.items() if number)


@dataclass(frozen=True, slots=True)
class SiteAgenda(Shape):
    """The days of a site from the first to the last, both included."""

    study: str
    """The study."""
    site: str
    """The site."""
    on: CivilDate
    """The day that counts as today."""
    first: CivilDate
    """The first day."""
    last: CivilDate
    """The last day."""
    resources: tuple[str | None, ...]
    """The resources that have something to do or that the site lists, in the order in which they are shown."""
    days: tuple[AgendaDay, ...]
    """All its days, also those on which nobody comes."""

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """What does not fit, by day."""
        return tuple(clash for day in self.days for clash in day.clashes)

    def weeks(self) -> tuple[tuple[AgendaDay | None, ...], ...]:
        """Its days by weeks from Monday to Sunday; None stands for a day before the first and after the last."""
        before, after = self.first.weekday(), 6 - self.last.weekday()
        padded = (*(None for _ in range(before)), *self.days, *(None for _ in range(after)))
        return tuple(padded[start : start + 7] for start in range(0, len(padded), 7))

    def table(self) -> Table:
        """Every appointment."""
        rows = tuple(line.cells() for day in self.days for line in day.appointments)
        return Table(f"{self.study} agenda, {self.site}, {self.first} to {self.last}", COLUMNS, rows)

    def on_paper(self) -> Table:
        """Every appointment in the few columns that a sheet has room for."""
        columns = ("date", "time", "resource", "subject", "what", "status")
        rows = tuple(
            (
                line.date,
                line.time,
                text_of(resource_in_words(line.resource)) if line.resource else None,
                line.subject,
                line.title if isinstance(line.title, str) else text_of(line.title),
                text_of(line.state_in_words(self.on)),
            )
            for day in self.days
            for line in day.appointments
        )
        return Table(self._title(), columns, rows)

    def _title(self) -> Text:
        return text_of(
            said(
                "{study} agenda, {site}, {first} to {last}",
                study=Code(self.study),
                site=Code(self.site),
                first=Code(self.first.isoformat()),
                last=Code(self.last.isoformat()),
            )
        )

    def loads(self) -> Table:
        """How full each resource is, by day, with what does not fit."""
        columns = ("date", "resource", "patients", "at most", "at once", "chairs", "minutes", "of minutes", "closed")
        rows = tuple(
            (
                day.date,
                load.resource,
                load.patients,
                load.most_patients,
                load.at_once,
                load.chairs,
                load.minutes,
                load.most_minutes,
                None if load.closed is None else str(load.closed),
            )
            for day in self.days
            for load in day.loads
        )
        return Table(f"load, {self.first} to {self.last}", columns, rows)

    def misfits(self) -> Table:
        """What does not fit, by day."""
        rows = tuple(
            (each.date, each.resource, each.kind, ", ".join(each.subjects), str(each.what)) for each in self.clashes
        )
        return Table(f"clashes, {self.first} to {self.last}", ("date", "resource", "clash", "subjects", "what"), rows)

    def tables(self) -> tuple[Table, ...]:
        """The sheets of a workbook."""
        return self.table(), self.loads(), self.misfits()


def by_day(appointments: Iterable[Appointment]) -> ByDay:
    """One patient's appointments as an agenda takes them, to be kept until something is recorded about the patient."""
    found: defaultdict[date, list[Appointment]] = defaultdict(list)
    for each in appointments:
        found[each.date].append(each)
    return {day: tuple(lines) for day, lines in found.items()}


def site_agenda(
    study: str,
    site: Site,
    patients: Sequence[ByDay],
    first: date,
    last: date,
    on: date,
    wanted: Wanted = EVERYTHING,
) -> SiteAgenda:
    """The agenda of all these patients of a site. ``on`` is today there: clashes are told of that day and later.

    Raises ValueError for a period that is empty or longer than 366 days.
    """
    if not timedelta(0) <= last - first < timedelta(LONGEST):
        raise ValueError(f"an agenda has 1 to {LONGEST} days, not those from {first} to {last}")
    days = tuple(_day(day, site, patients, on, wanted) for day in _days(first, last))
    used = {load.resource for day in days for load in day.loads}
    return SiteAgenda(study, site.name, on, first, last, _in_order({*used, *site.resources}), days)


def _day(day: date, site: Site, patients: Sequence[ByDay], on: date, wanted: Wanted) -> AgendaDay:
    lines = sorted((line for each in patients for line in each.get(day, ())), key=_by_time)
    at: defaultdict[str | None, list[Appointment]] = defaultdict(list)
    for line in lines:
        at[line.resource].append(line)
    loads = tuple(load_of(resource, day, at[resource], site) for resource in _in_order(at))
    clashes: list[Clash] = []
    if day >= on:
        clashes += (clash for load in loads for clash in clashes_of(load, day, at[load.resource], site))
        clashes += in_two_places(day, lines)
    ordinal = day.toordinal()
    everywhere = [site.usual, *site.resources.values()]
    return AgendaDay(
        date=day,
        closed=None if any(each.is_open(ordinal) for each in everywhere) else why_closed(site.usual, day),
        provisional=any(each.provisional(ordinal) for each in everywhere),
        patients=len({line.subject for line in lines if line.takes_place and line.work == Work.ATTENDANCE.value}),
        loads=loads,
        clashes=tuple(clashes),
        appointments=tuple(line for line in lines if wanted.shows(line)),
    )


def _by_time(line: Appointment) -> tuple[bool, str, str, str]:
    return (line.time is None, line.time or "", line.subject, line.entry)


def _in_order(resources: Iterable[str | None]) -> tuple[str | None, ...]:
    """Those that most sites have, then others by name, then what needs no place."""
    known = set(resources)
    others = sorted(each for each in known if each is not None and each not in FIRST_SHOWN)
    first = [each for each in FIRST_SHOWN if each in known]
    return (*first, *others, *((None,) if None in known else ()))


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
