"""What the sponsor has to know within 24 hours of the site: serious adverse events, pregnancies, overdoses.

The 24 hours run from the day and time of the event as it was recorded; a correction that makes it serious starts them anew, on
its own day. They are true hours: over the night in which the clocks go forward, from 14:30 to 15:30. Without a time of day the
report is in time up to the end of the next day. Source: ICH E2A and E6, which leave the
hours to the protocol; 24 hours are what sponsors ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import cast

from scheduler.calendar.entries.because import Because
from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.entry import Calendar, Entry, Flag
from scheduler.dates import Day
from scheduler.local_times import LocalTime, later
from scheduler.patient.course import Course
from scheduler.patient.events import AdverseEvent, Corrected, Event, Given, Pregnancy, Regraded, Reported, Struck, Taken
from scheduler.patient.log import Fact
from scheduler.said import Code, Quoted, Said, Value, counted, said

_DEATH = 5


@dataclass(frozen=True, slots=True)
class UrgentReport:
    """One report that is due, or was made: ``due`` is the civil date, ``time`` the time of that day where it is known.

    ``number`` is the event that it is about, ``what`` says it in a few words, ``reported`` is the fact that it was reported.
    """

    number: int
    what: Said
    due: date
    time: str | None
    reported: Fact | None
    events: tuple[int, ...]

    def days_late(self, on: date | None) -> int | None:
        """How many days after its time it was reported, or is not yet on a day; 0 on the last day but too late, None in time."""
        day = self.reported.event.on if self.reported is not None else on
        if day is None or day < self.due:
            return None
        at = self.reported.event.at if self.reported is not None else None
        over = self.time is not None and at is not None and at > self.time
        return (day - self.due).days if day > self.due or over else None


def urgent_reports(calendar: Calendar, course: Course, zone_on: Callable[[Day], str]) -> Iterator[UrgentReport]:
    """All of one patient, in the order of the events; a report about an event counts for all that is said of it.

    ``zone_on`` is the IANA zone by whose clock the times of a day were read.
    """
    for fact, what in _urgent(calendar, course):
        yield _report(course, fact, what, zone_on)


def _urgent(calendar: Calendar, course: Course) -> Iterator[tuple[Fact, Said]]:
    """Each fact that is to be reported, and what it is."""
    serious: set[int] = set()
    for fact in course.facts:
        event = fact.event
        if isinstance(event, AdverseEvent) and _is_urgent(event):
            serious.add(event.ae)
            yield fact, said("serious adverse event {ae}, {term}", ae=Code(f"{event.ae}"), term=Quoted(event.term))
        elif isinstance(event, Regraded) and _is_urgent(event) and (event.grade == _DEATH or event.ae not in serious):
            serious.add(event.ae)
            yield fact, _regraded(event)
        elif isinstance(event, Pregnancy):
            yield fact, said("pregnancy of the {whose}", whose=Said(event.whose, context="choice"))
    for number in _overdoses(calendar, course):
        fact = next(each for each in course.facts if each.number == number)
        yield fact, said("overdose of {treatment}", treatment=Code(cast("Given | Taken", fact.event).treatment))


def late_reports(
    calendar: Calendar, course: Course, on: date | None, zone_on: Callable[[Day], str]
) -> Iterator[Deviation]:
    """What was reported late; with a day, also what should have been reported before it."""
    for report in urgent_reports(calendar, course, zone_on):
        late = report.days_late(on)
        if late is not None:
            what = _said_late(report, late)
            day = report.reported.event.on if report.reported is not None else on
            yield Deviation(Deviated.REPORTED_LATE, "", None, day, late, what, None, report.events)


def _said_late(report: UrgentReport, late: int) -> Said:
    by = Code(f"{report.due} {report.time}" if report.time is not None else f"{report.due}")
    told: dict[str, Value] = {"what": report.what, "by": by}
    if report.reported is not None and late:
        return counted(
            "{what}: reported {n} day after the last time for it, {by}",
            "{what}: reported {n} days after the last time for it, {by}",
            late,
            **told,
        )
    if report.reported is not None:
        return said("{what}: reported after the last time for it, {by}", **told)
    if late:
        return counted(
            "{what}: not reported {n} day after the last time for it, {by}",
            "{what}: not reported {n} days after the last time for it, {by}",
            late,
            **told,
        )
    return said("{what}: not reported after the last time for it, {by}", **told)


def _is_urgent(event: Event) -> bool:
    if isinstance(event, AdverseEvent | Regraded):
        return event.serious or event.grade == _DEATH
    return isinstance(event, Pregnancy | Given | Taken)


def _regraded(event: Regraded) -> Said:
    number = Code(f"{event.ae}")
    if event.grade == _DEATH:
        return said("adverse event {ae}, now grade 5", ae=number)
    return said("adverse event {ae}, now serious", ae=number)


def _report(course: Course, fact: Fact, what: Said, zone_on: Callable[[Day], str]) -> UrgentReport:
    known, at = _aware(course, fact)
    reported = next((each for each in course.of(Reported) if cast(Reported, each.event).number in fact.numbers), None)
    events = (*fact.numbers, *(reported.numbers if reported is not None else ()))
    due, by = _a_day_later(known, at, zone_on)
    return UrgentReport(fact.number, what, due, by, reported, tuple(sorted(events)))


def _a_day_later(day: date, at: str | None, zone_on: Callable[[Day], str]) -> tuple[date, str | None]:
    """The end of 24 hours, by the clock where the patient is then; without a time the next civil day."""
    if at is None:
        return day + timedelta(days=1), None
    over = later(LocalTime(day, time.fromisoformat(at), zone_on(day.toordinal())), timedelta(hours=24), zone_on)
    return over.day, over.at.isoformat("minutes")


def _aware(course: Course, fact: Fact) -> tuple[date, str | None]:
    """The day and time of the first record that said so: the event itself, or a correction that made it what it is."""
    for number in fact.numbers:
        record = course.log.record(number)
        if record is None or isinstance(record.event, Struck):
            continue
        said = record.event.with_ if isinstance(record.event, Corrected) else record.event
        if _is_urgent(said):
            return max(said.on, record.event.on), record.event.at
    return fact.event.on, fact.event.at


def _overdoses(calendar: Calendar, course: Course) -> tuple[int, ...]:
    """The numbers of the records that told of a double dose, each once."""
    given = {fact.number for fact in course.of(Given, Taken)}
    found = (because.event_numbers() & given for entry in calendar.entries for because in _doubled(entry))
    return tuple(sorted({max(numbers) for numbers in found if numbers}))


def _doubled(entry: Entry) -> Iterator[Because]:
    yield from (run.because for run in entry.runs if Flag.OVERDOSE in run.flags)
    if not entry.runs and Flag.OVERDOSE in entry.flags:
        yield entry.because
