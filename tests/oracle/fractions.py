"""The five fractions of the course: which numbers they have, and whether they go on after they began too early."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.oracle.orders import decisions_to_stop

if TYPE_CHECKING:
    from tests.oracle.retelling import Diary
    from tests.oracle.sheets import Folder

FRACTIONS = 5


def awaits_a_decision(diary: Diary, n: int) -> bool:
    """All fractions so far were given before the course could begin: somebody decides whether and when it goes on."""
    given = diary.folder.all("given", treatment="radiotherapy")
    name = f"radiotherapy.{n}"
    decided = diary.folder.booked_for(name) or diary.folder.delayed_until(name)
    went_on = any(int(sheet.text("n")) >= n for sheet in given)
    before = [number for number in diary.used("radiotherapy") if number < n]
    if decided or went_on or not before or not diary.folder.done_on(f"radiotherapy.{before[-1]}"):
        return False
    return all(sheet.on < earliest_fraction(diary) for sheet in given)


def later_sessions(folder: Folder, last: int) -> list[date]:
    """The days on which the rest of a fraction was given, of all up to a number."""
    given = [(int(sheet.text("n")), sheet.on) for sheet in folder.all("given", treatment="radiotherapy")]
    return [day for place, (n, day) in enumerate(given) if n <= last and n in [other for other, _ in given[:place]]]


def earliest_fraction(diary: Diary) -> date:
    """Study Day 22, after the tablets of cycle 1, or when somebody decided that there are no more of them."""
    study_day_22, cycle_1 = diary.first_dose + timedelta(days=21), diary.day_of(diary.first_cycle())
    if cycle_1 is None:
        # Its tablets are still to come, unless nobody knows whether they are.
        return study_day_22 if diary.orders.blocked("regorafenib", diary.last_day) else date.max
    if diary.is_cycle_1_going_on(diary.last_day):
        return max(study_day_22, cycle_1 + timedelta(days=21))
    return max(study_day_22, decisions_to_stop(diary.folder, "regorafenib")[0])


def fractions_too_many(diary: Diary) -> list[date]:
    """More than the course has, and given all the same."""
    given = diary.folder.all("given", treatment="radiotherapy")
    names = fraction_names(diary)
    return [sheet.on for sheet in given if f"radiotherapy.{sheet.text('n')}" not in names]


def fraction_names(diary: Diary) -> list[str]:
    """The five of the course: those that have a dose, and after the last of them those that are to come."""
    used = diary.used("radiotherapy")[:FRACTIONS]
    last = max(used, default=0)
    to_come = range(last + 1, last + 1 + FRACTIONS - len(used))
    return [f"radiotherapy.{n}" for n in (*used, *to_come)]
