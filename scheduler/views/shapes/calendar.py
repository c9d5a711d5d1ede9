"""A patient's calendar: the public JSON of ``scheduler show --format json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from scheduler.calendar.entries import dose_sheet, entry
from scheduler.calendar.entries.dose_sheet import Standing
from scheduler.calendar.entries.entry import Flag, Kind, Status
from scheduler.views.days.spelled_out import DayEntry, spelled_out
from scheduler.views.shapes.finding import Finding, tell_findings
from scheduler.views.shapes.proposal import Proposal, tell_proposal
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.views.table_of_dates import Say


@dataclass(frozen=True, kw_only=True)
class Dose(Shape):
    """A dose. A missing one is null, never 0."""

    amount: Decimal | None
    """An exact decimal number, as text."""
    unit: str | None
    """The unit, such as mg."""
    level: int | None
    """The position on the ladder of dose levels: 0, -1, -2."""
    often: str | None = None
    """How often on the day, where that is not once."""
    taking: str | None = None
    """What the protocol says of the hours between two doses of a day and of meals, such as 12 hours ±1 hour apart, with food."""
    over: str | None = None
    """Over how long it is given, such as 30 minutes."""


@dataclass(frozen=True, kw_only=True)
class _Drug(Shape):
    of: str
    """The drug."""


@dataclass(frozen=True, kw_only=True)
class NamedDose(Dose, _Drug):
    """A dose of one of several drugs that are given together."""


@dataclass(frozen=True, kw_only=True)
class Sample(Shape):
    """A time point of a sheet around a dose or visit, such as a blood sample half an hour after a dose."""

    id: str
    """The sheet, the number of the dose, and the time point: pk.1@0.5h."""
    sheet: str
    """The sheet, by its name in the protocol."""
    point: str
    """The time point, as the protocol writes it."""
    minutes: int
    """Minutes from the dose or visit, below 0 before it."""
    early: int | None
    """How many minutes earlier it may be; null where the protocol gives no window."""
    late: int | None
    """How many minutes later it may be."""
    date: CivilDate | None
    """The day on which it is planned."""
    time: str | None
    """Its local time, HH:MM, by the time of the dose; null until that is known."""
    status: Standing
    """Planned, taken or not taken."""
    taken_on: CivilDate | None
    """The day on which it was taken."""
    taken_at: str | None
    """The local time at which it was taken, HH:MM."""
    elapsed: int | None
    """True minutes from the dose to the taking, whatever the clocks did in between."""
    off: int | None
    """Minutes after its time, or below 0 before it."""
    reason: str | None
    """Why it was not taken, or not in time."""


@dataclass(frozen=True, kw_only=True)
class PromptsOfDay(Shape):
    """The prompts of one day of a diary."""

    a_day: int
    """How many there are."""
    at: tuple[str, ...]
    """Their local times, HH:MM, where the protocol says them."""
    between: tuple[str, str] | None
    """The first and the last local time of the stretch in which they come."""
    answered: int | None
    """How many were answered; null where nobody recorded that."""


@dataclass(frozen=True, kw_only=True)
class Entry(Shape):
    """One thing on the calendar. Each day of tablets is an entry."""

    id: str
    """The plan's own name for it, such as toripalimab.2 or regorafenib.3.15; it survives every rescheduling."""
    kind: Kind
    """What it is."""
    title: str
    """What people call it."""
    cycle: int | None
    """The cycle that it belongs to."""
    day: int | None
    """The day of the cycle, from 1."""
    n: int | None
    """The number of the occurrence."""
    study_day: int | None
    """The study day; day 1 is the first dose, and there is no day 0."""
    ideal: CivilDate | None
    """The protocol's own date."""
    window: tuple[CivilDate, CivilDate] | None
    """The first and the last allowed day; null where the protocol gives none."""
    date: CivilDate | None
    """Where it is now planned, booked, or was done: a civil date at the site."""
    time: str | None
    """The local time of an appointment, or that follows from hours after a recorded time: HH:MM."""
    earliest: str | None = None
    """The local time before which it must not be on its day, HH:MM: so many hours after what it waits for."""
    status: Status
    """Planned, done, held, not done or cancelled."""
    dose: Dose | None
    """The dose."""
    doses: tuple[NamedDose, ...] | None = None
    """The doses of all drugs, where there are several."""
    activities: tuple[str, ...]
    """What is done there."""
    flags: tuple[Flag, ...]
    """What else is to be known about it."""
    because: tuple[str, ...]
    """Why the date is what it is: the protocol's sentences, events, closed days."""
    epoch: str | None = None
    """The epoch of the study that its date belongs to, where the protocol names epochs."""
    samples: tuple[Sample, ...] | None = None
    """The time points of sheets that belong to it, by time."""
    prompts: PromptsOfDay | None = None
    """How often a diary asks on this day, where that is several times."""


@dataclass(frozen=True, kw_only=True)
class Pending(Shape):
    """What cannot be dated yet, and what will date it."""

    id: str
    """The id that it will have."""
    kind: Kind
    """What it is."""
    title: str
    """What people call it."""
    rule: str
    """The protocol's sentence that will date it."""
    because: tuple[str, ...]
    """What it waits for."""
    not_before: CivilDate | None
    """The earliest day that is possible."""


