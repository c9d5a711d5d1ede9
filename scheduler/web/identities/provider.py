"""The provider of single sign-on, by OpenID Connect: code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 9700).

The browser keeps one secret for each time it is sent there. State, nonce and the code's verifier are made from it, so that an
answer is worth something in that browser alone, and once. What the provider says counts only where one of its keys signed it.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scheduler.clock import Clock
from scheduler.web.identities.logout import LoggedOut, who_logged_out
from scheduler.web.identities.mapping import Identity, identity_of
from scheduler.web.identities.proved import TOO_OLD, Since, why_not_since
from scheduler.web.settings import Settings, is_kept_from_others

BACK = "/login/provider/back"
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""No `none`, and none that a shared word signs: whoever has only the provider's public keys can make no token."""
_SECONDS = 5.0
_KNOWN_FOR = 3600.0
_ASKED_AGAIN = 30.0
_SILENT_FOR = 5.0
"""For so many seconds a provider that did not answer is not asked what it tells of itself."""
_AT_ONCE = 6
"""How many may wait for the provider. Who waits holds a thread that pages need too."""
_LEEWAY = 60


class NotProved(Exception):
    """What came back proves nothing. ``why`` is for the log: one word, and nothing of anybody."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotAnew(NotProved):
    """Who somebody is was proved before the person was sent there, or by a clock that is behind, which said ``read``."""

    def __init__(self, identity: Identity, read: int) -> None:
        super().__init__(TOO_OLD)
        self.identity, self.read = identity, read


class Unreachable(Exception):
    """The provider does not answer, or says nothing that can be used."""


class Busy(Exception):
    """So many wait for the provider already that one more would keep pages waiting."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider tells of itself, and its keys."""

    addresses: Mapping[str, Any]
    keys: Any
    at: float


