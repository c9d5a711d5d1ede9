"""What has days of its own, before or after its visit: it is due from its first day on, whenever the visit is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.entries.entry import Entry, Kind, Status
from scheduler.dates import civil_date
from scheduler.said import Code, Quoted, own_words, said
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.views.patients import Patient


def activities_apart(patient: Patient, on: date, ahead: date) -> Iterator[WorklistLine]:
    """A line for each whose days have begun or begin up to a day, and are not over."""
    for entry in patient.calendar.entries:
        line = patient.plan.timelines.get(entry.timeline) if patient.plan is not None else None
        if line is None or not line.activities_told_apart or entry.date is None:
            continue
        for activity in line.activities_of(entry.counts_as):
            # What precedes a visit is asked for until the visit was recorded.
            closed = entry.status is not Status.PLANNED and (entry.status is not Status.DONE or not activity.follows)
            if activity.apart is None or closed:
                continue
            first, last = map(civil_date, activity.apart.window(entry.date.toordinal()))
            if first <= ahead and on <= last:
                yield _line(
                    patient,
                    entry,
                    max(first, on),
                    (first, last),
                    Quoted(f"{activity.shown}, {activity.apart.words}", "en"),
                    on,
                )


def _line(patient: Patient, entry: Entry, day: date, window: tuple[date, date], what: Quoted, on: date) -> WorklistLine:
    shown = f"{entry.id}.1" if entry.kind is Kind.ORAL else entry.id
    to_do = said(
        "{activity} {title} of {day}: from {first} to {last}",
        activity=what,
        title=own_words(entry.title),
        day=Code(f"{entry.date}"),
        first=Code(f"{window[0]}"),
        last=Code(f"{window[1]}"),
    )
    left = (window[1] - on).days
    return WorklistLine(patient.subject, shown, entry.title, day, None, window, left, "planned", (), to_do)
