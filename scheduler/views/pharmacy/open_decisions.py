"""Lines that hang on a decision nobody has taken: all later ones of its treatment, not only the next.

No such line is on the list itself or in its totals. Which they are is one rule for all readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from scheduler.calendar.engine.proposals.open_decisions import OpenDecision, open_decisions
from scheduler.said import SEMICOLONS, Code, Said, joined, said, text_of
from scheduler.views.patients import Patient
from scheduler.views.pharmacy.dispensing_line import DispensingLine, LineStatus, Work

_WOULD_BE_HANDED_OUT = (LineStatus.PLANNED, LineStatus.PROVISIONAL, LineStatus.AWAITING_DECISION)


def marked_where_undecided(
    patient: Patient, lines: Iterable[DispensingLine], on: date | None
) -> Iterator[DispensingLine]:
    """The lines of a patient as they stand on a day: those that hang on an open decision await it, and their note says which.

    Without a day, as the log alone has them. What is counted or collected is due whatever is decided.
    """
    found = open_decisions(patient.calendar, on)
    for line in lines:
        hanging = [decision for decision in found if _hangs_on(line, decision)]
        words = dict.fromkeys(words_of_decision(decision) for decision in hanging)
        if not words:
            yield line
            continue
        note = joined([*words, *([line.note] if line.note else [])], SEMICOLONS)
        on_hold = all(decision.hold is not None for decision in hanging)
        yield replace(line, status=LineStatus.ON_HOLD if on_hold else LineStatus.AWAITING_DECISION, note=note)


def _hangs_on(line: DispensingLine, decision: OpenDecision) -> bool:
    if line.status not in _WOULD_BE_HANDED_OUT or line.work in (Work.HOLD, Work.COLLECT) or line.date is None:
        return False
    last = line.covers[1] if line.covers is not None else line.date
    # What is overdue waits too, and the calendar has marked it.
    marked = line.status is LineStatus.AWAITING_DECISION
    hangs = marked or decision.bears_on(max(last, line.date), is_overdue=False)
    return hangs and line.entry.partition(".")[0] == decision.treatment


def words_of_decision(decision: OpenDecision) -> str:
    """What a line says that hangs on it: what the protocol says about it, if it does."""
    proposal = decision.proposal
    if decision.hold is not None:
        day = Code(f"{decision.hold.start}")
        return text_of(
            said("on hold since {day}: give nothing; whether it was given before has to be recorded", day=day)
        )
    if proposal is None:
        return text_of(said("awaits a decision"))
    option = Said(proposal.options[0].words, context="option")
    return text_of(
        said("awaits a decision: the protocol says {option} [{proposal}]", option=option, proposal=Code(proposal.id))
    )
