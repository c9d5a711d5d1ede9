"""The days of a cycle spelled out: what a reader asks for by its day, ``regorafenib.3.15``, though it is held in runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from scheduler.calendar.entries.because import After, Because
from scheduler.calendar.entries.entry import Calendar, Dose, Entry, Flag, Kind, Run, Status, clock_in_words
from scheduler.views.days.stretches import first_days, flags_of_later_days

CivilDate: TypeAlias = date


class DayEntry(NamedTuple):
    """One line of a calendar as it is read: an attendance, a period, a dosing day of a cycle or a run of such days.

    ``of`` is the calendar's own entry: the cycle, for a dosing day. ``until`` is the last date of a run of days, else None.
    All dates are civil dates at the site; ``window`` has its first and last allowed date, for a period its first and last day.
    """

    id: str
    of: Entry
    cycle: int | None
    day: int | None
    study_day: int | None
    ideal: CivilDate | None
    window: tuple[CivilDate, CivilDate] | None
    date: CivilDate | None
    until: CivilDate | None
    time: str | None
    status: Status
    doses: tuple[Dose, ...]
    activities: tuple[str, ...]
    flags: tuple[Flag, ...]
    because: Because
    title: str
    epoch: str | None = None
    earliest: str | None = None

    @property
    def clock(self) -> str | None:
        """Its time of day in words: "08:30"; "from 14:30", where it must not be earlier."""
        return clock_in_words(self.time, self.earliest)

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""
        return self.of.kind

    @property
    def number(self) -> int | None:
        """Which one of its timeline it is; None for the one that is called the last and has no number."""
        return None if self.of.id.endswith(".last") else self.of.n

    @property
    def is_visit(self) -> bool:
        """True when the patient comes for it: every entry but a period and a cycle of its own.

        Of a cycle of tablets it is only the first day; of infusions, the first of days that follow each other and are alike.
        """
        if self.of.kind in (Kind.PERIOD, Kind.CYCLE):
            return False
        if not self.of.runs:
            return True
        if self.of.kind is Kind.ORAL:
            return self.day == self.of.runs[0].first_day
        return self.day in first_days(self.of)

    @property
    def dose(self) -> Dose | None:
        """The dose, where there is exactly one."""
        return self.doses[0] if len(self.doses) == 1 else None


def spelled_out(calendar: Calendar) -> tuple[DayEntry, ...]:
    """Every line of the calendar, each dosing day of a cycle by itself, in the calendar's order.

    Day 1 of a cycle is the visit: it has the cycle's window, ideal date, time, activities and title. The days after it have no
    window, and their ideal date is their date.
    """
    return tuple(line for entry in calendar.entries for line in _days(calendar, entry))


def in_runs(calendar: Calendar) -> tuple[DayEntry, ...]:
    """Every line of the calendar, dosing days that are alike told as one line: ``regorafenib.3.1-21``."""
    return tuple(line for entry in calendar.entries for line in _runs(calendar, entry))


def _days(calendar: Calendar, entry: Entry) -> Iterator[DayEntry]:
    if not entry.runs:
        yield _without_days(calendar, entry)
        return
    lead = entry.runs[0].first_day
    for run in entry.runs:
        flags = _flags_of_later_days(entry, run)
        for day in range(run.first_day, run.last_day + 1):
            on = run.first_date + timedelta(days=day - run.first_day)
            if day == lead:
                yield _first_day(calendar, entry, run, f"{entry.id}.{day}", None)
            else:
                yield _later_days(calendar, entry, run, f"{entry.id}.{day}", (day, on), None, flags)


def _runs(calendar: Calendar, entry: Entry) -> Iterator[DayEntry]:
    if not entry.runs:
        yield _without_days(calendar, entry)
        return
    for number, run in enumerate(entry.runs):
        single = run.first_day == run.last_day
        name = f"{entry.id}.{run.first_day}" if single else f"{entry.id}.{run.first_day}-{run.last_day}"
        until = None if single else run.last_date
        if number == 0:
            yield _first_day(calendar, entry, run, name, until)
        else:
            flags = _flags_of_later_days(entry, run)
            yield _later_days(calendar, entry, run, name, (run.first_day, run.first_date), until, flags)


def _as_it_is(calendar: Calendar, entry: Entry) -> DayEntry:
    return DayEntry(
        id=entry.id,
        of=entry,
        cycle=entry.cycle,
        day=entry.day,
        study_day=_study_day(calendar, entry.date),
        ideal=entry.ideal,
        window=entry.window,
        date=entry.date,
        until=None,
        time=entry.time,
        earliest=entry.earliest,
        status=entry.status,
        doses=entry.doses,
        activities=entry.activities,
        flags=entry.flags,
        because=entry.because,
        title=entry.title,
        epoch=_epoch(calendar, entry.date) if entry.kind is not Kind.PERIOD else None,
    )


def _without_days(calendar: Calendar, entry: Entry) -> DayEntry:
    """What has no days of its own; a cycle of tablets that has none, such as a cancelled start, still has its day 1."""
    whole = _as_it_is(calendar, entry)
    return whole._replace(id=f"{entry.id}.1", day=1) if entry.kind is Kind.ORAL else whole


def _first_day(calendar: Calendar, entry: Entry, run: Run, name: str, until: date | None) -> DayEntry:
    return _as_it_is(calendar, entry)._replace(
        id=name,
        day=run.first_day,
        study_day=_study_day(calendar, run.first_date),
        date=run.first_date,
        until=until,
        epoch=_epoch(calendar, run.first_date),
        status=run.status,
        doses=run.doses,
        flags=tuple(dict.fromkeys((*entry.flags, *run.flags))),
        because=_both(entry, run.because),
    )


def _flags_of_later_days(entry: Entry, run: Run) -> tuple[Flag, ...]:
    return tuple(dict.fromkeys((*flags_of_later_days(entry), *run.flags)))


def _later_days(
    calendar: Calendar,
    entry: Entry,
    run: Run,
    name: str,
    first: tuple[int, date],
    until: date | None,
    flags: tuple[Flag, ...],
) -> DayEntry:
    day, on = first
    return DayEntry(
        id=name,
        of=entry,
        cycle=entry.cycle,
        day=day,
        study_day=_study_day(calendar, on),
        ideal=on,
        window=None,
        date=on,
        until=until,
        time=None,
        status=run.status,
        doses=run.doses,
        activities=(),
        flags=flags,
        because=run.because,
        title=entry.title,
        epoch=_epoch(calendar, on),
    )


def _both(cycle: Entry, dose: Because) -> Because:
    """The reasons of a cycle's start, then those of its dose: day 1 is a visit and a day of tablets.

    That the tablets count from their own cycle says nothing on its first day.
    """
    start = cycle.because
    itself = After(cycle.id)
    return Because(
        set_by=tuple(reason for reason in dict.fromkeys((*start.set_by, *dose.set_by)) if reason != itself),
        looked_at=tuple(reason for reason in dict.fromkeys((*start.looked_at, *dose.looked_at)) if reason != itself),
        latest=max(start.latest, dose.latest),
    )


def _epoch(calendar: Calendar, day: date | None) -> str | None:
    return None if day is None else calendar.epoch_on(day)


def _study_day(calendar: Calendar, day: date | None) -> int | None:
    return None if day is None else calendar.study_day(day)
