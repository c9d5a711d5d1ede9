"""Passwords: hashed with argon2id, checked a few at a time, and checked for as long where there is no such account."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduler.said import Said, said
from scheduler.web.problems import too_busy
from scheduler.web.settings import Settings

SHORTEST = 12
LONGEST = 200
_WAITING = 8
"""How many may wait for their turn. Who waits holds a thread that pages need too, so the next is told to come again."""
# Letters and digits that nobody takes for one another when they are read from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class _Turns:
    """One at a time, and a queue that is never long."""

    def __init__(self, waiting: int) -> None:
        self._room = BoundedSemaphore(1 + waiting)
        self._turn = BoundedSemaphore(1)

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise too_busy()
        try:
            with self._turn:
                yield
        finally:
            self._room.release()


class Passwords:
    """Makes and checks hashes. Each check takes much memory and time on purpose.

    So they take turns: one for all who are signed in, and one for all who are not. However many try to log in, pages have their
    threads, and who is signed in can sign.
    """

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHasher(
            time_cost=settings.argon2_rounds, memory_cost=settings.argon2_memory_kib, parallelism=1
        )
        self._inside, self._outside = _Turns(_WAITING), _Turns(_WAITING)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def turn(self, *, inside: bool) -> contextlib.AbstractContextManager[None]:
        """A turn to check a password, for somebody who is signed in or not. Raises Problem where too many wait for one."""
        return (self._inside if inside else self._outside).one()

    def hash(self, password: str) -> str:
        """The hash to keep. Raises Problem where too many wait."""
        with self._inside.one():
            return self._hasher.hash(password)

    def matches(self, password: str, kept: str | None) -> bool:
        """True when the password is the one of that hash. Without a hash it takes as long, and is False. Take a `turn` first."""
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
    """Why a password cannot be used, or None. Length counts, not signs, and no password that others use (NIST SP 800-63B)."""
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
    if is_common(password):
        return said(
            "This password, or what is left without its digits and signs at the end, is among those that many people use."
        )
    return None


def is_common(password: str) -> bool:
    """True for a password that many people use, also twice in a row or with digits and signs around it."""
    plain = password.casefold()
    stem = plain.strip("0123456789 !?.,-_*#$@+")
    half = plain[: len(plain) // 2]
    return bool({plain, stem, half if half * 2 == plain else plain} & _common())


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])
