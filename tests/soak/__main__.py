from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from scheduler.exports.tables.terminal import table_as_text
from scheduler.views.table import Table
from tests.soak import __doc__ as about
from tests.soak.places import postgres
from tests.soak.rounds import Asked, Outcome, killing, percentile, restarting, run_round

COLUMNS = (
    "round",
    "disturbed",
    "reads",
    "p50 ms",
    "p99 ms",
    "writes",
    "p50 ms ",
    "p99 ms ",
    "away",
    "errors",
    "lost",
    "doubled",
    "chain",
    "MB",
    "ends in s",
)
KILLED = 30.0
"""Seconds that one kill and the start after it take at most, also on a busy machine: then a round with kills ends."""


def rounds(asked: Asked, only: list[str]) -> Iterator[Outcome]:
    """All rounds, or those whose names hold one of these words."""

    def wanted(name: str) -> bool:
        return not only or any(word in name for word in only)

    some = replace(asked, readers=min(asked.readers, 5), seconds=max(5.0, asked.kills * KILLED))
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        place = Path(folder)
        if wanted(name := "SQLite"):
            yield run_round(name, place / "one.db", asked)
        if wanted(name := "SQLite, two servers"):
            yield run_round(name, place / "two.db", asked, servers=2)
        if wanted(name := "SQLite, killed"):
            yield run_round(name, place / "killed.db", some, disturb=killing(asked.kills, asked.seed))
        if not any(map(wanted, ("PostgreSQL", "PostgreSQL, restarted", "PostgreSQL, killed"))):
            return
        with postgres() as server:
            if wanted(name := "PostgreSQL"):
                with server.database() as address:
                    yield run_round(name, address, asked, workers=2)
            if wanted(name := "PostgreSQL, restarted"):
                with server.database() as address:
                    longer = replace(asked, seconds=4 * asked.seconds)
                    yield run_round(name, address, longer, workers=2, disturb=restarting(server, asked.seconds / 2))
            if wanted(name := "PostgreSQL, killed"):
                with server.database() as address:
                    yield run_round(name, address, some, disturb=killing(asked.kills, asked.seed))


def table(outcomes: list[Outcome]) -> Table:
    """One line for each round."""
    return Table(
        "Soak",
        COLUMNS,
        tuple(
            (
                each.name,
                each.disturbed,
                len(each.reads),
                *(_round(percentile(each.reads, part)) for part in (0.5, 0.99)),
                len(each.writes),
                *(_round(percentile(each.writes, part)) for part in (0.5, 0.99)),
                each.away,
                each.errors,
                each.lost,
                each.doubled,
                "whole" if not each.findings else "BROKEN",
                round(each.megabytes),
                str(round(each.ended, 1)),
            )
            for each in outcomes
        ),
    )


def _round(time: float | None) -> int | None:
    return None if time is None else round(time)


def main() -> int:
    """Exit code 1 where something was lost, doubled or wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=about)
    for each in fields(Asked):
        parser.add_argument(f"--{each.name}", type=type(each.default), default=each.default)
    parser.add_argument("--only", action="append", default=[], help="rounds whose names hold this, such as SQLite")
    typed = vars(parser.parse_args())
    only = typed.pop("only")
    outcomes = []
    for outcome in rounds(Asked(**typed), only):
        outcomes.append(outcome)
        why = f" ({outcome.why})" if outcome.why else ""
        print(f"{outcome.name}: {'good' if outcome.is_good else 'NOT GOOD'}{why}", file=sys.stderr, flush=True)
    print(table_as_text(table(outcomes), 200))
    return 0 if outcomes and all(each.is_good for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
