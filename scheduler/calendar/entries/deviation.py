"""One protocol deviation: what happened to one patient that the protocol did not mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.calendar.entries.because import Because, Event
from scheduler.protocol.plan.clause import Clause
from scheduler.said import Quoted, Said

CivilDate = date


class Deviated(StrEnum):
    """What sort of deviation it is."""

    OUT_OF_WINDOW = "out of window"
    INTERVAL_TOO_SHORT = "interval too short"
    MISSED = "missed"
    NO_RECORD = "no record"
    WRONG_DOSE = "wrong dose"
    NOT_DECIDED = "dose not decided in time"
    FOLLOW_UP_LATE = "follow-up late"
    DURING_HOLD = "given during a hold"
    STARTED_LATE = "started late"
    TOOK_TOO_LONG = "took too long"
    GAP_TOO_LONG = "gap too long"
    DELAY_TOO_LONG = "delay too long"
    HOLD_TOO_LONG = "hold too long"
    RESUMED_EARLY = "resumed too early"
    NOT_PLANNED = "not planned"
    AFTER_END = "after the end"
    TOO_EARLY = "too early"
    NUMBER_SKIPPED = "number skipped"
    OUT_OF_ORDER = "out of order"
    VALUES_NOT_MET = "given without its values"
    FIRST_DOSE = "first dose out of its days"
    DOSE_RAISED = "dose raised"
    CONFIRMED = "confirmed fact"
    REPORTED_LATE = "reported late"
    OVERRIDE = "order against the protocol"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One line of the ledger.

    ``entry`` is the id of the entry (for days of tablets with their numbers, ``regorafenib.1.16-17``); None where it is about a
    treatment as a whole. ``days_off`` is how many days: after the last day allowed, or below 0 before the first; None where
    days are not the point. ``clause`` is the sentence of the protocol that it departs from, ``events`` the numbers of the
    events that say so. ``severity`` is minor or major where the protocol says which; the program never says it by itself.
    ``importance``, ``cause`` and ``reported`` are what somebody judged and said; ``found`` too, else the day on which the last of
    its events was recorded.
    """

    kind: Deviated
    timeline: str
    entry: str | None
    date: CivilDate | None
    days_off: int | None
    what: Said | Quoted
    clause: Clause | None
    events: tuple[int, ...]
    severity: str | None = None
    importance: str | None = None
    cause: str | None = None
    found: CivilDate | None = None
    reported: CivilDate | None = None

    @property
    def about(self) -> str | None:
        """The entry, else the treatment or visit: by this and its kind somebody who assesses it names it."""
        return self.entry or self.timeline or None


def days(number: int) -> str:
    """1 day, 2 days."""
    return f"{number} day" if number == 1 else f"{number} days"


def events_behind(because: Because) -> tuple[int, ...]:
    """The numbers of the events that set a date or status."""
    return tuple(sorted({reason.number for reason in because.set_by if isinstance(reason, Event)}))