class Provider:
    """Where somebody is sent, and what is made of what the person brings back."""

    def __init__(self, settings: Settings, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> None:
        assert settings.sso_issuer is not None
        self._settings, self._clock, self._seconds = settings, clock, seconds
        self._issuer = settings.sso_issuer
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._silent_since: float | None = None
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Room to ask the provider. Raises Busy where too many wait for it."""
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._room.release()

    def address(self, secret: str, *, fresh: bool) -> str:
        """Where to send the browser that keeps that secret. With ``fresh`` the person proves anew who that is."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        asked = {
            "response_type": "code",
            "client_id": self._settings.sso_client,
            "redirect_uri": f"{self._settings.public_url}{BACK}",
            "scope": self._settings.sso_scopes,
            "state": state_of(secret),
            "nonce": _made("nonce", secret),
            "code_challenge": create_s256_code_challenge(_made("verifier", secret)),
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if fresh else {}),
        }
        return _with(self._address("authorization_endpoint"), asked)

    def way_out(self) -> str | None:
        """Where somebody logs out there too; None where the provider has no such page."""
        if "end_session_endpoint" not in self._about().addresses:
            return None
        found = self._address("end_session_endpoint")
        back = f"{self._settings.public_url}/login"
        return _with(found, {"client_id": self._settings.sso_client, "post_logout_redirect_uri": back})

    def identity(self, code: str, secret: str, issuer: str | None, *, since: Since | None = None) -> Identity:
        """Who came back with that code. ``since`` is when the person was sent to prove it anew.

        Raises NotProved, NotAnew, Unreachable.
        """
        if issuer is not None and issuer != self._issuer:
            raise NotProved("another provider")
        asked = self._clock.now()
        token = self._token(code, _made("verifier", secret))
        claims = self._claims(token, _made("nonce", secret))
        if since is None:
            claims = {**self._told_beside(token, claims), **claims}
        try:
            found = identity_of(claims, self._issuer, self._settings.sso_groups)
        except ValueError:
            raise NotProved("sub") from None
        if since is not None:
            issued = claims.get("iat")
            why = why_not_since(since, found.proved, issued, asked)
            if why == TOO_OLD and isinstance(issued, int):
                raise NotAnew(found, issued)
            if why is not None:
                raise NotProved(why)
        return found

    def logged_out(self, words: str) -> LoggedOut:
        """Who logged out there, by the token that the provider sent. Raises NotProved, Unreachable."""
        header, claims = self._read(words)
        client, now = self._settings.sso_client or "", self._clock.now().timestamp()
        try:
            return who_logged_out(header, claims, self._issuer, client, now, _LEEWAY)
        except ValueError as error:
            raise NotProved(str(error)) from None

    def _told_beside(self, token: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """Groups and names that the token leaves out, where the provider tells them of the same person elsewhere (`userinfo`)."""
        wanted = {self._settings.sso_groups, "name", "preferred_username"}
        needs_groups = bool(self._settings.sso_roles or self._settings.sso_sites)
        access = token.get("access_token")
        if self._settings.sso_groups in claims or not needs_groups or not isinstance(access, str):
            return {}
        if "userinfo_endpoint" not in self._about().addresses:
            return {}
        told = _fetched(self._address("userinfo_endpoint"), access)
        if told.get("sub") != claims.get("sub"):
            raise NotProved("sub")
        return {name: said for name, said in told.items() if name in wanted}

    def _token(self, code: str, verifier: str) -> Mapping[str, Any]:
        """The code for a token, at the provider itself."""
        from authlib.integrations.base_client import OAuthError
        from authlib.integrations.requests_client import OAuth2Session
        from requests import RequestException

        settings = self._settings
        way = None if settings.sso_secret is not None else "none"
        try:
            with OAuth2Session(
                settings.sso_client,
                settings.sso_secret,
                token_endpoint_auth_method=way,
                redirect_uri=f"{settings.public_url}{BACK}",
            ) as session:
                token: Mapping[str, Any] = session.fetch_token(
                    self._address("token_endpoint"),
                    code=code,
                    grant_type="authorization_code",
                    code_verifier=verifier,
                    timeout=_SECONDS,
                    allow_redirects=False,
                )
        except OAuthError as error:
            raise NotProved(str(error.error)[:40]) from None
        except (RequestException, ValueError) as error:
            raise Unreachable(type(error).__name__) from None
        return token

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """What the token says, when its signature, sender, receiver, times and nonce are right."""
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        words = token.get("id_token")
        if not isinstance(words, str):
            raise NotProved("no token")
        header, said = self._read(words)
        options = {name: {"essential": True, "value": value} for name, value in self._expected().items()}
        more = {"nonce": nonce, "client_id": self._settings.sso_client, "access_token": token.get("access_token")}
        claims = CodeIDToken(said, header, options, more)
        try:
            claims.validate(int(self._clock.now().timestamp()), _LEEWAY)
        except (JoseError, ValueError, TypeError, AttributeError) as error:
            raise NotProved(str(getattr(error, "claim", None) or type(error).__name__)[:40]) from None
        return dict(claims)

    def _expected(self) -> Mapping[str, str | None]:
        return {"iss": self._issuer, "aud": self._settings.sso_client}

    def _read(self, words: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
        """The token's parts. A key that is not known yet is asked for once more: providers change theirs."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        for again in (False, True):
            try:
                read = jwt.decode(words, self._about(again=again).keys, algorithms=_ALGORITHMS)
            except (JoseError, ValueError, TypeError) as error:
                if again:
                    raise NotProved(type(error).__name__) from None
            else:
                return read.header, read.claims
        raise AssertionError("not reached")

    def _address(self, name: str) -> str:
        found = self._about().addresses.get(name)
        if not isinstance(found, str) or not is_kept_from_others(found):
            raise Unreachable(f"no {name}")
        return found

    def _about(self, *, again: bool = False) -> _Known:
        """What the provider tells of itself, looked up once an hour, and ``again`` at most twice a minute."""
        with self._lock:
            known, now = self._known, self._seconds()
            if known is not None and now - known.at <= (_ASKED_AGAIN if again else _KNOWN_FOR):
                return known
            if self._silent_since is not None and now - self._silent_since < _SILENT_FOR:
                raise Unreachable("it did not answer just now")
            try:
                self._known = self._look_up(now)
            except Unreachable:
                self._silent_since = self._seconds()
                raise
            return self._known

    def _look_up(self, now: float) -> _Known:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        addresses = _fetched(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if addresses.get("issuer") != self._issuer:
            raise Unreachable("another issuer")
        try:
            keys = KeySet.import_key_set(_fetched(addresses.get("jwks_uri")))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unreachable(type(error).__name__) from None
        return _Known(addresses, keys, now)


def state_of(secret: str) -> str:
    """What the provider gives back, and the server knows the attempt by."""
    return _made("state", secret)


def _made(purpose: str, secret: str) -> str:
    return hashlib.sha256(f"{purpose} {secret}".encode()).hexdigest()


def _with(address: str, asked: Mapping[str, str | None]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({key: said for key, said in asked.items() if said})}"


def _fetched(address: object, access: str | None = None) -> dict[str, Any]:
    """JSON that the provider tells. ``access`` is the token by which it tells of a person; it goes to no other address."""
    import requests

    if not isinstance(address, str) or not is_kept_from_others(address):
        raise Unreachable("an address that others can read along")
    try:
        headers = {"authorization": f"Bearer {access}"} if access is not None else None
        answer = requests.get(address, headers=headers, timeout=_SECONDS, allow_redirects=False)
        said = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise Unreachable(type(error).__name__) from None
    if not isinstance(said, dict):
        raise Unreachable("no answer")
    return said
