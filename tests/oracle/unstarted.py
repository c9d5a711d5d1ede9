"""The dose of a cycle whose start nobody recorded: what is ordered by the time that somebody can still begin it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.oracle.orders import decisions_to_stop
from tests.oracle.wall import ONE_DAY

if TYPE_CHECKING:
    from tests.oracle.retelling import Diary


def dose_of(diary: Diary, n: int, day: date) -> str:
    """What is ordered for a day; of a cycle that nobody started, what is ordered up to a later cycle, or to its end.

    Days before a hold in it keep what was ordered before that.
    """
    first, folder = diary.day_of(f"regorafenib.{n}"), diary.folder
    if first is None or folder.done_on(f"regorafenib.{n}"):
        return diary.orders.dose[day]
    stops = [
        stop
        for stop in decisions_to_stop(folder, "regorafenib")
        if stop >= first and not folder.taken_up_again("regorafenib", stop)
    ]
    later = [sheet.on for sheet in folder.all("cycle started") if sheet.on > first]
    last = first + timedelta(days=20)
    holds = [sheet.on for sheet in folder.all("held", treatment="regorafenib") if day < sheet.on <= last]
    by = min([*stops, *later, *holds, diary.last_day + ONE_DAY]) - ONE_DAY
    return diary.orders.ordered[by] if by > day else diary.orders.dose[day]
