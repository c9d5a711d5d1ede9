"""Lines that hang on a decision nobody has taken: all later ones of its treatment, not only the next.

The calendar flags the doses of the next days. A pharmacist works weeks ahead: while a discontinuation is proposed, the cycle
after the next one is no surer than the next. So no such line is on the list itself or in its totals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from scheduler.calendar.engine.proposals.raised import proposals_on
from scheduler.calendar.entries.entry import Entry, Flag
from scheduler.said import SEMICOLONS, Code, Said, joined, said, text_of
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work

CivilDate: TypeAlias = date

_WOULD_BE_HANDED_OUT = (LineStatus.PLANNED, LineStatus.PROVISIONAL, LineStatus.AWAITING_DECISION)


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """From a day on, what is planned of a treatment hangs on a decision. ``words`` say which."""

    treatment: str
    day: CivilDate
    words: str


def marked_where_undecided(
    patient: Patient, lines: Iterable[DispensingLine], on: date | None
) -> Iterator[DispensingLine]:
    """The lines of a patient as they stand on a day: those that hang on an open decision await it, and their note says which.

    Without a day, as the log alone has them. What is counted or collected is due whatever is decided.
    """
    found = sorted(open_decisions(patient, on), key=lambda decision: decision.day)
    for line in lines:
        words = dict.fromkeys(decision.words for decision in found if _hangs_on(line, decision))
        if not words:
            yield line
            continue
        note = joined([*words, *([line.note] if line.note else [])], SEMICOLONS)
        yield replace(line, status=LineStatus.AWAITING_DECISION, note=note)


def _hangs_on(line: DispensingLine, decision: OpenDecision) -> bool:
    if line.status not in _WOULD_BE_HANDED_OUT or line.work in (Work.HOLD, Work.COLLECT) or line.date is None:
        return False
    last = line.covers[1] if line.covers is not None else line.date
    return line.entry.partition(".")[0] == decision.treatment and max(last, line.date) >= decision.day


def open_decisions(patient: Patient, on: date | None) -> Iterator[OpenDecision]:
    """What hangs on a decision that nobody has taken by a day; without a day, by the log alone."""
    known: set[str] = set()
    for proposal in patient.calendar.proposals if on is None else proposals_on(patient.calendar, on):
        if proposal.is_open and proposal.doses_wait:
            known.add(proposal.treatment)
            words = text_of(
                said(
                    "awaits a decision: the protocol says {option} [{proposal}]",
                    option=Said(proposal.options[0].words, context="option"),
                    proposal=Code(proposal.id),
                )
            )
            yield OpenDecision(proposal.treatment, proposal.raised, words)
    waiting: dict[str, CivilDate] = {}
    for entry in patient.calendar.entries:
        day = _first_undecided_day(entry)
        if day is not None and entry.timeline not in known:
            waiting[entry.timeline] = min(day, waiting.get(entry.timeline, day))
    for treatment, day in waiting.items():
        yield OpenDecision(treatment, day, text_of(said("awaits a decision")))


def _first_undecided_day(entry: Entry) -> CivilDate | None:
    """The first day of an entry that the calendar says awaits a decision, whatever asks for it."""
    if Flag.AWAITING_DECISION in entry.flags:
        return entry.date
    return next((run.first_date for run in entry.runs if Flag.AWAITING_DECISION in run.flags), None)
