"""How many trips are saved for every day of 2026 on which a patient could start: ``python -m tests.benchmarks.fewest_trips``.

Each start is a patient as planned, at the seed study's site, over the first 24 weeks; nothing moves that day 1 itself needs.
``--every 5`` looks at every fifth day; folders with a protocol may be named, else it is the seed study and all regimens. Last
come those that could not be planned, each with the reason; ``refused`` are starts to whose plans the calendar did not agree.
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
from scheduler.errors import SchedulerError
from scheduler.folder.trying.planning import Planned, read_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
SITE = EXAMPLES / "rego-tori-rt" / "site.yaml"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
AHEAD = timedelta(weeks=24)
HEADING = f"{'arm':48} {'starts':>6} {'trips':>6} {'saved':>6} {'most':>5} {'clash':>6} {'refused':>7} {'open':>5} {'s each':>7}"


@dataclass
class Saved:
    """One arm over all start days.

    ``clashes`` are starts whose windows cannot all be met, ``refused`` those to whose plans the calendar did not agree, ``open``
    those with a plan and no proof.
    """

    arm: str
    before: list[int] = field(default_factory=list)
    saves: list[int] = field(default_factory=list)
    clashes: int = 0
    refused: int = 0
    open: int = 0
    seconds: float = 0.0
    first_start: date | None = None

    def add(self, found: Bundle, seconds: float) -> None:
        self.before.append(found.before)
        self.saves.append(found.saves)
        self.clashes += bool(found.clashes)
        self.refused += found.refused is not None
        self.open += not found.proven and not found.clashes and found.refused is None
        self.seconds += seconds

    def __str__(self) -> str:
        starts = len(self.saves)
        before, saves = sum(self.before) / starts, sum(self.saves) / starts
        counts = (
            f"{starts:6} {before:6.1f} {saves:6.2f} {max(self.saves):5} {self.clashes:6} {self.refused:7} {self.open:5}"
        )
        return f"{self.arm:48} {counts} {self.seconds / starts:7.2f}"


@dataclass(frozen=True)
class NotPlanned:
    """An arm, or a whole folder, of which nothing could be planned."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


def saved(folder: Path, every: int) -> Iterator[Saved | NotPlanned]:
    """Each arm of a folder's protocol, or why it could not be planned."""
    try:
        planned = read_plan(folder / "protocol.yaml", SITE)
    except SchedulerError as error:
        yield NotPlanned(folder.name, str(error))
        return
    for arm in planned.version.arms:
        name = f"{folder.name}, {arm}"
        try:
            found = _of_arm(planned, name, arm, every)
        except SchedulerError as error:
            yield NotPlanned(name, str(error))
        else:
            yield found if any(found.before) else NotPlanned(name, _why_none(planned, arm, found))


def _why_none(planned: Planned, arm: str, found: Saved) -> str:
    """Why there is no trip to plan: nobody can start, or what a patient comes for waits for something that only a person says."""
    if not found.saves:
        return "nobody could start on any of the days at this site"
    day = found.first_start or FIRST
    case = planned.patient(arm, day, day - timedelta(days=3))
    waiting = ToPlan(case.version, case.site, case.log, None, arm).calendar(day + AHEAD).pending
    return f"no visit has a date; {waiting[0].id} waits for: {waiting[0].rule}" if waiting else "there is no visit"


def _of_arm(planned: Planned, name: str, arm: str, every: int) -> Saved:
    found = Saved(name)
    for number in range(0, (LAST - FIRST).days + 1, every):
        day = FIRST + timedelta(days=number)
        if not can_start(planned.version.arms[arm], planned.site, day):
            continue
        found.first_start = found.first_start or day
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
    without: list[NotPlanned] = []
    for folder in named or [EXAMPLES / "rego-tori-rt", *regimens]:
        for each in saved(folder, every):
            if isinstance(each, NotPlanned):
                without.append(each)
            else:
                print(each, flush=True)
    print(f"{len(without)} could not be planned" + "".join(f"\n  {each}" for each in without))


if __name__ == "__main__":
    main(sys.argv[1:])
