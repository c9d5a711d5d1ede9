"""The answer in one sentence: why an entry is planned, cancelled or without a date. What it rests on is told below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.dosing.parts import REST_OF_A_FRACTION, short_of
from scheduler.calendar.entries.because import After, Closed, Event, Reason, Unknown
from scheduler.calendar.entries.doses_in_words import dose_in_words, instead_of
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Pending, Run, Status
from scheduler.calendar.entries.titles_in_words import title_in_words
from scheduler.calendar.telling.dates_in_words import closed_days
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.calendar.telling.standing import Standing
from scheduler.calendar.telling.steps import SaidStep, day_of_cycle, has_days
from scheduler.calendar.telling.telling import Telling
from scheduler.patient.events import Corrected, Resumed
from scheduler.patient.events import Event as Recorded
from scheduler.protocol.plan.times.moments import (
    DATE_OF_BIRTH,
    DayOf,
    EndOf,
    HasHad,
    LastDayOf,
    LastDose,
    Named,
    OnStudyDay,
)
from scheduler.said import Code, Quoted, Said, Value, listed, said

_RECORDED = (Status.DONE, Status.NOT_DONE)
_NOT_DOSED = (Status.HELD, Status.CANCELLED)

AT_MOST = 3
"""More reasons than these are told below only: a sentence of ten reasons answers nothing."""


def answer_in_short(title: Standing, of: Entry | Pending, reasons: tuple[Reason, ...], telling: Telling) -> Said:
    """The title with "because". What was recorded or booked needs none: the record is the reason."""
    if isinstance(of, Entry) and (of.status in _RECORDED or of.kind is Kind.PERIOD or Flag.BOOKED in of.flags):
        return title.because(None)
    return _with_because(title, _phrases(of, reasons, telling))


def with_what_was_due(title: Standing, calendar: Calendar, entry: Entry) -> Standing:
    """The title of an attendance, and, where another amount was given than due, both amounts."""
    if not entry.due:
        return title
    given = said("{it_stands}: {doses}", it_stands=title.whole, doses=instead_of(entry.doses, entry.due))
    return Standing(given, _left(calendar, entry) if Flag.IN_PART in entry.flags else None)


def _left(calendar: Calendar, entry: Entry) -> Said:
    asked = any(each.code == REST_OF_A_FRACTION and each.entry == entry.id for each in calendar.findings)
    if not asked:
        return said("the rest was given up")
    left = tuple(short_of(entry.doses, entry.due))
    amounts = listed(*map(dose_in_words, left))
    return said("{amount} is left", amount=amounts) if len(left) == 1 else said("{amounts} are left", amounts=amounts)


def day_in_short(title: Standing, run: Run, reasons: tuple[Reason, ...], telling: Telling) -> Said:
    """The title of one day of a cycle with "because", where it is not dosed, and why it was ordered. A report needs none."""
    if run.status not in _NOT_DOSED:
        return title.because(None)
    return _with_because(title, (phrase for reason in reasons for phrase in _with_its_reason(reason, telling)))


def _with_its_reason(reason: Reason, telling: Telling) -> Iterator[Value]:
    record = telling.log.record(reason.number) if isinstance(reason, Event) else None
    event = _body_of(record.event) if record is not None else None
    if isinstance(event, Resumed):
        # It says how long the hold was, not why.
        return
    why = Quoted(event.reason) if event is not None and event.reason is not None else None
    for phrase in _phrases(None, (reason,), telling):
        yield phrase if why is None else said('{what}, for the reason "{why}"', what=phrase, why=why)


def _with_because(title: Standing, phrases: Iterable[Value]) -> Said:
    reasons = tuple(dict.fromkeys(phrases))
    return title.because(listed(*reasons) if 0 < len(reasons) <= AT_MOST else None)


def _phrases(of: Entry | Pending | None, reasons: tuple[Reason, ...], telling: Telling) -> Iterator[Value]:
    day = of.date if isinstance(of, Entry) else None
    for reason in reasons:
        match reason:
            case After() if (ended := _cancelled_with(of, reason, telling)) is not None:
                events = (each for each in ended.because.set_by if isinstance(each, Event))
                yield from (phrase for each in events for phrase in _from_event(each, None, telling))
                yield _not_to_come(ended)
            case After():
                yield _from_entry(reason, day, telling)
            case Event():
                yield from _from_event(reason, day, telling)
            case Closed():
                yield closed_days(reason)
            case Unknown(what):
                yield said("{what} is not known yet", what=what)


def _not_to_come(entry: Entry) -> Said:
    what = title_in_words(entry.title)
    if Flag.NOT_FOR_PATIENT in entry.flags:
        return said("{what} is not for this patient", what=what)
    return said("{what} is cancelled", what=what)


def _cancelled_with(of: Entry | Pending | None, reason: After, telling: Telling) -> Entry | None:
    """The entry that something cancelled hangs on, where that one is cancelled itself."""
    entry = telling.calendar.entry(reason.entry)
    both = isinstance(of, Entry) and entry is not None and of.status is entry.status is Status.CANCELLED
    return entry if both else None


def _from_entry(reason: After, day: date | None, telling: Telling) -> Value:
    entry, step = telling.calendar.entry(reason.entry), telling.decisive(reason)
    if entry is None or entry.date is None:
        return telling.linked(reason.entry)
    what = title_in_words(entry.title)
    if entry.status is Status.NOT_DONE and day is None:
        return said("{what} was not done", what=what)
    if step is None:
        return said("{what} is on {day}", what=what, day=entry.date)
    start = _start(entry, step)
    if step.counts:
        return _counted(said("{start} on {day}", start=start, day=step.start), step, day)
    if step.day == day and start != what:
        return said("it is {start}", start=start)
    return said("{what} is on {day}", what=start, day=step.start)


def _start(entry: Entry, step: SaidStep) -> Value:
    """What a step starts from: day 8 of a cycle, the end of radiotherapy, or the entry itself."""
    what = title_in_words(entry.title)
    match step.step.moment:
        case EndOf(timeline):
            return said("the end of {what}", what=Code(timeline))
        case Named("end of treatment") if has_days(entry):
            return said("the end of treatment with {what}", what=what)
        case DayOf() | LastDayOf() | HasHad() if has_days(entry):
            return said("day {number} of {what}", number=day_of_cycle(entry, step.start), what=what)
        case LastDose():
            return said("the last dose, {what}", what=what)
    return what


def _from_event(reason: Event, day: date | None, telling: Telling) -> Iterator[Value]:
    record, step = telling.log.record(reason.number), telling.decisive(reason)
    if record is None or telling.amended(reason.number) is not None:
        return
    event = _body_of(record.event)
    happened = what_happened(event, (each.event for each in telling.log.records))
    if step is not None and step.step.moment == Named(DATE_OF_BIRTH):
        # The day of birth is said nowhere: what is counted from it says how far.
        yield _counted(said("the date of birth"), step, day) if step.counts else happened
    elif step is not None and isinstance(step.step.moment, OnStudyDay) and not step.counts:
        yield step.note or happened
    elif step is None or not step.counts or step.is_ceiling:
        yield said("on {day} {happened}", day=event.on, happened=happened)
    else:
        yield _counted(said("{day} ({happened})", day=step.start, happened=happened), step, day)


def _body_of(event: Recorded) -> Recorded:
    """What an event says: of a correction, the event that it puts in place."""
    return event.with_ if isinstance(event, Corrected) else event


def _counted(start: Value, step: SaidStep, day: date | None) -> Said:
    """It is 28 days after that; where closed days or a hold come after, the day that this leads to is named."""
    if step.is_ceiling:
        return said("it must not be after {moment}", moment=step.ceiling)
    counted = step.counted_from(start)
    if step.day == day:
        return said("it is {counted}", counted=counted)
    return said("{counted} is {day}", counted=counted, day=step.day)
