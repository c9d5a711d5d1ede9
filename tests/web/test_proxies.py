"""Where a request comes from is believed from the proxies that were named, and from nobody else."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from scheduler.web.serving.running import Ending, run
from scheduler.web.settings import Settings


@pytest.mark.parametrize(
    ("trusted", "via", "client"),
    [
        ("", "127.0.0.1", "127.0.0.1"),
        ("192.0.2.1", "127.0.0.1", "127.0.0.1"),
        ("192.0.2.1, 192.0.2.128/25", "192.0.2.1", "203.0.113.9"),
        ("192.0.2.1, 192.0.2.128/25", "192.0.2.200", "203.0.113.9"),
    ],
)
def test_address_is_the_last_one_that_no_named_proxy_has(
    monkeypatch: pytest.MonkeyPatch, trusted: str, via: str, client: str
) -> None:
    """A browser made up 198.51.100.1; the first proxy added where it came from, the second where the first is."""
    monkeypatch.setenv("_SCHEDULER_DATABASE", "")
    monkeypatch.setenv("_SCHEDULER_CHOSEN", "")
    before = signal.getsignal(signal.SIGTERM)
    chosen: list[uvicorn.Config] = []
    monkeypatch.setattr(Ending, "run", lambda server: chosen.append(server.config))
    run(Path("study"), Settings(trusted_proxies=trusted))
    signal.signal(signal.SIGTERM, before)
    [config] = chosen
    seen: list[str] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    app: Any = page
    if config.proxy_headers:
        app = ProxyHeadersMiddleware(app, trusted_hosts=config.forwarded_allow_ips)
    forwarded = (b"x-forwarded-for", b"198.51.100.1, 203.0.113.9, 192.0.2.150")
    asyncio.run(app({"type": "http", "client": (via, 1), "headers": [forwarded]}, None, None))
    assert seen == [client]
