"""Changes are taken from this server's own pages only (OWASP ASVS 5.0, 3.5).

A browser says where a request comes from, in ``Sec-Fetch-Site`` and ``Origin``; a page elsewhere cannot change what it says.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_from_here(request: Request, public_url: str | None, *, silence: bool = False) -> bool:
    """True when a request can change nothing, or says that it comes from a page of this server.

    ``silence`` is what a request is that does not say: a no, except where no page elsewhere could have had it sent.
    """
    if request.method in SAFE:
        return True
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return silence if site is None else site == "same-origin"
    return _is_own(origin, request, public_url)


def _is_own(origin: str, request: Request, public_url: str | None) -> bool:
    if public_url is not None and origin == public_url:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc == request.headers.get("host") and public_url is None
