"""A browser that sent a form is sent on to a page that it can ask for again, so that going back never sends the form anew.

The page that answered is kept for an hour, for the same account alone, as long as its role and sites are the same. A program, and
our own script, get the answer itself; so does whoever is told to try again in a moment.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.errors import StoreUnavailable
from scheduler.web.guards.requests import Visit
from scheduler.web.guards.sessions import bearer_token
from scheduler.web.unsaved import keep_page


class SentOn:
    """Answers a form of a browser with the address of the page, where the answer is a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold a page back until it is whole."""
        if (
            scope["type"] != "http"
            or scope["method"] != "POST"
            or "text/html" not in Headers(scope=scope).get("accept", "")
        ):
            await self.app(scope, receive, send)
            return
        start: Message | None = None
        page: list[bytes] = []

        async def held(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif message["type"] != "http.response.body" or start is None:
                await send(message)
            else:
                page.append(message.get("body", b""))
                if not message.get("more_body", False):
                    await _answer(scope, start, b"".join(page), send)

        await self.app(scope, receive, held)


def _is_page(start: Message) -> bool:
    """True for a page that stays; one that goes on by itself, such as to the provider, is none, nor is one about a bad moment."""
    headers = Headers(raw=start["headers"])
    passes = "refresh" in headers or "retry-after" in headers or start["status"] >= 500
    return headers.get("content-type", "").startswith("text/html") and not passes


async def _answer(scope: Scope, start: Message, page: bytes, send: Send) -> None:
    address = await run_in_threadpool(_kept, scope, page)
    if address is None:
        await send(start)
        await send({"type": "http.response.body", "body": page})
        return
    headers = MutableHeaders(raw=list(start["headers"]))
    for name in ("content-length", "content-type", "content-language"):
        del headers[name]
    headers["location"] = address
    await send({"type": "http.response.start", "status": 303, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b""})


def _kept(scope: Scope, page: bytes) -> str | None:
    """The address of the kept page; None where nobody is signed in, or nothing can be kept."""
    visit = scope.get("state", {}).get("visit")
    if not isinstance(visit, Visit) or visit.signed_in is None or bearer_token(visit.request) is not None:
        return None
    store, now = visit.server.store, visit.server.clock.now()
    state = visit.request.state
    if getattr(state, "kept_nowhere", False):
        return None
    try:
        return keep_page(store, visit.who.account, page, now, shown_once=getattr(state, "shown_once", False))
    except StoreUnavailable:
        return None
