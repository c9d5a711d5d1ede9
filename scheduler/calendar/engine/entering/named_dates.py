"""Dates that a study names itself and plans until they are recorded: no visit of their own, and a date with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.calendar.engine.evaluation.evaluation import Evaluation
from scheduler.calendar.engine.moments.answering import answer
from scheduler.calendar.entries.because import Because, distinct
from scheduler.calendar.entries.entry import NamedDate
from scheduler.protocol.plan.times.moments import Named


def named_dates_of(ev: Evaluation) -> Iterator[NamedDate]:
    """Each that comes or came, in the protocol's order. The first dose stands with what is given."""
    for name, line in ev.plan.dates.items():
        its_day = answer(ev, Named(name), 1) if name != "first dose" else None
        timing = line.timing(line.first_number)
        if its_day is not None and not its_day.never and timing is not None:
            set_by = distinct(its_day.reasons)
            because = Because(set_by, distinct(its_day.looked, set_by), its_day.latest)
            day = date.fromordinal(its_day.day) if its_day.day is not None else None
            yield NamedDate(name, timing.clause.text, day, its_day.actual, because)
