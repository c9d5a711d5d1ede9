"""The last evening: windows that were not known when a dose was given, and slips that still wait for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.diary import NOT_DONE, PENDING, PLANNED, Slip, Told
from tests.oracle.fractions import awaits_a_decision, fraction_names
from tests.oracle.wall import ONE_DAY

if TYPE_CHECKING:
    from tests.oracle.retelling import Diary

VISITS_OF_CYCLES = (("c1d8.1", 1), ("c1d15.1", 1), ("c2d15.1", 2))


def windows_after_radiotherapy(diary: Diary) -> None:
    """What was given before radiotherapy was over gets the window that it should have kept to."""
    for slip in diary.given_too_early:
        name = first_day(slip.name)
        told = diary.pages[name]
        if diary.radiotherapy_over:
            slip.not_before.append(diary.radiotherapy_over + ONE_DAY)
            diary.pages[name] = Told(told.date, told.says, slip.ideal, slip.window)
        else:
            diary.pages[name] = Told(told.date, told.says)


def name_what_is_pending(diary: Diary) -> None:
    """Slips that wait for a resume that nobody has ordered, and what waits for them."""
    waiting = {slip.name for slip in diary.slips.values() if slip.on_hold and goes_on(diary, slip)}
    if "regorafenib.1" in waiting and is_still_to_come(diary, "radiotherapy"):
        waiting.add("radiotherapy.1")
    waiting |= fraction_that_awaits_a_decision(diary)
    if any(name.startswith("radiotherapy") for name in waiting):
        waiting |= {slip.name for slip in diary.slips.values() if slip.after_radiotherapy and goes_on(diary, slip)}
    for name in sorted(waiting):
        missed = None if name.startswith("radiotherapy") else diary.folder.failed_on(name)
        diary.pages[first_day(name)] = Told(missed[0], NOT_DONE) if missed else Told(None, PENDING)
    for visit, cycle in VISITS_OF_CYCLES:
        waits = any(f"regorafenib.{n}" in waiting for n in range(1, cycle + 1))
        if waits and not is_over(diary, "regorafenib") and visit not in diary.pages:
            booked = diary.folder.booked_for(visit)
            diary.pages[visit] = Told(booked, PLANNED) if booked else Told(None, PENDING)


def fraction_that_awaits_a_decision(diary: Diary) -> set[str]:
    """The first of those that are left of a course which began too early."""
    if "radiotherapy" not in diary.orders.treatments or is_over(diary, "radiotherapy"):
        return set()
    left = [name for name in fraction_names(diary) if not diary.is_written(name)]
    return {name for name in left[:1] if awaits_a_decision(diary, int(name.partition(".")[2]))}


def first_day(name: str) -> str:
    """A cycle stands in the diary under its first day."""
    return f"{name}.1" if name.startswith("regorafenib") else name


def is_over(diary: Diary, treatment: str) -> bool:
    return diary.last_day in diary.orders.stopped[treatment]


def goes_on(diary: Diary, slip: Slip) -> bool:
    return slip.treatment is not None and not is_over(diary, slip.treatment)


def is_still_to_come(diary: Diary, treatment: str) -> bool:
    known = treatment in diary.orders.treatments
    return known and not diary.is_written(f"{treatment}.1") and not is_over(diary, treatment)
