"""Feeds at their private addresses: an application of its own in front of the pages, with neither sessions nor cookies.

The token in an address is the whole right to read: it is looked up by its hash, and no line of any log has it or its address.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from scheduler.errors import StoreUnavailable
from scheduler.store.values import Link
from scheduler.web.feeds import answers
from scheduler.web.feeds.addresses import ENDING, PREFIX, path_of
from scheduler.web.feeds.answers import Answer, answer_with, send_answer
from scheduler.web.feeds.conditional import asked
from scheduler.web.feeds.shown import shown_by
from scheduler.web.feeds.up_to_date.ending import end_of, is_gone
from scheduler.web.feeds.up_to_date.kept import Kept
from scheduler.web.feeds.up_to_date.watch import Recorded, Watch
from scheduler.web.feeds.written import Written
from scheduler.web.guards.limits import network_of
from scheduler.web.guards.server import Server, limit_for
from scheduler.web.guards.sessions import hash_of
from scheduler.web.request_log import LOG, told_of

_SELDOM = timedelta(minutes=10)
"""How exactly the last fetch is kept: writing it at every fetch would make the database the slowest part."""


class Feeds:
    """Answers calendar programs. ``seconds`` never goes back: what the limit counts by."""

    def __init__(self, server: Server, seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = server.store
        self._clock = server.clock
        self._secure = server.settings.secure
        settings = server.settings
        self._limit = limit_for(server.store, settings, server.clock, "feeds", settings.feeds_per_minute, seconds)
        self._watch = Watch(server.store)
        self._kept = Kept(server.store, server.patients.study, server.clock)
        self._notes = ThreadPoolExecutor(1, "feeds-notes")
        self._noted: dict[str, datetime] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = time.perf_counter()
        wrong: dict[str, object] = {}
        try:
            answer = await self._answer(scope)
        except StoreUnavailable:
            answer = answers.UNAVAILABLE
        except Exception as error:
            answer, wrong = answers.BROKEN, told_of(error)
        if answer.status != 304:
            _log(answer.status, begun, wrong)
        await send_answer(answer, send, with_body=scope["method"] != "HEAD", secure=self._secure)

    async def _answer(self, scope: Scope) -> Answer:
        if scope["method"] not in ("GET", "HEAD"):
            return answers.NOT_ALLOWED
        client = scope.get("client")
        source = network_of(client[0] if client else None)
        if not self._limit.at_hand(source) and not await run_in_threadpool(self._limit.allows, source):
            return answers.TOO_OFTEN
        recorded = await self._watch.recorded()
        # Whatever stands in the address is hashed and looked up, so that all that is unknown takes the same way.
        link = recorded.links.get(hash_of(_token_in(scope["path"])))
        if link is None:
            return answers.NOT_FOUND
        now = self._clock.now()
        feed = await self._feed(link, recorded, now)
        if feed is None:
            return answers.GONE
        self._note(link, now)
        return answer_with(feed, asked(scope["headers"]), now)

    async def _feed(self, link: Link, recorded: Recorded, now: datetime) -> Written | None:
        """What that link gives, None when it ended long ago."""
        ended = end_of(link, now)
        if ended is not None:
            return None if is_gone(ended, now) else await self._kept.ending(shown_by(link), ended)
        feed = await self._kept.feed(shown_by(link), recorded)
        return None if feed.ended is not None and is_gone(feed.ended, now) else feed

    def _note(self, link: Link, now: datetime) -> None:
        """Keep when the feed was fetched, for the page of links. That it could not be kept is no reason not to answer."""
        noted = self._noted.get(link.id)
        if noted is None or not timedelta(0) <= now - noted < _SELDOM:
            self._noted[link.id] = now
            self._notes.submit(self._write_down, link.id, now)

    def _write_down(self, link: str, now: datetime) -> None:
        with contextlib.suppress(StoreUnavailable):
            self._store.fetched_link(link, now)


def _token_in(path: str) -> str:
    """The token, however programs write the address down: with two slashes, a slash at its end, or .ICS."""
    plain = f"/{path.strip('/')}"
    if not plain.lower().endswith(ENDING):
        return ""
    return plain[: -len(ENDING)].removeprefix(PREFIX)


def _log(status: int, begun: float, wrong: dict[str, object]) -> None:
    """A line like that of a page. What is unchanged is not worth one: that is nearly every fetch."""
    told = {"event": "feed", "route": path_of("{token}"), "status": status}
    ms = round((time.perf_counter() - begun) * 1000, 1)
    LOG.log(logging.ERROR if wrong else logging.INFO, "feed", extra={"told": {**told, "ms": ms, **wrong}})
