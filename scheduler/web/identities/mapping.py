"""Which role and sites a person's groups at the provider give. Who is in groups of two roles has none: nothing is guessed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.web.settings import Settings, pairs_of

ALL_SITES = "*"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the provider told it just now. ``external`` is what is kept of it: a digest that names nobody."""

    external: str
    name: str
    login: str
    groups: frozenset[str]
    proved: int | None
    """When the person proved there who that is, in seconds since 1970, where the provider said so."""


def identity_of(claims: Mapping[str, Any], issuer: str, claim: str) -> Identity:
    """What the claims say. A name or groups that are no text are none. Raises ValueError where nobody is named."""
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject:
        raise ValueError("sub")
    login = _text(claims.get("preferred_username"))
    name = _text(claims.get("name")) or login or "nameless"
    proved = claims.get("auth_time")
    return Identity(
        external=external_of(issuer, subject),
        name=name[:100],
        login=login,
        groups=_groups(claims.get(claim)),
        proved=proved if isinstance(proved, int) and not isinstance(proved, bool) else None,
    )


def external_of(issuer: str, subject: str) -> str:
    """What is kept of who somebody is there."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode("utf-8", "surrogatepass")).hexdigest()


def roles_of(identity: Identity, settings: Settings) -> frozenset[str]:
    """The roles that the groups give: one is the role, none and several are nobody's."""
    return frozenset(role for group, role in pairs_of(settings.sso_roles).items() if group in identity.groups)


def sites_of(identity: Identity, settings: Settings) -> frozenset[str] | None:
    """The sites that the groups give; None is all of them."""
    sites = frozenset(site for group, site in pairs_of(settings.sso_sites).items() if group in identity.groups)
    return None if ALL_SITES in sites else sites


def _text(said: object) -> str:
    return said.strip() if isinstance(said, str) and said.isprintable() else ""


def _groups(said: object) -> frozenset[str]:
    some = said if isinstance(said, list) else [said]
    return frozenset(each for each in some if isinstance(each, str))
