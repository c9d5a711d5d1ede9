"""Passwords: hashed with argon2id, checked a few at a time, and checked for as long where there is no such account."""

from __future__ import annotations

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduler.said import Said, said
from scheduler.web.settings import Settings

SHORTEST = 12
LONGEST = 200
_AT_ONCE = 2
# Letters and digits that nobody takes for one another when they are read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Passwords:
    """Makes and checks hashes. Each check takes much memory on purpose, so only a few run at once."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHasher(
            time_cost=settings.argon2_rounds, memory_cost=settings.argon2_memory_kib, parallelism=1
        )
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turns:
            return self._hasher.hash(password)

    def matches(self, password: str, kept: str | None) -> bool:
        """True when the password is the one of that hash. Without a hash it takes as long, and is False."""
        with self._turns:
            try:
                self._hasher.verify(kept or self._nobodys, password[: LONGEST + 1])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None


def new_password() -> str:
    """A password to read out or print once: four groups of five letters and digits, 99 random bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def what_is_wrong_with(password: str, login: str) -> Said | None:
    """Why a password cannot be used, or None. Length counts, not signs (NIST SP 800-63B 5.1.1.2)."""
    if len(password) < SHORTEST:
        return said(
            "The password has {number} characters; it needs at least {least}.", number=len(password), least=SHORTEST
        )
    if len(password) > LONGEST:
        return said("The password is too long; at most {most} characters.", most=LONGEST)
    if login and login.casefold() in password.casefold():
        return said("The password must not contain the login name.")
    if len(set(password)) < 5:
        return said("The password repeats the same few characters.")
    return None
