"""Logging in: one answer and one duration for whatever is wrong, and a lock after some wrong passwords in a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.clock import Clock
from scheduler.store.interface import Store
from scheduler.store.values import Account, Act, Who
from scheduler.web.guards.passwords import Passwords
from scheduler.web.settings import Settings

SERVER = Who("server", "the server", "server")
"""Who is named where the server itself records something, such as a lock."""

LOCKED, UNLOCKED = "account locked", "account unlocked"
NOTES = (LOCKED, UNLOCKED)
"""What is recorded about locks."""


class SigningIn:
    """Checks logins and passwords, and counts what was wrong."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, passwords: Passwords) -> None:
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._lock_after = settings.lock_after
        self._lock_for = timedelta(minutes=settings.lock_minutes)

    def account(self, login: str, password: str) -> Account | None:
        """The account, when login and password are right and it is neither disabled nor locked. Else None, and no reason."""
        account = self._store.account_of(login) if login else None
        right = self._passwords.matches(password, account.password if account is not None else None)
        if account is None or account.disabled:
            return None
        return account if self._settle(account, right) else None

    def is_password_of(self, account: Account, password: str) -> bool:
        """True when somebody who is signed in gives the password again. Wrong ones count as at logging in."""
        current = self._store.account(account.id)
        if current is None or current.disabled:
            return False
        return self._settle(current, self._passwords.matches(password, current.password))

    def _settle(self, account: Account, right: bool) -> bool:
        now = self._clock.now()
        if account.locked_until is not None and now < account.locked_until:
            return False
        if account.locked_until is not None or (right and account.failed):
            self._store.lock(account.id, None)
        if not right:
            self._count(account, now)
        return right

    def _count(self, account: Account, now: datetime) -> None:
        failures = self._store.count_failure(account.id)
        if failures >= self._lock_after:
            self._store.lock(account.id, now + self._lock_for)
            self._store.note(LOCKED, {"account": account.id, "wrong passwords": failures}, Act(SERVER, now))
