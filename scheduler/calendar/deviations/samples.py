"""Samples that were taken outside their window, that were not taken, or of which nobody recorded anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.dose_sheet import DoseSheet, Sample, Standing, clock, in_words, minutes_in_words
from scheduler.calendar.entries.entry import Calendar, Status


def deviations_of_samples(calendar: Calendar, on: date | None) -> Iterator[Deviation]:
    """A deviation for each such time point, in minutes, with the reason that was recorded.

    With ``on``, also those that were to be taken before that day, of a dose that was given, and that nobody recorded.
    """
    for sheet in calendar.sheets:
        for sample in sheet.samples:
            visit = calendar.entry(sample.entry)
            told_of_visit = visit is not None and visit.status in (Status.PLANNED, Status.NOT_DONE)
            if sample.point.days_later and told_of_visit and sample.standing is Standing.PLANNED:
                continue  # the visit itself has no record, or did not take place
            kind, what = _found(sheet, sample, on)
            if kind is not None:
                yield Deviation(
                    kind, sheet.sheet, sample.id, sample.day, None, what, sample.point.clause, sample.events
                )


def _found(sheet: DoseSheet, sample: Sample, on: date | None) -> tuple[Deviated | None, str]:
    if sample.standing is Standing.NOT_TAKEN:
        return Deviated.MISSED, f"{sample.point.name} not taken: {sample.reason}"
    if sample.standing is Standing.TAKEN:
        if not sample.minutes_outside:
            return None, ""
        why = f": {sample.reason}" if sample.reason else ""
        return Deviated.OUT_OF_WINDOW, f"{how_far_outside(sample)}{why}"
    if on is not None and sheet.recorded and sample.day is not None and sample.day < on:
        return Deviated.NO_RECORD, f"nobody recorded {sample.point.name} as taken or not taken"
    return None, ""


def how_far_outside(sample: Sample) -> str:
    """ "0.5 h taken at 08:52 for 08:40, 12 min late, ±5 min is allowed"."""
    off = sample.off or 0
    assert sample.taken is not None
    assert sample.planned is not None
    taken = clock(sample.taken) if sample.taken.day == sample.planned.day else str(sample.taken)
    when = f"{in_words(abs(off))} {'late' if off > 0 else 'early'}"
    allowed = minutes_in_words(sample.point)
    return f"{sample.point.name} taken at {taken} for {clock(sample.planned)}, {when}, {allowed} is allowed"
