"""Why a time point of a sheet is at its time: the sentence, the time of the dose, the hours between, what was recorded.

And how often a diary asks on a day, how many of that were answered, and of all days that are recorded together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.because import Event
from scheduler.calendar.entries.dose_sheet import (
    DoseSheet,
    Sample,
    Standing,
    in_words,
    minutes_in_words,
)
from scheduler.calendar.entries.entry import Calendar, Entry, PromptsOfDay
from scheduler.calendar.telling.explanation import Explanation, Told
from scheduler.calendar.telling.standing import stop
from scheduler.calendar.telling.telling import Telling
from scheduler.local_times import LocalTime, offset
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.protocol.plan.times.prompts import Prompts
from scheduler.said import COMMAS, Code, Quoted, Said, Value, counted, listed, own_words, said


def find_sample(calendar: Calendar, sample_id: str) -> tuple[DoseSheet, Sample] | None:
    """The time point of that id, such as pk.1@0.5h, with its sheet."""
    found = ((sheet, sample) for sheet in calendar.sheets for sample in sheet.samples if sample.id == sample_id)
    return next(found, None)


def explain_sample(
    calendar: Calendar, sheet: DoseSheet, sample: Sample, version: StudyVersion, log: Log
) -> Explanation:
    """One time point: when it is, by which sentence, counted from what, and what was recorded."""
    telling = Telling(calendar, version, log, (), (), None)
    lines = [
        *telling.set_by((sample.point.clause,)),
        Told(
            stop(telling.linked(sheet.of.removesuffix(".1") if sheet.of not in calendar.by_id else sheet.of)), sheet.of
        ),
        *_counted(sheet, sample),
        *telling.set_by(tuple(Event(number) for number in sample.events)),
        *_recorded(sample),
    ]
    following = tuple(name for name in dict.fromkeys((sheet.of, sample.entry)) if name in calendar.by_id)
    return Explanation(sample.id, _title(sheet, sample), tuple(dict.fromkeys(lines)), (), following)


def _title(sheet: DoseSheet, sample: Sample) -> Said:
    what = said("{point} of {sheet}", point=Code(sample.point.name), sheet=own_words(sheet.title))
    if sample.standing is Standing.TAKEN and sample.taken is not None:
        return said("{what} was taken on {moment}.", what=what, moment=_moment(sample.taken))
    if sample.standing is Standing.NOT_TAKEN:
        return said("{what} was not taken.", what=what)
    if sample.planned is not None:
        return said("{what} is planned for {moment}.", what=what, moment=_moment(sample.planned))
    dose = Code(sheet.of)
    if sample.day is None:
        return said("{what} has no clock time yet, because the time of {dose} is not known yet.", what=what, dose=dose)
    return said(
        "{what} has no clock time yet on {day}, because the time of {dose} is not known yet.",
        what=what,
        day=sample.day,
        dose=dose,
    )


def _moment(local: LocalTime) -> Said:
    return said("{day} at {time}", day=local.day, time=_clock(local))


def _clock(local: LocalTime) -> Value:
    time = Code(local.at.isoformat("minutes"))
    return said("{time} (the second time)", time=time) if local.second else time


def _clock_under(day: date | None, local: LocalTime) -> Value:
    """The time under the heading of a day; with its own date where it lies on another."""
    if day in (None, local.day):
        return _clock(local)
    return said("{time} {month_and_day}", time=_clock(local), month_and_day=Code(f"{local.day:%m-%d}"))


def _counted(sheet: DoseSheet, sample: Sample) -> Iterator[Told]:
    if sheet.began is None or sample.planned is None:
        return
    far, began = Code(in_words(abs(sample.point.minutes))), _clock(sheet.began)
    if sample.point.minutes < 0:
        moved = said("{far} before {time}", far=far, time=began)
    else:
        moved = said("{far} after {time}", far=far, time=began)
    if sheet.recorded:
        yield Told(said("{counted} is {moment}.", counted=moved, moment=_moment(sample.planned)))
    else:
        yield Told(
            said("{counted}, the time that is booked, is {moment}.", counted=moved, moment=_moment(sample.planned))
        )
    changed = int((offset(sample.planned) - offset(sheet.began)).total_seconds() // 60)
    by = Code(in_words(abs(changed)))
    if sample.planned.zone != sheet.began.zone:
        zone = Code(sample.planned.zone)
        yield Told(
            said("That is by the clock of {zone}, where the patient is by then; these are true hours.", zone=zone)
        )
    elif changed > 0:
        yield Told(said("The clocks are set forward by {far} in between; these are true hours.", far=by))
    elif changed:
        yield Told(said("The clocks are set back by {far} in between; these are true hours.", far=by))
    if sample.point.early is not None:
        yield Told(said("It may be {window} from that.", window=_window(sample)))


def _window(sample: Sample) -> Value:
    early, late = sample.point.early, sample.point.late
    if early == late or early is None or late is None:
        return Code(minutes_in_words(sample.point))
    return said("-{early} to +{late}", early=Code(in_words(early)), late=Code(in_words(late)))


def _recorded(sample: Sample) -> Iterator[Told]:
    if sample.elapsed is None or sample.off is None:
        return
    far, off = Code(in_words(abs(sample.elapsed))), off_in_words(sample.off)
    if sample.elapsed < 0:
        taken = said("It was taken {far} before the dose, {off}", far=far, off=off)
    else:
        taken = said("It was taken {far} after the dose, {off}", far=far, off=off)
    if sample.minutes_outside:
        taken = said("{taken}, which is outside its window", taken=taken)
    yield Told(stop(taken))


def off_in_words(off: int) -> Said:
    """On time, 12 min late, 3 min early."""
    far = Code(in_words(abs(off)))
    if off == 0:
        return said("on time")
    return said("{far} late", far=far) if off > 0 else said("{far} early", far=far)


def samples_of_entry(calendar: Calendar, entry_id: str) -> Iterator[Told]:
    """The time points that belong to a dose or visit, each with its time and what was recorded."""
    for sheet in calendar.sheets:
        for entry, day, samples in sheet.visits:
            if entry in (entry_id, f"{entry_id}.1"):
                for sample in samples:
                    sentence = said("{sheet}, {point}.", sheet=own_words(sheet.title), point=_in_words(sample, day))
                    yield Told(sentence, sample.id)


def _in_words(sample: Sample, day: date | None) -> Value:
    """ "0.5 h at 08:40, ±5 min: taken at 08:52, 12 min late"."""
    point: Value = Code(sample.point.name)
    if sample.planned is not None:
        point = said("{point} at {time}", point=point, time=_clock_under(day, sample.planned))
    if sample.point.early is not None:
        point = said("{point}, {window}", point=point, window=_window(sample))
    if sample.standing is Standing.NOT_TAKEN:
        return said("{point}: not taken, {reason}", point=point, reason=Quoted(str(sample.reason)))
    if sample.taken is None:
        return point
    at = _clock_under(day, sample.taken)
    if sample.off is None:
        return said("{point}: taken at {time}", point=point, time=at)
    return said("{point}: taken at {time}, {off}", point=point, time=at, off=off_in_words(sample.off))


def prompts_of_entry(calendar: Calendar, entry: Entry) -> Iterator[Told]:
    """ "It asks 5 times a day between 09:00 and 21:00; 4 of 5 prompts answered, and 7 of 10 (70 %) on all 2 days so far."."""
    prompts = entry.prompts
    if prompts is None:
        return
    often = prompts_in_words(prompts.asked)
    if prompts.answered is None:
        yield Told(said("It asks {often}; nobody recorded how many were answered.", often=often))
        return
    days = [each for each in _of_line(calendar, entry.timeline) if each.answered is not None]
    answered, asked = sum(each.answered or 0 for each in days), sum(each.asked.a_day for each in days)
    yield Told(
        counted(
            "It asks {often}; {done} of {a_day} prompts answered, on the {n} day that are recorded "
            "{answered} of {asked} ({percent} %).",
            "It asks {often}; {done} of {a_day} prompts answered, on the {n} days that are recorded "
            "{answered} of {asked} ({percent} %).",
            len(days),
            often=often,
            done=prompts.answered,
            a_day=prompts.asked.a_day,
            answered=answered,
            asked=asked,
            percent=100 * answered // asked,
        )
    )


def prompts_in_words(prompts: Prompts) -> Value:
    """How often a diary asks, as the protocol has it."""
    n, first, last = prompts.a_day, *(prompts.between or ("", ""))
    if prompts.at:
        often = said("{n} times a day at {times}", n=n, times=listed(*map(Code, prompts.at), how=COMMAS))
    else:
        often = said("{n} times a day", n=n)
    if prompts.between is None:
        return often
    return said("{often} between {first} and {last}", often=often, first=Code(first), last=Code(last))


def _of_line(calendar: Calendar, timeline: str) -> Iterator[PromptsOfDay]:
    yield from (entry.prompts for entry in calendar.entries if entry.timeline == timeline and entry.prompts is not None)
