"""What the provider sends by itself when somebody logged out there (OpenID Connect Back-Channel Logout 1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.web.identities.mapping import external_of

EVENT = "http://schemas.openid.net/event/backchannel-logout"
_KINDS = ("logout+jwt", "jwt")
_OLD = 300
"""For so many seconds a token is taken after it was made: no longer than its number is remembered."""


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """Who logged out, by the digest that is kept of it, and the number of the token, which is good once."""

    external: str
    number: str


def who_logged_out(
    header: Mapping[str, Any], claims: Mapping[str, Any], issuer: str, client: str, now: float, leeway: int
) -> LoggedOut:
    """What a signed token says. Raises ValueError, with one word for the log, where it is none of a log-out, for here and now."""
    kind = header.get("typ")
    if kind is not None and (not isinstance(kind, str) or kind.lower().removeprefix("application/") not in _KINDS):
        raise ValueError("typ")
    if claims.get("iss") != issuer:
        raise ValueError("iss")
    audience = claims.get("aud")
    if client not in (audience if isinstance(audience, list) else [audience]):
        raise ValueError("aud")
    made, until = _seconds(claims, "iat"), _seconds(claims, "exp")
    if not now - _OLD <= made <= now + leeway:
        raise ValueError("iat")
    if until < now - leeway:
        raise ValueError("exp")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise ValueError("events")
    if "nonce" in claims:
        raise ValueError("nonce")
    return LoggedOut(external_of(issuer, _text(claims, "sub")), _text(claims, "jti"))


def _seconds(claims: Mapping[str, Any], name: str) -> int:
    said = claims.get(name)
    if not isinstance(said, int) or isinstance(said, bool):
        raise ValueError(name)
    return said


def _text(claims: Mapping[str, Any], name: str) -> str:
    said = claims.get(name)
    if not isinstance(said, str) or not said:
        raise ValueError(name)
    return said
