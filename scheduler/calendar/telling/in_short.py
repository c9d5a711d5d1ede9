"""The answer in one sentence: why an entry is planned, cancelled or without a date. What it rests on is told below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scheduler.calendar.engine.dosing.parts import REST_OF_A_FRACTION, short_of
from scheduler.calendar.entries.because import After, Closed, Event, Reason, Unknown
from scheduler.calendar.entries.entry import Calendar, Entry, Flag, Kind, Pending, Run, Status
from scheduler.calendar.telling.dates_in_words import days_in_words, in_words
from scheduler.calendar.telling.events_in_words import what_happened
from scheduler.calendar.telling.standing import instead_of
from scheduler.calendar.telling.steps import SaidStep, day_of_cycle, has_days
from scheduler.calendar.telling.telling import Telling
from scheduler.findings import said_together
from scheduler.patient.events import Corrected, Resumed
from scheduler.patient.events import Event as Recorded
from scheduler.protocol.plan.times.moments import DayOf, EndOf, HasHad, LastDayOf, LastDose, Named, OnStudyDay

_RECORDED = (Status.DONE, Status.NOT_DONE)
_NOT_DOSED = (Status.HELD, Status.CANCELLED)

AT_MOST = 3
"""More reasons than these are told below only: a sentence of ten reasons answers nothing."""


def answer_in_short(title: str, of: Entry | Pending, reasons: tuple[Reason, ...], telling: Telling) -> str:
    """The title with "because". What was recorded or booked needs none: the record is the reason."""
    if isinstance(of, Entry) and (of.status in _RECORDED or of.kind is Kind.PERIOD or Flag.BOOKED in of.flags):
        return title
    return _with_because(title, _phrases(of, reasons, telling))


def with_what_was_due(title: str, calendar: Calendar, entry: Entry) -> str:
    """The title of an attendance, and, where another amount was given than due, both amounts."""
    if not entry.due:
        return title
    left = f"; {_left(calendar, entry)}" if Flag.IN_PART in entry.flags else ""
    return f"{title.removesuffix('.')}: {instead_of(entry.doses, entry.due)}{left}."


def _left(calendar: Calendar, entry: Entry) -> str:
    asked = any(each.code == REST_OF_A_FRACTION and each.entry == entry.id for each in calendar.findings)
    if not asked:
        return "the rest was given up"
    left = tuple(map(str, short_of(entry.doses, entry.due)))
    return f"{said_together(left)} {'is' if len(left) == 1 else 'are'} left"


def day_in_short(title: str, run: Run, reasons: tuple[Reason, ...], telling: Telling) -> str:
    """The title of one day of a cycle with "because", where it is not dosed, and why it was ordered. A report needs none."""
    if run.status not in _NOT_DOSED:
        return title
    return _with_because(title, (phrase for reason in reasons for phrase in _with_its_reason(reason, telling)))


def _with_its_reason(reason: Reason, telling: Telling) -> Iterator[str]:
    record = telling.log.record(reason.number) if isinstance(reason, Event) else None
    event = _body_of(record.event) if record is not None else None
    if isinstance(event, Resumed):
        # It says how long the hold was, not why.
        return
    why = f', for the reason "{event.reason}"' if event is not None and event.reason is not None else ""
    yield from (f"{phrase}{why}" for phrase in _phrases(None, (reason,), telling))


def _with_because(title: str, phrases: Iterable[str]) -> str:
    said = tuple(dict.fromkeys(phrases))
    if not 0 < len(said) <= AT_MOST:
        return title
    because = f", because {said_together(said)}"
    # A cancelled entry is told with the day that it was planned for: it is not that day that has this reason.
    stands, semicolon, was = title.removesuffix(".").partition(";")
    return f"{stands}{because}{semicolon}{was}."


def _phrases(of: Entry | Pending | None, reasons: tuple[Reason, ...], telling: Telling) -> Iterator[str]:
    day = of.date if isinstance(of, Entry) else None
    for reason in reasons:
        match reason:
            case After() if (ended := _cancelled_with(of, reason, telling)) is not None:
                events = (each for each in ended.because.set_by if isinstance(each, Event))
                yield from (said for each in events for said in _from_event(each, None, telling))
                yield f"{ended.title} is {'not for this patient' if Flag.NOT_FOR_PATIENT in ended.flags else 'cancelled'}"
            case After():
                yield _from_entry(reason, day, telling)
            case Event():
                yield from _from_event(reason, day, telling)
            case Closed():
                first, last = reason.dates
                yield f"{days_in_words(first, last)} {'is' if first == last else 'are'} closed"
            case Unknown(what):
                yield f"{what} is not known yet"


def _cancelled_with(of: Entry | Pending | None, reason: After, telling: Telling) -> Entry | None:
    """The entry that something cancelled hangs on, where that one is cancelled itself."""
    entry = telling.calendar.entry(reason.entry)
    both = isinstance(of, Entry) and entry is not None and of.status is entry.status is Status.CANCELLED
    return entry if both else None


def _from_entry(reason: After, day: date | None, telling: Telling) -> str:
    entry, step = telling.calendar.entry(reason.entry), telling.decisive(reason)
    if entry is None or entry.date is None:
        return telling.linked(reason.entry).removesuffix(".")
    if entry.status is Status.NOT_DONE and day is None:
        return f"{entry.title} was not done"
    if step is None:
        return f"{entry.title} is on {in_words(entry.date)}"
    start = _start(entry, step)
    if step.words:
        return _counted(f"{start} on {in_words(step.start)}", step, day)
    return f"it is {start}" if step.day == day and start != entry.title else f"{start} is on {in_words(step.start)}"


def _start(entry: Entry, step: SaidStep) -> str:
    """What a step starts from: day 8 of a cycle, the end of radiotherapy, or the entry itself."""
    match step.step.moment:
        case EndOf(timeline):
            return f"the end of {timeline}"
        case Named("end of treatment") if has_days(entry):
            return f"the end of treatment with {entry.title}"
        case DayOf() | LastDayOf() | HasHad() if has_days(entry):
            return f"day {day_of_cycle(entry, step.start)} of {entry.title}"
        case LastDose():
            return f"the last dose, {entry.title}"
    return entry.title


def _from_event(reason: Event, day: date | None, telling: Telling) -> Iterator[str]:
    record, step = telling.log.record(reason.number), telling.decisive(reason)
    if record is None or telling.amended(reason.number) is not None:
        return
    event = _body_of(record.event)
    happened = what_happened(event, (each.event for each in telling.log.records))
    if step is not None and isinstance(step.step.moment, OnStudyDay) and not step.words:
        yield step.note
    elif step is None or not step.words or step.is_ceiling:
        yield f"on {in_words(event.on)} {happened}"
    else:
        yield _counted(f"{in_words(step.start)} ({happened})", step, day)


def _body_of(event: Recorded) -> Recorded:
    """What an event says: of a correction, the event that it puts in place."""
    return event.with_ if isinstance(event, Corrected) else event


def _counted(start: str, step: SaidStep, day: date | None) -> str:
    """It is 28 days after that; where closed days or a hold come after, the day that this leads to is named."""
    if step.is_ceiling:
        return f"it must not be after {step.words}"
    how_far = step.words.removesuffix(" that")
    return f"it is {how_far} {start}" if step.day == day else f"{how_far} {start} is {in_words(step.day)}"
