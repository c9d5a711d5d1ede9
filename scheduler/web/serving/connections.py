"""Connections that cost little: how many from one address, how long a request may take to come, how much its head may be.

Uvicorn has no such limits of its own. Whoever opens many connections, or sends a request letter by letter, keeps others out.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from ipaddress import ip_address, ip_network
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from scheduler.web.guards.limits import network_of

LARGEST_HEAD = 32_768
"""Octets of a request's address and headers."""

HEAD_WITHIN, BODY_WITHIN = 10.0, 60.0
"""Seconds in which a request's head must have come, and then its body."""

_REFUSALS = {
    408: b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    429: b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    431: b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
}


class CarefulProtocol(HttpToolsProtocol):
    """One connection. ``most`` are allowed from one address, of a proxy that is trusted any number."""

    most: ClassVar[int] = 100
    proxies: ClassVar[frozenset[str]] = frozenset()
    _open: ClassVar[Counter[str]] = Counter()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._source = ""
        self._timer: asyncio.TimerHandle | None = None
        self._head_is_whole = False
        self._of_head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it, and give its first request some time to come."""
        super().connection_made(transport)
        address = self.client[0] if self.client else None
        self._source = network_of(address)
        self._open[self._source] += 1
        self._wait(HEAD_WITHIN)
        if self._open[self._source] > self.most and not _is_in(address, self.proxies):
            self._refuse(429)

    def connection_lost(self, exc: Exception | None) -> None:
        """It counts no more."""
        self._stop_waiting()
        self._open[self._source] -= 1
        if self._open[self._source] <= 0:
            del self._open[self._source]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request, or of several."""
        if self.transport.is_closing():
            return
        if self._timer is None:
            self._wait(HEAD_WITHIN)
        if not self._head_is_whole:
            self._of_head += len(data)
        super().data_received(data)
        if not self._head_is_whole and self._of_head > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._head_is_whole, self._of_head = False, 0

    def on_url(self, url: bytes) -> None:
        """Some of its address."""
        self._take(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers."""
        self._take(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its head is whole: from here on the body has its time."""
        self._head_is_whole = True
        self._wait(BODY_WITHIN)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is there; how long the answer takes is not the sender's doing."""
        self._stop_waiting()
        self._of_head = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser could not go on with."""
        if self._of_head > LARGEST_HEAD:
            self._refuse(431)
        else:
            super().send_400_response(msg)

    def _take(self, octets: int) -> None:
        self._of_head += octets
        if self._of_head > 2 * LARGEST_HEAD:
            # The parser gives up, and asks for the answer to what it cannot go on with.
            raise ValueError("a large head")

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, self._refuse, 408)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int) -> None:
        self._stop_waiting()
        # Where an answer is under way, nothing is put into it.
        if not self._head_is_whole:
            self.transport.write(_REFUSALS[status])
        self.transport.close()


def _is_in(address: str | None, proxies: frozenset[str]) -> bool:
    """True for the address of a proxy that is named, by itself or by its network."""
    if address is None or "*" in proxies:
        return address is not None
    try:
        return any(ip_address(address) in ip_network(each, strict=False) for each in proxies)
    except ValueError:
        return address in proxies
