"""Problem details (RFC 9457) and findings."""

from __future__ import annotations

from pydantic import ConfigDict

from scheduler.asking import Strength
from scheduler.findings import Severity
from scheduler.web.api.shapes.shape import Shape


class Finding(Shape):
    """One problem: a stable code, what is wrong, and what to do about it."""

    code: str
    """Stable, for programs."""
    severity: Severity
    """An error stops what was asked for; a warning and a note do not."""
    message: str
    """What is wrong."""
    hint: str | None
    """What to do."""
    place: str | None
    """Where in a text of the study: file:line:column."""
    entry: str | None
    """The entry of the calendar that it is about."""
    events: list[int]
    """The numbers of the events that it is about."""
    pointer: str | None = None
    """In a problem: where in the body that was sent, as a JSON pointer."""


class Question(Shape):
    """One thing that is asked before an event is recorded, or refused, or only said."""

    strength: Strength
    """``refused``: no reason lets it stand. ``asked``: it stands with a reason. ``said``: it is taken, and this is how."""
    code: str
    """Stable, for programs."""
    what: str
    """One plain sentence."""
    protocol: str | None
    """What the protocol says about it, with its line."""
    hint: str | None
    """The right way to say it."""
    path: str
    """Which event, counted from 0, and which of its fields: ``0.term``."""
    answer: str | None
    """The field of the event that takes the reason; null where no reason helps."""
    reason: str | None
    """The reason that the event gives there."""
    open: bool
    """It keeps the event from being recorded."""
    events: list[int]
    """The numbers of earlier events of the log that it is about."""


class Problem(Shape):
    """Problem details (RFC 9457). Nothing was recorded."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:scheduler:problem:not-understood",
                    "title": "The request was not understood",
                    "status": 422,
                    "detail": "The findings say what is wrong and what to do.",
                    "findings": [
                        {
                            "code": "not-a-date",
                            "severity": "error",
                            "message": "there is no day 2026-02-30 in the calendar",
                            "hint": "write it as YYYY-MM-DD, such as 2026-03-02",
                            "place": None,
                            "entry": None,
                            "events": [],
                            "pointer": "#/events/0/on",
                        }
                    ],
                }
            ]
        }
    )

    type: str
    """``urn:scheduler:problem:`` and a stable code, for programs."""
    title: str
    """The sort of problem in words."""
    status: int
    """The HTTP status."""
    detail: str | None = None
    """What to do."""
    findings: list[Finding] | None = None
    """Everything that is wrong, at once."""
    events: int | None = None
    """Where the log has moved on: how many events it has now."""
    questions: list[Question] | None = None
    """What is asked first, refused or said: all of it, the same list with and without reasons."""
    digest: str | None = None
    """What tells this list from another: send it as ``confirm`` with the reasons."""
