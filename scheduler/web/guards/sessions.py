"""Who is signed in: 256 random bits in a cookie that no script can read, and only their hash in the store.

A program that is no browser sends the same bits as ``Authorization: Bearer`` (RFC 6750); then its cookies say nothing.

A session is new at every log-in, so that one set by somebody else is worth nothing. It ends after some time without use and, in
any case, after some hours (OWASP ASVS 5.0, 7.2 and 7.3).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from scheduler.clock import Clock
from scheduler.store.interface import Store
from scheduler.store.values import Account, Session, Who
from scheduler.web.problems import sign_in_first
from scheduler.web.settings import Settings

_AT_PROVIDER = "provider."
"""How the token of a session begins whose owner logged in at the provider of single sign-on."""

_SELDOM = timedelta(seconds=60)
"""How exactly the last use is kept: writing it at every click would make readers wait for each other."""

_REMEMBERED = timedelta(hours=24)
"""How long it is known whose a session was that has ended by itself: what was typed in it is not lost."""


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def bearer_token(request: Request) -> str | None:
    """The token that a program sends itself, None where there is none. No page elsewhere can make a browser send one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account that is signed in, with the token that its forms must carry back.

    ``at_provider`` is True where the owner logged in at the provider of single sign-on: then signatures are given there too.
    """

    account: Account
    session: Session
    form_token: str = field(repr=False)
    at_provider: bool = False

    @property
    def who(self) -> Who:
        """The person as records name them."""
        return Who(self.account.id, self.account.name, self.account.role)

    def is_form_token(self, said: str) -> bool:
        """True when a form came from a page of this session."""
        return hmac.compare_digest(self.form_token.encode(), said.encode("utf-8", "replace"))


class Sessions:
    """Opens, finds and ends sessions."""

    def __init__(self, store: Store, settings: Settings, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._secure = settings.secure
        self._idle = timedelta(minutes=settings.session_idle_minutes)
        self._longest = timedelta(hours=settings.session_hours)
        self.cookie = "__Host-session" if settings.secure else "session"

    def open(self, account: Account, *, at_provider: bool = False) -> str:
        """A new session; gives the token for the cookie.

        Raises Problem where the account got another password, code or identity, or was disabled, while this log-in was looked at.
        """
        now = self._clock.now()
        self._store.forget_sessions(now - _REMEMBERED)
        token = (_AT_PROVIDER if at_provider else "") + secrets.token_urlsafe(32)
        self._store.open_session(Session(hash_of(token), account.id, now, now, self._end(now, now)))
        # Whoever changes these ends all sessions afterwards: this one was there by then, or it is seen here.
        current = self._store.account(account.id)
        if current is None or _proof(current) != _proof(account):
            self._store.close_session(hash_of(token))
            raise sign_in_first()
        return token

    def find(self, request: Request) -> SignedIn | None:
        """Who sent the request, if anybody is signed in."""
        borne = bearer_token(request)
        return self.who_has(request.cookies.get(self.cookie, "") if borne is None else borne)

    def who_has(self, token: str) -> SignedIn | None:
        """Whose session that token is of, if there is one that has not ended."""
        if not 20 <= len(token) <= 100:
            return None
        session = self._store.session(hash_of(token))
        if session is None:
            return None
        now = self._clock.now()
        account = self._store.account(session.account)
        if account is None or account.disabled or now < session.created - _SELDOM:
            self._store.close_session(session.token)
            return None
        if now >= session.expires:
            return None
        if now - session.seen >= _SELDOM:
            self._store.touch_session(session.token, now, self._end(session.created, now))
        return SignedIn(account, session, _form_token(token), token.startswith(_AT_PROVIDER))

    def ended(self, request: Request) -> SignedIn | None:
        """Whose session ended by itself within the last hours: enough to keep a form for that account, and for nothing else."""
        token = request.cookies.get(self.cookie, "")
        session = self._store.session(hash_of(token)) if 20 <= len(token) <= 100 else None
        now = self._clock.now()
        if session is None or not session.expires <= now < session.expires + _REMEMBERED:
            return None
        account = self._store.account(session.account)
        return None if account is None or account.disabled else SignedIn(account, session, _form_token(token))

    def close(self, signed_in: SignedIn) -> None:
        """End this session."""
        self._store.close_session(signed_in.session.token)

    def set_cookie(self, response: Response, token: str) -> None:
        """Give the browser its token."""
        response.set_cookie(self.cookie, token, path="/", secure=self._secure, httponly=True, samesite="lax")

    def drop_cookie(self, response: Response) -> None:
        """Take it back."""
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="lax")

    def _end(self, created: datetime, used: datetime) -> datetime:
        return min(created + self._longest, used + self._idle)


def _proof(account: Account) -> tuple[str, str | None, str | None, bool]:
    """By what somebody logs in."""
    return account.password, account.totp, account.external, account.disabled


def _form_token(token: str) -> str:
    """What forms carry: it follows from the session's token and does not tell it."""
    return hashlib.sha256(f"form {token}".encode()).hexdigest()
