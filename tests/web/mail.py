"""A real mail server on a free port of this computer, which takes what it is given, or refuses it as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Received:
    """What came, and what is answered to an address: 250 takes it."""

    letters: list[tuple[str, Message]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append((envelope.rcpt_tos[0], message_from_bytes(content)))
        return "250 OK"


@contextlib.contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[tuple[Received, int]]:
    """The server, and its port. With ``tls`` it takes nothing before the way is secret."""
    received, loop = Received(), asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0))

    def one() -> SMTP:
        return SMTP(received, loop=loop, tls_context=tls, require_starttls=tls is not None)

    server = loop.run_until_complete(loop.create_server(one, sock=listening))
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield received, listening.getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
