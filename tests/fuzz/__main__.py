from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from scheduler.exports.tables.terminal import table_as_text
from scheduler.views.table import Table
from tests.fuzz import __doc__ as about
from tests.fuzz.kinds import Try, case, event, text
from tests.fuzz.routes import routes

PLAIN: dict[str, Try] = {"texts": text, "cases": case, "events": event}
KINDS = (*PLAIN, "routes")


@dataclass
class Tried:
    """What came of one kind. ``faults`` are the numbers of the inputs that broke something, with the last line of each."""

    kind: str
    became: Counter[str] = field(default_factory=Counter)
    faults: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0


@contextmanager
def fuzzer(kind: str) -> Iterator[Try]:
    if kind in PLAIN:
        yield PLAIN[kind]
        return
    with routes() as made:
        yield made


def tried(kind: str, seed: int, numbers: range, aloud: bool = False) -> Tried:
    """Try these inputs of that kind. Each has chance of its own, so that it can be tried again alone."""
    found = Tried(kind)
    with fuzzer(kind) as attempt:
        for number in numbers:
            begun = time.perf_counter()
            try:
                found.became[attempt(Random(f"{kind} {seed} {number}"))] += 1
            except Exception as error:
                found.faults[number] = f"{type(error).__name__}: {str(error)[:300]}"
                if aloud:
                    traceback.print_exc()
            found.slowest = max(found.slowest, time.perf_counter() - begun)
    return found


def table(several: list[Tried]) -> Table:
    """One line for each kind."""
    rows = tuple(
        (
            each.kind,
            sum(each.became.values()) + len(each.faults),
            ", ".join(f"{word} {count}" for word, count in sorted(each.became.items())),
            round(each.slowest * 1000),
            len(each.faults),
        )
        for each in several
    )
    return Table("Fuzz", ("kind", "tried", "became", "slowest ms", "faults"), rows)


def main() -> int:
    """Exit code 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=about)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--only", type=int, help="one of them again, with its traceback")
    typed = parser.parse_args()
    if unknown := set(typed.kinds) - set(KINDS):
        parser.error(f"there is no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    numbers = range(typed.count) if typed.only is None else range(typed.only, typed.only + 1)
    several = [tried(kind, typed.seed, numbers, typed.only is not None) for kind in typed.kinds or KINDS]
    print(table_as_text(table(several), 200))
    for each in several:
        for number, why in each.faults.items():
            print(f"python -m tests.fuzz {each.kind} --seed {typed.seed} --only {number}   # {why}")
    return 1 if any(each.faults for each in several) else 0


if __name__ == "__main__":
    sys.exit(main())
