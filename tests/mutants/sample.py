"""Which changes are tried: a seeded sample of all, each module as often as its share of the program."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.changes import Change, Changes, functions_of

ROOMS = ("scheduler/calendar", "scheduler/patient", "scheduler/views")


def sample(size: int, seed: int) -> Iterator[Change]:
    """So many changes, made as they are asked for. A larger sample of the same seed begins with all of a smaller one."""
    drawn: dict[Path, Iterator[Change]] = {}
    for path in turns(seed)[:size]:
        if path not in drawn:
            drawn[path] = in_random_order(path, seed)
        change = next(drawn[path], None)
        if change is not None:
            yield change


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
