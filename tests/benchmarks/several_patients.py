"""How long it takes to plan several patients together for a week of the agenda: ``python -m tests.benchmarks.several_patients``.

Patients of the seed study, planned, who began one after the other on the days of half a year, up to a Sunday ten days on;
a number behind it is so many weeks more. ``room`` is for how many there is room at the infusion on a day.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from itertools import cycle

from scheduler.bundling import ToPlan, bundle
from scheduler.calendar.advice.planned_starts import can_start
from scheduler.folder.trying.planning import read_plan
from tests.benchmarks.fewest_trips import EXAMPLES, SITE

ON, SUNDAY = date(2026, 5, 21), date(2026, 5, 31)
NUMBERS = (10, 30, 60, 108)
HEADING = (
    f"{'patients':>8} {'room':>5} {'trips':>6} {'fewest':>7} {'proven':>7} {'stuck':>6} {'s':>6} {'processor s':>12}"
)


def patients(number: int) -> list[ToPlan]:
    """So many who have begun before that day, on days that are spread over half a year."""
    planned = read_plan(EXAMPLES / "rego-tori-rt" / "protocol.yaml", SITE)
    arms = cycle(planned.version.arms)
    days = [ON - timedelta(days=back) for back in range(1, 183)]
    found: list[ToPlan] = []
    while len(found) < number:
        for day in days:
            arm = next(arms)
            if len(found) < number and can_start(planned.version.arms[arm], planned.site, day):
                case = planned.patient(arm, day, day - timedelta(days=3))
                found.append(ToPlan(case.version, case.site, case.log, f"P-{len(found) + 1:03}", arm))
    return found


def measured(number: int, room: int | None, until: date) -> str:
    known = patients(number)
    begin, worked = time.perf_counter(), time.process_time()
    found = bundle(known, on=ON, until=until, capacity=None if room is None else {"infusion": room}, seconds=10.0)
    seconds, worked = time.perf_counter() - begin, time.process_time() - worked
    before = sum(len(each.before) for each in found.patients)
    stuck = sum(bool(each.clashes) or each.refused is not None for each in found.patients)
    proven = "yes" if found.proven else f">={found.at_least}"
    after = sum(len(each.after) for each in found.patients)
    return f"{number:8} {room or 'all':>5} {before:6} {after:7} {proven:>7} {stuck:6} {seconds:6.1f} {worked:12.1f}"


def main(words: list[str]) -> None:
    weeks = int(words[0]) if words else 0
    print(HEADING)
    for number in NUMBERS:
        for room in (None, max(2, number // 10)):
            print(measured(number, room, SUNDAY + timedelta(weeks=weeks)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
