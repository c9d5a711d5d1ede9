"""Where a visit can be moved: some months of days with the window, the ideal day, what is closed, and how full each day is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.calendar.entries.entry import Calendar, Entry, Status
from scheduler.calendar.entries.sentences import closed_why
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.folder.printing.closed import closed_days
from scheduler.said import SEMICOLONS, Listed, Said, listed, said
from scheduler.views.days.attendance import needs_patient
from scheduler.views.days.stretches import visits_of
from scheduler.web.guards.requests import Visit
from scheduler.web.patients import Shown

PATIENCE = 0.7
"""Seconds of computing other patients before the days are shown without those that are still missing."""

MONTHS = 2
LONGEST_TITLES = 4


@dataclass(frozen=True, slots=True)
class Choosable:
    """One day: what it is for this visit, what closes it, who else comes, and what else this patient has on it.

    ``closed`` is why nobody can come, None on an open day. ``others`` is how many other patients of the site come.
    """

    day: date
    within: bool
    ideal: bool
    planned: bool
    closed: str | None
    others: int
    own: tuple[str, ...]
    offered: bool

    @property
    def notes(self) -> Listed:
        """The same in words, for those who do not see colours."""
        return listed(*self._notes(), how=SEMICOLONS)

    def _notes(self) -> Iterator[Said]:
        if self.planned:
            yield said("planned now")
        if self.ideal:
            yield said("ideal day")
        if self.within:
            yield said("in the window")
        if self.closed is not None:
            yield said("closed: {why}", why=closed_why(self.closed))
        for title in self.own:
            yield said("this patient: {title}", title=title_in_words(title))


@dataclass(frozen=True, slots=True)
class Month:
    """One month in weeks from Monday on; a day of another month is None."""

    first: date
    weeks: tuple[tuple[Choosable | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Movable:
    """The months, those before and after, and how many patients are not counted because they are not computed yet."""

    months: tuple[Month, ...]
    earlier: date | None
    later: date
    uncounted: int

    @property
    def weekdays(self) -> tuple[date, ...]:
        """Seven days from a Monday on, for the heads of the columns."""
        first = self.months[0].first
        return tuple(first + timedelta(days=offset - first.weekday()) for offset in range(7))


def movable(visit: Visit, shown: Shown, entry: Entry, name: str, first: date | None, today: date) -> Movable:
    """The months around an entry's window, or from ``first`` on, a day of the first month. No day before today is offered."""
    begin = _month_of(first or max(min(entry.date or today, (entry.window or (date.max,))[0]), today))
    load, uncounted = _load(visit, shown)
    own = _own_days(shown.patient.calendar, name)
    plan = shown.patient.plan
    line = plan.timelines.get(entry.timeline) if plan is not None else None
    closed = closed_days(shown.site, line.resource if line is not None else "clinic")

    def choosable(day: date) -> Choosable:
        why = closed(day)
        return Choosable(
            day=day,
            within=entry.window is not None and entry.window[0] <= day <= entry.window[1],
            ideal=day == entry.ideal,
            planned=day == entry.date,
            closed=why,
            others=load[day],
            own=own.get(day, ()),
            offered=day >= today and why is None and day != entry.date,
        )

    months = [begin]
    while len(months) < MONTHS:
        months.append(_next(months[-1]))
    earlier = _month_of(begin - timedelta(days=1))
    return Movable(
        tuple(Month(month, tuple(_weeks(month, choosable))) for month in months),
        earlier if _next(earlier) > today else None,
        _next(months[-1]),
        uncounted,
    )


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _next(month: date) -> date:
    return _month_of(month + timedelta(days=31))


def _weeks(month: date, choosable: Callable[[date], Choosable]) -> Iterator[tuple[Choosable | None, ...]]:
    day = month - timedelta(days=month.weekday())
    while day < _next(month):
        week = [day + timedelta(days=offset) for offset in range(7)]
        yield tuple(choosable(each) if each.month == month.month else None for each in week)
        day += timedelta(days=7)


def _load(visit: Visit, shown: Shown) -> tuple[Counter[date], int]:
    """How many other patients of the site come on each day, and of how many it is not known yet."""
    patients = visit.server.patients
    others = [
        each for each in visit.subjects() if each.site == shown.subject.site and each.subject != shown.subject.subject
    ]
    known, missing = patients.some(others, PATIENCE)
    load: Counter[date] = Counter()
    for each in known:
        load.update(patients.once(each, "days", lambda each=each: _days(each.patient.calendar)))  # type: ignore[misc]
    return load, missing


def _days(calendar: Calendar) -> frozenset[date]:
    """The days on which a patient is to come."""
    return frozenset(entry.date for entry in _visits(calendar) if entry.date is not None)


def _own_days(calendar: Calendar, name: str) -> dict[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for entry in _visits(calendar):
        if entry.date is not None and name not in (entry.id, f"{entry.id}.1"):
            titles = found.get(entry.date, ())
            found[entry.date] = (*titles, entry.title)[:LONGEST_TITLES]
    return found


def _visits(calendar: Calendar) -> Iterator[Entry]:
    for entry in calendar.entries:
        for each in visits_of(entry):
            if each.status is Status.PLANNED and needs_patient(each):
                yield each
