"""How many trips are saved for every day of 2026 on which a patient could start: ``python -m tests.benchmarks.fewest_trips``.

Each start is a patient as planned, at the seed study's site, over the first 24 weeks; nothing moves that day 1 itself needs.
``--every 5`` looks at every fifth day; folders with a protocol may be named, else it is the seed study and all regimens.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.calendar.advice.planned_starts import can_start
from scheduler.folder.trying.planning import Planned, read_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
SITE = EXAMPLES / "rego-tori-rt" / "site.yaml"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
AHEAD = timedelta(weeks=24)
HEADING = f"{'arm':48} {'starts':>6} {'trips':>6} {'saved':>6} {'most':>5} {'clash':>6} {'open':>5} {'s each':>7}"


@dataclass
class Saved:
    """One arm over all start days. ``clashes`` are starts whose windows cannot all be met, ``open`` those without a proof."""

    arm: str
    before: list[int] = field(default_factory=list)
    saves: list[int] = field(default_factory=list)
    clashes: int = 0
    open: int = 0
    seconds: float = 0.0

    def add(self, found: Bundle, seconds: float) -> None:
        self.before.append(found.before)
        self.saves.append(found.saves)
        self.clashes += bool(found.clashes)
        self.open += not found.proven and not found.clashes
        self.seconds += seconds

    def __str__(self) -> str:
        starts = len(self.saves)
        before, saves = sum(self.before) / starts, sum(self.saves) / starts
        counts = f"{starts:6} {before:6.1f} {saves:6.2f} {max(self.saves):5} {self.clashes:6} {self.open:5}"
        return f"{self.arm:48} {counts} {self.seconds / starts:7.2f}"


def saved(folder: Path, every: int) -> Iterator[Saved]:
    planned = read_plan(folder / "protocol.yaml", SITE)
    for arm in planned.version.arms:
        found = _of_arm(planned, f"{folder.name}, {arm}", arm, every)
        if found.saves:
            yield found


def _of_arm(planned: Planned, name: str, arm: str, every: int) -> Saved:
    found = Saved(name)
    for number in range(0, (LAST - FIRST).days + 1, every):
        day = FIRST + timedelta(days=number)
        if not can_start(planned.version.arms[arm], planned.site, day):
            continue
        case = planned.patient(arm, day, day - timedelta(days=3))
        begin = time.perf_counter()
        made = bundle([ToPlan(case.version, case.site, case.log, None, arm)], on=day, until=day + AHEAD)
        found.add(made, time.perf_counter() - begin)
    return found


def main(words: list[str]) -> None:
    every = int(words.pop(words.index("--every") + 1)) if "--every" in words else 1
    named = [Path(word) for word in words if word != "--every"]
    regimens = sorted(path.parent for path in (EXAMPLES / "regimens").glob("*/protocol.yaml"))
    print(HEADING)
    for folder in named or [EXAMPLES / "rego-tori-rt", *regimens]:
        for each in saved(folder, every):
            print(each, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
