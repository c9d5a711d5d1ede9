"""Samples that were taken outside their window, that were not taken, or of which nobody recorded anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.dose_sheet import DoseSheet, Sample, Standing, clock, in_words, minutes_in_words
from scheduler.calendar.entries.entry import Calendar, Status
from scheduler.said import Code, Quoted, Said, Value, said


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


def _found(sheet: DoseSheet, sample: Sample, on: date | None) -> tuple[Deviated | None, Said]:
    name, reason = Code(sample.point.name), Quoted(f"{sample.reason}")
    if sample.standing is Standing.NOT_TAKEN:
        return Deviated.MISSED, said("{sample} not taken: {reason}", sample=name, reason=reason)
    if sample.standing is Standing.TAKEN:
        if not sample.minutes_outside:
            return None, Said("")
        outside = how_far_outside(sample)
        return Deviated.OUT_OF_WINDOW, (
            said("{outside}: {reason}", outside=outside, reason=reason) if sample.reason else outside
        )
    if on is not None and sheet.recorded and sample.day is not None and sample.day < on:
        return Deviated.NO_RECORD, said("nobody recorded {sample} as taken or not taken", sample=name)
    return None, Said("")


def how_far_outside(sample: Sample) -> Said:
    """ "0.5 h taken at 08:52 for 08:40, 12 min late, ±5 min is allowed"."""
    off = sample.off or 0
    assert sample.taken is not None
    assert sample.planned is not None
    taken = clock(sample.taken) if sample.taken.day == sample.planned.day else str(sample.taken)
    told: dict[str, Value] = {
        "sample": Code(sample.point.name),
        "taken": Code(taken),
        "planned": Code(clock(sample.planned)),
        "off": Code(in_words(abs(off))),
        "allowed": Code(minutes_in_words(sample.point)),
    }
    if off > 0:
        return said("{sample} taken at {taken} for {planned}, {off} late, {allowed} is allowed", **told)
    return said("{sample} taken at {taken} for {planned}, {off} early, {allowed} is allowed", **told)
