"""Those who use the server: readers who go from page to page, and writers who try again until somebody answers."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2 as httpx

from tests.soak.places import PASSWORD

READS = (
    "/api/subjects/{}",
    "/api/subjects/{}/calendar",
    "/api/subjects/{}/events",
    "/subjects/{}",
    "/api/worklist?limit=20&after={}",
)
PATIENCE = 60.0
"""Seconds that somebody waits for an answer, and in which a writer tries again after the end."""


@dataclass
class Seen:
    """What all of them together saw. ``acknowledged`` are the events of which a server said that they are recorded."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    away: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)


@dataclass
class Somebody:
    """One person. ``origins`` are the servers, of which any will do."""

    origins: list[str]
    login: str
    subjects: list[str]
    seen: Seen
    pause: float
    chance: random.Random
    end: float = 0.0
    client: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=PATIENCE))

    async def log_in(self) -> None:
        body = {"login": self.login, "password": PASSWORD}
        answer = await self.client.post(f"{self.origins[0]}/api/session", json=body)
        answer.raise_for_status()
        self.client.headers["authorization"] = f"Bearer {answer.json()['token']}"

    async def ask(self, method: str, path: str, **more: object) -> httpx.Response | None:
        """The answer; None where the server was away."""
        try:
            answer = await self.client.request(method, self.chance.choice(self.origins) + path, **more)  # type: ignore[arg-type]
        except httpx.TransportError:
            answer = None
        if answer is None or answer.status_code == 503:
            self.seen.away += 1
            await asyncio.sleep(0.2)
            return None
        return answer

    async def rest(self) -> None:
        await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.pause)

    async def read(self) -> None:
        """Go from page to page until the end."""
        while time.monotonic() < self.end:
            path = self.chance.choice(READS).format(self.chance.choice(self.subjects))
            begun = time.perf_counter()
            answer = await self.ask("GET", path)
            if answer is not None:
                self.seen.reads.append(time.perf_counter() - begun)
                if answer.status_code != 200:
                    self.seen.errors[f"read {answer.status_code}"] += 1
            await self.rest()

    async def write(self) -> None:
        """Record one event after the other, each until somebody answers."""
        number = 0
        while time.monotonic() < self.end:
            number += 1
            await self.record(self.chance.choice(self.subjects), f"{self.login} {number}")
            await self.rest()

    async def record(self, subject: str, name: str) -> None:
        event = {"on": "2026-05-20", "event": "medicine started", "name": name}
        begun, key, last = time.perf_counter(), str(uuid.uuid4()), max(self.end, time.monotonic()) + PATIENCE
        while time.monotonic() < last:
            looked = await self.ask("GET", f"/api/subjects/{subject}")
            if looked is None:
                continue
            headers = {"if-match": looked.headers["etag"], "idempotency-key": key}
            answer = await self.ask(
                "POST", f"/api/subjects/{subject}/events", json={"events": [event]}, headers=headers
            )
            if answer is None or answer.status_code == 412:
                continue
            self.seen.writes.append(time.perf_counter() - begun)
            if answer.status_code == 201:
                self.seen.acknowledged.append(name)
            else:
                self.seen.errors[f"write {answer.status_code}"] += 1
            return
        self.seen.given_up.append(name)


async def everybody(people: list[Somebody], writers: int, seconds: float, begin: Callable[[], None]) -> None:
    """All of them at once for so long; the first so many write. ``begin`` is called when all are logged in."""
    try:
        for each in people:
            await each.log_in()
        begin()
        for each in people:
            each.end = time.monotonic() + seconds
        await asyncio.gather(*(each.write() if n < writers else each.read() for n, each in enumerate(people)))
    finally:
        for each in people:
            await each.client.aclose()


def people_of(
    origins: list[str], readers: int, writers: int, subjects: list[str], pause: float, seed: int
) -> list[Somebody]:
    """So many of them. Each writer has patients of its own."""
    seen = Seen()
    return [
        Somebody(
            origins,
            f"p{number}",
            subjects[number::writers] if number < writers else subjects,
            seen,
            pause,
            random.Random(f"{seed} {number}"),
        )
        for number in range(writers + readers)
    ]
