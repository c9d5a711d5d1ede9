"""Which changes are tried: a seeded sample of all, each module as often as its share of them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.changes import Change, Changes

ROOMS = ("scheduler/calendar", "scheduler/patient", "scheduler/views")


def sample(size: int, seed: int, counts_kept_in: Path) -> Iterator[Change]:
    """So many changes, one module after another. A larger sample of the same seed has all of a smaller one."""
    counts = counted(counts_kept_in)
    places = sorted(
        (place, path, number) for path, count in counts.items() for place, number in order(path, count, seed)
    )
    chosen: dict[str, list[int]] = {}
    for _, path, number in places[:size]:
        chosen.setdefault(path, []).append(number)
    for path, numbers in sorted(chosen.items()):
        changes = Changes(Path(path))
        yield from (changes[number] for number in sorted(numbers))


def order(path: str, count: int, seed: int) -> Iterator[tuple[float, int]]:
    """A module's changes in a random order, evenly spread over 0 to 1 from a random start: the first of all modules are tried."""
    chance = random.Random(f"{seed} {path}")
    numbers = list(range(count))
    chance.shuffle(numbers)
    start = chance.random()
    yield from (((place + start) / count, number) for place, number in enumerate(numbers))


def counted(kept_in: Path) -> dict[str, int]:
    """How many changes each module has; counting all takes minutes, so it is kept by the text of the module."""
    kept = json.loads(kept_in.read_text("utf-8")) if kept_in.exists() else {}
    found: dict[str, tuple[str, int]] = {}
    for path in sorted(path for room in ROOMS for path in Path(room).rglob("*.py")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        known, count = kept.get(str(path), ("", 0))
        found[str(path)] = (digest, count if known == digest else len(Changes(path)))
        if known != digest:
            kept_in.write_text(json.dumps(kept | found), "utf-8")
    return {path: count for path, (_, count) in found.items() if count}
