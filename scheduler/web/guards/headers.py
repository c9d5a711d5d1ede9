"""The headers that every answer carries, and how much a request may bring.

OWASP ASVS 5.0, 3.4 and 14.3: nothing from elsewhere is loaded, nothing is framed, nothing about a patient is kept by a browser.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}
"""What an answer may say itself it keeps: a static file is cached, and a page of its own style has its own policy."""

TRANSPORT = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the headers to every answer that goes through it, errors included."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self._headers = {**HEADERS, **({"strict-transport-security": TRANSPORT} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and the answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if "server" in headers:
                    del headers["server"]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class TooLarge(Exception):
    """A request brought more than it may."""


TOO_LARGE = (b"text/plain; charset=utf-8", b"The request is too large.")
"""What is answered where nobody says otherwise: its content type and its text."""


class BodyLimit:
    """Refuses a request that brings too much, also when it does not say how much it will bring."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        largest: int,
        refusal: tuple[bytes, bytes] = TOO_LARGE,
        elsewhere: Mapping[str, int] | None = None,
    ) -> None:
        """``elsewhere`` says how much more it may be at some paths."""
        self.app = app
        self._largest = largest
        self._refusal = refusal
        self._elsewhere = elsewhere or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = max(self._largest, self._elsewhere.get(scope["path"], 0))
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or len(said) > 15 or int(said) > largest:
            await _refuse(send, *self._refusal)
            return
        brought, started = 0, False

        async def counted() -> Message:
            nonlocal brought
            message = await receive()
            if message["type"] == "http.request":
                brought += len(message.get("body", b""))
                if brought > largest:
                    raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except TooLarge:
            if not started:
                await _refuse(send, *self._refusal)


async def _refuse(send: Send, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
