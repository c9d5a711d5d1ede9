"""Logging in and signing: one answer and one duration for whatever is wrong, and a lock after some wrong passwords in a row.

The lock is on where they come from, never on the account: who guesses from elsewhere stops nobody from working. For sources that
an account does not know, many wrong passwords make it slow for a time. Whoever is signed in is a source by the session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.clock import Clock
from scheduler.errors import ChangedMeanwhile
from scheduler.store.beside.guesses import Guess, Limits
from scheduler.store.interface import Store
from scheduler.store.rows import folded
from scheduler.store.tampering.told import LOCKED, locked_as_told
from scheduler.store.values import Account, Act, Who, digest_of
from scheduler.web.guards.passwords import Passwords
from scheduler.web.guards.second_factor import digest_of_code, step_of
from scheduler.web.guards.sessions import SignedIn
from scheduler.web.problems import signing_locked
from scheduler.web.settings import Settings

SERVER = Who("server", "the server", "server")
"""Who is named where the server itself records something, such as a lock."""

PROOF = "proof"
"""What somebody brought back from the provider of single sign-on, to sign one form with."""

UNLOCKED = "account unlocked"
NOTES = (LOCKED, UNLOCKED)
"""What is recorded about locks."""


class SigningIn:
    """Checks logins, passwords and codes, and counts what was wrong."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, passwords: Passwords) -> None:
        self._store = store
        self._clock = clock
        self._passwords = passwords
        self._limits = Limits(settings.lock_after, timedelta(minutes=settings.lock_minutes))

    def account(self, login: str, password: str, source: str, code: str = "") -> Account | None:
        """The account, when all is right and it is neither disabled nor this source locked out. Else None, and no reason.

        ``source`` is where it comes from; ``code`` is that of the second factor, where the account has one. Raises Problem when
        too many log in at once.
        """
        with self._passwords.turn(inside=False):
            account = self._store.account_of(login) if login else None
            id = account.id if account is not None else f"login {digest_of(folded(login))}"
            guess = self._begin(id, source, inside=False)
            kept = account.password if account is not None and guess.allowed else None
            right = self._passwords.matches(password, kept)
            if account is None or account.disabled or not right:
                self._end(id, source, guess, right=False, inside=False)
                return None
            right = account.totp is None or self._is_code_of(account, code)
            self._end(id, source, guess, right=right, inside=False)
        if not right:
            return None
        # Whoever resets a password never saw what the second factor is made from.
        return account if account.totp is None else self._proved(account.id, "the second factor", None)

    def is_password_of(self, signed_in: SignedIn, password: str) -> bool:
        """True when somebody who is signed in gives the password again. Wrong ones lock this session out of it for a time."""
        return self._is_right(signed_in, lambda account: self._passwords.matches(password, account.password))

    def signs(self, signed_in: SignedIn, password: str, form: str = "") -> bool:
        """The same for a signature. Raises Problem while it is not sure that the owner signs.

        Who logged in at the provider proved it there anew, for the form of that digest, and gives the key of that proof.
        """
        account = self._store.account(signed_in.account.id)
        if account is not None and account.reset_by is not None:
            raise signing_locked()
        if signed_in.at_provider:
            return self._is_proof(signed_in, password, form)
        return self.is_password_of(signed_in, password)

    def _is_proof(self, signed_in: SignedIn, key: str, form: str) -> bool:
        proof = self._store.take_attempt(digest_of_proof(key), self._clock.now())
        return proof is not None and (proof.purpose, proof.account, proof.session, proof.about) == (
            PROOF,
            signed_in.account.id,
            signed_in.session.token,
            form,
        )

    def proves(self, signed_in: SignedIn, code: str) -> bool:
        """True when somebody who is signed in gives what only the owner has: a recovery code, or one of the second factor.

        From then on the account signs again, whoever gave it another password.
        """
        if not self._is_right(signed_in, lambda account: self._is_code_of(account, code)):
            return False
        self._proved(signed_in.account.id, "a code that only the owner has", signed_in)
        return True

    def is_new_code(self, signed_in: SignedIn, secret: str, code: str) -> bool:
        """True when that is the code of a secret at this moment, for the first time."""
        step = step_of(secret, code, self._clock.now())
        return step is not None and self._store.use_code(signed_in.account.id, step)

    def _is_right(self, signed_in: SignedIn, check: Callable[[Account], bool]) -> bool:
        source = f"session {signed_in.session.token}"
        with self._passwords.turn(inside=True):
            account = self._store.account(signed_in.account.id)
            if account is None or account.disabled:
                return False
            guess = self._begin(account.id, source, inside=True)
            right = guess.allowed and check(account)
            self._end(account.id, source, guess, right=right, inside=True)
            return right

    def _is_code_of(self, account: Account, code: str) -> bool:
        """A code of the second factor, or a recovery code, which is used up with it."""
        digest = digest_of_code(code)
        if digest in account.recovery:
            left = replace(account, recovery=account.recovery - {digest})
            return self._is_changed(account, left, "a recovery code was used")
        step = step_of(account.totp, code, self._clock.now()) if account.totp is not None else None
        return step is not None and self._store.use_code(account.id, step)

    def _proved(self, id: str, by: str, inside: SignedIn | None) -> Account | None:
        """The account, which signs again. An identity at the provider may be an admin's: it goes unless the owner came by it."""
        account = self._store.account(id)
        if account is None or account.reset_by is None:
            return account
        came_by_it = inside is not None and inside.at_provider
        proved = replace(account, reset_by=None, external=account.external if came_by_it else None)
        if not self._is_changed(account, proved, f"the owner gave {by}"):
            return self._store.account(id)
        if proved.external != account.external:
            self._store.close_sessions(id, but=inside.session.token if inside is not None else None)
        return proved

    def _is_changed(self, seen: Account, changed: Account, reason: str) -> bool:
        """False where somebody changed it meanwhile, such as by the same code: then nothing is done."""
        act = Act(Who(seen.id, seen.name, seen.role), self._clock.now(), reason)
        try:
            self._store.change_account(seen, changed, act)
        except ChangedMeanwhile:
            return False
        return True

    def _begin(self, account: str, source: str, *, inside: bool) -> Guess:
        guess = self._store.begin_guess(account, source, self._limits, self._clock.now(), inside=inside)
        self._note(account, guess.locked_until)
        return guess

    def _end(self, account: str, source: str, guess: Guess, *, right: bool, inside: bool) -> None:
        if guess.allowed:
            now = self._clock.now()
            self._note(account, self._store.end_guess(account, source, self._limits, now, right=right, inside=inside))

    def _note(self, account: str, until: datetime | None) -> None:
        """Record that a source was locked out of an account; of a login that nobody has there is nothing to tell."""
        if until is not None and self._store.account(account) is not None:
            told = locked_as_told(account, self._limits.after, until)
            self._store.note(LOCKED, told, Act(SERVER, self._clock.now()))


def digest_of_proof(key: str) -> str:
    """What is kept of the key of a proof."""
    return digest_of(f"proof {key}")
