"""What stands before the pages: parts of the server that answer by themselves, without sessions and without a framework."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """Sends a request to the part whose prefix its path has ("/static/"), and everything else to the pages."""

    def __init__(self, pages: ASGIApp, parts: Mapping[str, ASGIApp]) -> None:
        self.pages = pages
        self.parts = dict(parts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Starting and stopping is the pages' business."""
        if scope["type"] == "http":
            path: str = scope["path"]
            for prefix, part in self.parts.items():
                if path.startswith(prefix):
                    await part(scope, receive, send)
                    return
        await self.pages(scope, receive, send)
