"""Records of SDTM as they were read: texts without spaces at their ends, exact numbers, days and times of ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its dataset, its number in it, counted from 1, and its cells. An empty cell is not there."""

    dataset: str
    number: int
    has: Mapping[str, str | Decimal]

    def text(self, name: str) -> str:
        """A text; empty where it is missing or a number."""
        value = self.has.get(name)
        return value if isinstance(value, str) else ""

    def amount(self, name: str) -> Decimal | None:
        """A number; None where it is missing or a text."""
        value = self.has.get(name)
        return value if isinstance(value, Decimal) else None

    def day(self, name: str) -> date | None:
        """The civil day of a date; None where it is missing, or less than a day is known."""
        found = _MOMENT.fullmatch(self.text(name))
        try:
            return date.fromisoformat(found[1]) if found else None
        except ValueError:
            return None

    def time(self, name: str) -> str | None:
        """The time of day of a date, HH:MM, where it has one."""
        found = _MOMENT.fullmatch(self.text(name))
        return found[2] if found else None

    @property
    def subject(self) -> str:
        """The subject's number in the study: USUBJID, without the study's name before it."""
        unique, study = self.text("USUBJID"), self.text("STUDYID")
        return unique.removeprefix(f"{study}-") if study else unique
