"""What stands before the pages: parts of the server that answer by themselves, without sessions and without a framework."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Measure: TypeAlias = Callable[[str, str, int, float], None]
"""Takes in one request: its method, its route, the status of the answer, and how many seconds it took."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Front:
    """Sends a request to the part whose prefix its path has ("/static/"), and everything else to the pages.

    ``measure`` is told of each request by its route's template, never by its path.
    """

    def __init__(self, pages: ASGIApp, parts: Mapping[str, ASGIApp], measure: Measure | None = None) -> None:
        self.pages = pages
        self.parts = dict(parts)
        self._measure = measure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Starting and stopping is the pages' business."""
        if scope["type"] != "http" or self._measure is None:
            await self._pass_on(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._pass_on(scope, receive, watched)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._measure(method, self._route_of(scope), status, time.perf_counter() - begun)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        prefix = self._prefix_of(scope)
        await (self.pages if prefix is None else self.parts[prefix])(scope, receive, send)

    def _prefix_of(self, scope: Scope) -> str | None:
        # Some programs write two slashes after the host: that is the same address.
        path = f"/{scope['path'].lstrip('/')}" if scope["type"] == "http" else ""
        return next((prefix for prefix in self.parts if path.startswith(prefix)), None)

    def _route_of(self, scope: Scope) -> str:
        """The template of the route, else the part that answered, else "none": nothing of the path itself."""
        template: str | None = getattr(scope.get("route"), "path", None)
        return template or self._prefix_of(scope) or "none"
