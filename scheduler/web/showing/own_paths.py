"""Addresses on this server that a request brings with it: where to go afterwards, and never to a page elsewhere."""

from __future__ import annotations

from urllib.parse import urlencode


def local_path(said: str | None, otherwise: str = "/") -> str:
    """Where to go afterwards: a path on this server, else ``otherwise``."""
    if not said or not said.startswith("/") or said.startswith("//") or "\\" in said:
        return otherwise
    return said if said.isprintable() and not said.startswith(("/login", "/logout")) else otherwise


def with_query(path: str, **more: str) -> str:
    """The same path with more said behind it. What it says already it goes on saying, once."""
    bare, _, query = path.partition("#")[0].partition("?")
    kept = [each for each in query.split("&") if each and each.partition("=")[0] not in more]
    return f"{bare}?{'&'.join([*kept, urlencode(more)])}"
