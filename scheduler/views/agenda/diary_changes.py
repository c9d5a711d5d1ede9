"""What differs between the diary that a patient has at home and the one of now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.views.agenda.diary import Diary, DiaryDay, DiaryHold, DiaryTablets, DiaryVisit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VisitChange:
    """A visit that moved, is new (``before`` is None) or does not take place (``now`` is None)."""

    before: DiaryVisit | None
    now: DiaryVisit | None


@dataclass(frozen=True, slots=True)
class TabletChange:
    """Consecutive days, both included, on which something else is to be taken than the old sheet says."""

    first: date
    last: date
    before: DiaryDay
    now: DiaryDay


@dataclass(frozen=True, slots=True)
class DiaryChanges:
    """All that changed in the days that both diaries tell, in the order of days."""

    visits: tuple[VisitChange, ...] = ()
    tablets: tuple[TabletChange, ...] = ()

    @property
    def visit_ids(self) -> frozenset[str]:
        """The visits that take place and are not what the old sheet says."""
        return frozenset(change.now.id for change in self.visits if change.now is not None)

    @property
    def days(self) -> frozenset[date]:
        """The days that are not what the old sheet says."""
        visits = {each.day for change in self.visits for each in (change.before, change.now) if each is not None}
        runs = (
            date.fromordinal(day)
            for run in self.tablets
            for day in range(run.first.toordinal(), run.last.toordinal() + 1)
        )
        return frozenset(visits | set(runs))


def changes_of_diary(before: Diary, now: Diary) -> DiaryChanges:
    """Compare two diaries of one patient for the same days, detail and language."""
    return DiaryChanges(
        visits=tuple(sorted(_visits(before, now), key=_day_of)), tablets=tuple(_tablets(before.days, now.days))
    )


def _visits(before: Diary, now: Diary) -> Iterator[VisitChange]:
    old = {visit.id: visit for visit in before.visits}
    new = {visit.id: visit for visit in now.visits}
    for name, visit in new.items():
        known = old.get(name)
        if known is None or _said(known) != _said(visit):
            yield VisitChange(known, visit)
    for name, visit in old.items():
        if name not in new:
            yield VisitChange(visit, None)


def _said(visit: DiaryVisit) -> tuple[object, ...]:
    return (visit.day, visit.time, visit.summary, visit.lines, visit.places)


def _day_of(change: VisitChange) -> tuple[date, str]:
    visit = change.now or change.before
    return (visit.day, visit.id) if visit else (date.max, "")


def _tablets(before: tuple[DiaryDay, ...], now: tuple[DiaryDay, ...]) -> Iterator[TabletChange]:
    old = {day.date: day for day in before}
    run: TabletChange | None = None
    for day in now:
        was = old.get(day.date)
        if was is None or _taken(was) == _taken(day):
            continue
        if (
            run
            and run.last + ONE_DAY == day.date
            and (_taken(run.before), _taken(run.now)) == (_taken(was), _taken(day))
        ):
            run = TabletChange(run.first, day.date, run.before, run.now)
            continue
        if run:
            yield run
        run = TabletChange(day.date, day.date, was, day)
    if run:
        yield run


def _taken(day: DiaryDay) -> tuple[tuple[DiaryTablets, ...], tuple[DiaryHold, ...], bool]:
    # That somebody now knows when a hold ends changes nothing on the days before.
    return (day.tablets, tuple(replace(hold, open_end=False) for hold in day.holds), day.treatment)
