"""All of a day's visits at once: which there are, which of them a form ticks, and the events of each patient.

A dose, the start of a cycle and what is handed out are never among them: how much it was has to be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.calendar.entries.entry import Flag
from scheduler.patient.events import Event, parse_event
from scheduler.source.node import Data
from scheduler.views.coordinator.worklist_line import WorklistLine
from scheduler.web.doing.deeds import PLAIN, visit_named
from scheduler.web.patients import Shown

TICKED = "visit"
"""The name of the boxes, one for each visit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One visit of the day: whose it is, and the line of the worklist. ``why`` is what was typed where it was asked about."""

    shown: Shown
    line: WorklistLine
    why: str = ""

    @property
    def name(self) -> str:
        """What it is called in the form."""
        return f"{self.line.subject} {self.line.entry}"

    @property
    def event(self) -> Event:
        """The visit took place on that day."""
        told: dict[str, Data] = {"event": "visit done", "on": f"{self.line.date}", "entry": self.line.entry}
        return parse_event(told | ({"confirmed": self.why} if self.why else {}))


@dataclass(frozen=True, slots=True)
class DayOf:
    """The visits of one patient that are recorded together. ``seen`` and ``confirm`` are what the form says it answered."""

    shown: Shown
    rows: tuple[Row, ...]
    seen: str | None = None
    confirm: str | None = None
    events: tuple[Event, ...] = field(default=(), compare=False)


def plain_visits(lines: Iterable[WorklistLine], shown: Mapping[str, Shown]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The lines of a day that can be said to have been done together, and the others, which need a form of their own."""
    plain: list[Row] = []
    others: list[Row] = []
    for line in lines:
        row = Row(shown[line.subject], line)
        (plain if _is_plain(row) else others).append(row)
    return tuple(plain), tuple(others)


def _is_plain(row: Row) -> bool:
    entry = visit_named(row.shown.patient.calendar, row.line.entry or "")
    if entry is None or entry.kind not in PLAIN or Flag.AWAITING_DECISION in entry.flags:
        return False
    return (entry.date, entry.window) == (row.line.date, row.line.window)


def ticked(rows: Sequence[Row], form: Mapping[str, str]) -> tuple[DayOf, ...]:
    """What the form ticks of these rows, by patient, with the reasons that it gives."""
    names = set(form.get(TICKED, "").splitlines())
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.name in names:
            why = form.get(f"why {row.name}", "").strip()
            found.setdefault(row.line.subject, []).append(Row(row.shown, row.line, why))
    return tuple(
        DayOf(
            some[0].shown,
            tuple(some),
            form.get(f"seen {subject}"),
            form.get(f"confirm {subject}"),
            tuple(each.event for each in some),
        )
        for subject, some in found.items()
    )


def is_gone(rows: Sequence[Row], form: Mapping[str, str]) -> bool:
    """True where the form ticks what is not a visit of the day any more: somebody recorded something meanwhile."""
    return bool(set(form.get(TICKED, "").splitlines()) - {row.name for row in rows})
