"""What is wrong with something, as other programs are told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler import findings
from scheduler.findings import Severity
from scheduler.views.shapes.shape import Shape


@dataclass(frozen=True, kw_only=True)
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
    events: tuple[int, ...]
    """The numbers of the events that it is about."""
    pointer: str | None = None
    """In a problem: where in the body that was sent, as a JSON pointer."""


def tell_findings(found: Iterable[findings.Finding]) -> tuple[Finding, ...]:
    """Each with its code, its place in a text or on the calendar, and what to do."""
    return tuple(
        Finding.taken_from(each, place=str(each.place) if each.place is not None else None, pointer=None)
        for each in found
    )
