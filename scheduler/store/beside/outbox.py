"""What people are told without looking: how each wants it, what each was told, and the letters that are to be sent.

None of it is in the log. A letter says nothing but that there is something; what, stands on a page behind the log-in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

LETTERS_KEPT = timedelta(days=60)
"""How long a letter that was sent, or given up, is kept for who looks after the server."""

TOLD_KEPT = timedelta(days=1)
"""How long something that is no longer there counts as told: what comes back later is news again."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How a person wants to be told. ``how`` is "never", "daily" or "at once"; ``kinds`` which things."""

    account: str
    address: str = field(repr=False)
    how: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person. ``slot`` is what it is for, such as a day: there is one for each slot and person.

    ``due`` is when it is tried next, ``tries`` how often it was; ``sent`` when it was taken by the mail server, ``given_up`` when
    nobody tries again; ``error`` is what went wrong last, without words of anybody.
    """

    id: str
    account: str
    slot: str
    made: datetime
    due: datetime
    tries: int = 0
    sent: datetime | None = None
    given_up: datetime | None = None
    error: str | None = None


class Outbox(Protocol):
    """Who is told what, and by which letter."""

    def tellings(self) -> tuple[Telling, ...]:
        """How everybody wants to be told who said so, by account."""
        ...

    def telling(self, account: str) -> Telling | None:
        """How that person wants to be told, None where nothing was said."""
        ...

    def set_telling(self, telling: Telling) -> None:
        """Put this in the place of what the person said before."""
        ...

    def told(self, account: str) -> frozenset[str]:
        """The keys of what that person was told by letter."""
        ...

    def make_letter(self, letter: Letter, keys: Iterable[str]) -> bool:
        """Keep a letter with what it tells, all of it or nothing; however many processes try, one of them does.

        False where the person was told all of it already, or there is a letter for that slot: then nothing is kept.
        """
        ...

    def forget_told(self, account: str, but: Iterable[str], before: datetime) -> None:
        """Forget what is no longer there, and was told before that moment."""
        ...

    def claim_letter(self, now: datetime, until: datetime) -> Letter | None:
        """The next letter that is due, for whoever asks first: nobody else gets it before ``until``. None where none is due."""
        ...

    def letter_sent(self, id: str, now: datetime) -> None:
        """The mail server took it."""
        ...

    def letter_failed(self, id: str, error: str, again: datetime | None, now: datetime) -> None:
        """It was not taken; it is tried again at that moment, or never."""
        ...

    def letters(self) -> tuple[Letter, ...]:
        """All letters that are kept, the newest first."""
        ...
