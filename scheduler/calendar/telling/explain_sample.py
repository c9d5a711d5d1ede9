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
    clock,
    clock_under,
    in_words,
    minutes_in_words,
)
from scheduler.calendar.entries.entry import Calendar, Entry, PromptsOfDay
from scheduler.calendar.telling.dates_in_words import in_words as day_in_words
from scheduler.calendar.telling.explanation import Explanation, Told
from scheduler.calendar.telling.telling import Telling
from scheduler.local_times import LocalTime, offset
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion


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
        Told(telling.linked(sheet.of.removesuffix(".1") if sheet.of not in calendar.by_id else sheet.of), sheet.of),
        *_counted(sheet, sample),
        *telling.set_by(tuple(Event(number) for number in sample.events)),
        *_recorded(sample),
    ]
    following = tuple(name for name in dict.fromkeys((sheet.of, sample.entry)) if name in calendar.by_id)
    return Explanation(sample.id, _title(sheet, sample), tuple(dict.fromkeys(lines)), (), following)


def _title(sheet: DoseSheet, sample: Sample) -> str:
    name = f"{sample.point.name} of {sheet.title}"
    if sample.standing is Standing.TAKEN and sample.taken is not None:
        return f"{name} was taken on {_moment(sample.taken)}."
    if sample.standing is Standing.NOT_TAKEN:
        return f"{name} was not taken."
    if sample.planned is not None:
        return f"{name} is planned for {_moment(sample.planned)}."
    on = f" on {day_in_words(sample.day)}" if sample.day is not None else ""
    return f"{name} has no clock time yet{on}, because the time of {sheet.of} is not known yet."


def _moment(local: LocalTime) -> str:
    return f"{day_in_words(local.day)} at {clock(local)}"


def _counted(sheet: DoseSheet, sample: Sample) -> Iterator[Told]:
    if sheet.began is None or sample.planned is None:
        return
    far = in_words(abs(sample.point.minutes))
    word = "before" if sample.point.minutes < 0 else "after"
    said = "" if sheet.recorded else ", the time that is booked,"
    yield Told(f"{far} {word} {clock(sheet.began)}{said} is {_moment(sample.planned)}.")
    changed = int((offset(sample.planned) - offset(sheet.began)).total_seconds() // 60)
    if sample.planned.zone != sheet.began.zone:
        yield Told(
            f"That is by the clock of {sample.planned.zone}, where the patient is by then; these are true hours."
        )
    elif changed:
        way = "forward" if changed > 0 else "back"
        yield Told(f"The clocks are set {way} by {in_words(abs(changed))} in between; these are true hours.")
    if sample.point.early is not None:
        yield Told(f"It may be {minutes_in_words(sample.point)} from that.")


def _recorded(sample: Sample) -> Iterator[Told]:
    if sample.elapsed is not None and sample.off is not None:
        far = in_words(abs(sample.elapsed))
        word = "before" if sample.elapsed < 0 else "after"
        within = "" if not sample.minutes_outside else ", which is outside its window"
        yield Told(f"It was taken {far} {word} the dose, {off_in_words(sample.off)}{within}.")


def off_in_words(off: int) -> str:
    """On time, 12 min late, 3 min early."""
    return "on time" if off == 0 else f"{in_words(abs(off))} {'late' if off > 0 else 'early'}"


def samples_of_entry(calendar: Calendar, entry_id: str) -> Iterator[Told]:
    """The time points that belong to a dose or visit, each with its time and what was recorded."""
    for sheet in calendar.sheets:
        for entry, day, samples in sheet.visits:
            if entry in (entry_id, f"{entry_id}.1"):
                yield from (Told(f"{sheet.title}, {_in_words(sample, day)}.", sample.id) for sample in samples)


def _in_words(sample: Sample, day: date | None) -> str:
    """ "0.5 h at 08:40, ±5 min: taken at 08:52, 12 min late"."""
    planned = f" at {clock_under(day, sample.planned)}" if sample.planned is not None else ""
    window = f", {minutes_in_words(sample.point)}" if sample.point.early is not None else ""
    if sample.standing is Standing.NOT_TAKEN:
        return f"{sample.point.name}{planned}{window}: not taken, {sample.reason}"
    if sample.taken is None:
        return f"{sample.point.name}{planned}{window}"
    off = f", {off_in_words(sample.off)}" if sample.off is not None else ""
    return f"{sample.point.name}{planned}{window}: taken at {clock_under(day, sample.taken)}{off}"


def prompts_of_entry(calendar: Calendar, entry: Entry) -> Iterator[Told]:
    """ "It asks 5 times a day between 09:00 and 21:00; 4 of 5 prompts answered, and 7 of 10 (70 %) on all 2 days so far."."""
    prompts = entry.prompts
    if prompts is None:
        return
    if prompts.answered is None:
        yield Told(f"It asks {prompts.asked}; nobody recorded how many were answered.")
        return
    days = [each for each in _of_line(calendar, entry.timeline) if each.answered is not None]
    answered, asked = sum(each.answered or 0 for each in days), sum(each.asked.a_day for each in days)
    number = f"{len(days)} day{'' if len(days) == 1 else 's'}"
    in_all = f"on the {number} that are recorded {answered} of {asked} ({100 * answered // asked} %)"
    yield Told(f"It asks {prompts.asked}; {prompts}, {in_all}.")


def _of_line(calendar: Calendar, timeline: str) -> Iterator[PromptsOfDay]:
    yield from (entry.prompts for entry in calendar.entries if entry.timeline == timeline and entry.prompts is not None)
