"""What one patient's calendar told subscribers so far: how it stands, what events took off a day, what moved without an event.

Grows with the log: one event more costs two calendars, not all of them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from scheduler.calendar.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.folder.many import many_calendars
from scheduler.patient.log import Log
from scheduler.protocol.plan import StudyVersion
from scheduler.site import Site
from scheduler.views.agenda import Subject
from scheduler.views.attendance import days_left
from scheduler.web.feeds.site_texts import Stage


@dataclass(frozen=True, slots=True)
class Move:
    """The open days changed after so many events: the calendar before and after. ``at`` is since when (UTC)."""

    after: int
    at: datetime
    before: Subject
    now: Subject


@dataclass(frozen=True, slots=True)
class Told:
    """One patient up to a length of the log. ``moves`` are the changes of the open days, oldest first.

    The positions of all that changed the calendar count on: event 5, a closure of the site, then event 6 are 5, 6 and 7.
    """

    version: StudyVersion
    stage: Stage
    stages: int
    subject: Subject
    moves: tuple[Move, ...] = field(default=())

    @property
    def calendar(self) -> Calendar:
        """How it stands."""
        return self.subject.calendar

    @property
    def site(self) -> Site:
        """Where the patient comes now."""
        return self.stage.site

    def position(self, event: int) -> int:
        """The position of an event."""
        return event + sum(1 for move in self.moves if move.after < event)

    @property
    def last_position(self) -> int:
        """How far everything has come that changed the calendar."""
        return self.calendar.log_length + len(self.moves)


def tell(version: StudyVersion, number: str, log: Log, stages: Sequence[Stage], known: Told | None = None) -> Told:
    """The patient after all of that log. ``known`` is what was told of a shorter one: its stages are the first of these."""
    recorded = {record.number: record.event.recorded_at for record in log.records}
    with many_calendars():
        if known is None:
            first = stages[0]
            start = calendar_of(version, first.site, log.until(first.length), subject=number)
            known = Told(version, first, 1, Subject(start, recorded))
        elif known.version is not version:
            # The study has a version of the protocol more, which later events may move the patient to.
            known = replace(known, version=version)
        for stage in stages[known.stages :]:
            known = _next(known, stage, log, number, recorded)
    return known


def _next(known: Told, stage: Stage, log: Log, number: str, recorded: Mapping[int, datetime]) -> Told:
    moves = known.moves
    subject = known.subject
    if stage.length > known.stage.length:
        # An event by which the patient goes to another site counts at the old one first; then the open days change.
        subject = _after(
            subject, calendar_of(known.version, known.site, log.until(stage.length), subject=number), recorded
        )
    if stage.key != known.stage.key:
        now = Subject(
            calendar_of(known.version, stage.site, log.until(stage.length), subject=number), recorded, subject.left
        )
        moves = (*moves, Move(stage.length, stage.at, subject, now))
        subject = now
    return Told(known.version, stage, known.stages + 1, subject, moves)


def _after(before: Subject, calendar: Calendar, recorded: Mapping[int, datetime]) -> Subject:
    left: dict[date, int] = {**before.left, **days_left([before.calendar, calendar])}
    return Subject(calendar, recorded, left)
