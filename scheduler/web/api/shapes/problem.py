"""Problem details (RFC 9457)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from scheduler.views.shapes.finding import Finding
from scheduler.views.shapes.question import Question
from scheduler.views.shapes.shape import Shape


@dataclass(frozen=True, kw_only=True)
class Problem(Shape):
    """Problem details (RFC 9457). Nothing was recorded."""

    __pydantic_config__: ClassVar[dict[str, Any]] = Shape.__pydantic_config__ | {
        "json_schema_extra": {
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
    }

    type: str
    """``urn:scheduler:problem:`` and a stable code, for programs."""
    title: str
    """The sort of problem in words."""
    status: int
    """The HTTP status."""
    detail: str | None = None
    """What to do."""
    events: int | None = None
    """Where the log has moved on: how many events it has now."""
    questions: tuple[Question, ...] | None = None
    """What is asked first, refused or said: all of it, the same list with and without reasons."""
    digest: str | None = None
    """What tells this list from another: send it as ``confirm`` with the reasons."""
    findings: tuple[Finding, ...] | None = None
    """Everything that is wrong, at once."""

    def told(self) -> dict[str, object]:
        """Its keys and values. Of every finding it says where in the body that is, or null."""
        told = Shape.told(self)
        if self.findings is not None:
            told["findings"] = [each.told() | {"pointer": each.pointer} for each in self.findings]
        return told
