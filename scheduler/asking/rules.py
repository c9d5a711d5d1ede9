"""The table of all questions: each has one code, one strength, the events that it is asked of, and one function that asks it.

What contradicts the log, or is an order that the protocol forbids, is asked beside this table: `scheduler.asking.contradictions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scheduler.asking import amounts, bookings, days, numbers, words
from scheduler.asking.candidate import Candidate, Told
from scheduler.asking.question import Strength
from scheduler.patient.events import (
    AdverseEvent,
    Booked,
    CycleStarted,
    Event,
    Given,
    Measured,
    Rebooked,
    Regraded,
    Taken,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One question: its code, how strongly it is asked, of which events, what it is about, and what asks it."""

    code: str
    strength: Strength
    kinds: tuple[type[Event], ...]
    about: str
    asks: Callable[[Candidate], Iterator[Told]]


def _refused(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.REFUSED, kinds, about, asks)


def _asked(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.ASKED, kinds, about, asks)


def _said(code: str, about: str, asks: Callable[[Candidate], Iterator[Told]], *kinds: type[Event]) -> Rule:
    return Rule(code, Strength.SAID, kinds, about, asks)


RULES: tuple[Rule, ...] = (
    _refused("in-the-future", "a fact of a day that is still to come", days.in_the_future, Event),
    _refused(
        "onset-after-report", "an adverse event that began after its report", days.onset_after_report, AdverseEvent
    ),
    _refused("limit-of-zero", "an upper limit of normal of 0 or less", words.limit_of_zero, Measured),
    _refused("grade-not-there", "a grade that the term does not have", words.grade_not_there, AdverseEvent, Regraded),
    _asked("unknown-term", "a word that is no term of CTCAE", words.unknown_term, AdverseEvent),
    _asked("number-skips", "a dose or cycle whose number skips", numbers.number_skips, Given, CycleStarted),
    _asked("amount-of-zero", "nothing was given or taken", amounts.amount_of_zero, Given, Taken),
    _asked("tenfold-amount", "ten times the plan's amount, or a tenth", amounts.tenfold_amount, Given, Taken),
    _asked("other-amount", "an amount that is not the plan's", amounts.other_amount, Given, Taken),
    _asked(
        "booked-backwards", "an appointment before the day it was made", bookings.booked_backwards, Booked, Rebooked
    ),
    _asked("booked-on-closed-day", "an appointment on a closed day", bookings.booked_on_closed_day, Booked, Rebooked),
    _said("synonym", "another name for a term of CTCAE", words.synonym, AdverseEvent),
)
"""All questions, in the order in which they are shown where they are of one strength."""
