"""The sheets around the doses and visits of a calendar: offsets until the time of the dose is known, clock times from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import NamedTuple, cast

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.entries.dose_sheet import DoseSheet, Sample, Standing
from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.calendar.entries.titles_in_words import composed
from scheduler.local_times import LocalTime, Passing, as_recorded, elapsed, later, passing
from scheduler.patient.events import NotSampled, Sampled, Taken
from scheduler.patient.log import Fact
from scheduler.protocol.plan.sheet import Sheet, TimePoint
from scheduler.site.site import Site

_Key = tuple[str, int, int, str]


class _Dose(NamedTuple):
    """A dose that a sheet counts from: its entry, the day of its cycle, its date, its local time, how it stands."""

    entry: str
    n: int
    day: int
    date: date | None
    time: str | None
    status: Status


def dose_sheets(ev: Evaluation, entries: list[Entry]) -> tuple[DoseSheet, ...]:
    """The sheets of all doses on the calendar, in its order: each as the version says that its dose is under."""
    if not any(plan.sheets for plan in ev.plan.with_earlier):
        return ()
    facts = dict(_recorded(ev))
    dated = {entry.id: entry for entry in entries}
    sheets: list[DoseSheet] = []
    for entry in entries:
        for sheet in _sheets_of_its_version(ev, entry):
            if sheet.follows.timeline == entry.timeline and entry.kind is not Kind.PERIOD:
                sheets += (_of_dose(ev, sheet, dose, dated, facts) for dose in _doses(ev, sheet, entry))
    return tuple(each for each in sheets if each.samples)


def _sheets_of_its_version(ev: Evaluation, entry: Entry) -> tuple[Sheet, ...]:
    placement = ev.placed.get(entry.id)
    for earlier in ev.plan.earlier:
        if placement is not None and earlier.plan.timelines.get(entry.timeline) is placement.line:
            return earlier.plan.sheets
    return ev.plan.sheets


def _recorded(ev: Evaluation) -> Iterator[tuple[_Key, Fact]]:
    sheets = {sheet.name: sheet for plan in ev.plan.with_earlier for sheet in plan.sheets}
    for fact in ev.course.of(Sampled, NotSampled):
        event = cast("Sampled | NotSampled", fact.event)
        sheet = sheets.get(event.sheet)
        if sheet is not None:
            yield (event.sheet, event.n, sheet.day_of(event.day), event.point), fact


def _doses(ev: Evaluation, sheet: Sheet, entry: Entry) -> Iterator[_Dose]:
    """The doses of an entry that the sheet is for: of a cycle, one for each of its days."""
    days = sheet.follows.days_in(entry.counts_as)
    if entry.day is not None and not entry.runs:
        if entry.day in days or days == (0,):
            yield _Dose(entry.id, entry.n, entry.day, entry.date, entry.time, entry.status)
        return
    for day in days:
        number = day or 1
        if not entry.runs or number == entry.runs[0].first_day:
            name = f"{entry.id}.{number}" if entry.runs else entry.id
            status = entry.runs[0].status if entry.runs else entry.status
            yield _Dose(name, entry.n, number, entry.date, entry.time, status)
            continue
        for run in entry.runs:
            if run.first_day <= number <= run.last_day:
                on = run.first_date + timedelta(days=number - run.first_day)
                yield _Dose(f"{entry.id}.{number}", entry.n, number, on, _time_taken(ev, entry, on), run.status)


def _time_taken(ev: Evaluation, entry: Entry, day: date) -> str | None:
    """The time at which tablets of one day were taken, where a report of that day alone says it."""
    reports = ev.course.reports.get(entry.timeline, ())
    of_day = [report.fact.event for report in reports if report.first == report.last == day.toordinal()]
    return next(
        (event.all_times[0] for event in reversed(of_day) if isinstance(event, Taken) and event.all_times), None
    )


def _of_dose(ev: Evaluation, sheet: Sheet, dose: _Dose, dated: dict[str, Entry], facts: dict[_Key, Fact]) -> DoseSheet:
    over = dose.status in (Status.CANCELLED, Status.NOT_DONE, Status.HELD)
    began = None
    if dose.date is not None and dose.time is not None and not over:
        began = as_recorded(dose.date, time.fromisoformat(dose.time), ev.site.zone_on(dose.date.toordinal()))
    own = f"{sheet.name}.{dose.n}" + (f".{dose.day}" if len(sheet.follows.days) > 1 else "")
    samples = []
    for point in sheet.points:
        fact = facts.get((sheet.name, dose.n, dose.day, point.name))
        if fact is None and over:
            continue
        visit = sheet.visit(dose.n, dose.day, point.days_later) if point.days_later else dose.entry
        on = dose.date if not point.days_later else dated[visit].date if visit in dated else None
        samples.append(_sample(f"{own}@{point.name.replace(' ', '')}", point, visit, on, began, fact, ev.site))
    title = sheet.title if sheet.follows.selection.every is None else composed(sheet.title, f" {dose.n}")
    return DoseSheet(own, sheet.name, title, dose.entry, began, dose.status is Status.DONE, tuple(samples))


def _sample(
    name: str, point: TimePoint, visit: str, day: date | None, began: LocalTime | None, fact: Fact | None, site: Site
) -> Sample:
    planned = later(began, timedelta(minutes=point.minutes), site.zone_on) if began is not None else None
    on = planned.day if planned is not None else day
    if fact is None:
        return Sample(name, point, visit, on, planned, Standing.PLANNED)
    event = fact.event
    if isinstance(event, NotSampled):
        return Sample(name, point, visit, on, planned, Standing.NOT_TAKEN, reason=event.reason, events=fact.numbers)
    taken = _nearest(
        LocalTime(event.on, time.fromisoformat(cast(str, event.at)), site.zone_on(event.on.toordinal())), planned
    )
    since = _minutes(began, taken) if began is not None else None
    off = since - point.minutes if since is not None else None
    return Sample(
        name,
        point,
        visit,
        taken.day,
        planned,
        Standing.TAKEN,
        taken,
        since,
        off,
        event.reason or event.confirmed,
        fact.numbers,
    )


def _nearest(taken: LocalTime, planned: LocalTime | None) -> LocalTime:
    """Of a time that comes twice, when the clocks are set back, the one that is nearer to the planned time."""
    if planned is None or passing(taken) is not Passing.TWICE:
        return taken
    second = LocalTime(taken.day, taken.at, taken.zone, second=True)
    return min(taken, second, key=lambda each: abs(elapsed(planned, each)))


def _minutes(first: LocalTime, second: LocalTime) -> int:
    return round(elapsed(first, second).total_seconds() / 60)