@dataclass(frozen=True, kw_only=True)
class NamedDate(Shape):
    """A date that the study names and plans until it is recorded, such as the delivery of cells."""

    name: str
    """The date, by its name in the protocol."""
    date: CivilDate | None
    """The day; null while nobody knows it."""
    recorded: bool
    """Whether it was recorded, or is planned."""
    rule: str
    """The protocol's sentence that plans it."""
    because: tuple[str, ...]
    """Why the date is what it is."""


@dataclass(frozen=True, kw_only=True)
class TakenAsCome(Shape):
    """A dose that nobody recorded and that goes by an order, as if the order's day had come."""

    entry: str
    """The dose, or the cycle."""
    order: CivilDate
    """The day of the order; of several, the last."""


@dataclass(frozen=True, kw_only=True)
class Calendar(Shape):
    """One patient's calendar, every date with its reasons. The same keys as ``scheduler show --format json``."""

    study: str
    """The study."""
    version: str
    """The version of the protocol that the patient started under."""
    subject: str | None
    """The patient's number in the study."""
    arm: str | None
    """The arm, null before randomisation."""
    first_dose: CivilDate | None
    """Study Day 1, projected until it was given."""
    entries: tuple[Entry, ...]
    """What has a date, by date."""
    pending: tuple[Pending, ...]
    """What has none yet."""
    proposals: tuple[Proposal, ...]
    """What waits for a person's decision, or had one."""
    findings: tuple[Finding, ...]
    """What is to be said about the calendar."""
    dates: tuple[NamedDate, ...] | None = None
    """The dates that the study names and plans, where it names any; the first dose stands above."""
    taken_as_come: tuple[TakenAsCome, ...] | None = None
    """Where nobody said on which day it is read: what goes by an order as if that day had come."""


def tell_calendar(calendar: entry.Calendar, say: Say, taken_as_come: Mapping[str, CivilDate] | None = None) -> Calendar:
    """One patient's calendar: each day of tablets is an entry, and every entry says why.

    ``taken_as_come`` are the days of orders, by the ids of entries, where nobody said on which day it is read.
    """
    # Days of one run share their reasons and their dose.
    told, dosed = cache(lambda because: tuple(map(str, say(because)))), cache(_doses)
    sheets = _samples(calendar)
    return Calendar.taken_from(
        calendar,
        entries=tuple(
            _entry(line, told(line.because), *dosed(line.doses), sheets.get(line.id)) for line in spelled_out(calendar)
        ),
        pending=tuple(Pending.taken_from(each, because=told(each.because)) for each in calendar.pending),
        proposals=tuple(tell_proposal(each) for each in calendar.proposals),
        findings=tell_findings(calendar.findings),
        dates=tuple(NamedDate.taken_from(each, because=told(each.because)) for each in calendar.dates) or None,
        taken_as_come=tell_taken_as_come(taken_as_come or {}),
    )


def tell_taken_as_come(orders: Mapping[str, CivilDate]) -> tuple[TakenAsCome, ...] | None:
    """The orders whose day is taken as come, by the ids of entries; None where there is none."""
    return tuple(TakenAsCome(entry=name, order=day) for name, day in orders.items()) or None


def _entry(
    line: DayEntry,
    because: tuple[str, ...],
    dose: Dose | None,
    doses: tuple[NamedDose, ...] | None,
    samples: tuple[Sample, ...] | None,
) -> Entry:
    prompts = _prompts(line.of.prompts) if line.of.prompts is not None else None
    return Entry.taken_from(
        line, n=line.number, dose=dose, doses=doses, because=because, samples=samples, prompts=prompts
    )


def _prompts(prompts: entry.PromptsOfDay) -> PromptsOfDay:
    return PromptsOfDay.taken_from(prompts.asked, answered=prompts.answered)


def _samples(calendar: entry.Calendar) -> dict[str, tuple[Sample, ...]]:
    """The time points of each entry."""
    found: dict[str, tuple[Sample, ...]] = {}
    for sheet in calendar.sheets:
        for each in sheet.samples:
            found[each.entry] = (*found.get(each.entry, ()), _sample(sheet.sheet, each))
    return found


def _sample(sheet: str, sample: dose_sheet.Sample) -> Sample:
    return Sample.taken_from(
        sample,
        sheet=sheet,
        point=sample.point.name,
        minutes=sample.point.minutes,
        early=sample.point.early,
        late=sample.point.late,
        date=sample.planned.day if sample.planned is not None else sample.day,
        time=sample.planned.at.isoformat("minutes") if sample.planned is not None else None,
        status=sample.standing,
        taken_on=sample.taken.day if sample.taken is not None else None,
        taken_at=sample.taken.at.isoformat("minutes") if sample.taken is not None else None,
    )


def _doses(doses: tuple[entry.Dose, ...]) -> tuple[Dose | None, tuple[NamedDose, ...] | None]:
    """The one dose, or those of several drugs."""
    if len(doses) > 1:
        return None, tuple(NamedDose.taken_from(each, **_said(each)) for each in doses)
    return (Dose.taken_from(doses[0], **_said(doses[0])) if doses else None), None


def _said(dose: entry.Dose) -> dict[str, Decimal | str | None]:
    return {
        "amount": None if dose.amount is None else dose.amount.normalize(),
        "taking": None if dose.taking is None else str(dose.taking),
        "over": None if dose.over is None else str(dose.over),
    }
