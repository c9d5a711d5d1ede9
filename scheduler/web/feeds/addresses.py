"""Where a feed is found: the one place that knows how its address is made. The token in it is shown once, and kept nowhere."""

from __future__ import annotations

from starlette.requests import Request

PREFIX = "/feeds/"
ENDING = ".ics"


def path_of(token: str) -> str:
    """The path of a feed on this server."""
    return f"{PREFIX}{token}{ENDING}"


def origin_of(request: Request, public_url: str | None) -> str:
    """Where the pages are: at the server's public address, else at the one that the browser used."""
    return public_url or f"{request.url.scheme}://{request.url.netloc}"


def address_of(token: str, request: Request, public_url: str | None) -> str:
    """The address to hand out."""
    return origin_of(request, public_url) + path_of(token)


def as_webcal(address: str) -> str:
    """The same as calendar programs like to be given it: opening it asks whether to subscribe.

    A secret way stays secret: ``webcal`` alone may be tried without, and the address would be read on the way.
    """
    scheme, _, rest = address.partition("://")
    return f"{'webcals' if scheme == 'https' else 'webcal'}://{rest}"
