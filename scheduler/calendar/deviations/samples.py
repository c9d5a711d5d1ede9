"""Samples that were taken outside their window, that were not taken, or of which nobody recorded anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.deviation import Deviated, Deviation
from scheduler.calendar.entries.dose_sheet import DoseSheet, Sample, Standing
from scheduler.calendar.entries.entry import Calendar


def deviations_of_samples(calendar: Calendar, on: date | None) -> Iterator[Deviation]:
    """A deviation for each such time point, in minutes, with the reason that was recorded.

    With ``on``, also those that were to be taken before that day, of a dose that was given, and that nobody recorded.
    """
    for sheet in calendar.sheets:
        for sample in sheet.samples:
            kind, what = _found(sheet, sample, on)
            if kind is not None:
                yield Deviation(
                    kind, sheet.sheet, sample.id, sample.day, None, what, sample.point.clause, sample.events
                )


def _found(sheet: DoseSheet, sample: Sample, on: date | None) -> tuple[Deviated | None, str]:
    if sample.standing is Standing.NOT_TAKEN:
        return Deviated.MISSED, f"{sample.point.name} not taken: {sample.reason}"
    if sample.standing is Standing.TAKEN:
        return (Deviated.OUT_OF_WINDOW, _outside(sample)) if sample.minutes_outside else (None, "")
    if on is not None and sheet.recorded and sample.day is not None and sample.day < on:
        return Deviated.NO_RECORD, f"nobody recorded {sample.point.name} as taken or not taken"
    return None, ""


def _outside(sample: Sample) -> str:
    off = sample.off or 0
    when = f"{in_words(abs(off))} {'late' if off > 0 else 'early'}"
    why = f": {sample.reason}" if sample.reason else ""
    return f"{sample.point.name} taken at {sample.taken} for {sample.planned}, {when}, {window_in_words(sample)} is allowed{why}"


def in_words(minutes: int) -> str:
    """12 min, 1 h 05 min."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def window_in_words(sample: Sample) -> str:
    """±5 min, -30 to +0 min."""
    early, late = sample.point.early or 0, sample.point.late or 0
    return f"±{in_words(early)}" if early == late else f"-{in_words(early)} to +{in_words(late)}"
