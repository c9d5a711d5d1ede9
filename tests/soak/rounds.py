"""The rounds of a soak, and what each has to show: nothing lost, nothing doubled, a whole chain."""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scheduler.store.opening import open_store
from scheduler.store.verifying import verify
from tests.soak.people import Seen, everybody, people_of
from tests.soak.places import Postgres, Running, fill, subjects_of


@dataclass(frozen=True)
class Asked:
    """How much of it."""

    seconds: float = 60
    readers: int = 50
    writers: int = 10
    patients: int = 1000
    kills: int = 200
    pause: float = 1.0
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """What came of one round. Times are in milliseconds, memory in MB; ``ended`` is how many seconds SIGTERM took."""

    name: str
    disturbed: int
    reads: tuple[float, ...]
    writes: tuple[float, ...]
    away: int
    errors: int
    lost: int
    doubled: int
    recorded: int
    megabytes: float
    ended: float
    findings: int
    why: str

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong. Only a server that was disturbed may have been away."""
        quiet = self.disturbed > 0 or self.away == 0
        return not (self.errors or self.lost or self.doubled or self.findings) and quiet and self.ended < 10.5


def run_round(
    name: str,
    address: str | Path,
    asked: Asked,
    *,
    servers: int = 1,
    workers: int = 1,
    disturb: Callable[[Running, threading.Event], int] | None = None,
) -> Outcome:
    """Fill a database, serve it, let everybody at it, disturb it meanwhile, and look at what is there in the end."""
    fill(address, asked.patients, asked.readers + asked.writers)
    running = [Running(str(address), workers) for _ in range(servers)]
    over, disturbed = threading.Event(), [0]
    meanwhile = threading.Thread(target=lambda: disturbed.append(disturb(running[0], over) if disturb else 0))
    for each in running:
        each.start()
    try:
        origins = [each.origin for each in running]
        people = people_of(origins, asked.readers, asked.writers, subjects_of(asked.patients), asked.pause, asked.seed)
        asyncio.run(everybody(people, asked.writers, asked.seconds, meanwhile.start))
        over.set()
        meanwhile.join()
        megabytes = sum(each.megabytes() for each in running)
        ended = max(each.stop() for each in running)
    finally:
        over.set()
        for each in running:
            if each.process is not None and each.process.poll() is None:
                each.kill()
    traceback = any("Traceback" in each.log.read_text("utf-8", "replace") for each in running)
    for each in running:
        each.remove()
    return _looked_through(name, address, people[0].seen, sum(disturbed), megabytes, ended, traceback)


def _looked_through(
    name: str, address: str | Path, seen: Seen, disturbed: int, megabytes: float, ended: float, traceback: bool
) -> Outcome:
    store = open_store(address, make=False)
    try:
        bodies = (record.body for record in store.records() if record.kind == "medicine started")
        there = Counter(found[1] for body in bodies if (found := re.search(r'"(p\d+ \d+)"', body)))
        findings = verify(store).findings
    finally:
        store.close()
    errors = seen.errors + Counter({"traceback": int(traceback), "given up": len(seen.given_up)})
    return Outcome(
        name=name,
        disturbed=disturbed,
        reads=tuple(each * 1000 for each in seen.reads),
        writes=tuple(each * 1000 for each in seen.writes),
        away=seen.away,
        errors=sum(errors.values()),
        lost=sum(each not in there for each in seen.acknowledged),
        doubled=sum(count > 1 for count in there.values()),
        recorded=len(there),
        megabytes=megabytes,
        ended=ended,
        findings=len(findings),
        why=", ".join(f"{what} x {count}" for what, count in sorted((+errors).items())),
    )


def killing(times: int, seed: int) -> Callable[[Running, threading.Event], int]:
    """Kill the server so often, at any moment, and start it again each time."""

    def disturb(running: Running, over: threading.Event) -> int:
        chance, done = random.Random(seed), 0
        while done < times and not over.wait(chance.uniform(0.3, 1.5)):
            running.kill()
            running.start()
            done += 1
        return done

    return disturb


def restarting(postgres: Postgres, after: float) -> Callable[[Running, threading.Event], int]:
    """Cut PostgreSQL off in the middle, and start it again."""

    def disturb(running: Running, over: threading.Event) -> int:
        over.wait(after)
        postgres.restart()
        return 1

    return disturb


def percentile(times: tuple[float, ...], part: float) -> float | None:
    """The time that so large a part of them is not above; None of nothing."""
    if not times:
        return None
    return (
        statistics.quantiles(times, n=1000, method="inclusive")[round(part * 1000) - 1] if len(times) > 1 else times[0]
    )
