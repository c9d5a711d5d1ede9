"""What one patient's calendar told subscribers so far: how it stands, what events took off a day, what moved without an event.

Grows with the log: one event more costs two calendars, not all of them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from scheduler.calendar.entries.entry import Calendar
from scheduler.calendar.patient_calendar import calendar_of
from scheduler.folder.reading.many import many_calendars
from scheduler.local_times import day_at
from scheduler.patient.log import Log
from scheduler.protocol.plan.study import StudyVersion
from scheduler.site.site import Site
from scheduler.views.agenda.decisions_told import Marks, as_subscribed, changed_marks, given_back, marks_of
from scheduler.views.agenda.of_reader import Subject
from scheduler.views.days.attendance import days_lost, standing
from scheduler.web.feeds.up_to_date.site_texts import Stage


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

    ``marks`` are the later doses that wait for a decision, as the log has them.

    The positions of all that changed the calendar count on: event 5, a closure of the site, then event 6 are 5, 6 and 7.
    """

    version: StudyVersion
    stage: Stage
    stages: int
    subject: Subject
    moves: tuple[Move, ...] = field(default=())
    marks: Marks = field(default=frozenset())

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

    def calendar(stage: Stage, length: int) -> Calendar:
        return calendar_of(version, stage.site, log.until(length), subject=number)

    with many_calendars():
        if known is None:
            start = calendar(stages[0], stages[0].length)
            known = Told(version, stages[0], 1, _subject(start, recorded, {}, {}, stages[0]), marks=marks_of(start))
        elif known.version is not version:
            # The study has a version of the protocol more, which later events may move the patient to.
            known = replace(known, version=version)
        stage, moves, now = known.stage, known.moves, known.calendar
        stood = standing(now)
        left: dict[date, int] = dict(known.subject.left)
        marks, marked = known.marks, dict(known.subject.marked)
        for later in stages[known.stages :]:
            if later.length > stage.length:
                # An event by which the patient goes to another site counts at the old one first; then the open days change.
                earlier, now = now, calendar(stage, later.length)
                stands = standing(now)
                left.update((day, now.log_length) for day in days_lost(stood, stands))
                waiting = marks_of(now)
                changed = changed_marks(marks, waiting) | given_back(earlier, now)
                marked.update(dict.fromkeys(changed, now.log_length))
                stood, marks = stands, waiting
            if later.key != stage.key:
                before = _subject(now, recorded, left, marked, stage)
                now = calendar(later, later.length)
                stands, marks = standing(now), marks_of(now)
                # What a site says anew at which the patient does not come any more hardly ever changes anything.
                if later.key[-1] != stage.key[-1] or stands != stood:
                    moves = (*moves, Move(later.length, later.at, before, _subject(now, recorded, left, marked, later)))
                stood = stands
            stage = later
    if known.stages == len(stages):
        return known
    return Told(version, stage, len(stages), _subject(now, recorded, left, marked, stage), moves, marks)


def _subject(
    calendar: Calendar,
    recorded: Mapping[int, datetime],
    left: Mapping[date, int],
    marked: Mapping[str, int],
    stage: Stage,
) -> Subject:
    """What subscribers read: later doses wait for open decisions, and orders written down ahead do not bear on days before."""
    last = max((at for number, at in recorded.items() if number <= calendar.log_length), default=None)
    day = day_at(last, stage.site.zone) if last is not None else None
    return Subject(as_subscribed(calendar, marked, day), recorded, dict(left), dict(marked))
