"""What a protocol says of consent at a visit: "after a new consent" to be screened again, "allowed as routine care" before it."""

from __future__ import annotations

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

SCREENED_AGAIN_EXAMPLE = "after a new consent"
BEFORE_CONSENT_EXAMPLE = "allowed as routine care"


def read_screened_again(text: str) -> Clause:
    """Read that the next screening begins with another consent. The place of the sentence is not known yet."""
    return _read(text, SCREENED_AGAIN_EXAMPLE, Habits.SCREENINGS)


def read_before_consent(text: str) -> Clause:
    """Read that a visit may have been done before consent, as routine care. The place of the sentence is not known yet."""
    return _read(text, BEFORE_CONSENT_EXAMPLE, Habits.BEFORE_CONSENT)


def _read(text: str, only: str, habits: Habits) -> Clause:
    words = Words(text, example=only, habits=habits)
    words.expect(*only.split())
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return clause
