"""Patients: the list, one with the calendar, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.views.shapes.calendar import Calendar
from scheduler.views.shapes.question import Question
from scheduler.views.shapes.shape import CivilDate, Shape
from scheduler.web.pages.subjects import SubjectRow


@dataclass(frozen=True, kw_only=True)
class Subjects(Shape):
    """The patients that this account may see."""

    study: str
    """The study."""
    on: CivilDate
    """The day that the list is of: today at the site."""
    subjects: tuple[SubjectRow, ...]
    """By number."""


@dataclass(frozen=True, kw_only=True)
class Subject(Shape):
    """One patient with the calendar. The ETag of this answer is what If-Match wants."""

    subject: str
    """The number in the study."""
    site: str | None
    """Where the patient comes now."""
    enrolled_at: str | None
    """Where the patient came in."""
    zone: str
    """The IANA zone that all dates and times of the patient are in."""
    events: int
    """How many events the log has: what ``seen`` says."""
    calendar: Calendar
    """The calendar."""


@dataclass(frozen=True, kw_only=True)
class RecordedEvent(Shape):
    """One event of the log, who recorded it when, and whether it stands."""

    number: int
    """Its number in the patient's log."""
    event: dict[str, Any]
    """The event, as it would be sent."""
    words: str
    """The event in words."""
    stands: bool
    """It is in force: nothing corrected or struck it."""
    by: tuple[int, ...]
    """The events that corrected or struck it."""
    about: int | None
    """The event that it corrects or strikes."""
    record: int | None
    """The number of its record in the audit trail."""
    recorded: datetime | None
    """When it was recorded, in UTC."""
    who: str | None
    """Who recorded it."""
    role: str | None
    """That person's role then."""
    reason: str | None
    """Why."""
    signed: str | None
    """What the signature meant, where the password was given again."""


@dataclass(frozen=True, kw_only=True)
class History(Shape):
    """Everything that was recorded about a patient, oldest first."""

    subject: str
    """The number in the study."""
    events: tuple[RecordedEvent, ...]
    """The events."""


@dataclass(frozen=True, kw_only=True)
class Recorded(Shape):
    """What was recorded just now."""

    subject: str
    """The number in the study."""
    numbers: tuple[int, ...]
    """The numbers of the new events in the patient's log."""
    events: int
    """How many events the log has now."""
    questions: tuple[Question, ...] = ()
    """What was said of them, such as another name for a listed word, and what was asked, with the reason that was given."""
