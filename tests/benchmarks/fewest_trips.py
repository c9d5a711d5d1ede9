"""How many trips are saved for every day of 2026 on which a patient could start: ``python -m tests.benchmarks.fewest_trips``.

Each start is a patient as planned, at the seed study's site, over the first 24 weeks; nothing moves that day 1 itself needs.
``--every 5`` looks at every fifth day; folders with a protocol may be named, else it is the seed study and all regimens. Last
come those that could not be planned, each with the reason; ``refused`` are starts to whose plans the calendar did not agree.

``--keep FILE`` writes each start into a CSV as it is found, and asks nothing again that stands there: broken off, it goes on
where it was. Take another file once the program or a protocol has changed. ``--summary FILE`` writes the table of arms as CSV.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from scheduler.bundling import Bundle, ToPlan, bundle
from scheduler.calendar.advice.planned_starts import can_start
from scheduler.errors import SchedulerError
from scheduler.folder.trying.planning import Planned, read_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
SITE = EXAMPLES / "rego-tori-rt" / "site.yaml"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
AHEAD = timedelta(weeks=24)
HEADING = f"{'arm':48} {'starts':>6} {'trips':>6} {'saved':>6} {'most':>5} {'clash':>6} {'refused':>7} {'open':>5} {'s each':>7}"
COLUMNS = (
    "protocol",
    "arm",
    "starts",
    "trips",
    "saved",
    "most saved",
    "clash",
    "refused",
    "not proven",
    "seconds each",
)


class Start(NamedTuple):
    """What was found for one arm and day. ``came`` is how it came out: proven, clash, refused or open."""

    protocol: str
    arm: str
    day: date
    before: int
    saves: int
    came: str
    seconds: float

    @classmethod
    def found(cls, protocol: str, arm: str, day: date, made: Bundle, seconds: float) -> Start:
        came = (
            "clash" if made.clashes else "refused" if made.refused is not None else "proven" if made.proven else "open"
        )
        return cls(protocol, arm, day, made.before, made.saves, came, round(seconds, 3))

    @classmethod
    def read(cls, row: list[str]) -> Start:
        protocol, arm, day, before, saves, came, seconds = row
        return cls(protocol, arm, date.fromisoformat(day), int(before), int(saves), came, float(seconds))


class Kept:
    """The starts that are known already, in a file where there is one."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.known: dict[tuple[str, str, date], Start] = {}
        if file is not None and file.exists():
            with file.open(newline="") as lines:
                # A line that was cut off in the middle is asked again.
                starts = [Start.read(row) for row in csv.reader(lines) if len(row) == len(Start._fields)]
            self.known = {start[:3]: start for start in starts}

    def add(self, start: Start) -> None:
        self.known[start[:3]] = start
        if self.file is not None:
            with self.file.open("a", newline="") as lines:
                csv.writer(lines, lineterminator="\n").writerow(start)


@dataclass
class Saved:
    """One arm over all start days.

    ``clashes`` are starts whose windows cannot all be met, ``refused`` those to whose plans the calendar did not agree, ``open``
    those with a plan and no proof.
    """

    protocol: str
    arm: str
    starts: list[Start] = field(default_factory=list)

    def how_many(self, came: str) -> int:
        return sum(start.came == came for start in self.starts)

    @property
    def numbers(self) -> tuple[int, str, str, int, int, int, int, str]:
        starts = len(self.starts)
        return (
            starts,
            f"{sum(start.before for start in self.starts) / starts:.1f}",
            f"{sum(start.saves for start in self.starts) / starts:.2f}",
            max(start.saves for start in self.starts),
            self.how_many("clash"),
            self.how_many("refused"),
            self.how_many("open"),
            f"{sum(start.seconds for start in self.starts) / starts:.2f}",
        )

    def __str__(self) -> str:
        starts, before, saves, most, clashes, refused, unproven, seconds = self.numbers
        counts = f"{starts:6} {before:>6} {saves:>6} {most:5} {clashes:6} {refused:7} {unproven:5}"
        return f"{self.protocol + ', ' + self.arm:48} {counts} {seconds:>7}"


@dataclass(frozen=True)
class NotPlanned:
    """An arm, or a whole folder, of which nothing could be planned."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


def saved(folder: Path, every: int, kept: Kept) -> Iterator[Saved | NotPlanned]:
    """Each arm of a folder's protocol, or why it could not be planned."""
    try:
        planned = read_plan(folder / "protocol.yaml", SITE)
    except SchedulerError as error:
        yield NotPlanned(folder.name, str(error))
        return
    for arm in planned.version.arms:
        name = f"{folder.name}, {arm}"
        try:
            found = _of_arm(planned, folder.name, arm, every, kept)
        except SchedulerError as error:
            yield NotPlanned(name, str(error))
        else:
            yield (
                found
                if any(start.before for start in found.starts)
                else NotPlanned(name, _why_none(planned, arm, found))
            )


def _why_none(planned: Planned, arm: str, found: Saved) -> str:
    """Why there is no trip to plan: nobody can start, or what a patient comes for waits for something that only a person says."""
    if not found.starts:
        return "nobody could start on any of the days at this site"
    day = found.starts[0].day
    case = planned.patient(arm, day, day - timedelta(days=3))
    waiting = ToPlan(case.version, case.site, case.log, None, arm).calendar(day + AHEAD).pending
    return f"no visit has a date; {waiting[0].id} waits for: {waiting[0].rule}" if waiting else "there is no visit"


def _of_arm(planned: Planned, protocol: str, arm: str, every: int, kept: Kept) -> Saved:
    found = Saved(protocol, arm)
    for number in range(0, (LAST - FIRST).days + 1, every):
        day = FIRST + timedelta(days=number)
        if not can_start(planned.version.arms[arm], planned.site, day):
            continue
        if (protocol, arm, day) not in kept.known:
            case = planned.patient(arm, day, day - timedelta(days=3))
            begin = time.perf_counter()
            made = bundle([ToPlan(case.version, case.site, case.log, None, arm)], on=day, until=day + AHEAD)
            kept.add(Start.found(protocol, arm, day, made, time.perf_counter() - begin))
        found.starts.append(kept.known[protocol, arm, day])
    return found


def main(words: list[str]) -> None:
    every = int(_option(words, "--every") or 1)
    keep, summary = _option(words, "--keep"), _option(words, "--summary")
    regimens = sorted(path.parent for path in (EXAMPLES / "regimens").glob("*/protocol.yaml"))
    kept = Kept(Path(keep) if keep else None)
    print(HEADING)
    without: list[NotPlanned] = []
    rows: list[Saved] = []
    for folder in [Path(word) for word in words] or [EXAMPLES / "rego-tori-rt", *regimens]:
        for each in saved(folder, every, kept):
            if isinstance(each, NotPlanned):
                without.append(each)
            else:
                rows.append(each)
                print(each, flush=True)
    print(f"{len(without)} could not be planned" + "".join(f"\n  {each}" for each in without))
    if summary:
        with Path(summary).open("w", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerows([COLUMNS, *((each.protocol, each.arm, *each.numbers) for each in rows)])


def _option(words: list[str], name: str) -> str | None:
    """What stands behind an option; both are taken out of the words."""
    if name not in words:
        return None
    at = words.index(name)
    value = words[at + 1]
    del words[at : at + 2]
    return value


if __name__ == "__main__":
    main(sys.argv[1:])
