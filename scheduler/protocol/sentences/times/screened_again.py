"""What a patient needs who is screened again after a screen failure: "after a new consent (protocol)"."""

from __future__ import annotations

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

SCREENED_AGAIN_EXAMPLE = "after a new consent"


def read_screened_again(text: str) -> Clause:
    """Read that the next screening begins with another consent. The place of the sentence is not known yet."""
    words = Words(text, example=SCREENED_AGAIN_EXAMPLE, habits=Habits.SCREENINGS)
    words.expect("after", "a", "new", "consent")
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return clause
