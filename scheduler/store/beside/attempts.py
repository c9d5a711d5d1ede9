"""Who was sent to the provider of single sign-on and is expected back, and how often somebody asked, whoever answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

ATTEMPTS_KEPT = timedelta(minutes=10)
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody was sent to the provider, or came back from there and may go on once.

    ``state`` is a digest of what the browser brings back. ``purpose`` says what for; ``account`` and ``session`` are set where
    somebody is signed in; ``about`` is the page to go on to, or the digest of the form that is signed.
    """

    state: str = field(repr=False)
    purpose: str
    account: str | None
    session: str | None = field(repr=False)
    about: str
    at: datetime


class Attempts(Protocol):
    """What is known for minutes. None of it is recorded, and no backup has it."""

    def keep_attempt(self, attempt: Attempt) -> None:
        """Keep it; what is older than `ATTEMPTS_KEPT` is let go."""
        ...

    def take_attempt(self, state: str, now: datetime) -> Attempt | None:
        """The attempt of that digest, which is gone with it: nobody takes it twice, at any process. None where it is old."""
        ...

    def take_tokens(self, key: str, wanted: int, per_minute: int, now: datetime) -> int:
        """Up to so many of what that key may have, of ``per_minute`` that come back in a minute, whoever asks for them."""
        ...
