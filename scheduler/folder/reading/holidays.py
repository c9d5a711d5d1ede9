"""Public holidays that are kept beside a site's file, ``site.holidays.json``: with them the site stays as it was."""

from __future__ import annotations

from pathlib import Path

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Place, Severity
from scheduler.folder.reading.files import name_of, read_text
from scheduler.site.holiday_table import HolidayTable, holiday_table_from_text


def holidays_file(site: Path) -> Path:
    """Where the holidays of a site's file are kept."""
    return site.with_suffix(".holidays.json")


def kept_holidays(site: Path) -> HolidayTable | None:
    """The table that is kept beside a site's file, None where there is none. Raises InvalidText for one that cannot be read."""
    path = holidays_file(site)
    if not path.exists():
        return None
    try:
        return holiday_table_from_text(read_text(path))
    except (ValueError, KeyError, TypeError):
        hint = "put back the file that export-study wrote, or remove it: then the library's own holidays count"
        message = f"{name_of(path)} is no table of public holidays"
        raise InvalidText(
            [Finding("bad-holidays", Severity.ERROR, message, hint, Place(name_of(path), 1, 1))]
        ) from None
