"""The public holidays of one country or region, as a table that can be kept with the study.

A table is an input of record: with the same table a site gives the same open days for ever, whatever a newer release of
the library that filled it would say. Nothing here knows that library.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SPAN = range(2010, 2046)
"""The years that a table covers unless somebody asks for others. What comes after a table's years is provisional."""


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Public holidays by date with their names in English, all of them sorted, and what is uncertain about them.

    ``region`` is an ISO 3166 code: "CN", "DE-BY". ``makeup_days`` are weekend days declared working days in exchange
    for a day off. ``estimated`` are holidays whose date is a forecast. ``published_through`` is the last year whose
    days off are decreed, None in a country that needs no yearly decree. ``source`` names the library and its release.
    """

    region: str
    first_year: int
    last_year: int
    holidays: tuple[tuple[date, str], ...]
    makeup_days: tuple[date, ...]
    estimated: tuple[date, ...]
    published_through: int | None
    source: str

    @property
    def provisional_from(self) -> date:
        """The first day about which the table is not final: after the last decreed year, or after its own last year."""
        last = self.last_year if self.published_through is None else min(self.published_through, self.last_year)
        return date(last + 1, 1, 1)


def holiday_table_as_text(table: HolidayTable) -> str:
    """The table as one line of JSON, always the same for the same table, to be kept and read again."""
    return json.dumps(asdict(table), default=date.isoformat, ensure_ascii=False, sort_keys=True)


def holiday_table_from_text(text: str) -> HolidayTable:
    """The table that `holiday_table_as_text` wrote. Raises ValueError, KeyError or TypeError for any other text."""
    kept: dict[str, Any] = json.loads(text)
    return HolidayTable(
        region=str(kept["region"]),
        first_year=int(kept["first_year"]),
        last_year=int(kept["last_year"]),
        holidays=tuple((date.fromisoformat(day), str(name)) for day, name in kept["holidays"]),
        makeup_days=tuple(date.fromisoformat(day) for day in kept["makeup_days"]),
        estimated=tuple(date.fromisoformat(day) for day in kept["estimated"]),
        published_through=None if kept["published_through"] is None else int(kept["published_through"]),
        source=str(kept["source"]),
    )
