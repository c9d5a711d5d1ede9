"""Sheets of time points: a dose without the time that they count from, a sample outside its window without a reason."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.asking.candidate import Candidate, Told
from scheduler.calendar.deviations.samples import how_far_outside
from scheduler.calendar.engine.findings.of_sheets import TAKEN_AND_NOT_DONE
from scheduler.patient.events import Sampled
from scheduler.protocol.plan.times.moments import StartOf
from scheduler.said import Code, said


def no_time(candidate: Candidate) -> Iterator[Told]:
    """A dose or visit without its time: what counts from it in hours has no clock times, and nothing of it can be judged."""
    event = candidate.event
    plans = candidate.plans()
    if event.at is not None:
        return
    yield from _no_time_of_hours(candidate)
    if not any(plan.sheets for plan in plans):
        return
    for sheet in candidate.calendar_after.sheets:
        if sheet.recorded and sheet.began is None and {sheet.of, sheet.of.removesuffix(".1")} & {*event.entries}:
            what = said(
                "the sheet {id} counts from the time of {of}, and no time is said",
                id=Code(f"{sheet.id}"),
                of=Code(f"{sheet.of}"),
            )
            yield Told(what, "at", said("write 'at' with the time, such as '08:10'"), sheet.samples[0].point.clause)


def _no_time_of_hours(candidate: Candidate) -> Iterator[Told]:
    """A window of hours is about its time, or counts from it."""
    timelines = {entry.partition(".")[0] for entry in candidate.event.entries}
    for plan in candidate.plans():
        for line in plan.timelines.values():
            for timing in line.numbered.values() if line.then is None else (*line.numbered.values(), line.then):
                counted = timing.moment.timeline if isinstance(timing.moment, StartOf) else None
                if timing.hours is not None and not timelines.isdisjoint({line.name, counted}):
                    what = said("{name} has a window of hours, and no time is said", name=Code(f"{line.name}"))
                    yield Told(what, "at", said("write 'at' with the time, such as '08:10'"), timing.clause)
                    return


def out_of_window(candidate: Candidate) -> Iterator[Told]:
    """A sample outside its window: a slip of the hand, or a deviation that has a reason."""
    event = candidate.event
    if not isinstance(event, Sampled) or event.reason is not None:
        return
    for sheet in candidate.calendar_after.sheets:
        for sample in sheet.samples:
            if candidate.number in sample.events and sample.minutes_outside:
                hint = said("look at the date and the time; where they are right, say why under 'reason'")
                yield Told(how_far_outside(sample), "at", hint, sample.point.clause)


def taken_and_not_done(candidate: Candidate) -> Iterator[Told]:
    """A sample of a visit that is recorded as not done, or such a record of a visit at which one was taken."""
    for finding in candidate.calendar_after.findings:
        if finding.code == TAKEN_AND_NOT_DONE and candidate.number in finding.events:
            yield Told(finding.told, "on", finding.what_to_do or "")
