"""The rounds of a soak, and what each has to show: nothing lost, nothing doubled, a whole chain."""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

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


Disturb: TypeAlias = Callable[[Running, threading.Event, Seen], int]
"""Disturbs a server, until all has been done or everybody came to an end; how often it was."""
SHORTEST = 1.0
"""Seconds that everybody goes on after the last disturbance."""


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
    disturb: Disturb | None = None,
) -> Outcome:
    """Fill a database, serve it, let everybody at it, disturb it meanwhile, and look at what is there in the end.

    Where it is disturbed, everybody comes to an end when that is over, at the latest after the seconds that were asked for.
    """
    fill(address, asked.patients, asked.readers + asked.writers)
    running = [Running(str(address), workers) for _ in range(servers)]
    over, disturbed = threading.Event(), [0]
    for each in running:
        each.start()
    try:
        origins = [each.origin for each in running]
        people = people_of(origins, asked.readers, asked.writers, subjects_of(asked.patients), asked.pause, asked.seed)
        seen = people[0].seen

        def meanwhile() -> None:
            if disturb is not None:
                disturbed.append(disturb(running[0], over, seen))
                least = time.monotonic() + SHORTEST
                for each in people:
                    each.end = min(each.end, least)

        disturbing = threading.Thread(target=meanwhile)
        asyncio.run(everybody(people, asked.writers, asked.seconds, disturbing.start))
        over.set()
        disturbing.join()
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
    return _looked_through(name, address, seen, sum(disturbed), megabytes, ended, traceback)


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


def killing(times: int, seed: int) -> Disturb:
    """Kill the server so often, at any moment, and start it again each time: every second one once it has recorded something.

    On a machine that is busy a server may take longer to start than the next kill waits.
    """

    def disturb(running: Running, over: threading.Event, seen: Seen) -> int:
        chance, done = random.Random(seed), 0
        while done < times:
            if done % 2 and not _has_recorded(seen, over):
                return done
            if over.wait(chance.uniform(0.3, 1.5)):
                return done
            running.kill()
            running.start()
            done += 1
        return done

    return disturb


def _has_recorded(seen: Seen, over: threading.Event) -> bool:
    """True as soon as one event more is acknowledged; False where everybody came to an end before."""
    before = len(seen.acknowledged)
    while len(seen.acknowledged) == before:
        if over.wait(0.05):
            return False
    return True


def restarting(postgres: Postgres, after: float) -> Disturb:
    """Cut PostgreSQL off in the middle, and start it again."""

    def disturb(running: Running, over: threading.Event, seen: Seen) -> int:
        over.wait(after)
        postgres.restart()
        _has_recorded(seen, over)
        over.wait(after)
        return 1

    return disturb


def percentile(times: tuple[float, ...], part: float) -> float | None:
    """The time that so large a part of them is not above; None of nothing."""
    if not times:
        return None
    return (
        statistics.quantiles(times, n=1000, method="inclusive")[round(part * 1000) - 1] if len(times) > 1 else times[0]
    )
