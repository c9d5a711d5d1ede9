"""What goes back to a calendar program: the headers of every kind of answer, and never a page where a calendar is expected.

A program that is given a page, half a calendar or an empty one drops what it had (Thunderbird, Evolution), so nothing is
sent with 200 but a whole calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from starlette.types import Send

from scheduler.web.feeds.conditional import Asked, accepts_gzip, http_date, is_since, matched_tag
from scheduler.web.feeds.written import Written
from scheduler.web.guards.headers import TRANSPORT

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]

_ALWAYS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_OF_A_FEED: Headers = ((b"cache-control", b"private, no-cache"), (b"vary", b"Accept-Encoding"))
_OF_A_CALENDAR: Headers = (
    (b"content-type", b"text/calendar; charset=utf-8"),
    (b"content-disposition", b'inline; filename="calendar.ics"'),
)
_OF_A_WORD: Headers = ((b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. With ``body`` None there is none to send, and nothing is said of its length."""

    status: int
    headers: Headers
    body: bytes | None = field(default=None, repr=False)


def _word(status: int, text: str, *more: tuple[bytes, bytes]) -> Answer:
    return Answer(status, (*_ALWAYS, *_OF_A_WORD, *more), text.encode())


NOT_FOUND = _word(404, "There is no such calendar.\n")
GONE = _word(410, "This calendar has ended. Please ask your study site.\n")
NOT_ALLOWED = _word(405, "A calendar can only be read.\n", (b"allow", b"GET, HEAD"))
TOO_OFTEN = _word(429, "Too many requests.\n", (b"retry-after", b"60"))
UNAVAILABLE = _word(503, "The calendar cannot be read at the moment.\n", (b"retry-after", b"300"))
BROKEN = _word(500, "The calendar cannot be made.\n", (b"retry-after", b"3600"))


def answer_with(feed: Written, asked: Asked, now: datetime) -> Answer:
    """The feed, or that the program has it already. ``now`` is the moment of the answer (UTC)."""
    tags = (feed.tag, feed.zipped_tag)
    zipped = accepts_gzip(asked.accept_encoding)
    # Who can read gzip can read plain bytes too: whichever version the program has, it may keep.
    acceptable = tags[::-1] if zipped else tags[:1]
    had = _had(feed, asked, acceptable)
    headers: Headers = (
        *_ALWAYS,
        *_OF_A_FEED,
        (b"etag", f'"{had or acceptable[0]}"'.encode()),
        # A moment to come is none that anything was changed at (RFC 9110, 8.8.2.1).
        (b"last-modified", http_date(min(feed.changed, now.replace(microsecond=0))).encode()),
    )
    if had is not None:
        return Answer(304, headers)
    encoding: Headers = ((b"content-encoding", b"gzip"),) if zipped else ()
    return Answer(200, (*headers, *_OF_A_CALENDAR, *encoding), feed.zipped if zipped else feed.plain)


def _had(feed: Written, asked: Asked, acceptable: tuple[str, ...]) -> str | None:
    """The tag of the version that the program has already. The date counts only where no tag is given (RFC 9110, 13.2.2)."""
    if asked.if_none_match is not None:
        return matched_tag(asked.if_none_match, acceptable)
    if asked.if_modified_since is not None and is_since(asked.if_modified_since, feed.changed):
        return acceptable[0]
    return None


async def send_answer(answer: Answer, send: Send, *, with_body: bool, secure: bool) -> None:
    """Send it in one piece, its length said before; for HEAD without its body."""
    body = answer.body or b""
    headers = list(answer.headers)
    if answer.body is not None:
        headers.append((b"content-length", str(len(body)).encode()))
    if secure:
        headers.append((b"strict-transport-security", TRANSPORT.encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body if with_body else b""})
