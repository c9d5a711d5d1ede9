"""Which changes are tried: a seeded sample of all, each module as often as its share of the program."""

from __future__ import annotations

import ast
import hashlib
import pickle
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.mutants.changes import Change, Changes, functions_of

ROOMS = ("scheduler/calendar", "scheduler/patient", "scheduler/views")


def sample(size: int, seed: int) -> Iterator[Change]:
    """So many changes, made as they are asked for. A larger sample of the same seed begins with all of a smaller one."""
    return islice(_in_turns(seed), size)


def _in_turns(seed: int) -> Iterator[Change]:
    drawn: dict[Path, Iterator[Change]] = {}
    for path in turns(seed):
        if path not in drawn:
            drawn[path] = in_random_order(path, seed)
        change = next(drawn[path], None)
        if change is not None:  # a short module has more turns than changes
            yield change


def drawn_once(folder: Path, size: int, seed: int) -> list[Change]:
    """The same, kept in a folder: to draw from every module takes minutes on a busy machine."""
    kept = folder / "drawn.pickle"
    asked = (size, seed, program())
    if kept.exists():
        was_asked, found = pickle.loads(kept.read_bytes())
        if was_asked == asked:
            return list(found)
    changes = list(sample(size, seed))
    kept.write_bytes(pickle.dumps((asked, changes)))
    return changes


def program() -> str:
    """A digest of all modules that may be changed."""
    digest = hashlib.sha256()
    for path in modules():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def turns(seed: int) -> list[Path]:
    """The modules in the order in which they take turns, each as often as its share."""
    return [path for _, path in sorted((place, path) for path in modules() for place in places(path, seed))]


def modules() -> list[Path]:
    """Every module whose functions may be changed."""
    return sorted(path for room in ROOMS for path in Path(room).rglob("*.py"))


def places(path: Path, seed: int) -> Iterator[float]:
    """A module's turns, evenly spread over 0 to 1 from a random start: one for each part of its functions' text.

    Modules take turns by how much they say, because counting the changes of all of them takes minutes.
    """
    tree = ast.parse(path.read_text("utf-8"))
    parts = sum(isinstance(part, ast.expr | ast.stmt) for _, node in functions_of(tree) for part in ast.walk(node))
    start = random.Random(f"{seed} {path}").random()
    yield from ((number + start) / parts for number in range(parts))


def in_random_order(path: Path, seed: int) -> Iterator[Change]:
    """All changes of a module, in the order that the seed gives."""
    changes = Changes(path)
    numbers = list(range(len(changes)))
    random.Random(f"{seed} {path}").shuffle(numbers)
    yield from (changes[number] for number in numbers)
