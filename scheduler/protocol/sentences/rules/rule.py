"""One row of a decision table: what is found, what is to be done, and where that comes from.

grade 3, 1st to 2nd time: hold at least 7 days until grade 0-1, then resume 1 level lower (SmPC)
^conditions             ^actions                                                          ^citation
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.plan.rules import Condition
from scheduler.protocol.sentences.rules.action import read_actions
from scheduler.protocol.sentences.rules.condition import read_conditions
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

ROW_EXAMPLE = (
    "grade 2, 2nd time: hold until grade 0-1, then resume 1 level lower (SmPC)"
    " | above 20 x upper limit: discontinue (label)"
    " | grade 1: continue with supportive care (label)"
)
EPISODE_EXAMPLE = "grade 0-1"
_ORDER = "grade 2, 2nd time: hold until grade 0-1, then resume 1 level lower (SmPC)"


@dataclass(frozen=True, slots=True)
class RowPhrase:
    """A row as it was written. Terms and tests that the table names are still left out of its conditions."""

    conditions: tuple[Condition, ...]
    actions: tuple[Action, ...]
    clause: Clause


def read_row(text: str) -> RowPhrase:
    """Read one row. Raises a fault with its place and the right spelling."""
    words = Words(text, example=_ORDER, habits=Habits.RULES)
    conditions = read_conditions(words)
    words.expect(":")
    actions = read_actions(words)
    if not words.next_is("("):
        if words.done:
            words.fail_with("every rule says where it comes from", f"{text.strip()} (label)")
        words.finish()
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return RowPhrase(conditions, actions, clause)


def read_episode_end(text: str) -> int:
    """Read the grades at which an episode is over; gives the highest of them."""
    words = Words(text, example=EPISODE_EXAMPLE)
    words.expect("grade")
    low, high = words.number_or_range("a grade")
    words.finish()
    if low != 0 or high > 3:
        words.fail("an episode ends at grade 0, or from grade 0 to a grade below 4: write grade 0-1", back=True)
    return high
