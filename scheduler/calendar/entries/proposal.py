"""What the protocol proposes for one treatment of one patient, until somebody decides and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from scheduler.calendar.entries.because import Reason
from scheduler.calendar.entries.budget import Budget
from scheduler.patient.dose_rules.facts.baselines import Baseline
from scheduler.patient.dose_rules.facts.daily_totals import Clock
from scheduler.patient.dose_rules.so_far.options import Option
from scheduler.protocol.plan.actions import Strictness
from scheduler.protocol.plan.clause import Clause
from scheduler.said import Code, Said, said, said_of


class State(StrEnum):
    """Where a proposal stands.

    ``continue``: the protocol says to go on, so nobody has to decide. ``to come``: it holds from a later day on, unless something
    happens before. ``withdrawn``: it no longer stands, and somebody had decided on it. ``closed``: all treatment ended before
    anybody decided.
    """

    OPEN = "open"
    CONTINUE = "continue"
    AS_PROPOSED = "decided as proposed"
    OTHERWISE = "decided otherwise"
    WITHDRAWN = "withdrawn"
    TO_COME = "to come"
    CLOSED = "closed"


class Asked(NamedTuple):
    """What no rule of the protocol is about, and doses of a treatment wait for: what a progression or a pregnancy asks.

    ``day`` is the civil date from which doses wait, ``because`` what asks.
    """

    treatment: str
    day: date
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What ended all treatment before anybody decided: an end of treatment, a withdrawal or a death, its day and its events."""

    what: str
    day: date
    events: tuple[int, ...]

    def as_said(self) -> Said:
        """In words: closed by death, 2026-05-20."""
        return said("closed by {what}, {day}", what=said_of(self.what), day=Code(f"{self.day}"))

    def __str__(self) -> str:
        return str(self.as_said())


@dataclass(frozen=True, slots=True)
class EarlyResume:
    """Dosing that went on before a rule's conditions were met. ``not_yet`` is what they were short of, in words.

    ``days_short`` is how many days too soon it came, 0 where only a recovery was missing. ``events`` say so. ``mended``: what
    was missing has come since, or dosing was held again.
    """

    day: date
    days_short: int
    not_yet: tuple[str, ...]
    events: tuple[int, ...]
    mended: bool = False


class Proposal(NamedTuple):
    """One rule of the protocol that calls for a decision about one treatment.

    ``id`` is ``{rule}.{number of the event}``. ``events`` are the numbers of all events that it rests on, its trigger among them;
    ``raised`` is the civil date from which it holds. The first of the ``options`` is the protocol's own. ``leads``: it is the
    strictest that is open for the treatment. ``decided_by`` are the events that answered it, ``chosen`` what they chose; nobody
    did where ``closed`` says what ended all treatment before. ``assumed`` tells what nobody recorded and how that was read.
    ``doses_wait``: the next doses wait for the decision.
    While the hold that it led to lasts, ``earliest_resume`` is the first day on which a resume is late enough, and
    ``resume_waits_for`` what has to recover before; ``early_resume`` tells where dosing went on without. ``clock`` are the daily
    totals of a medicine that called for it, ``baselines`` what a value was compared with.
    """

    id: str
    treatment: str
    rule: str
    title: str
    clause: Clause
    trigger: int
    events: tuple[int, ...]
    raised: date
    options: tuple[Option, ...]
    state: State
    leads: bool = False
    doses_wait: bool = False
    budget: Budget | None = None
    deadline: date | None = None
    decided_by: tuple[int, ...] = ()
    chosen: str | None = None
    assumed: tuple[str, ...] = ()
    earliest_resume: date | None = None
    resume_waits_for: tuple[str, ...] = ()
    early_resume: EarlyResume | None = None
    clock: Clock | None = None
    closed: Closing | None = None
    baselines: tuple[Baseline, ...] = ()

    @property
    def strictness(self) -> Strictness:
        """How strict the protocol's own option is."""
        return self.options[0].action.strictness

    @property
    def is_open(self) -> bool:
        """True while a person has to decide."""
        return self.state is State.OPEN

    @property
    def stands(self) -> str:
        """Where it stands, in words: what closed it, and when, where it was closed."""
        return str(self.closed) if self.closed is not None else self.state.value

    def __str__(self) -> str:
        lead = f"{self.treatment}: {self.options[0].words}"
        return f"{self.id}: {lead} ({self.stands})"
