"""Reasons and names in the record that no person wrote: English there, and told in the reader's language."""

from __future__ import annotations

from scheduler.said import Said, Value
from scheduler.vocabulary.end_reasons import end_reason_in_words

OWN_REASONS = (
    "as the groups at the provider say",
    "first log-in at the provider",
    "from the files of the study's folder",
    "own account bound to the provider",
    "own password changed",
    "recorded by mistake",
    "it was another patient",
    "it was another day",
    "the first account",
)
"""The reasons that this program gives, and those that a person takes from its list."""

OWN_NAMES = ("scheduler serve", "the provider of single sign-on", "the server")
"""Whom a record names that no person made."""


def reason_in_words(reason: str) -> Value:
    """A reason of ours or a listed one in the reader's language, anything else as it was written."""
    if reason in OWN_REASONS:
        return Said(reason, (), None, "reason")
    return end_reason_in_words(reason)
