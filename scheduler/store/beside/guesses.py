"""Passwords that are tried, and how many wrong ones are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Guess:
    """A password to be tried, looked at only when ``allowed``. ``locked_until`` is set where it locked its source out."""

    allowed: bool
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How many wrong passwords in a row one source may send for an account, and for how long it is locked out then."""

    after: int
    lasts: timedelta
