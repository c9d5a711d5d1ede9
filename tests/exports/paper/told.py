"""Sheets of patients who are told by their events, read back."""

from __future__ import annotations

from datetime import date

from scheduler.calendar.entries.entry import Calendar
from scheduler.exports.paper.diary import diary_as_pdf
from scheduler.languages import Language
from scheduler.views.agenda.diary import Diary, patient_diary
from scheduler.views.agenda.diary_changes import changes_of_diary
from scheduler.views.agenda.tablets import TabletSizes
from scheduler.views.imprint import Imprint
from scheduler.views.reader.audience import Detail
from tests.exports.paper.reading import Sheet, read_pdf
from tests.seed import VERSION

IMPRINT = Imprint("REGO-TORI-RT", "1.0", 7)
NEUTRAL = Imprint(None, "1.0", 7)


def sizes() -> TabletSizes:
    """What the seed study's tablets hold."""
    from scheduler.folder.feeds import tablet_sizes

    return tablet_sizes(VERSION)


def diary_of(
    calendar: Calendar, first: date, last: date, detail: Detail = Detail.NEUTRAL, language: Language = Language.ENGLISH
) -> Diary:
    return patient_diary(calendar, first, last, detail, language, sizes())


def sheet_of(
    now: Diary, before: Diary | None = None, contacts: tuple[tuple[str, str], ...] = (("Study nurse", "+86 21 0000"),)
) -> Sheet:
    """The diary as its reader finds it."""
    changes = changes_of_diary(before, now) if before else None
    return read_pdf(diary_as_pdf(now, IMPRINT if now.study else NEUTRAL, contacts, changes))


def days_of(sheet: Sheet) -> list[str]:
    """What stands in the fields of all months, day after day, those outside the diary as well."""
    months = [table for table in sheet.tables if len(table[0]) == 7]
    return [cell for month in months for week in month[1:] for cell in week if cell]


def day_of(sheet: Sheet, number: int) -> str:
    """What stands on the only day of that number."""
    (found,) = [cell for cell in days_of(sheet) if cell.split()[0] == str(number)]
    return found.removeprefix(f"{number}").strip()


def visits_of(sheet: Sheet) -> list[list[str]]:
    """The rows of the list of visits."""
    tables = [table for table in sheet.tables if len(table[0]) == 4]
    return tables[0][1:] if tables else []
