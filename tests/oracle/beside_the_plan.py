"""The last page: tablets that were taken on days for which no other page has any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.diary import Told
from tests.oracle.sheets import as_day
from tests.oracle.wall import days_from

if TYPE_CHECKING:
    from tests.oracle.retelling import Diary


def tablets_beside_the_plan(diary: Diary) -> None:
    """Each such day stands under the sheet that told of it, numbered from the first day that the sheet names.

    An order that came after the tablet of its day tells of it too.
    """
    planned = {
        told.date for name, told in diary.pages.items() if name.startswith("regorafenib.") and told.says.endswith("mg")
    }
    for sheet in diary.folder.all("taken", treatment="regorafenib"):
        first, last = as_day(sheet.get("from")), as_day(sheet.get("to"))
        for number, day in enumerate(days_from(first, last), 1):
            if day not in planned and diary.folder.tablets_on(day) == sheet:
                says = sheet.text("amount") or diary.orders.dose.get(day) or diary.orders.level_now
                diary.pages[f"regorafenib.unplanned.{sheet.number}.{number}"] = Told(day, says)
    for sheet in diary.folder.orders_after_the_tablet():
        if sheet.on not in planned:
            says = diary.orders.dose.get(sheet.on) or diary.orders.level_now
            diary.pages[f"regorafenib.unplanned.{sheet.number}.1"] = Told(sheet.on, says)
