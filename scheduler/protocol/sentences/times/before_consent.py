"""What may be done before a patient has consented: "allowed as routine care (protocol)"."""

from __future__ import annotations

from scheduler.protocol.plan.clause import Clause
from scheduler.protocol.sentences.spellings import Habits
from scheduler.protocol.sentences.words import Words

BEFORE_CONSENT_EXAMPLE = "allowed as routine care"


def read_before_consent(text: str) -> Clause:
    """Read that a visit may have been done before consent, as routine care. The place of the sentence is not known yet."""
    words = Words(text, example=BEFORE_CONSENT_EXAMPLE, habits=Habits.BEFORE_CONSENT)
    words.expect("allowed", "as", "routine", "care")
    clause = Clause(0, text.strip(), words.citation())
    words.finish()
    return clause
