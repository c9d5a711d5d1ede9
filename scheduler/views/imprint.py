"""What stands in the foot of every sheet of paper: of which protocol version and of which state of the log it is a print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.views.agenda.revision import utc

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""The time (UTC) of a print of an empty log: paper knows no clock, and a document has to have a date."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """From what a sheet was printed: the same imprint and the same list give the same bytes.

    ``study`` is None where the reader's paper must not name it, ``version`` where a sheet is of no version. ``events`` is the
    number of the last event of the log, over several patients how many events there are, None for what no log bears on;
    ``recorded`` is when the last of them was recorded (UTC). ``head`` is the hash of the log where it has one. ``since`` is the
    moment (UTC) of the earlier print that this one is compared with.
    """

    study: str | None
    version: str | None
    events: int | None = None
    recorded: datetime = NEVER
    patients: int | None = None
    head: str | None = None
    since: datetime | None = None


def last_recorded(times: Iterable[datetime]) -> datetime:
    """The latest of the times at which events were recorded, in UTC and whole seconds."""
    return max((utc(moment) for moment in times), default=NEVER)
