"""Somebody subscribes to a feed, and something is recorded: the two sides of every story here."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from httpx2 import Response
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from starlette.testclient import TestClient

from scheduler.languages import Language
from scheduler.patient.events import parse_event
from scheduler.store.checked_recording import record_events
from scheduler.store.study import study_of
from scheduler.store.values import Act, Link, Who
from scheduler.views.reader.audience import Audience, Detail
from scheduler.web.feeds.addresses import path_of
from scheduler.web.feeds.making import new_link
from scheduler.web.feeds.shown import Shown
from tests.web.people import Place

COORDINATOR = Who("id-c", "Dr Coordinator", "coordinator")
SITE = "Shanghai"


def act(place: Place) -> Act:
    return Act(COORDINATOR, place.time.now())


def subscribe(
    place: Place,
    subject: str = "EXP-001",
    audience: Audience = Audience.PATIENT,
    detail: Detail = Detail.NEUTRAL,
    language: Language = Language.ENGLISH,
) -> str:
    """A new link; gives its path."""
    return _made(place, subject, audience, detail, language)[1]


def subscribe_and_keep(place: Place, subject: str = "EXP-001") -> tuple[Link, str]:
    """A new link of a patient, to be revoked later, and its path."""
    return _made(place, subject, Audience.PATIENT, Detail.NEUTRAL, Language.ENGLISH)


def _made(place: Place, subject: str, audience: Audience, detail: Detail, language: Language) -> tuple[Link, str]:
    shown = Shown(audience, subject, SITE, detail, language)
    link, token = new_link(shown, place.time.now(), place.settings.feed_months)
    place.store.add_link(link, act(place))
    return link, path_of(token)


def record(place: Place, *events: dict[str, Any], subject: str = "EXP-001") -> None:
    """As a coordinator records on a page: what contradicts the log is refused."""
    source = place.store.study()
    assert source is not None
    said = [parse_event({"recorded": place.time.now().strftime("%Y-%m-%dT%H:%M:%SZ"), **event}) for event in events]
    seen = place.store.log(subject).length
    record_events(place.store, study_of(source), subject, said, seen=seen, act=act(place))


def fetch(place: Place, path: str, method: str = "GET", **headers: str) -> Response:
    """One fetch by a program that can read no gzip unless it says so."""
    client = TestClient(place.app, headers={"accept-encoding": "identity"})
    return client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def calendar(place: Place, path: str) -> bytes:
    answer = fetch(place, path)
    assert answer.status_code == 200, answer.text
    return answer.content


def events(feed: bytes) -> dict[str, Event]:
    """What Home Assistant's reader sees, by UID."""
    return {event.uid: event for event in IcsCalendarStream.calendar_from_ics(feed.decode()).events}


def days(feed: bytes, summary: str) -> list[str]:
    """The first days of the events of that name, in order."""
    return sorted(str(event.dtstart)[:10] for event in events(feed).values() if event.summary == summary)


@contextmanager
def serving(place: Place, **more: Any) -> Iterator[str]:
    """The server on a real port; gives what addresses begin with."""
    config = uvicorn.Config(
        place.app, host="127.0.0.1", port=0, access_log=False, log_config=None, server_header=False, **more
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
